//go:build samba

package activedirectory_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/desk/desktest"
	"dirdesk/models"
	"dirdesk/test/sambatest"
)

// TestWriteConformance holds every change to what every backend must do, on a
// real domain controller.
func TestWriteConformance(t *testing.T) {
	c := administrator(t)
	for _, entry := range desktest.WriteEntries(samba.BaseDN()) {
		must(t, sambatest.Add(c, sambatest.Entry{DN: entry.DN, Class: entry.Class, Attributes: entry.Attributes}))
	}
	backend := open(t, asAdministrator())
	desktest.RunWrites(t, desktest.WriteOptions{
		Backend: backend, Base: samba.BaseDN(),
		Get: backend.Get,
		SignIn: func(dn models.DN, password models.Secret) error {
			own, err := ldap.DialURL(samba.URL(), ldap.DialWithTLSConfig(samba.TLS()))
			if err != nil {
				return err
			}
			defer func() { _ = own.Close() }()
			return own.Bind(string(dn), password.Reveal())
		},
		Lock: func(dn models.DN) error {
			return sambatest.Set(c, dn, "lockoutTime", strconv.FormatInt((time.Now().Unix()+11644473600)*1e7, 10))
		},
		AnyPassword: func(t *testing.T) {
			setPolicy(t, c, "pwdProperties", "0")
			setPolicy(t, c, "minPwdLength", "0")
		},
	})
}
