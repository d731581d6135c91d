package activedirectory

import (
	"time"

	"dirdesk/models"
)

// Bits of userAccountControl and msDS-User-Account-Control-Computed (MS-ADTS
// 2.2.16). The lockout and expired bits are only ever set in the computed one.
const (
	uacDisabled        = 0x000002
	uacLockout         = 0x000010
	uacNormal          = 0x000200
	uacTrusts          = 0x000800 | 0x001000 | 0x002000 // interdomain, workstation, server
	uacNeverExpires    = 0x010000
	uacSmartcard       = 0x040000
	uacPasswordExpired = 0x800000
)

// accountPart fills in what only accounts have. What the server computed wins
// over what can be worked out from the domain's policy, as it knows of
// fine-grained policies; the policy serves where it computes nothing.
func accountPart(o *models.Object, a attributes, control uint32, at moment) {
	computed, isComputed := a.bits("msDS-User-Account-Control-Computed")
	noExpiry := control&(uacNeverExpires|uacSmartcard|uacTrusts) != 0
	passwordSet, hasPassword := a.number("pwdLastSet")

	o.Disabled = models.FlagOf(control&uacDisabled != 0)
	if expires, ok := a.number("accountExpires"); ok {
		o.AccountExpiry = fileTimeExpiry(expires)
	}
	o.Account.PasswordNeverExpires = models.FlagOf(control&uacNeverExpires != 0)
	o.Account.PasswordSet = fileTime(passwordSet)
	if last, ok := a.number("lastLogonTimestamp"); ok {
		o.Account.LastLogon = fileTime(last)
	}
	// pwdLastSet 0 asks for a new password at the next logon, unless the password
	// is one that does not expire: then the server asks nothing.
	mustChange := hasPassword && passwordSet == 0 && !noExpiry
	o.Account.MustChangePassword = models.FlagOf(mustChange)
	o.Account.PasswordExpires = passwordExpiry(a, passwordSet, noExpiry, at.policy)
	o.PasswordExpired = models.FlagOf(computed&uacPasswordExpired != 0)
	if !isComputed {
		o.PasswordExpired = models.FlagOf(mustChange || o.Account.PasswordExpires.Passed(at.now))
	}

	since, until := lockout(a, at.policy)
	locked := !since.IsZero() && (until.IsZero() || until.After(at.now))
	if isComputed {
		locked = computed&uacLockout != 0
	}
	o.Locked = models.FlagOf(locked)
	if locked {
		o.Account.LockedSince = since
		if until.After(at.now) {
			o.Account.LockedUntil = until
		}
	}
}

// passwordExpiry is when the password ends; unknown while it must be changed.
func passwordExpiry(a attributes, set int64, noExpiry bool, p policy) models.Expiry {
	if noExpiry {
		return models.Never()
	}
	if computed, ok := a.number("msDS-UserPasswordExpiryTimeComputed"); ok {
		if computed == 0 { // pwdLastSet is 0
			return models.Expiry{}
		}
		return fileTimeExpiry(computed)
	}
	at := fileTime(set)
	switch {
	case at.IsZero() || !p.known:
		return models.Expiry{}
	case p.maxAge == 0: // "for ever", or no policy
		return models.Never()
	default:
		return models.ExpiryAt(at.Add(p.maxAge))
	}
}

// lockout tells when the last lockout began and ends. A lockoutTime stays where
// it is after the lockout has ended by itself, so it alone proves nothing.
func lockout(a attributes, p policy) (since, until time.Time) {
	value, ok := a.number("lockoutTime")
	if !ok || value == 0 {
		return time.Time{}, time.Time{}
	}
	since = fileTime(value)
	if since.IsZero() || p.lockoutForever || !p.known {
		return since, time.Time{}
	}
	return since, since.Add(p.lockout)
}
