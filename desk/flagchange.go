package desk

import (
	"context"

	"dirdesk/desk/journal"
	"dirdesk/models"
)

// flagChange is one flag of an account and what it is to become.
type flagChange struct {
	field   string // in the journal
	label   string // in a plan
	no, yes string // what the account is
	of      func(models.Object) models.Flag
	to      models.Flag
}

func disabledTo(to models.Flag) flagChange {
	return flagChange{valueDisabled, "disabled", "enabled", "disabled", func(o models.Object) models.Flag { return o.Disabled }, to}
}

func lockedTo(to models.Flag) flagChange {
	return flagChange{valueLocked, "locked", "unlocked", "locked", func(o models.Object) models.Flag { return o.Locked }, to}
}

func mustChangeTo(to models.Flag) flagChange {
	return flagChange{
		valueMustChange, "must change at next logon", "free to keep the password", "due for a new password at the next logon", mustChange, to,
	}
}

func cannotChangeTo(to models.Flag) flagChange {
	cannot := func(o models.Object) models.Flag { cannot, _ := passwordFlags(o); return cannot }
	return flagChange{
		valueCannotChange, "cannot change the password", "free to change the password", "kept from changing the password", cannot, to,
	}
}

func neverExpiresTo(to models.Flag) flagChange {
	never := func(o models.Object) models.Flag { _, never := passwordFlags(o); return never }
	return flagChange{
		valueNeverExpires, "password never expires", "due for a new password in time", "free to keep the password for ever", never, to,
	}
}

// mustChange reads whether the password must be changed at the next logon.
func mustChange(o models.Object) models.Flag {
	if o.Account == nil {
		return models.Unknown
	}
	return o.Account.MustChangePassword
}

// passwordFlags reads what else is said of a password.
func passwordFlags(o models.Object) (cannotChange, neverExpires models.Flag) {
	if o.Account == nil {
		return models.Unknown, models.Unknown
	}
	return o.Account.CannotChangePassword, o.Account.PasswordNeverExpires
}

func (f flagChange) holds(o models.Object) bool { return f.of(o) == f.to }

func (f flagChange) line(before models.Object) Line {
	return Line{Label: f.label, Before: f.of(before).Label(), After: f.to.Label()}
}

func (f flagChange) entry(before models.Object) journal.Field {
	now := f.of(before)
	e := journal.Field{Field: f.field, Known: now.Known(), After: f.to.Label()}
	if e.Known {
		e.Before = now.Label()
	}
	return e
}

// compare holds the flag of an object that was read back against what was asked
// for.
func (f flagChange) compare(d *directory, o models.Object) finding {
	now := f.of(o)
	words := f.no
	if now == models.Yes {
		words = f.yes
	}
	switch now {
	case models.Unknown:
		return finding{words: d.cannotShow("it")}
	case f.to:
		return finding{seen: match, words: "is now " + words}
	default:
		return finding{seen: mismatch, words: "is still " + words}
	}
}

// look reads the object of a step and compares.
func (f flagChange) look(ctx context.Context, d *directory, s Step) finding {
	o, err := d.Read(ctx, s.Change.DN)
	if err != nil {
		return finding{err: err}
	}
	return f.compare(d, o)
}
