package activedirectory

import (
	"time"

	"dirdesk/models"
)

// accountPart fills in what only accounts have. What the server computed wins
// over what can be worked out from the domain's policy, as it knows of
// fine-grained policies; the policy serves where it computes nothing.
func accountPart(o *models.Object, a attributes, control int32, at moment) {
	computed, isComputed := a.bits("msDS-User-Account-Control-Computed")
	noExpiry := control&models.UACNoExpiry != 0
	passwordSet, hasPassword := a.number("pwdLastSet")

	o.Disabled = models.FlagOf(control&models.UACDisabled != 0)
	if expires, ok := a.number("accountExpires"); ok {
		o.AccountExpiry = models.FileTime(expires).Expiry()
	}
	o.Account.PasswordNeverExpires = models.FlagOf(control&models.UACNeverExpires != 0)
	o.Account.PasswordSet = models.FileTime(passwordSet).Time()
	if last, ok := a.number("lastLogonTimestamp"); ok {
		o.Account.LastLogon = models.FileTime(last).Time()
	}
	// pwdLastSet 0 asks for a new password at the next logon, unless the password
	// is one that does not expire: then the server asks nothing.
	mustChange := hasPassword && passwordSet == 0 && !noExpiry
	o.Account.MustChangePassword = models.FlagOf(mustChange)
	o.Account.PasswordExpires = passwordExpiry(a, passwordSet, noExpiry, at.policy)
	o.PasswordExpired = models.FlagOf(computed&models.UACPasswordExpired != 0)
	if !isComputed {
		o.PasswordExpired = models.FlagOf(mustChange || o.Account.PasswordExpires.Passed(at.now))
	}

	since, until := lockout(a, at.policy)
	locked := !since.IsZero() && (until.IsZero() || until.After(at.now))
	if isComputed {
		locked = computed&models.UACLockout != 0
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
		return models.FileTime(computed).Expiry()
	}
	at := models.FileTime(set).Time()
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
	since = models.FileTime(value).Time()
	if since.IsZero() || p.lockoutForever || !p.known {
		return since, time.Time{}
	}
	return since, since.Add(p.lockout)
}
