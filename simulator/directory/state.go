package directory

import (
	"time"

	"dirdesk/models"
)

// Bits of userAccountControl.
const (
	uacDisabled       = 0x0002
	uacNoPassword     = 0x0020 // a password is not required
	uacCannotChange   = 0x0040 // AD keeps it in the ACL; the bit is for callers of Add only
	uacNormal         = 0x0200
	uacWorkstation    = 0x1000
	uacServerTrust    = 0x2000
	uacNeverExpires   = 0x10000 // of the password
	uacSmartcardOnly  = 0x40000
	uacTrustedForDeg  = 0x80000
	uacKindOfAccount  = uacNormal | uacWorkstation | uacServerTrust
	uacNoPasswordAge  = uacNeverExpires | uacSmartcardOnly | uacWorkstation | uacServerTrust
	uacGuestAccount   = uacNormal | uacNeverExpires | uacNoPassword | uacDisabled
	uacDomainControll = uacServerTrust | uacTrustedForDeg
)

func (e *entry) isDisabled() bool { return e.uac&uacDisabled != 0 }

// lockedUntil tells whether the account is locked out now and, if so, until
// when; the zero time stands for "until an administrator unlocks it".
// lockoutTime alone does not say it: it stays set after the lock has ended.
func (e *entry) lockedUntil(p Policy, now time.Time) (until time.Time, locked bool) {
	if !e.lockoutTime.isSet() {
		return time.Time{}, false
	}
	if p.LockoutDuration == 0 {
		return time.Time{}, true
	}
	until = e.lockoutTime.time().Add(p.LockoutDuration)
	return until, until.After(now)
}

// passwordExpiry is AD's msDS-UserPasswordExpiryTimeComputed: never for accounts
// whose passwords do not age, the beginning of time for one that must change.
func (e *entry) passwordExpiry(p Policy) filetime {
	switch {
	case e.uac&uacNoPasswordAge != 0:
		return largest
	case e.pwdLastSet <= 0:
		return 0
	case p.MaxPasswordAge == 0:
		return largest
	default:
		return e.pwdLastSet + filetime(p.MaxPasswordAge.Nanoseconds()/nanosPerStep)
	}
}

// passwordHasExpired includes "must change at next logon", as DSM and Samba
// count it.
func (e *entry) passwordHasExpired(p Policy, now time.Time) bool {
	return e.passwordExpiry(p) <= filetimeOf(now)
}

func (e *entry) mustChange() bool {
	return e.pwdLastSet <= 0 && e.uac&uacNoPasswordAge == 0
}

func (e *entry) hasExpired(now time.Time) bool {
	return !e.accountExpires.isNever() && e.accountExpires <= filetimeOf(now)
}

func expiryOf(f filetime) models.Expiry {
	if f.isNever() {
		return models.Never()
	}
	return models.ExpiryAt(f.time())
}
