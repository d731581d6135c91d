package activedirectory

import (
	"context"
	"errors"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

// CanMustChange is always true over LDAP.
func (b *accounts) CanMustChange() bool { return true }

// SetPassword resets a password as an administrator does, in one modification
// with whether it must be changed at the next logon. Resetting does not unlock.
func (b *accounts) SetPassword(ctx context.Context, ref models.Ref, password models.Secret, mustChange models.Flag) error {
	const action = "set the password of"
	if ref.DN == "" || password.Empty() {
		return refuse(models.ErrInvalid, action, string(ref.DN), "Type a password: an empty one is not set.")
	}
	encoded, err := unicodePwd(password)
	if err != nil {
		return passwordInvalid(action, string(ref.DN))
	}
	request := replace(named(ref), "unicodePwd", encoded)
	if mustChange.Known() {
		request.Replace("pwdLastSet", []string{pwdLastSet(mustChange == models.Yes)})
	}
	return b.write(ctx, action, ref.DN, func(l *ldap.Conn) error { return l.Modify(request) })
}

// SetMustChange makes an account choose a new password at its next logon; false
// counts the present password as set now.
func (b *accounts) SetMustChange(ctx context.Context, ref models.Ref, must bool) error {
	const action = "set must change of"
	request := replace(named(ref), "pwdLastSet", pwdLastSet(must))
	return b.write(ctx, action, ref.DN, func(l *ldap.Conn) error { return l.Modify(request) })
}

// pwdLastSet gives the only two values that may be written (MS-ADTS 3.1.1.3.1.5).
func pwdLastSet(must bool) string {
	if must {
		return "0"
	}
	return "-1"
}

// unicodePwd is the form that the attribute of that name wants: the password in
// quotation marks as UTF-16, little-endian (MS-ADTS 3.1.1.3.1.5). The server takes
// it over TLS only, and other connections are never made here.
func unicodePwd(password models.Secret) (string, error) {
	text := password.Reveal()
	if !utf8.ValidString(text) {
		return "", errors.New("not UTF-8")
	}
	runes := []rune(`"` + text + `"`)
	units := utf16.Encode(runes)
	var out strings.Builder
	out.Grow(2 * len(units))
	for _, unit := range units {
		out.Write([]byte{byte(unit), byte(unit >> 8)})
	}
	clear(runes)
	clear(units)
	return out.String(), nil
}

func passwordInvalid(action, object string) error {
	return refuse(models.ErrInvalid, action, object, "The password is not valid text: type it again.")
}

func unnamed(action string) error { return refuse(models.ErrInvalid, action, "", "Name the object.") }

// PasswordPolicy reads the domain's policy; policies for single accounts are not
// in it. LockFor 0 with LockAfter set: until an administrator unlocks. MaxAge 0:
// passwords do not expire.
func (b *reader) PasswordPolicy(ctx context.Context) (models.PasswordPolicy, error) {
	head := string(b.root.baseDN)
	return ask(ctx, b.connection, "read the password policy of", head, func(c *conn) (models.PasswordPolicy, error) {
		entry, err := c.read(ctx, b.silence, head, anything, "minPwdLength", "pwdProperties",
			"pwdHistoryLength", "maxPwdAge", "minPwdAge", "lockoutThreshold", "lockoutDuration")
		if err != nil {
			return models.PasswordPolicy{}, err
		}
		return passwordPolicyOf(attributesOf(entry)), nil
	})
}

const passwordComplex = 1 // DOMAIN_PASSWORD_COMPLEX of pwdProperties (MS-SAMR 2.2.1.13)

func passwordPolicyOf(a attributes) models.PasswordPolicy {
	number := func(name string) int64 {
		value, _ := a.number(name)
		return value
	}
	length, known := a.number("minPwdLength")
	properties, _ := a.bits("pwdProperties")
	p := models.PasswordPolicy{
		Known: known, MinLength: int(length), Complexity: properties&passwordComplex != 0,
		History: int(number("pwdHistoryLength")), LockAfter: int(number("lockoutThreshold")),
	}
	p.MaxAge, _ = tickDuration(number("maxPwdAge")) // "for ever" is 0, as no limit
	p.MinAge, _ = tickDuration(number("minPwdAge"))
	p.LockFor, _ = tickDuration(number("lockoutDuration"))
	return p
}

// SetPasswordWith resets a password together with what goes with it, in one
// modification: all of it or nothing.
func (b *accounts) SetPasswordWith(ctx context.Context, ref models.Ref, password models.Secret, mustChange models.Flag, options models.PasswordOptions) error {
	const action = "set the password of"
	if options == (models.PasswordOptions{}) {
		return b.SetPassword(ctx, ref, password, mustChange)
	}
	if ref.DN == "" || password.Empty() {
		return refuse(models.ErrInvalid, action, string(ref.DN), "Type a password: an empty one is not set.")
	}
	if mustChange == models.Yes && (options.CannotChange == models.Yes || options.NeverExpires == models.Yes) {
		return refuse(models.ErrInvalid, action, string(ref.DN), "Who must change the password must be able to, and it must expire: choose one of them.")
	}
	encoded, err := unicodePwd(password)
	if err != nil {
		return passwordInvalid(action, string(ref.DN))
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
	try := func(c *conn) error {
		m := &modifying{backend: b.connection, conn: c, ref: ref, action: action, request: ldap.NewModifyRequest(named(ref), nil)}
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
		flags.change = models.PropertyChange{Masked: true, Mask: touch}
		if err := m.look(ctx, []part{flags}); err != nil {
			return err
		}
		if err := m.control(value, touch); err != nil {
			return err
		}
		return m.send(ctx)
	}
	return b.change(ctx, action, string(ref.DN), func(c *conn) error {
		return againWhenChanged(action, ref, func() error { return try(c) })
	})
}
