package desk

import (
	"context"

	"dirdesk/desk/journal"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// unlock ends a lockout.
type unlock struct{ inPlace }

func (unlock) traits() Traits { return Traits{Brief: true} }

func (unlock) cannot(d *directory, _ models.Category) string {
	return needs[Unlocker](d, "unlock an account")
}

func (unlock) unfit(o models.Object) (never, now string) {
	return when(o.Category != models.Person, "only users are ever locked"), when(o.Locked == models.No, "it is not locked")
}

func (unlock) malformed(models.Change) english.Phrase { return english.Phrase{} }

func (unlock) examine(_ context.Context, _ *directory, s *Step, _ PlanOptions) error {
	s.Nothing = lockedTo(models.No).holds(s.before)
	return nil
}

func (unlock) title(s Step) string { return "unlock " + s.name() }

func (unlock) several() string { return "unlock" }

func (unlock) lines(s Step) []Line { return []Line{lockedTo(models.No).line(s.before)} }

func (unlock) send(ctx context.Context, d *directory, s Step, _ PlanOptions) (models.DN, error) {
	return do(d.backend, func(b Unlocker) error { return b.Unlock(ctx, s.Change.DN) })
}

func (unlock) look(ctx context.Context, d *directory, s Step, _ models.DN) finding {
	return lockedTo(models.No).look(ctx, d, s)
}

func (unlock) note(e *journal.Entry, s Step) {
	e.Fields = []journal.Field{lockedTo(models.No).entry(s.before)}
}

func (unlock) reverse(_ journal.Entry, c models.Change) (models.Change, []string, error) {
	return c, nil, &CannotUndo{Words: "an account cannot be locked by hand; disable it, if that is what you want"}
}
