//go:build samba

package directory_test

import (
	"errors"
	"regexp"
	"testing"

	"dirdesk/models"
	"dirdesk/simulator/directory"
	"dirdesk/test/sambatest"

	"github.com/go-ldap/ldap/v3"
)

var dataNumber = regexp.MustCompile(`data ([0-9a-f]+)`)

// reason is the "data" number of a refused bind, "" for a bind that worked.
func reason(err error) string {
	if err == nil {
		return ""
	}
	text := err.Error()
	if e := (*models.Error)(nil); errors.As(err, &e) {
		text = e.Code
	}
	if found := dataNumber.FindStringSubmatch(text); found != nil {
		return found[1]
	}
	return text
}

// bind tries a password on Samba.
func bind(t *testing.T, dn models.DN, secret models.Secret) error {
	t.Helper()
	c, err := ldap.DialURL(samba.URL(), ldap.DialWithTLSConfig(samba.TLS()))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	return c.Bind(string(dn), secret.Reveal())
}

func (o overLDAP) badPasswords(t *testing.T) string {
	t.Helper()
	found, err := o.Search(ldap.NewSearchRequest(anna, ldap.ScopeBaseObject, ldap.NeverDerefAliases, 0, 0, false,
		"(objectClass=*)", []string{"badPwdCount"}, nil))
	if err != nil {
		t.Fatal(err)
	}
	return found.Entries[0].GetAttributeValue("badPwdCount")
}

// get1 is the only value of an attribute.
func get1(t *testing.T, d *directory.Directory, dn models.DN, name string) string {
	t.Helper()
	a, err := d.Attributes(dn)
	if err != nil || len(a[name]) != 1 {
		t.Fatalf("%s of %q: %q, %v", name, dn, a[name], err)
	}
	return a[name][0]
}

// One account goes through every state, here and in Samba, and both give the
// same reasons.
func TestSambaAgreesOnSignIn(t *testing.T) {
	o := connect(t)
	o.restore(t)
	prepareForWrites(t, o)
	base := samba.BaseDN()
	threshold := func(n string) {
		if err := sambatest.Set(o.Conn, base, "lockoutThreshold", n); err != nil {
			t.Fatal(err)
		}
	}
	threshold("3")
	defer o.restore(t)
	defer threshold("0")
	if err := sambatest.SetPassword(o.Conn, anna, right.Reveal()); err != nil {
		t.Fatal(err)
	}
	d, dn := account(t, newClock())
	for _, step := range []struct {
		set, to string // attribute and value; "" for none
		secret  models.Secret
	}{
		{"", "", right},
		{"", "", wrong},
		{"userAccountControl", "514", right},
		{"", "", wrong},
		{"accountExpires", "1", right}, // disabled and expired
		{"userAccountControl", "512", right},
		{"pwdLastSet", "0", right}, // expired and must change
		{"accountExpires", "0", right},
		{"", "", wrong},
		{"userAccountControl", "66048", right}, // must change, but never expires
		{"userAccountControl", "512", right},
		{"pwdLastSet", "-1", right}, // counts from none again
		{"", "", wrong},
		{"", "", wrong},
		{"", "", wrong}, // locks
		{"", "", right},
		{"", "", wrong},
		{"userAccountControl", "514", right}, // locked and disabled
		{"userAccountControl", "512", right},
		{"lockoutTime", "0", right},
		{"lockoutTime", "12345", right}, // over long ago
		{"", "", wrong},
	} {
		if step.set != "" {
			for name, w := range map[string]interface {
				Modify(models.DN, map[string][]string) error
			}{"Samba": o, "here": d} {
				if err := w.Modify(anna, attributes(step.set, step.to)); err != nil {
					t.Fatalf("%s: %s to %s: %v", name, step.set, step.to, err)
				}
			}
		}
		_, err := d.Authenticate(string(dn), step.secret)
		theirs, ours := reason(bind(t, anna, step.secret)), reason(err)
		theirCount, ourCount := o.badPasswords(t), get1(t, d, dn, "badPwdCount")
		if theirs != ours || theirCount != ourCount {
			t.Errorf("%s %s, right password %v: Samba %q after %s wrong ones, here %q after %s",
				step.set, step.to, step.secret == right, theirs, theirCount, ours, ourCount)
		}
	}
}
