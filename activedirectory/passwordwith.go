package activedirectory

import (
	"context"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

// SetPasswordWith resets a password together with what goes with it, in one
// modification: all of it or nothing.
func (b *accounts) SetPasswordWith(ctx context.Context, dn models.DN, password models.Secret, mustChange models.Flag, options models.PasswordOptions) error {
	const action = "set the password of"
	if options == (models.PasswordOptions{}) {
		return b.SetPassword(ctx, dn, password, mustChange)
	}
	refuse := func(advice string) error {
		return &models.Error{Kind: models.ErrInvalid, Action: action, Object: string(dn), Advice: advice}
	}
	if dn == "" || password.Empty() {
		return refuse("Type a password: an empty one is not set.")
	}
	if mustChange == models.Yes && (options.CannotChange == models.Yes || options.NeverExpires == models.Yes) {
		return refuse("Who must change the password must be able to, and it must expire: choose one of them.")
	}
	encoded, err := unicodePwd(password)
	if err != nil {
		return passwordInvalid(action, string(dn))
	}
	var value, touch int32
	for _, flag := range []struct {
		wish models.Flag
		bit  int32
	}{{options.CannotChange, models.UACCannotChange}, {options.NeverExpires, models.UACNeverExpires}} {
		if flag.wish.Known() {
			touch |= flag.bit
		}
		if flag.wish == models.Yes {
			value |= flag.bit
		}
	}
	return b.change(ctx, action, string(dn), func(c *conn) error {
		m := &modifying{backend: b.connection, conn: c, dn: dn, action: action, request: ldap.NewModifyRequest(string(dn), nil)}
		m.request.Replace("unicodePwd", []string{encoded})
		if mustChange.Known() {
			m.request.Replace("pwdLastSet", []string{pwdLastSet(mustChange == models.Yes)})
		}
		if options.Unlock {
			m.request.Replace("lockoutTime", []string{"0"})
		}
		if touch == 0 {
			return b.modify(ctx, c, m.request)
		}
		flags := part{attributeType: attributeType{name: "userAccountControl", syntax: syntax{of: models.Integer}}}
		if err := m.look(ctx, []part{flags}); err != nil {
			return err
		}
		if err := m.control(value, touch, true); err != nil {
			return err
		}
		return m.send(ctx)
	})
}
