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
		told:      func(o *models.Object) *models.Flag { return &o.Renamable },
		unfit:     func(o models.Object) (never, now string) { return unless(o.Renamable, "renamed"), "" },
		malformed: func(c models.Change) english.Phrase { return english.Own(CheckName(c.NewName)) },
	}
}

func (op rename) examine(ctx context.Context, d *directory, s *Step, _ PlanOptions) error {
	s.Nothing = s.before.DN.RDN().Value == s.Change.NewName
	return op.checkTarget(ctx, d, s, op.target(s.Change))
}

func (rename) mayNot(_ *directory, on, _ models.Rights, _ models.Change) string {
	return when(on.Rename == models.No, "you may not rename it")
}

func (rename) title(s Step) string {
	return "rename " + s.name("to", english.Quoted(s.Change.NewName))
}

func (rename) lines(s Step) []Line {
	return []Line{{Label: "name", Before: s.Change.DN.RDN().Value, After: s.Change.NewName}}
}

func (rename) send(ctx context.Context, d *directory, s Step, _ PlanOptions) (models.DN, error) {
	return with(d.backend, func(b Renamer) (models.DN, error) { return b.Rename(ctx, s.Change.Ref(), s.Change.NewName) })
}

func (op rename) look(ctx context.Context, d *directory, s Step, newDN models.DN) finding {
	return op.lookMoved(ctx, d, s.Change, cmp.Or(newDN, op.target(s.Change)),
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

// unless says of what is built into a domain what cannot be done to it.
func unless(flag models.Flag, done string) string {
	return when(flag == models.No, "built into the domain: cannot be "+done)
}

// renaming is what the operations share that give an object another name.
type renaming struct{}

// checkTarget refuses a new name, or place, that another object has.
func (renaming) checkTarget(ctx context.Context, d *directory, s *Step, target models.DN) error {
	if s.Nothing || s.Refused != nil || target.Equal(s.Change.DN) || !has[Getter](d.backend) {
		return nil
	}
	_, there, err := d.exists(ctx, models.Ref{DN: target})
	if err == nil && there {
		s.refuse(models.ErrExists, english.Own("there is an object of that name already"))
	}
	return err
}

// lookMoved reads an object at its new name, by its GUID where that is known. is
// and still say where it is.
func (renaming) lookMoved(ctx context.Context, d *directory, c models.Change, target models.DN, is, still func(models.DN) string) finding {
	if c.GUID == "" {
		return lookByName(ctx, d, c.DN, target, is, still)
	}
	o, there, err := d.exists(ctx, c.Ref())
	switch {
	case err != nil:
		return finding{err: err}
	case !there:
		return finding{seen: mismatch, words: "is gone"}
	case isRenamed(target, o.DN) && (target.Equal(c.DN) || !o.DN.Equal(target)):
		return finding{seen: mismatch, words: still(o.DN)}
	default:
		return finding{seen: match, words: is(o.DN), dn: o.DN}
	}
}

func lookByName(ctx context.Context, d *directory, old, target models.DN, is, still func(models.DN) string) finding {
	o, there, err := d.exists(ctx, models.Ref{DN: target})
	if err != nil {
		return finding{err: err}
	}
	if there {
		return finding{seen: match, words: is(o.DN), dn: o.DN}
	}
	_, there, err = d.exists(ctx, models.Ref{DN: old})
	switch {
	case err != nil:
		return finding{err: err}
	case there:
		return finding{seen: mismatch, words: still(old)}
	default:
		return finding{seen: mismatch, words: "is neither at its old place nor at its new one"}
	}
}

func (renaming) affected(out Outcome) []Affected {
	a := affectedObject(out.Change)
	a.Structure, a.To, a.Show = true, out.NewDN, out.NewDN
	if to := cmp.Or(out.NewDN.Parent(), out.Change.NewParent.DN); to != "" && !to.Equal(a.Parents[0]) {
		a.Parents = append(a.Parents, to)
	}
	return []Affected{a}
}
