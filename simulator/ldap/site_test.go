package ldap_test

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/simulator/directory"
)

// site is a simulator that is served over LDAP, with a little domain.
type site struct {
	t      *testing.T
	server *simulator.Server
	tls    *tls.Config
}

const (
	base   = "DC=example,DC=test"
	staff  = "OU=Staff," + base
	anna   = "CN=Anna Berg," + staff
	team   = "CN=Team," + staff
	secret = "First-Kettle-1"
)

func newSite(t *testing.T, o simulator.Options, domain directory.Options) *site {
	t.Helper()
	domain.Realm, domain.Workgroup = "example.test", "EXAMPLE"
	d := directory.New(domain)
	for _, e := range []struct {
		dn, class  string
		attributes map[string][]string
	}{
		{staff, "organizationalUnit", nil},
		{anna, "user", map[string][]string{"sAMAccountName": {"aberg"}, "userAccountControl": {"512"}, "givenName": {"Anna"}, "sn": {"Berg"}}},
		{"CN=Helper," + staff, "user", map[string][]string{"sAMAccountName": {"helper"}, "userAccountControl": {"512"}}},
		{team, "group", map[string][]string{"sAMAccountName": {"team"}, "member": {anna}}},
	} {
		must(t, d.Add(models.DN(e.dn), e.class, e.attributes))
	}
	for _, dn := range []models.DN{anna, "CN=Helper," + staff} {
		must(t, d.SetPassword(dn, models.NewSecret(secret), false))
	}
	o.Directory = d
	if o.LDAP == nil {
		o.LDAP = &simulator.LDAPOptions{}
	}
	server, err := simulator.Start(o)
	must(t, err)
	t.Cleanup(func() { must(t, server.Close()) })
	s := &site{t: t, server: server, tls: &tls.Config{RootCAs: x509.NewCertPool()}}
	file, err := server.CAFile()
	must(t, err)
	pem, err := os.ReadFile(file)
	must(t, err)
	s.tls.RootCAs.AppendCertsFromPEM(pem)
	return s
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// dial connects to a controller, without signing in.
func (s *site) dial(controller int) *ldap.Conn {
	s.t.Helper()
	c, err := ldap.DialURL("ldaps://"+s.server.Controllers()[controller].Address, ldap.DialWithTLSConfig(s.tls))
	must(s.t, err)
	s.t.Cleanup(func() { _ = c.Close() })
	return c
}

// admin is signed in as the domain's administrator at a controller.
func (s *site) admin(controller int) *ldap.Conn {
	s.t.Helper()
	c := s.dial(controller)
	must(s.t, c.Bind(s.server.LDAPName(), s.server.LDAPPassword(false).Reveal()))
	return c
}

// as signs in as somebody else.
func (s *site) as(account string) *ldap.Conn {
	s.t.Helper()
	c := s.dial(0)
	must(s.t, c.Bind(account, secret))
	return c
}

func find(c *ldap.Conn, dn string, scope int, filter string, attributes []string, controls ...ldap.Control) (*ldap.SearchResult, error) {
	return c.Search(ldap.NewSearchRequest(dn, scope, ldap.NeverDerefAliases, 0, 0, false, filter, attributes, controls))
}

// value is the first of one attribute.
func value(t *testing.T, c *ldap.Conn, dn, attribute string) string {
	t.Helper()
	found, err := find(c, dn, ldap.ScopeBaseObject, "(objectClass=*)", []string{attribute})
	must(t, err)
	return found.Entries[0].GetEqualFoldAttributeValue(attribute)
}

func set(c *ldap.Conn, dn, attribute string, values ...string) error {
	r := ldap.NewModifyRequest(dn, nil)
	r.Replace(attribute, values)
	return c.Modify(r)
}

// refused wants a result code, and words in the diagnostic.
func refused(t *testing.T, err error, code uint16, words string) {
	t.Helper()
	var result *ldap.Error
	if !errors.As(err, &result) || result.ResultCode != code || !strings.Contains(result.Err.Error(), words) {
		t.Errorf("got %v, want %d with %q", err, code, words)
	}
}

// unicode is the form of unicodePwd.
func unicode(password string) string {
	var b strings.Builder
	for _, unit := range utf16.Encode([]rune(`"` + password + `"`)) {
		b.WriteByte(byte(unit))
		b.WriteByte(byte(unit >> 8))
	}
	return b.String()
}

// eventually waits for something that takes a moment.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for !holds() {
		if time.Now().After(deadline) {
			t.Fatalf("not within 10 s: %s", what)
		}
		time.Sleep(10 * time.Millisecond)
	}
}
