package desk

import (
	"context"

	"dirdesk/desk/journal"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// setMustChange makes an account choose a new password at its next logon, or
// lets it keep the one it has.
type setMustChange struct{ inPlace }

func (setMustChange) flag(s Step) flagChange { return mustChangeTo(s.Change.MustChange) }

func (setMustChange) traits() Traits { return Traits{} }

func (setMustChange) cannot(d *directory, _ models.Category) string {
	return needs[MustChanger](d, "ask for a new password at the next logon")
}

func (setMustChange) unfit(o models.Object) (never, now string) {
	return when(o.Category != models.Person, onlyUsersHavePasswords), ""
}

func (setMustChange) malformed(c models.Change) english.Phrase {
	return english.Own(when(!c.MustChange.Known(), "neither yes nor no was given"))
}

func (op setMustChange) examine(_ context.Context, _ *directory, s *Step, _ PlanOptions) error {
	s.Nothing = op.flag(*s).holds(s.before)
	return nil
}

func (setMustChange) title(s Step) string {
	if s.Change.MustChange == models.No {
		return "let " + s.name() + " keep the password"
	}
	return "make " + s.name() + " change the password at the next logon"
}

func (setMustChange) several() string { return string(models.SetMustChange) }

func (op setMustChange) lines(s Step) []Line { return []Line{op.flag(s).line(s.before)} }

func (setMustChange) send(ctx context.Context, d *directory, s Step, _ PlanOptions) (models.DN, error) {
	c := s.Change
	return do(d.backend, func(b MustChanger) error { return b.SetMustChange(ctx, c.DN, c.MustChange == models.Yes) })
}

func (op setMustChange) look(ctx context.Context, d *directory, s Step, _ models.DN) finding {
	return op.flag(s).look(ctx, d, s)
}

func (op setMustChange) note(e *journal.Entry, s Step) {
	e.Fields = []journal.Field{op.flag(s).entry(s.before)}
}

func (setMustChange) reverse(e journal.Entry, c models.Change) (models.Change, []string, error) {
	c.Action, c.MustChange = models.SetMustChange, flagBefore(e, valueMustChange)
	if !c.MustChange.Known() {
		return c, nil, &CannotUndo{Words: "whether the password had to be changed before is not known"}
	}
	return c, nil, nil
}
