package activedirectory

import (
	"context"
	"math"
	"strings"
	"time"

	"github.com/go-ldap/ldap/v3"

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

// policy is what the domain's head says of lockouts and passwords.
type policy struct {
	known          bool
	lockout        time.Duration // lockoutDuration
	lockoutForever bool          // until an administrator unlocks
	maxAge         time.Duration // maxPwdAge; 0: passwords do not expire
}

// moment is what the state of an account is judged by.
type moment struct {
	now    time.Time // the server's
	policy policy
	// fineGrained says that some accounts have a policy of their own (MS-ADTS
	// 3.1.1.5.2.7, "PSO"), so that only what the server computes is right. An
	// account that may not read those policies sees none: its listings go by the
	// domain's policy, and only a read of one object is exact.
	fineGrained bool
}

// moment asks for all that anew each time: two quick reads, and a policy that an
// administrator has just changed shows.
func (b *connection) moment(ctx context.Context, c *conn) (moment, error) {
	base := b.root.baseDN
	entry, err := c.read(ctx, b.silence, string(base), anything, "lockoutDuration", "maxPwdAge")
	if err != nil {
		return moment{}, err
	}
	own := ldap.NewSearchRequest(string(base.Child("CN", "System").Child("CN", "Password Settings Container")),
		ldap.ScopeSingleLevel, ldap.NeverDerefAliases, 0, 0, false, "(objectClass=msDS-PasswordSettings)", []string{"cn"}, nil)
	found, err := c.find(ctx, b.silence, own)
	if err != nil && !isResult(err, ldap.LDAPResultNoSuchObject, ldap.LDAPResultInsufficientAccessRights) {
		return moment{}, err
	}
	return moment{now: b.now(), policy: policyOf(attributesOf(entry)), fineGrained: len(found) > 0}, nil
}

func policyOf(a attributes) policy {
	lockout, hasLockout := a.number("lockoutDuration")
	age, hasAge := a.number("maxPwdAge")
	p := policy{known: hasLockout && hasAge}
	p.lockout, p.lockoutForever = tickDuration(lockout)
	p.maxAge, _ = tickDuration(age)
	return p
}

// durationForever is "for ever" in lockoutDuration and maxPwdAge, which hold
// negative steps of 100 ns.
const durationForever = math.MinInt64

// tickDuration turns a negative count of ticks, as lockoutDuration and maxPwdAge
// are stored, into a duration. forever is set for the smallest number and for
// what a time.Duration cannot hold; 0 is no time at all.
func tickDuration(value int64) (d time.Duration, forever bool) {
	if value > 0 {
		value = -value
	}
	if value == durationForever || value < -math.MaxInt64/100 {
		return 0, true
	}
	return time.Duration(-value) * 100, false
}

// generalizedTime reads whenCreated and the like, "20260102030405.0Z" (RFC 4517
// 3.3.13 as AD writes it); zero when it is none.
func generalizedTime(text string) time.Time {
	text, ok := strings.CutSuffix(text, "Z")
	if !ok {
		return time.Time{}
	}
	text, _, _ = strings.Cut(text, ".")
	t, err := time.Parse("20060102150405", text)
	if err != nil {
		return time.Time{}
	}
	return t
}
