package conformance

import (
	"context"
	"crypto/tls"
	"strings"
	"testing"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/activedirectory"
	"dirdesk/desk/desktest"
	"dirdesk/internal/certificates"
	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/simulator/directory"
	served "dirdesk/simulator/ldap"
)

// ldapKinds are the controllers that the LDAP backend has to get along with; the
// limits of Windows' are small enough to be met.
func ldapKinds() map[string]served.Traits {
	small := served.Windows()
	small.Page, small.Range = 7, 2
	return map[string]served.Traits{"Samba": {}, "Windows": small}
}

// The LDAP backend against the simulator over LDAPS.
func TestLDAP(t *testing.T) {
	for kind, traits := range ldapKinds() {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			d := directory.New(directory.Options{Realm: "example.test"})
			fill(t, d, desktest.Entries(d.BaseDN()))
			_, backend := openLDAP(t, d, traits)
			desktest.Run(t, desktest.Options{Backend: backend, Base: d.BaseDN()})
		})
	}
}

// What the LDAP backend can change, against the simulator.
func TestLDAPWrites(t *testing.T) {
	for kind, traits := range ldapKinds() {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			d := directory.New(directory.Options{Realm: "example.test"})
			fill(t, d, desktest.WriteEntries(d.BaseDN()))
			server, backend := openLDAP(t, d, traits)
			past := pastBackend(d, backend)
			past.Get = backend.Get
			past.SignIn = func(dn models.DN, password models.Secret) error {
				own, err := ldap.DialURL(server.LDAPURL(), ldap.DialWithTLSConfig(trusting(t, server)))
				if err != nil {
					return err
				}
				defer func() { _ = own.Close() }()
				return own.Bind(string(dn), password.Reveal())
			}
			desktest.RunWrites(t, past)
		})
	}
}

// openLDAP serves a directory over LDAPS and signs in as its administrator.
func openLDAP(t *testing.T, d *directory.Directory, traits served.Traits) (*simulator.Server, *activedirectory.Backend) {
	t.Helper()
	server, err := simulator.Start(simulator.Options{Directory: d, LDAP: &simulator.LDAPOptions{Traits: traits}})
	must(t, err)
	t.Cleanup(func() { must(t, server.Close()) })
	backend, err := activedirectory.Open(t.Context(), activedirectory.Options{
		URL: server.LDAPURL(), TLS: trusting(t, server), Account: server.LDAPAccount(), Password: server.LDAPPassword(false),
	})
	must(t, err)
	t.Cleanup(func() { must(t, backend.Close(context.WithoutCancel(t.Context()))) })
	return server, backend
}

// trusting knows the server by its fingerprint.
func trusting(t *testing.T, server *simulator.Server) *tls.Config {
	t.Helper()
	config, err := certificates.Config{Host: strings.TrimPrefix(server.LDAPURL(), "ldaps://"), Fingerprint: server.Fingerprint()}.TLS()
	must(t, err)
	return config
}
