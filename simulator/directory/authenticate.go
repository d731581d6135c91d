package directory

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"strings"
	"time"

	"dirdesk/models"
)

// password is a salted hash. The salt is the entry's serial number: this is a
// simulator, and the hash never leaves the process.
type password [sha256.Size]byte

func (e *entry) hash(secret models.Secret) *password {
	h := sha256.New()
	h.Write([]byte{byte(e.serial), byte(e.serial >> 8), byte(e.serial >> 16), byte(e.serial >> 24)})
	h.Write([]byte(secret.Reveal()))
	p := password(h.Sum(nil))
	return &p
}

// findAccount finds an account by any of its names. The caller holds mu.
func (d reader) findAccount(account string) *entry {
	if domain, name, found := strings.Cut(account, `\`); found && !strings.Contains(account, "=") {
		if !strings.EqualFold(domain, d.workgroup) && !strings.EqualFold(domain, d.realm) {
			return nil
		}
		return d.bySAM[fold(name)]
	}
	if e := d.bySAM[fold(account)]; e != nil {
		return e
	}
	if e := d.byUPN[fold(account)]; e != nil {
		return e
	}
	if name, domain, found := strings.Cut(account, "@"); found &&
		(strings.EqualFold(domain, d.realm) || strings.EqualFold(domain, d.workgroup)) {
		return d.bySAM[fold(name)] // the implicit UPN that every account has
	}
	return d.named(account)
}

// Authenticate checks a password as a bind does: a sAMAccountName, DOMAIN\name,
// a userPrincipalName or a DN. Wrong passwords count towards a lockout, and a
// lockout is over when the policy's duration has passed by the clock.
//
// An unknown account and a wrong password are models.ErrCredentials and cannot
// be told apart. With the right password, or when locked out,
// models.ErrAccountState says that the account may not be used, and one of this
// package's Err values says why. The order of checks is Samba's (measured).
func (d *Directory) Authenticate(account string, secret models.Secret) (models.Object, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	e, err := d.authenticate(0, account, secret)
	if err != nil {
		return models.Object{}, err
	}
	now := d.now()
	o := reading(d).object(e, now)
	o.Account = reading(d).account(e, now)
	return o, nil
}

// authenticate checks a password at one of the controllers. The caller holds mu.
func (d *Directory) authenticate(controller int, account string, secret models.Secret) (*entry, error) {
	e, now := reading(d).findAccount(account), d.now()
	if e == nil || !e.class.account {
		return nil, refuseSignIn(account, models.ErrCredentials, nil, "52e")
	}
	policy := reading(d).policyOf(e)
	if _, locked := e.lockedUntil(policy, now); locked {
		return nil, refuseSignIn(account, models.ErrAccountState, ErrAccountLocked, "775")
	}
	if secret.Empty() || e.password == nil || subtle.ConstantTimeCompare(e.password[:], e.hash(secret)[:]) != 1 {
		if !secret.Empty() {
			e.countBadPassword(controller, policy, now)
		}
		return nil, refuseSignIn(account, models.ErrCredentials, nil, "52e")
	}
	switch {
	case e.isDisabled():
		return nil, refuseSignIn(account, models.ErrAccountState, ErrAccountDisabled, "533")
	case e.hasExpired(now):
		return nil, refuseSignIn(account, models.ErrAccountState, ErrAccountExpired, "701")
	case e.mustChange():
		return nil, refuseSignIn(account, models.ErrAccountState, ErrMustChangePassword, "773")
	case e.passwordHasExpired(policy, now):
		return nil, refuseSignIn(account, models.ErrAccountState, ErrPasswordExpired, "532")
	}
	if data, reason := notHere(e, now); reason != nil {
		return nil, refuseSignIn(account, models.ErrAccountState, reason, data)
	}
	e.signedIn(controller, now)
	return e, nil
}

// notHere says why an account that is well may not sign in now, or from here: a
// simple bind comes from no computer, so that a list of them leaves it out
// (measured).
func notHere(e *entry, now time.Time) (data string, reason error) {
	if hours, err := base64.StdEncoding.DecodeString(e.text("logonHours")); err == nil && len(hours) == hoursLength {
		now = now.UTC()
		bit := int(now.Weekday())*24 + now.Hour()
		if hours[bit/8]&(1<<(bit%8)) == 0 {
			return "530", ErrLogonHours
		}
	}
	if e.text("userWorkstations") != "" {
		return "531", ErrLogonComputer
	}
	return "", nil
}

// countBadPassword locks the account when the threshold is reached. A controller
// counts its own, and the first one counts all, as it is asked again about each.
func (e *entry) countBadPassword(controller int, p Policy, now time.Time) {
	if controller > 0 {
		e.at(controller).wrong(p, now)
	}
	e.wrong(p, now)
	if p.LockoutThreshold > 0 && int(e.badPasswords) >= p.LockoutThreshold {
		e.lockoutTime = models.FileTimeOf(now)
	}
}

// refuseSignIn answers as Samba does: only the "data" number tells the reason.
func refuseSignIn(account string, kind, reason error, data string) error {
	return &models.Error{
		Kind:   kind,
		Action: "sign in as",
		Object: account,
		Code:   "LDAP 49 data " + data,
		Server: "80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data " + data + ", v1db1",
		Err:    reason,
	}
}
