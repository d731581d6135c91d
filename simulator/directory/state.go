package directory

import (
	"time"

	"dirdesk/models"
)

// Kinds of account, by their bits of userAccountControl.
const (
	uacKindOfAccount  = models.UACNormal | models.UACWorkstation | models.UACServer
	uacNoPasswordAge  = models.UACNeverExpires | models.UACSmartcard | models.UACWorkstation | models.UACServer
	uacGuestAccount   = models.UACNormal | models.UACNeverExpires | models.UACNoPassword | models.UACDisabled
	uacDomainControll = models.UACServer | models.UACTrustedForDelegation
)

func (e *entry) isDisabled() bool { return e.uac&models.UACDisabled != 0 }

// lockedUntil tells whether the account is locked out now and, if so, until
// when; the zero time stands for "until an administrator unlocks it".
// lockoutTime alone does not say it: it stays set after the lock has ended.
func (e *entry) lockedUntil(p Policy, now time.Time) (until time.Time, locked bool) {
	if !e.lockoutTime.Comes() {
		return time.Time{}, false
	}
	if p.LockoutDuration == 0 {
		return time.Time{}, true
	}
	until = e.lockoutTime.Time().Add(p.LockoutDuration)
	return until, until.After(now)
}

// passwordExpiry is AD's msDS-UserPasswordExpiryTimeComputed: never for accounts
// whose passwords do not age, the beginning of time for one that must change.
func (e *entry) passwordExpiry(p Policy) filetime {
	switch {
	case e.uac&uacNoPasswordAge != 0:
		return models.NeverFileTime
	case e.pwdLastSet <= 0:
		return 0
	case p.MaxPasswordAge == 0:
		return models.NeverFileTime
	default:
		return e.pwdLastSet + filetime(p.MaxPasswordAge.Nanoseconds()/100)
	}
}

// passwordHasExpired includes "must change at next logon", as DSM and Samba
// count it.
func (e *entry) passwordHasExpired(p Policy, now time.Time) bool {
	return e.passwordExpiry(p) <= models.FileTimeOf(now)
}

func (e *entry) mustChange() bool {
	return e.pwdLastSet <= 0 && e.uac&uacNoPasswordAge == 0
}

func (e *entry) hasExpired(now time.Time) bool {
	return e.accountExpires.Comes() && e.accountExpires <= models.FileTimeOf(now)
}

func expiryOf(f filetime) models.Expiry {
	if !f.Comes() {
		return models.Never()
	}
	return models.ExpiryAt(f.Time())
}
