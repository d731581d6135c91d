//go:build samba

package directory_test

import (
	"testing"

	"dirdesk/test/sambatest"

	"github.com/go-ldap/ldap/v3"
)

// A person's own changes of password, one after the other, on Samba.
func TestSambaAgreesOnOwnChangesOfPassword(t *testing.T) {
	o := connect(t)
	o.restore(t)
	prepareForWrites(t, o)
	defer o.restore(t)
	base := samba.BaseDN()
	set := func(attribute, value string) {
		t.Helper()
		if err := sambatest.Set(o.Conn, base, attribute, value); err != nil {
			t.Fatal(err)
		}
	}
	set("pwdHistoryLength", "3")
	set("minPwdAge", "0")
	defer set("pwdHistoryLength", "24")
	defer set("minPwdAge", "-864000000000")
	if err := sambatest.SetPassword(o.Conn, anna, right.Reveal()); err != nil {
		t.Fatal(err)
	}
	agreed := 0
	for _, step := range ownChanges() {
		// An old password signs in for a while, so who does it is not the question.
		c, err := ldap.DialURL(samba.URL(), ldap.DialWithTLSConfig(samba.TLS()))
		if err != nil {
			t.Fatal(err)
		}
		known := step.old
		if step.name == "wrong old password" {
			known = right.Reveal()
		}
		if err := c.Bind(anna, known); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		err = sambatest.ChangePassword(c, anna, step.old, step.fresh)
		_ = c.Close()
		theirs := code(err)
		if theirs != "" {
			theirs = "LDAP " + theirs + " " + win32(err)
		}
		if theirs != step.code {
			t.Errorf("%s: Samba %q (%v), here %q", step.name, theirs, err, step.code)
			continue
		}
		agreed++
	}
	t.Logf("own changes: Samba agrees on %d of %d", agreed, len(ownChanges()))
}

// win32 is the error number that Samba's diagnostic begins with.
func win32(err error) string {
	if e, ok := err.(*ldap.Error); ok && len(e.Err.Error()) >= 8 {
		return e.Err.Error()[:8]
	}
	return ""
}
