//go:build linux && samba

package endtoend

import (
	"slices"
	"testing"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
	"dirdesk/test/sambatest"
)

// TestPropertiesOnSamba edits properties at the screen over LDAP, and asks Samba
// itself what became of them.
func TestPropertiesOnSamba(t *testing.T) {
	samba := startSamba(t)
	c, err := samba.Connect()
	must(t, err)
	defer func() { _ = c.Close() }()
	home := samba.BaseDN().Child("OU", "Conformance").Child("OU", "Empty")
	dn := home.Child("CN", "jdoe")
	must(t, sambatest.Add(c, sambatest.Entry{DN: dn, Class: "user", Attributes: map[string][]string{
		"sAMAccountName": {"jdoe"}, "telephoneNumber": {"0111"}, "otherTelephone": {"0222"},
	}}))
	must(t, sambatest.SetPassword(c, dn, "Kettle-Blue-42"))
	must(t, sambatest.Set(c, dn, "userAccountControl", "512"))

	h := newHome(t)
	p := changing(t, h, samba.URL(), "--account", samba.Account(), "--password-file", h.passwordFile(t, samba.Password()), "--ca", samba.CAFile())
	p.WaitFor(samba.Realm(), "Conformance", "READ-ONLY")
	goTo(p.Test, dn)
	p.WaitFor("› Empty ─", "jdoe")
	p.Send("A")
	p.WaitFor("All properties: jdoe", "otherTelephone")
	p.becomes("telephoneNumber", "0333")
	p.gets("otherTelephone", "0444")
	p.switches("userAccountControl", "password never expires")
	p.review("0111 -> 0333", "append 0444", "value 65536, mask 65536")
	p.allow(samba.Realm())
	p.WaitFor("jdoe: ", "verified")
	for name, want := range map[string][]string{
		"telephoneNumber": {"0333"}, "otherTelephone": {"0222", "0444"}, "userAccountControl": {"66048"},
	} {
		if got := allValues(t, c, dn, name); !slices.Equal(got, want) {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}

	// One step back, all at once.
	p.Send("u")
	p.WaitFor("What would change", "0333 -> 0111")
	p.Send("enter")
	p.WaitFor("telephoneNumber is now 0111", "verified")
	for name, want := range map[string][]string{
		"telephoneNumber": {"0111"}, "otherTelephone": {"0222"}, "userAccountControl": {"512"},
	} {
		if got := allValues(t, c, dn, name); !slices.Equal(got, want) {
			t.Errorf("after the undo %s is %q, want %q", name, got, want)
		}
	}
	quit(t, p.Test)
	p.checkJournal(models.Modify, models.Modify)
}

// allValues asks Samba itself, and sorts.
func allValues(t *testing.T, c *ldap.Conn, dn models.DN, name string) []string {
	t.Helper()
	found, err := c.Search(ldap.NewSearchRequest(string(dn), ldap.ScopeBaseObject, ldap.NeverDerefAliases, 0, 0, false,
		"(objectClass=*)", []string{name}, nil))
	must(t, err)
	values := found.Entries[0].GetAttributeValues(name)
	slices.Sort(values)
	return values
}
