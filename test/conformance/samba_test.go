//go:build linux && samba

package conformance

import (
	"context"
	"strconv"
	"testing"
	"time"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/activedirectory"
	"dirdesk/desk"
	"dirdesk/desk/desktest"
	"dirdesk/internal/upstream"
	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/test/sambatest"
)

// What the DSM backend can change, alone and with the LDAP address of the domain
// beside it, against the DSM face in front of a real Samba. What the directory then holds is read from Samba itself.
func TestSynologyWritesOnSamba(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	samba, err := sambatest.Start(ctx, sambatest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := samba.Close(); err != nil {
			t.Error(err)
		}
	})
	c, err := samba.Connect()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	real, err := activedirectory.Open(t.Context(), activedirectory.Options{
		URL: samba.URL(), TLS: samba.TLS(), Account: samba.Account(), Password: samba.Password(),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = real.Close(context.WithoutCancel(t.Context())) })
	_, dsm := openSynology(t, simulator.Options{Upstream: upstream.New(real), Strict: true})
	for name, backend := range map[string]desk.Backend{"DSM": dsm, "DSM and LDAP": desk.Combine(dsm, real)} {
		t.Run(name, func(t *testing.T) {
			for _, e := range desktest.WriteEntries(samba.BaseDN()) {
				if err := sambatest.Add(c, sambatest.Entry{DN: e.DN, Class: e.Class, Attributes: e.Attributes}); err != nil {
					t.Fatal(err)
				}
			}
			runOnSamba(t, samba, c, backend, real)
			tree := ldap.NewDelRequest(string(desktest.WriteEntries(samba.BaseDN())[0].DN), []ldap.Control{ldap.NewControlSubtreeDelete()})
			if err := c.Del(tree); err != nil {
				t.Error(err)
			}
		})
	}
}

// runOnSamba tells the suite how to look at the domain past the backend.
func runOnSamba(t *testing.T, samba *sambatest.Server, c *ldap.Conn, backend desk.Backend, real *activedirectory.Backend) {
	desktest.RunWrites(t, desktest.WriteOptions{
		Backend: backend, Base: samba.BaseDN(), Get: real.Get,
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
			for attribute, before := range map[string]string{"pwdProperties": "1", "minPwdLength": "7"} {
				if err := sambatest.Set(c, samba.BaseDN(), attribute, "0"); err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() {
					if err := sambatest.Set(c, samba.BaseDN(), attribute, before); err != nil {
						t.Error(err)
					}
				})
			}
		},
	})
}
