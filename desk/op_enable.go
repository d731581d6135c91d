package desk

import (
	"context"

	"dirdesk/desk/journal"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// switchAccount enables or disables an account.
type switchAccount struct {
	inPlace
	on bool
}

func (op switchAccount) action() models.Action {
	if op.on {
		return models.Enable
	}
	return models.Disable
}

func (op switchAccount) flag() flagChange { return disabledTo(models.FlagOf(!op.on)) }

func (switchAccount) traits() Traits { return Traits{} }

func (op switchAccount) cannot(d *directory, _ models.Category) string {
	return needs[Enabler](d, string(op.action())+" an account")
}

func (op switchAccount) unfit(o models.Object) (never, now string) {
	if o.Category != models.Person && o.Category != models.Computer {
		return "only users and computers can be enabled and disabled", ""
	}
	if op.on {
		return "", when(o.Disabled == models.No, "it is enabled")
	}
	return "", when(o.Disabled == models.Yes, "it is disabled already")
}

func (switchAccount) malformed(models.Change) english.Phrase { return english.Phrase{} }

func (op switchAccount) examine(_ context.Context, d *directory, s *Step, _ PlanOptions) error {
	s.Nothing = op.flag().holds(s.before)
	if !op.on {
		d.warnSelf(s)
	}
	return nil
}

func (op switchAccount) title(s Step) string { return string(op.action()) + " " + s.name() }

func (op switchAccount) several() string { return string(op.action()) }

func (op switchAccount) lines(s Step) []Line { return []Line{op.flag().line(s.before)} }

func (op switchAccount) send(ctx context.Context, d *directory, s Step, _ PlanOptions) (models.DN, error) {
	return do(d.backend, func(b Enabler) error { return b.SetEnabled(ctx, s.Change.DN, op.on) })
}

func (op switchAccount) look(ctx context.Context, d *directory, s Step, _ models.DN) finding {
	return op.flag().look(ctx, d, s)
}

func (op switchAccount) note(e *journal.Entry, s Step) {
	e.Fields = []journal.Field{op.flag().entry(s.before)}
}

func (op switchAccount) reverse(_ journal.Entry, c models.Change) (models.Change, []string, error) {
	c.Action = switchAccount{on: !op.on}.action()
	return c, nil, nil
}
