//go:build samba

package directory_test

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"dirdesk/models"
	"dirdesk/simulator/directory"
	"dirdesk/test/leaks"
	"dirdesk/test/sambatest"

	"github.com/go-ldap/ldap/v3"
)

// What Samba does is right: these tests ask a real one what the tables of this
// package say, and print how far it agrees with the directory in memory.

var samba *sambatest.Server

func TestMain(m *testing.M) { os.Exit(leaks.After(withServer(m))) }

func withServer(m *testing.M) (code int) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	var err error
	if samba, err = sambatest.Start(ctx, sambatest.Options{Realm: "example.test"}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() {
		if err := samba.Close(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}()
	return m.Run()
}

// overLDAP is a real domain as the tests' writer. Its methods give LDAP's errors.
type overLDAP struct {
	*ldap.Conn
	at target
}

// target is a domain that is reached over LDAP.
type target struct {
	url string // ldaps://...
	tls *tls.Config
}

func connect(t *testing.T) overLDAP {
	t.Helper()
	c, err := samba.Connect()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return overLDAP{c, target{samba.URL(), samba.TLS()}}
}

func (o overLDAP) Add(dn models.DN, class string, attributes map[string][]string) error {
	r := ldap.NewAddRequest(string(dn), nil)
	r.Attribute("objectClass", []string{class})
	for name, values := range attributes {
		r.Attribute(name, values)
	}
	return o.Conn.Add(r)
}

func (o overLDAP) Modify(dn models.DN, changes map[string][]string) error {
	r := ldap.NewModifyRequest(string(dn), nil)
	for name, values := range changes {
		r.Replace(name, values)
	}
	return o.Conn.Modify(r)
}

func (o overLDAP) Delete(dn models.DN) error { return o.Del(ldap.NewDelRequest(string(dn), nil)) }

func (o overLDAP) Rename(dn models.DN, name string) error {
	return o.ModifyDN(ldap.NewModifyDNRequest(string(dn), string(models.DN("").Child("CN", name)), true, ""))
}

func (o overLDAP) Move(dn, container models.DN) error {
	return o.ModifyDN(ldap.NewModifyDNRequest(string(dn), dn.RDN().String(), true, string(container)))
}

func (o overLDAP) AddMember(group, member models.DN) error {
	r := ldap.NewModifyRequest(string(group), nil)
	r.Add("member", []string{string(member)})
	return o.Conn.Modify(r)
}

func (o overLDAP) AddMembers(group models.DN, members []models.DN) error {
	r := ldap.NewModifyRequest(string(group), nil)
	var names []string
	for _, m := range members {
		names = append(names, string(m))
	}
	r.Add("member", names)
	return o.Conn.Modify(r)
}

func (o overLDAP) RemoveMember(group, member models.DN) error {
	r := ldap.NewModifyRequest(string(group), nil)
	r.Delete("member", []string{string(member)})
	return o.Conn.Modify(r)
}

// restore takes away what a case may have left.
func (o overLDAP) restore(t *testing.T) {
	t.Helper()
	tree := ldap.NewDelRequest(staff, []ldap.Control{ldap.NewControlSubtreeDelete()})
	for _, err := range []error{o.Del(tree), o.Delete("CN=Anna Berg," + users), o.Rename("CN=Root,"+users, "Administrator")} {
		if err != nil && !ldap.IsErrorWithCode(err, ldap.LDAPResultNoSuchObject) {
			t.Fatalf("restore: %v", err)
		}
	}
}

// code is an LDAP result code in decimal, "" for success.
func code(err error) string {
	var e *ldap.Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &e):
		return fmt.Sprint(e.ResultCode)
	default:
		return err.Error()
	}
}

// differences are the cases in which the directory in memory is meant to differ.
var differences = map[string]string{
	"65 characters": "Windows refuses a longer cn; Samba takes it",
}

func compare(t *testing.T, name, want string, err error, agreed *int) {
	t.Helper()
	switch got := code(err); {
	case got == want:
		*agreed++
	case differences[name] != "":
		t.Logf("%s: Samba %q, here %q: %s", name, got, want, differences[name])
	default:
		t.Errorf("%s: Samba answers %q (%v), the directory in memory %q", name, got, err, want)
	}
}

func TestSambaAgreesOnAdds(t *testing.T) {
	o, agreed := connect(t), 0
	for _, c := range addCases() {
		o.restore(t)
		prepareForAdds(t, o, staff)
		compare(t, c.name, c.code, o.Add(models.DN(c.rdn)+","+staff, c.class, attributes(c.pairs...)), &agreed)
	}
	o.restore(t)
	t.Logf("adds: Samba agrees on %d of %d", agreed, len(addCases()))
}

func TestSambaAgreesOnWrites(t *testing.T) {
	o, agreed := connect(t), 0
	cases := append(writeCases(), propertyCases()...)
	for _, c := range cases {
		o.restore(t)
		prepareForWrites(t, o)
		compare(t, c.name, c.code, c.do(o), &agreed)
	}
	o.restore(t)
	t.Logf("writes: Samba agrees on %d of %d", agreed, len(cases))
}

// Every entry that the directory in memory starts with is in a new Samba domain,
// with the same names, numbers and flags.
func TestSambaStartsWithTheSameTree(t *testing.T) {
	o := connect(t)
	d := directory.New(directory.Options{Realm: "example.test"})
	var compared int
	var walk func(models.DN)
	walk = func(base models.DN) {
		page, err := d.List(models.ListRequest{Base: base})
		if err != nil {
			t.Fatal(err)
		}
		for _, object := range page.Objects {
			if object.Category != models.Computer { // named after the host
				compared++
				o.compareEntry(t, d, object.DN)
			}
			walk(object.DN)
		}
	}
	walk(d.BaseDN())
	t.Logf("%d entries compared", compared)
}

func (o overLDAP) compareEntry(t *testing.T, d *directory.Directory, dn models.DN) {
	t.Helper()
	names := []string{
		"objectClass", "name", "sAMAccountName", "groupType", "userAccountControl", "primaryGroupID", "primaryGroupToken",
		"showInAdvancedViewOnly", "member", "memberOf",
	}
	found, err := o.Search(ldap.NewSearchRequest(string(dn), ldap.ScopeBaseObject, ldap.NeverDerefAliases, 0, 0, false, "(objectClass=*)", names, nil))
	if err != nil || len(found.Entries) != 1 {
		t.Errorf("%q: %v", dn, err)
		return
	}
	here, err := d.Attributes(dn)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		theirs, ours := found.Entries[0].GetAttributeValues(name), slices.Clone(here[name])
		theirs = slices.DeleteFunc(theirs, func(v string) bool { return v == "FALSE" })
		slices.Sort(theirs)
		slices.Sort(ours)
		if !slices.Equal(theirs, ours) {
			t.Errorf("%q %s: Samba %q, here %q", dn, name, theirs, ours)
		}
	}
	if found.Entries[0].DN != string(dn) {
		t.Errorf("DN: Samba %q, here %q", found.Entries[0].DN, dn)
	}
}

// Passwords: what Samba refuses is refused here.
func TestSambaAgreesOnPasswords(t *testing.T) {
	o := connect(t)
	o.restore(t)
	prepareForWrites(t, o)
	defer o.restore(t)
	d, dn := account(t, newClock())
	for _, secret := range []string{"abcdefg1", "ABCdefgh", "ABC12345", "abc-1234", "日本語日本語1", "日本語日本語1a", "Ab1", "short1A", "Aberg123", "ßßßß12Aa"} {
		theirs := sambatest.SetPassword(o.Conn, anna, secret)
		ours := d.SetPassword(dn, models.NewSecret(secret), false)
		if (theirs == nil) != (ours == nil) && secret != "Aberg123" { // Windows refuses the logon name in it; Samba takes it
			t.Errorf("%q: Samba %v, here %v", secret, theirs, ours)
		}
		if theirs != nil && !strings.Contains(theirs.Error(), "0000052D") {
			t.Errorf("%q: Samba %v, want its error 0000052D", secret, theirs)
		}
	}
}
