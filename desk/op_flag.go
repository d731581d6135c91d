package desk

import (
	"context"

	"dirdesk/desk/journal"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// flagOperation switches one flag of an account.
type flagOperation struct {
	inPlace
	description
	flag   func(models.Change) flagChange
	titled func(Step) string
	write  func(context.Context, Backend, models.Change) (models.DN, error)
	undo   func(journal.Entry, models.Change) (models.Change, error)
	shuts  bool // the account cannot sign in afterwards
}

// switchAccount enables or disables an account.
func switchAccount(action, opposite models.Action, already string) flagOperation {
	disabled := models.FlagOf(action == models.Disable)
	return flagOperation{
		description: description{
			several: string(action), cannot: needing[Enabler](string(action) + " an account"),
			unfit: func(o models.Object) (never, now string) {
				if o.Category != models.Person && o.Category != models.Computer {
					return "only users and computers can be enabled and disabled", ""
				}
				return "", when(o.Disabled == disabled, already)
			},
		},
		flag:   func(models.Change) flagChange { return disabledTo(disabled) },
		titled: func(s Step) string { return string(action) + " " + s.name() },
		write: func(ctx context.Context, b Backend, c models.Change) (models.DN, error) {
			return do(b, func(e Enabler) error { return e.SetEnabled(ctx, c.Ref(), disabled == models.No) })
		},
		undo: func(_ journal.Entry, c models.Change) (models.Change, error) {
			c.Action = opposite
			return c, nil
		},
		shuts: disabled == models.Yes,
	}
}

// unlock ends a lockout.
func unlock() flagOperation {
	return flagOperation{
		description: description{
			Traits: Traits{Brief: true}, several: "unlock", cannot: needing[Unlocker]("unlock an account"),
			unfit: func(o models.Object) (never, now string) {
				return when(o.Category != models.Person, "only users are ever locked"), when(o.Locked == models.No, "it is not locked")
			},
		},
		flag:   func(models.Change) flagChange { return lockedTo(models.No) },
		titled: func(s Step) string { return "unlock " + s.name() },
		write: func(ctx context.Context, b Backend, c models.Change) (models.DN, error) {
			return do(b, func(u Unlocker) error { return u.Unlock(ctx, c.Ref()) })
		},
		undo: func(_ journal.Entry, c models.Change) (models.Change, error) {
			return c, &CannotUndo{Words: "an account cannot be locked by hand; disable it, if that is what you want"}
		},
	}
}

const askForNewPassword = "ask for a new password at the next logon"

// setMustChange makes an account choose a new password at its next logon, or
// lets it keep the one it has.
func setMustChange() flagOperation {
	return flagOperation{
		description: description{
			several: string(models.SetMustChange), cannot: needing[MustChanger](askForNewPassword),
			unfit: onlyA(models.Person, onlyUsersHavePasswords),
			malformed: func(c models.Change) english.Phrase {
				return english.Own(when(!c.MustChange.Known(), "neither yes nor no was given"))
			},
		},
		flag: func(c models.Change) flagChange { return mustChangeTo(c.MustChange) },
		titled: func(s Step) string {
			if s.Change.MustChange == models.No {
				return "let " + s.name("keep the password")
			}
			return "make " + s.name("change the password at the next logon")
		},
		write: func(ctx context.Context, b Backend, c models.Change) (models.DN, error) {
			return do(b, func(m MustChanger) error { return m.SetMustChange(ctx, c.Ref(), c.MustChange == models.Yes) })
		},
		undo: func(e journal.Entry, c models.Change) (models.Change, error) {
			c.Action, c.MustChange = models.SetMustChange, flagBefore(e, valueMustChange)
			if !c.MustChange.Known() {
				return c, &CannotUndo{Words: "whether the password had to be changed before is not known"}
			}
			return c, nil
		},
	}
}

func (op flagOperation) examine(_ context.Context, d *directory, s *Step, _ PlanOptions) error {
	s.Nothing = op.flag(s.Change).of(s.before) == op.flag(s.Change).to
	if _, never := passwordFlags(s.before); s.Change.MustChange == models.Yes && never == models.Yes {
		s.refuse(models.ErrPolicy, english.Own(neverExpires))
	}
	if op.shuts {
		d.warnSelf(s)
	}
	return nil
}

func (op flagOperation) mayNot(_ *directory, on, _ models.Rights, c models.Change) string {
	return unwritable(on, op.flag(c).attribute)
}

func (op flagOperation) title(s Step) string { return op.titled(s) }

func (op flagOperation) lines(s Step) []Line { return []Line{op.flag(s.Change).line(s.before)} }

func (op flagOperation) send(ctx context.Context, d *directory, s Step, _ PlanOptions) (models.DN, error) {
	return op.write(ctx, d.backend, s.Change)
}

func (op flagOperation) look(ctx context.Context, d *directory, s Step, _ models.DN) finding {
	o, err := d.Read(ctx, s.Change.Ref())
	if err != nil {
		return finding{err: err}
	}
	return op.flag(s.Change).compare(d, o)
}

func (op flagOperation) note(e *journal.Entry, s Step) {
	e.Fields = []journal.Field{op.flag(s.Change).entry(s.before)}
}

func (op flagOperation) reverse(e journal.Entry, c models.Change) (models.Change, []string, error) {
	c, err := op.undo(e, c)
	return c, nil, err
}

// flagChange is one flag of an account and what it is to become.
type flagChange struct {
	field     string // in the journal
	attribute string // of the directory
	label     string // in a plan
	no, yes   string // what the account is
	of        func(models.Object) models.Flag
	to        models.Flag
}

func disabledTo(to models.Flag) flagChange {
	return flagChange{valueDisabled, "userAccountControl", "disabled", "enabled", "disabled", func(o models.Object) models.Flag { return o.Disabled }, to}
}

func lockedTo(to models.Flag) flagChange {
	return flagChange{valueLocked, "lockoutTime", "locked", "unlocked", "locked", func(o models.Object) models.Flag { return o.Locked }, to}
}

func mustChangeTo(to models.Flag) flagChange {
	return flagChange{
		valueMustChange, "pwdLastSet", "must change at next logon", "free to keep the password", "due for a new password at the next logon", mustChange, to,
	}
}

func cannotChangeTo(to models.Flag) flagChange {
	cannot := func(o models.Object) models.Flag { cannot, _ := passwordFlags(o); return cannot }
	return flagChange{
		valueCannotChange, "nTSecurityDescriptor", "cannot change the password", "free to change the password", "kept from changing the password", cannot, to,
	}
}

func neverExpiresTo(to models.Flag) flagChange {
	never := func(o models.Object) models.Flag { _, never := passwordFlags(o); return never }
	return flagChange{
		valueNeverExpires, "userAccountControl", "password never expires", "due for a new password in time", "free to keep the password for ever", never, to,
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
