package activedirectory

import (
	"context"
	"strconv"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

// SetEnabled enables or disables an account by its bit in userAccountControl, and
// leaves the other bits. An account that has never had a password is not enabled:
// Samba would do it, and let in whoever knows its name.
func (b *accounts) SetEnabled(ctx context.Context, ref models.Ref, enabled bool) error {
	action := "disable"
	if enabled {
		action = "enable"
	}
	try := func(c *conn) error {
		entry, err := c.read(ctx, b.silence, named(ref), anything, "userAccountControl", "pwdLastSet", metaData)
		if err != nil {
			return err
		}
		a := attributesOf(entry)
		before, ok := a.bits("userAccountControl")
		if !ok {
			return refuse(models.ErrUnsupported, action, string(ref.DN),
				"It is no account, or this account may not read whether it is enabled.")
		}
		if enabled && hasNoPassword(a) {
			return refuse(models.ErrPolicy, action, string(ref.DN), "It has no password: set one first.")
		}
		after := before &^ (models.UACDisabled | models.UACComputed)
		if !enabled {
			after |= models.UACDisabled
		}
		if after == before {
			return nil
		}
		request := ldap.NewModifyRequest(named(ref), nil)
		request.Delete("userAccountControl", []string{a.text("userAccountControl")})
		request.Add("userAccountControl", []string{strconv.Itoa(int(after))})
		err = b.modify(ctx, c, request)
		if isResult(err, ldap.LDAPResultNoSuchAttribute, ldap.LDAPResultAttributeOrValueExists) {
			return errOtherBits
		}
		return err
	}
	return b.change(ctx, action, string(ref.DN), func(c *conn) error {
		return againWhenChanged(action, ref, func() error { return try(c) })
	})
}

// Unlock ends a lockout and forgets the wrong passwords.
func (b *accounts) Unlock(ctx context.Context, ref models.Ref) error {
	request := replace(named(ref), "lockoutTime", "0")
	return b.write(ctx, "unlock", ref.DN, func(l *ldap.Conn) error { return l.Modify(request) })
}

// SetExpiry sets the moment from which an account cannot sign in any more.
func (b *accounts) SetExpiry(ctx context.Context, ref models.Ref, expiry models.Expiry) error {
	const action = "set the expiry of"
	value := "0" // never
	switch at, ok := expiry.Time(); {
	case ok:
		value = models.FileTimeOf(at).String()
	case !expiry.IsNever():
		return refuse(models.ErrInvalid, action, string(ref.DN), "Give a date, or never.")
	}
	return b.change(ctx, action, string(ref.DN), func(c *conn) error {
		m := &modifying{backend: b.connection, conn: c, ref: ref, action: action, request: ldap.NewModifyRequest(named(ref), nil)}
		m.changed, m.read = []string{"accountExpires"}, []string{"accountExpires"}
		now, err := m.present(ctx)
		if err != nil {
			return err
		}
		m.now = now
		m.exchange(part{attributeType: attributeType{name: "accountExpires"}}, now.texts("accountExpires"), []string{value})
		return m.send(ctx)
	})
}
