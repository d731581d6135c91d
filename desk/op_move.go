package desk

import (
	"cmp"
	"context"

	"dirdesk/desk/journal"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// move puts an object below another container.
type move struct{ renaming }

func (move) target(c models.Change) models.DN {
	step := c.DN.RDN()
	return c.NewParent.DN.Child(step.Type, step.Value)
}

func (move) about() description {
	return description{
		several: "move", cannot: needing[Mover]("move an object"),
		told:  func(o *models.Object) *models.Flag { return &o.Movable },
		unfit: func(o models.Object) (never, now string) { return shielded(o, o.Movable, "moved"), "" },
		malformed: func(c models.Change) english.Phrase {
			return english.Own(when(c.NewParent.DN == "", "no container was given"))
		},
	}
}

func (op move) examine(ctx context.Context, d *directory, s *Step, _ PlanOptions) error {
	c := s.Change
	s.Nothing = s.before.DN.Parent().Equal(c.NewParent.DN)
	if c.NewParent.DN.Equal(c.DN) || c.NewParent.DN.IsBelow(c.DN) {
		s.refuse(models.ErrInvalid, english.Own("it cannot be put below itself"))
	}
	if has[Getter](d.backend) {
		if parent, there, err := d.exists(ctx, models.Ref{DN: c.DN.Parent()}); err == nil && there {
			s.parentGUID = parent.Ref().GUID
		}
	}
	return op.checkTarget(ctx, d, s, op.target(c))
}

func (move) mayNot(_ *directory, on, into models.Rights, _ models.Change) string {
	return cmp.Or(
		when(on.Delete == models.No || on.Rename == models.No, "you may not move it away from here"),
		when(into.Create(on.Class) == models.No, "you may not put "+english.A(models.ClassWords(on.Class))+" there"),
	)
}

func (move) title(s Step) string {
	return "move " + s.name("to", placeOf(s.Change.NewParent.DN))
}

func (move) lines(s Step) []Line {
	return []Line{{Label: "in", Before: string(s.Change.DN.Parent()), After: string(s.Change.NewParent.DN)}}
}

func (move) send(ctx context.Context, d *directory, s Step, _ PlanOptions) (models.DN, error) {
	return with(d.backend, func(b Mover) (models.DN, error) { return b.Move(ctx, s.Change.Ref(), s.Change.NewParent) })
}

func (op move) look(ctx context.Context, d *directory, s Step, newDN models.DN) finding {
	c := s.Change
	if c.NewParent.GUID != "" { // the container may have got another name meanwhile
		if parent, there, err := d.exists(ctx, c.NewParent); err == nil && there {
			c.NewParent, newDN = parent.Ref(), ""
		}
	}
	return op.lookMoved(ctx, d, c, cmp.Or(newDN, op.target(c)),
		func(dn models.DN) string { return "is now in " + english.Quoted(dn.Parent().RDN().Value) },
		func(dn models.DN) string { return "is still in " + english.Quoted(dn.Parent().RDN().Value) })
}

func (move) note(e *journal.Entry, s Step) {
	e.Fields = []journal.Field{{Field: valueParent, Before: string(s.Change.DN.Parent()), Known: true, After: string(s.Change.NewParent.DN)}}
	e.ParentGUID = s.parentGUID
}

func (move) reverse(e journal.Entry, c models.Change) (models.Change, []string, error) {
	c.Action, c.NewParent = models.Move, models.Ref{DN: e.DN.Parent(), GUID: e.ParentGUID}
	return c, nil, nil
}
