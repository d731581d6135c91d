package directory

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dirdesk/models"
)

// SetPassword is an administrator's reset: the policy's length and complexity
// apply, its history and minimum age do not, and a lockout stays as it is
// (measured). mustChange asks the person to choose another at the next sign-in.
//
// Errors: models.ErrNotFound, models.ErrInvalid for what has no password,
// models.ErrPolicy.
func (d *Directory) SetPassword(dn models.DN, secret models.Secret, mustChange bool) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return changing(d).setPassword(dn, secret, mustChange).on("set the password of", dn)
}

func (d changer) setPassword(dn models.DN, secret models.Secret, mustChange bool) *refusal {
	e := d.lookup(dn)
	if e == nil {
		return notFound(dn)
	}
	if r := d.givePassword(e, secret, mustChange); r != nil {
		return r
	}
	d.touch(e)
	return nil
}

// givePassword sets a password that the policy allows.
func (d changer) givePassword(e *entry, secret models.Secret, mustChange bool) *refusal {
	if !e.class.account {
		return refuse(53, "", "00002035: setup_io: it's only possible to set a password on accounts")
	}
	if r := reading(d.Directory).policyOf(e).checkPassword(e, secret); r != nil {
		return r
	}
	e.keepPassword(secret)
	e.pwdLastSet = models.FileTimeOf(d.now())
	if mustChange {
		e.pwdLastSet = 0
	}
	return nil
}

// keepPassword makes secret the password and remembers those before it.
func (e *entry) keepPassword(secret models.Secret) {
	if e.password != nil {
		e.oldPasswords = append([]password{*e.password}, e.oldPasswords...)
		e.oldPasswords = e.oldPasswords[:min(len(e.oldPasswords), mostRemembered)]
	}
	e.password = e.hash(secret)
}

// mostRemembered is AD's limit for the length of a password history.
const mostRemembered = 24

// checkPassword holds a password for e to the policy, with Samba's complaints
// (measured).
func (p Policy) checkPassword(e *entry, secret models.Secret) *refusal {
	if utf8.RuneCountInString(secret.Reveal()) < p.MinPasswordLength {
		return refuse(19, "Choose a longer password.",
			"0000052D: Constraint violation - check_password_restrictions: the password is too short. It should be equal or longer than %d characters!", p.MinPasswordLength)
	}
	if p.PasswordComplexity && !isComplex(secret) {
		return notComplex("Mix capitals, small letters, digits and other characters.")
	}
	if p.PasswordWithoutName && e.namesItself(secret) {
		return notComplex("Choose a password without the account's name in it.")
	}
	return nil
}

func notComplex(advice string) *refusal {
	return refuse(19, advice, "0000052D: Constraint violation - check_password_restrictions: the password does not meet the complexity criteria!")
}

// namesItself reports whether the password holds the logon name, or a part of
// the display name, in any case. Names of less than three characters do not
// count (Microsoft's description of the rule).
func (e *entry) namesItself(secret models.Secret) bool {
	text := strings.ToUpper(secret.Reveal())
	parts := strings.FieldsFunc(e.text("displayName"), func(r rune) bool {
		return strings.ContainsRune(",.-_#", r) || unicode.IsSpace(r)
	})
	for _, name := range append(parts, e.sam) {
		if utf8.RuneCountInString(name) >= 3 && strings.Contains(text, strings.ToUpper(name)) {
			return true
		}
	}
	return false
}

// isComplex asks for three of Samba's five kinds of character; letters without
// case are a kind of their own (measured).
func isComplex(secret models.Secret) bool {
	var upper, lower, digit, symbol, caseless int
	for _, r := range secret.Reveal() {
		switch {
		case r >= '0' && r <= '9':
			digit = 1
		case unicode.IsUpper(r):
			upper = 1
		case unicode.IsLower(r):
			lower = 1
		case unicode.IsLetter(r):
			caseless = 1
		default:
			symbol = 1
		}
	}
	return upper+lower+digit+symbol+caseless >= 3
}
