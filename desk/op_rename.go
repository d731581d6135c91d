package desk

import (
	"cmp"
	"context"

	"dirdesk/desk/journal"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// rename gives an object another name in its container.
type rename struct{ renaming }

func (rename) target(c models.Change) models.DN {
	return c.DN.Parent().Child(c.DN.RDN().Type, c.NewName)
}

func (rename) about() description {
	return description{
		several: "rename", cannot: needing[Renamer]("rename an object"),
		unfit:     func(o models.Object) (never, now string) { return unless(o.Renamable, "renamed"), "" },
		malformed: func(c models.Change) english.Phrase { return english.Own(CheckName(c.NewName)) },
	}
}

func (op rename) examine(ctx context.Context, d *directory, s *Step, _ PlanOptions) error {
	s.Nothing = s.before.DN.RDN().Value == s.Change.NewName
	return op.checkTarget(ctx, d, s, op.target(s.Change))
}

func (rename) title(s Step) string {
	return "rename " + s.name() + " to " + english.Quoted(s.Change.NewName)
}

func (rename) lines(s Step) []Line {
	return []Line{{Label: "name", Before: s.Change.DN.RDN().Value, After: s.Change.NewName}}
}

func (rename) send(ctx context.Context, d *directory, s Step, _ PlanOptions) (models.DN, error) {
	return with(d.backend, func(b Renamer) (models.DN, error) { return b.Rename(ctx, s.Change.DN, s.Change.NewName) })
}

func (op rename) look(ctx context.Context, d *directory, s Step, newDN models.DN) finding {
	return op.lookMoved(ctx, d, s.Change.DN, cmp.Or(newDN, op.target(s.Change)),
		func(dn models.DN) string { return "is now called " + english.Quoted(dn.RDN().Value) },
		func(dn models.DN) string { return "is still called " + english.Quoted(dn.RDN().Value) })
}

func (rename) note(e *journal.Entry, s Step) {
	e.Fields = []journal.Field{{Field: valueName, Before: s.Change.DN.RDN().Value, Known: true, After: s.Change.NewName}}
}

func (rename) reverse(e journal.Entry, c models.Change) (models.Change, []string, error) {
	// What it is called now is in NewDN; a person's text would do as well.
	c.Action, c.NewName = models.Rename, e.DN.RDN().Value
	c.Name = c.DN.RDN().Value
	return c, nil, nil
}

func (op rename) affected(out Outcome) []Affected {
	all := op.renaming.affected(out)
	all[0].Show = out.NewDN
	return all
}

// unless says of what is built into a domain what cannot be done to it.
func unless(flag models.Flag, done string) string {
	return when(flag == models.No, "built into the domain: cannot be "+done)
}
