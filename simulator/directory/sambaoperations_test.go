//go:build samba

package directory_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"dirdesk/models"
	"dirdesk/simulator/directory"
	"dirdesk/test/sambatest"

	"github.com/go-ldap/ldap/v3"
)

// inMemory is the directory here as a domain.
type inMemory struct{ *directory.Directory }

func (m inMemory) Bind(account, password string) error {
	_, err := m.Authenticate(account, models.NewSecret(password))
	return err
}

func (m inMemory) Read(dn models.DN) error {
	_, err := m.Get(dn)
	return err
}

func (m inMemory) List(base models.DN) error {
	_, err := m.Directory.List(models.ListRequest{Base: base})
	return err
}

func (m inMemory) LockAfter(wrong int) error {
	p := m.Policy()
	p.LockoutThreshold = wrong
	m.SetPolicy(p)
	return nil
}

// A real domain as one.

func (o overLDAP) AddAccount(dn models.DN, class string, given map[string][]string, secret models.Secret) error {
	all := map[string][]string{"unicodePwd": {unicodePassword(secret)}}
	for name, values := range given {
		all[name] = values
	}
	return o.Add(dn, class, all)
}

// unicodePassword is the form of unicodePwd (MS-ADTS 3.1.1.3.1.5).
func unicodePassword(secret models.Secret) string {
	var b strings.Builder
	for _, unit := range utf16.Encode([]rune(`"` + secret.Reveal() + `"`)) {
		b.WriteByte(byte(unit))
		b.WriteByte(byte(unit >> 8))
	}
	return b.String()
}

func (o overLDAP) Bind(account, password string) error {
	c, err := ldap.DialURL(o.at.url, ldap.DialWithTLSConfig(o.at.tls))
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }()
	// An empty password too has to reach the server.
	_, err = c.SimpleBind(&ldap.SimpleBindRequest{Username: account, Password: password, AllowEmptyPassword: true})
	return err
}

func (o overLDAP) SetPassword(dn models.DN, secret models.Secret, _ bool) error {
	return sambatest.SetPassword(o.Conn, dn, secret.Reveal())
}

func (o overLDAP) ChangePassword(dn models.DN, old, secret models.Secret) error {
	return sambatest.ChangePassword(o.Conn, dn, old.Reveal(), secret.Reveal())
}

func (o overLDAP) search(base models.DN, scope int) error {
	_, err := o.Search(ldap.NewSearchRequest(string(base), scope, ldap.NeverDerefAliases, 0, 0, false, "(objectClass=*)", []string{"cn"}, nil))
	return err
}

func (o overLDAP) Read(dn models.DN) error { return o.search(dn, ldap.ScopeBaseObject) }

func (o overLDAP) List(base models.DN) error { return o.search(base, ldap.ScopeSingleLevel) }

func (o overLDAP) LockAfter(wrong int) error {
	return sambatest.Set(o.Conn, "DC=example,DC=test", "lockoutThreshold", fmt.Sprint(wrong))
}

// answer is a domain's answer in short: the LDAP result, and the Win32 number
// or the reason of a refused bind; "0" for done.
func answer(err error) string {
	var ours *models.Error
	switch {
	case err == nil:
		return "0"
	case errors.As(err, &ours):
		return strings.TrimPrefix(ours.Code, "LDAP ")
	}
	text := code(err)
	if found := dataNumber.FindStringSubmatch(err.Error()); found != nil {
		return text + " data " + found[1]
	}
	if number := win32(err); strings.Trim(number, "0123456789ABCDEF") == "" {
		text += " " + number
	}
	return strings.TrimSpace(text)
}

// meant are the operations to which the directory in memory is to answer in
// another way, and why.
func meant() map[string]string {
	return map[string]string{
		"bind as plain sAMAccountName":                          "DSM signs in by the plain logon name, which LDAP does not take",
		"invalid value: userAccountControl=abc":                 "Samba takes it for a number; the fixtures of tests are better checked, and no call of DSM writes it",
		"bind with the old password (just after; grace period)": "Samba lets the old password in for an hour; a test of a new password has to see the old one end",
	}
}

// The operations that were measured, on both, one after the other.
func TestOperationsAgreeWithSamba(t *testing.T) {
	o := connect(t)
	defer func() {
		o.restore(t)
		if err := o.LockAfter(0); err != nil {
			t.Error(err)
		}
	}()
	agreed, tried, absent := 0, 0, map[string][]string{}
	for _, s := range operations() {
		o.restore(t)
		prepareForWrites(t, o)
		here := inMemory{directory.New(directory.Options{Realm: "example.test", Workgroup: "EXAMPLE"})}
		prepareForWrites(t, here)
		for _, operation := range s.operations {
			if operation.absent != "" {
				absent[operation.absent] = append(absent[operation.absent], operation.name)
				continue
			}
			tried++
			err := operation.do(o)
			theirs, ours := answer(err), answer(operation.do(here))
			switch why := meant()[operation.name]; {
			case theirs == ours:
				agreed++
			case why != "":
				t.Logf("%s: %s: Samba %q, here %q: %s", s.name, operation.name, theirs, ours, why)
			default:
				t.Errorf("%s: %s: Samba %q (%v), here %q", s.name, operation.name, theirs, err, ours)
			}
		}
	}
	t.Logf("Samba and the directory in memory agree on %d of %d operations, in result, refusal and kind of error", agreed, tried)
	for why, names := range absent {
		t.Logf("not compared, as %s: %s", why, strings.Join(names, "; "))
	}
}
