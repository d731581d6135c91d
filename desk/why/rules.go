package why

import (
	"time"

	"dirdesk/internal/english"
	"dirdesk/models"
)

// subject is an account as the rules look at it.
type subject struct {
	object  *models.Object
	account models.Account
	logon   models.Logon
	state   models.AccountState
	now     time.Time
	facts   Facts
}

func caseOf(o models.Object, now time.Time, facts Facts) subject {
	c := subject{object: &o, state: models.StateOf(&o, now), now: now, facts: facts, logon: models.Logon{BadTries: -1}}
	if c.facts.Zone == nil {
		c.facts.Zone = now.Location()
	}
	if o.Account != nil {
		c.account = *o.Account
	}
	if c.account.Logon != nil {
		c.logon = *c.account.Logon
	}
	return c
}

// rule is one cause. holds is Unknown where the server did not say.
type rule struct {
	id    ID
	label string
	out   bool
	mend  models.Action
	holds func(subject) models.Flag
	words func(subject) string
}

// rules are all causes, worst first.
var rules = []rule{
	{Disabled, "disabled", true, models.Enable, func(c subject) models.Flag { return c.object.Disabled }, in(models.Disabled)},
	{
		AccountExpired, "the end of the account", true, models.SetExpiry,
		func(c subject) models.Flag {
			return c.condition(models.AccountExpired, c.object.AccountExpiry.Known())
		}, in(models.AccountExpired),
	},
	{
		Locked, "locked", true, models.Unlock,
		func(c subject) models.Flag { return c.condition(models.LockedOut, c.object.Locked.Known()) }, in(models.LockedOut),
	},
	{NeverSet, "whether a password was ever set", true, models.SetPassword, neverSet, say("there never was a password")},
	{CannotChange, "whether the password can be changed", true, models.SetMustChange, subject.stuck, say("the password must be changed, and the account may not change it")},
	{LogonHours, "logon hours", true, models.Modify, subject.outsideHours, subject.hours},
	{
		Expired, "whether the password expired", false, models.SetPassword,
		func(c subject) models.Flag {
			known := c.object.PasswordExpired.Known() || c.account.PasswordExpires.Known() || c.account.MustChangePassword == models.Yes
			return c.condition(models.PasswordExpired, known)
		}, in(models.PasswordExpired),
	},
	{
		// A password that may not be changed, or never was, is told as that.
		MustChange, "whether the password must be changed", false, models.SetMustChange,
		func(c subject) models.Flag {
			if c.account.MustChangePassword == models.Yes && (c.stuck() == models.Yes || neverSet(c) == models.Yes) {
				return models.No
			}
			return c.account.MustChangePassword
		}, in(models.MustChange),
	},
	{
		Workstations, "workstations", false, models.Modify,
		func(c subject) models.Flag { return c.told(len(c.logon.Workstations) > 0) },
		func(c subject) string { return "only at " + english.And(c.logon.Workstations...) },
	},
	{Smartcard, "smart card", false, models.Modify, func(c subject) models.Flag { return c.logon.Smartcard }, say("a smart card is required")},
	{NotSynced, "whether DSM knows the account", false, models.SyncDomain, func(c subject) models.Flag { return c.facts.Unsynced }, say("DSM does not know the account before a sync")},
	{
		Protected, "whether the account is protected", false, "", func(c subject) models.Flag { return c.logon.Protected },
		say("a protected account: the desk's delegation does not reach it"),
	},
}

// in are the words of a condition of the account's state.
func in(condition models.Condition) func(subject) string {
	return func(c subject) string { return c.state.Sentence(condition, c.facts.Zone) }
}

func say(words string) func(subject) string { return func(subject) string { return words } }

// condition is whether one holds, where the server said enough to know.
func (c subject) condition(condition models.Condition, known bool) models.Flag {
	if !known {
		return models.Unknown
	}
	return models.FlagOf(c.state.Has(condition))
}

// told is a fact that is known where the limits of the logon are.
func (c subject) told(fact bool) models.Flag {
	if c.logon.Told != models.Yes {
		return models.Unknown
	}
	return models.FlagOf(fact)
}

// neverSet is asked only of who has to change the password: another has had one.
func neverSet(c subject) models.Flag {
	if c.account.MustChangePassword == models.No && !c.account.PasswordSet.IsZero() {
		return models.No
	}
	return c.logon.NeverSet
}

// stuck says that a password has to be changed that may not be.
func (c subject) stuck() models.Flag {
	due := c.account.MustChangePassword == models.Yes || c.state.Has(models.PasswordExpired)
	switch {
	case due && neverSet(c) == models.Yes, c.account.CannotChangePassword == models.No:
		return models.No
	case due:
		return c.account.CannotChangePassword
	case c.account.MustChangePassword == models.No:
		return models.No
	default:
		return models.Unknown
	}
}

func (c subject) outsideHours() models.Flag {
	return c.told(c.logon.Hours != nil && !c.logon.Hours.At(c.now))
}

func (c subject) hours() string {
	next, some := c.logon.Hours.Next(c.now)
	if !some {
		return "no hour of the week is a logon hour"
	}
	return "outside the logon hours: again on " + next.In(c.facts.Zone).Format("Monday 2006-01-02 15:04 MST")
}
