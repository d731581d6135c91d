package desk

import (
	"cmp"
	"context"

	"dirdesk/internal/english"
	"dirdesk/models"
)

// renaming is what the operations share that give an object another name.
type renaming struct{}

// checkTarget refuses a new name, or place, that another object has.
func (renaming) checkTarget(ctx context.Context, d *directory, s *Step, target models.DN) error {
	if s.Nothing || s.Refused != nil || target.Equal(s.Change.DN) || !has[Getter](d.backend) {
		return nil
	}
	_, there, err := d.exists(ctx, target)
	if err == nil && there {
		s.refuse(models.ErrExists, english.Own("there is an object of that name already"))
	}
	return err
}

// lookMoved reads an object at its new name. is and still say where it is.
func (renaming) lookMoved(ctx context.Context, d *directory, old, target models.DN, is, still func(models.DN) string) finding {
	o, there, err := d.exists(ctx, target)
	if err != nil {
		return finding{err: err}
	}
	if there {
		return finding{seen: match, words: is(o.DN), dn: o.DN}
	}
	_, there, err = d.exists(ctx, old)
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
	a.Structure, a.To = true, out.NewDN
	if to := cmp.Or(out.NewDN.Parent(), out.Change.NewParent); to != "" && !to.Equal(a.Parents[0]) {
		a.Parents = append(a.Parents, to)
	}
	return []Affected{a}
}
