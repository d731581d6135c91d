package conformance

import (
	"context"
	"strings"
	"testing"
	"time"

	"dirdesk/adaxes"
	"dirdesk/desk/desktest"
	"dirdesk/internal/certificates"
	"dirdesk/models"
	"dirdesk/simulator"
	face "dirdesk/simulator/adaxes"
	"dirdesk/simulator/directory"
)

// adaxesKinds are the servers that the Adaxes backend has to get along with.
func adaxesKinds() map[string]face.Options {
	return map[string]face.Options{
		"2026": {Member: "m365", NoChanges: true},
		"2023": {Member: "o365"},
		// Gives 1,000 objects at most, and is asked in parts; searches are of the
		// old kind.
		"2021": {Member: "o365", SearchCap: 1000, Before2023: true},
	}
}

// The Adaxes backend against the simulator over HTTPS.
func TestAdaxes(t *testing.T) {
	for kind, options := range adaxesKinds() {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			server, backend := openAdaxes(t, simulator.Options{Adaxes: options}, kind == "2021")
			desktest.Run(t, desktest.Options{Backend: backend, Base: server.BaseDN()})
		})
	}
}

// What the Adaxes backend can change, against the simulator.
func TestAdaxesWrites(t *testing.T) {
	for kind, options := range adaxesKinds() {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			d := directory.New(directory.Options{Realm: "example.test"})
			fill(t, d, desktest.WriteEntries(d.BaseDN()))
			_, backend := openAdaxes(t, simulator.Options{Directory: d, Adaxes: options}, kind == "2026")
			past := pastBackend(d, backend)
			past.HalfMakes = true
			past.Values = func(_ context.Context, dn models.DN, attribute string) ([]string, error) {
				all, err := d.Attributes(dn)
				for name, values := range all {
					if strings.EqualFold(name, attribute) {
						return values, err
					}
				}
				return nil, err
			}
			desktest.RunWrites(t, past)
		})
	}
}

// openAdaxes starts a simulator, of the fixture unless there is a directory, and
// signs in to its Adaxes side: by an access token, or by account and password.
func openAdaxes(t *testing.T, options simulator.Options, byToken bool) (*simulator.Server, *adaxes.Backend) {
	t.Helper()
	if options.Directory == nil {
		options.Directory = directory.New(directory.Options{Realm: "example.test"})
		fill(t, options.Directory, desktest.Entries(options.Directory.BaseDN()))
	}
	server, err := simulator.Start(options)
	must(t, err)
	t.Cleanup(func() { must(t, server.Close()) })
	host := strings.TrimPrefix(server.URL(), "https://")
	tls, err := certificates.Config{Host: host, Fingerprint: server.Fingerprint()}.TLS()
	must(t, err)
	signIn := adaxes.Options{URL: server.AdaxesURL(), TLS: tls, Wait: time.Second, PollEvery: 5 * time.Millisecond}
	if byToken {
		signIn.Token = server.AdaxesToken()
	} else {
		signIn.Account, signIn.Password = server.AdaxesUsername(), server.AdaxesPassword()
	}
	backend, err := adaxes.Open(t.Context(), signIn)
	must(t, err)
	t.Cleanup(func() { must(t, backend.Close(context.WithoutCancel(t.Context()))) })
	return server, backend
}
