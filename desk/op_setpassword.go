package desk

import (
	"cmp"
	"context"

	"dirdesk/desk/journal"
	"dirdesk/desk/password"
	"dirdesk/internal/english"
	"dirdesk/models"
)

const onlyUsersHavePasswords = "only users have a password to set"

// setPassword sets a password as an administrator does, with other things in the
// same operation where the server can.
type setPassword struct{ inPlace }

func (setPassword) about() description {
	return description{
		Traits: Traits{Password: true, Resets: true, Brief: true, inParts: true}, several: "set new passwords for",
		cannot: needing[PasswordSetter](string(models.SetPassword)), unfit: onlyA(models.Person, onlyUsersHavePasswords),
		malformed: func(c models.Change) english.Phrase {
			switch must := c.MustChange == models.Yes; {
			case c.Password.Empty():
				return english.Own("no password was given")
			case must && c.Options.CannotChange == models.Yes:
				return english.Own("who must change the password has to be able to")
			case must && c.Options.NeverExpires == models.Yes:
				return english.Own("a password that never expires cannot have to be changed at the next logon")
			}
			return english.Phrase{}
		},
	}
}

// examine holds a password against the policy and its account.
func (op setPassword) examine(ctx context.Context, d *directory, s *Step, _ PlanOptions) error {
	c := &s.Change
	switch {
	case c.MustChange == models.Yes && passwordState(*s).never == models.Yes:
		s.warn(english.Own(neverExpires + ": that part is left out"))
		c.MustChange = models.Unknown
	case c.MustChange == models.Unknown || d.CanMustChange():
	case c.Rescue:
		s.alarm("it need NOT be changed at the next logon: " + op.cannotMustChange(d).String())
		c.MustChange = models.Unknown
	default:
		s.refuse(models.ErrUnsupported, op.cannotMustChange(d))
		return nil
	}
	if c.Options != (models.PasswordOptions{}) && !d.CanSetPasswordWith() {
		s.refuse(models.ErrUnsupported, english.Own("with a password, "+d.lacks("set other things in one operation")))
		return nil
	}
	op.leaveOut(s)
	return checkPassword(ctx, d, s, s.before.SAMAccountName, s.before.DisplayName)
}

// leaveOut leaves out what is so already.
func (setPassword) leaveOut(s *Step) {
	o := &s.Change.Options
	cannot, never := passwordFlags(s.before)
	if o.CannotChange == cannot {
		o.CannotChange = models.Unknown
	}
	if o.NeverExpires == never {
		o.NeverExpires = models.Unknown
	}
	o.Unlock = o.Unlock && s.before.Locked != models.No
}

func (setPassword) cannotMustChange(d *directory) english.Phrase {
	return english.Own("with this password, " + needs[MustChanger](d, askForNewPassword))
}

// checkPassword holds the password of a step against the policy and names.
func checkPassword(ctx context.Context, d *directory, s *Step, names ...string) error {
	policy, err := d.Policy(ctx)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		s.warn(english.Own("the password policy could not be read: " + err.Error()))
	}
	if faults := password.Check(policy, s.Change.Password, names...); len(faults) > 0 {
		s.refuse(models.ErrPolicy, english.Own(faults[0]))
	}
	return nil
}

func (op setPassword) mayNot(_ *directory, on, _ models.Rights, c models.Change) string {
	var with []string
	for _, f := range op.flags(c) {
		with = append(with, f.attribute)
	}
	return cmp.Or(when(on.Reset == models.No, "you may not reset passwords here"), unwritable(on, with...))
}

func (setPassword) title(s Step) string { return "set a new password for " + s.name() }

func (op setPassword) lines(s Step) []Line {
	all := []Line{{Label: "password", Before: notShown, After: aPassword}}
	for _, f := range op.flags(s.Change) {
		all = append(all, f.line(s.before))
	}
	return all
}

// flags are those that a change sets with a password.
func (op setPassword) flags(c models.Change) []flagChange {
	if c.MustChange.Known() {
		return append([]flagChange{mustChangeTo(c.MustChange)}, op.options(c)...)
	}
	return op.options(c)
}

func (setPassword) options(c models.Change) []flagChange {
	var all []flagChange
	if c.Options.CannotChange.Known() {
		all = append(all, cannotChangeTo(c.Options.CannotChange))
	}
	if c.Options.NeverExpires.Known() {
		all = append(all, neverExpiresTo(c.Options.NeverExpires))
	}
	if c.Options.Unlock {
		all = append(all, lockedTo(models.No))
	}
	return all
}

// send goes through the first setter that can do what is asked.
func (op setPassword) send(ctx context.Context, d *directory, s Step, _ PlanOptions) (models.DN, error) {
	c := s.Change
	if c.Options != (models.PasswordOptions{}) {
		return do(d.backend, func(b PasswordOptionSetter) error {
			return b.SetPasswordWith(ctx, c.Ref(), c.Password, c.MustChange, c.Options)
		})
	}
	for setter := range capabilities[PasswordSetter](d.backend) {
		if c.MustChange == models.Unknown || setter.CanMustChange() {
			return "", setter.SetPassword(ctx, c.Ref(), c.Password, c.MustChange)
		}
	}
	return "", refuse(c, models.ErrUnsupported, op.cannotMustChange(d))
}

func (op setPassword) look(ctx context.Context, d *directory, s Step, _ models.DN) finding {
	const accepted = "the new password was accepted"
	if !has[Getter](d.backend) {
		return finding{words: d.cannotShow("it"), accepted: accepted}
	}
	o, err := d.Read(ctx, s.Change.Ref())
	if err != nil {
		return finding{err: err}
	}
	var v sights
	op.compare(&v, s, o)
	for _, flag := range op.flags(s.Change) {
		switch one := flag.compare(d, o); {
		case one.seen == unseen:
			v.hidden = append(v.hidden, flag.label)
		case one.seen == match && flag.of(s.before) == flag.to: // it was so before
		default:
			v.see(one.seen == match, one.words)
		}
	}
	found := v.finding(d)
	found.accepted = accepted
	return found
}

// compare tells by the moment at which the password was set last.
func (setPassword) compare(v *sights, s Step, o models.Object) {
	before, after := s.before.Account, o.Account
	const password = "whether the password is another now"
	switch {
	case before == nil || after == nil:
		v.hidden = append(v.hidden, password)
	case after.PasswordSet.After(before.PasswordSet):
		v.see(true, "has a new password")
	case !after.PasswordSet.IsZero():
		v.see(false, "still has the old password")
	case !before.PasswordSet.IsZero() || after.MustChangePassword == models.Yes && before.MustChangePassword != models.Yes:
		// The moment is 0 from now on, so that a second reset cannot be told from
		// the first.
		v.see(true, "has a new password")
	default:
		v.hidden = append(v.hidden, password)
	}
}

func (op setPassword) note(e *journal.Entry, s Step) {
	e.Fields = []journal.Field{{Field: valuePassword, After: "changed"}}
	for _, f := range op.flags(s.Change) {
		e.Fields = append(e.Fields, f.entry(s.before))
	}
}

func (setPassword) reverse(_ journal.Entry, c models.Change) (models.Change, []string, error) {
	return c, nil, &CannotUndo{Words: "the password before is known to nobody; set a new one"}
}
