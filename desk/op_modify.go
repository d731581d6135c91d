package desk

import (
	"context"

	"dirdesk/desk/journal"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// modification changes any properties of an object, its licences and its photo, in one
// operation. What there is to it stands in the files modify*.go.
type modification struct {
	renaming
	anyObject
}

// target is the name that a change gives an object; its own where it leaves it.
func (modification) target(c models.Change) models.DN {
	if name := newNameOf(c.Modification); name != "" {
		return c.DN.Parent().Child(c.DN.RDN().Type, name)
	}
	return c.DN
}

func (modification) traits() Traits { return Traits{inParts: true} }

func (modification) cannot(d *directory, _ models.Category) string {
	return lacks[PropertyEditor](d, "change any property")
}

// malformed: the words begin with the name of a property.
func (modification) malformed(c models.Change) english.Phrase {
	return english.Naming(malformedModification(c.Modification), "")
}

func (modification) several() string { return string(models.Modify) }

func (modification) send(ctx context.Context, d *directory, s Step, _ PlanOptions) (models.DN, error) {
	c := s.Change
	newDN, err := with(d.backend, func(b PropertyEditor) (models.DN, error) {
		return b.EditProperties(ctx, c.DN, asStored(*c.Modification))
	})
	if !isRenamed(c.DN, newDN) {
		newDN = ""
	}
	return newDN, err
}

func (modification) note(e *journal.Entry, s Step) { noteModification(e, s) }

func (modification) reverse(e journal.Entry, c models.Change) (models.Change, []string, error) {
	if isRenamed(e.DN, c.DN) {
		c.Name = c.DN.RDN().Value
	}
	return reverseModification(e, c)
}

// affected: its name may be among what changed.
func (op modification) affected(out Outcome) []Affected {
	if out.NewDN == "" || out.NewDN.Equal(out.Change.DN) {
		return []Affected{affectedObject(out.Change)}
	}
	a := affectedObject(out.Change)
	a.Structure, a.To, a.Show = true, out.NewDN, out.NewDN
	return []Affected{a}
}
