package directory

import (
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
	return d.setPassword(dn, secret, mustChange).on("set the password of", dn)
}

func (d *Directory) setPassword(dn models.DN, secret models.Secret, mustChange bool) *refusal {
	e := d.lookup(dn)
	if e == nil {
		return notFound(dn)
	}
	if !e.class.account {
		return refuse(53, "", "00002035: setup_io: it's only possible to set a password on accounts")
	}
	if r := d.policy.checkPassword(secret); r != nil {
		return r
	}
	e.password = e.hash(secret)
	e.pwdLastSet = filetimeOf(d.now())
	if mustChange {
		e.pwdLastSet = 0
	}
	e.touch(d.now())
	return nil
}

// checkPassword gives Samba's two complaints (measured).
func (p Policy) checkPassword(secret models.Secret) *refusal {
	if utf8.RuneCountInString(secret.Reveal()) < p.MinPasswordLength {
		return refuse(19, "Choose a longer password.",
			"0000052D: Constraint violation - check_password_restrictions: the password is too short. It should be equal or longer than %d characters!", p.MinPasswordLength)
	}
	if p.PasswordComplexity && !isComplex(secret) {
		return refuse(19, "Mix capitals, small letters, digits and other characters.",
			"0000052D: Constraint violation - check_password_restrictions: the password does not meet the complexity criteria!")
	}
	return nil
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
