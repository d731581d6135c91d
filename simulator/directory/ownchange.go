package directory

import (
	"crypto/subtle"

	"dirdesk/models"
)

// ChangePassword is a person's own change, who knows the present password.
// Beside length and complexity, the policy's minimum age and history apply, in
// this order (measured): right old password, age, length and complexity,
// history. Whether the account may sign in at all is not looked at.
//
// Errors: models.ErrNotFound, models.ErrCredentials for a wrong old password,
// models.ErrPolicy.
func (d *Directory) ChangePassword(dn models.DN, old, secret models.Secret) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return changing(d).changePassword(dn, old, secret).on("change the password of", dn)
}

func (d changer) changePassword(dn models.DN, old, secret models.Secret) *refusal {
	e := d.lookup(dn)
	if e == nil {
		return notFound(dn)
	}
	if r := d.exchangePassword(e, old, secret); r != nil {
		return r
	}
	d.touch(e)
	return nil
}

const restrictions = "Constraint violation - check_password_restrictions: "

// exchangePassword is the change itself.
func (d changer) exchangePassword(e *entry, old, secret models.Secret) *refusal {
	if e.password == nil || subtle.ConstantTimeCompare(e.password[:], e.hash(old)[:]) != 1 {
		return refuse(19, "Type the present password again.", "00000056: "+restrictions+"The old password specified doesn't match!")
	}
	return d.hintedPassword(e, secret)
}

// hintedPassword sets a password that the whole policy allows, its history and
// minimum age too.
func (d changer) hintedPassword(e *entry, secret models.Secret) *refusal {
	policy, now := reading(d.Directory).policyOf(e), d.now()
	if e.pwdLastSet.Comes() && now.Before(e.pwdLastSet.Time().Add(policy.MinPasswordAge)) {
		return refuse(19, "Wait until it may be changed again.", "0000052D: "+restrictions+"password is too young to change!")
	}
	if r := policy.checkPassword(e, secret); r != nil {
		return r
	}
	if e.hasUsed(secret, policy.PasswordHistory) {
		return refuse(19, "Choose one that was not used lately.", "0000052D: "+restrictions+"the password was already used (in history)!")
	}
	e.keepPassword(secret)
	e.pwdLastSet = models.FileTimeOf(now)
	return nil
}

// hasUsed reports whether a password is among the last ones, the present one
// counted in.
func (e *entry) hasUsed(secret models.Secret, last int) bool {
	if last <= 0 || e.password == nil {
		return false
	}
	wanted := *e.hash(secret)
	if *e.password == wanted {
		return true
	}
	for i, old := range e.oldPasswords {
		if i+1 < last && old == wanted {
			return true
		}
	}
	return false
}
