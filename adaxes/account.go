package adaxes

import (
	"time"

	"dirdesk/internal/rawjson"
	"dirdesk/models"
)

// accountPart fills in what only accounts have. accountStatus and passwordStatus
// are the server's own reckoning (official); the bits of userAccountControl serve
// where they are not told.
func accountPart(o *models.Object, e entry, now time.Time) {
	status := rawjson.ObjectOf(e.members["accountstatus"])
	isAccount := rawjson.First(e.members["accountstatus"]) == '{'
	bits, hasBits := e.bits("userAccountControl")
	if !isAccount && !hasBits {
		return
	}
	if hasBits {
		o.Disabled = models.FlagOf(bits&models.UACDisabled != 0)
		o.Account.PasswordNeverExpires = models.FlagOf(bits&models.UACNeverExpires != 0)
		if bits&models.UACCannotChange != 0 {
			// In the directory itself this is an access right, so its absence from the
			// bits proves nothing.
			o.Account.CannotChangePassword = models.Yes
		}
	}
	if told := status.Flag("isdisabled"); told.Known() {
		o.Disabled = told
	}
	o.Locked = status.Flag("islocked")
	if ends, told := status["expirationdate"]; told {
		o.AccountExpiry = expiryOf(rawjson.Scalar(ends))
	}
	o.Account.LastLogon = e.time("lastLogonTimestamp")
	if o.Locked == models.Yes {
		o.Account.LockedSince = e.time("lockoutTime")
	}
	passwordPart(o, e, bits, now)
}

// passwordPart tells when the password was set and when it ends. A password that
// was set never is one that must be changed, unless it does not expire: then the
// directory asks for nothing.
func passwordPart(o *models.Object, e entry, bits int32, now time.Time) {
	status := rawjson.ObjectOf(e.members["passwordstatus"])
	if changed := status.Text("whenchanged"); changed != "" {
		o.Account.PasswordSet, _ = momentOf(changed)
	}
	noExpiry := bits&(models.UACNeverExpires|models.UACSmartcard|models.UACTrusts) != 0
	if set, told := momentOf(e.text("pwdLastSet")); told {
		o.Account.PasswordSet = set
		o.Account.MustChangePassword = models.FlagOf(set.IsZero() && !noExpiry)
	}
	if o.Account.MustChangePassword == models.Yes {
		o.PasswordExpired = models.Yes
		return
	}
	o.Account.PasswordExpires = passwordExpiry(status)
	if noExpiry {
		o.Account.PasswordExpires = models.Never()
	}
	if o.Account.PasswordExpires.Known() {
		o.PasswordExpired = models.FlagOf(o.Account.PasswordExpires.Passed(now))
	}
}

// expiryOf reads the end of an account: a time, or null or "Never" for never.
func expiryOf(text string) models.Expiry {
	if t, ok := momentOf(text); ok && !t.IsZero() {
		return models.ExpiryAt(t)
	}
	return models.Never()
}
