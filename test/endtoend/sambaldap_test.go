//go:build linux && samba

package endtoend

import (
	"errors"
	"strings"
	"testing"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
	"dirdesk/test/sambatest"
)

// TestChangesOverLDAP does at the screen what DSM cannot: on a real Samba, which
// is asked what became of it.
func TestChangesOverLDAP(t *testing.T) {
	samba := startSamba(t)
	c, err := samba.Connect()
	must(t, err)
	defer func() { _ = c.Close() }()
	home := samba.BaseDN().Child("OU", "Conformance").Child("OU", "Empty")
	dn := home.Child("CN", "jdoe")
	must(t, sambatest.Add(c, sambatest.Entry{DN: dn, Class: "user", Attributes: map[string][]string{"sAMAccountName": {"jdoe"}, "description": {"first"}}}))
	must(t, sambatest.SetPassword(c, dn, "Kettle-Blue-42"))
	must(t, sambatest.Set(c, dn, "userAccountControl", "512"))
	value := func(dn models.DN, attribute string) string { return attributeOf(t, c, dn, attribute) }

	h := newHome(t)
	p := changing(t, h, samba.URL(), "--account", samba.Account(), "--password-file", h.passwordFile(t, samba.Password()), "--ca", samba.CAFile())
	p.WaitFor(samba.Realm(), "Conformance", "READ-ONLY")
	goTo(p.Test, dn)
	p.WaitFor("› Empty ─", "jdoe")

	p.Send("X")
	p.WaitFor("Disable jdoe, ", "it   Esc: back")
	p.Send("y")
	p.allow(samba.Realm())
	p.WaitFor("jdoe: is now disabled, verified")
	if got := value(dn, "userAccountControl"); got != "514" {
		t.Errorf("userAccountControl is %s", got)
	}
	p.Send("u")
	p.WaitFor("What would change", "nable ", "jdoe")
	p.Send("enter")
	p.WaitFor("jdoe: is now enabled, verified")
	must(t, bind(t, samba, dn, "Kettle-Blue-42"))

	p.Send("E")
	p.WaitFor("Account expiry: jdoe")
	p.Send("ctrl+u")
	p.Type("2031-05-06")
	p.WaitFor("6 May 2031")
	p.Send("enter")
	p.WaitFor("What would change")
	p.Send("enter")
	p.WaitFor("jdoe: now expires at the end of 2031-05-06", "verified")
	if got := value(dn, "accountExpires"); got == "0" || len(got) != 18 {
		t.Errorf("accountExpires is %s", got)
	}

	// Rescue: a password for one logon, in four keys.
	p.Send("R")
	p.WaitFor("Set a new password for ", "jdoe")
	p.Send("y")
	password := p.takePassword("jdoe", true)
	if err := bind(t, samba, dn, password); err == nil || !strings.Contains(err.Error(), "data 773") {
		t.Errorf("with the made password: %v", err)
	}

	p.Send("N")
	p.WaitFor("Rename: jdoe")
	p.Send("ctrl+u")
	p.Type(`Doe, "John"`)
	p.Send("enter")
	p.WaitFor("What would change")
	p.Send("enter")
	p.WaitFor(`is now called Doe, "John", verified`)
	renamed := home.Child("CN", `Doe, "John"`)
	if got := value(renamed, "sAMAccountName"); got != "jdoe" {
		t.Errorf("the logon name is %q", got)
	}
	p.Send("m")
	p.WaitFor("Move: jdoe")
	p.Type("OU=Kinds,OU=Conformance," + string(samba.BaseDN()))
	p.WaitFor("> this DN: Kinds")
	p.Send("enter")
	p.WaitFor("What would change")
	p.Send("enter")
	p.WaitFor("is now in Kinds, verified")
	moved := models.DN("OU=Kinds,OU=Conformance,"+samba.BaseDN()).Child("CN", `Doe, "John"`)
	if got := value(moved, "description"); got != "first" {
		t.Errorf("moved, described as %q", got)
	}
	p.Send("u")
	p.WaitFor("What would change")
	p.Send("enter")
	p.WaitFor("is now in Empty, verified")
	if got := value(renamed, "description"); got != "first" {
		t.Errorf("moved back, described as %q", got)
	}
	quit(t, p.Test)
	p.checkNothingLeft()
}

// attributeOf asks Samba itself; "" when the object is not there.
func attributeOf(t *testing.T, c *ldap.Conn, dn models.DN, name string) string {
	t.Helper()
	found, err := c.Search(ldap.NewSearchRequest(string(dn), ldap.ScopeBaseObject, ldap.NeverDerefAliases, 0, 0, false,
		"(objectClass=*)", []string{name}, nil))
	var refused *ldap.Error
	if errors.As(err, &refused) && refused.ResultCode == ldap.LDAPResultNoSuchObject {
		return ""
	}
	must(t, err)
	return found.Entries[0].GetAttributeValue(name)
}
