package desk

import (
	"cmp"
	"context"

	"dirdesk/desk/journal"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// createOU makes an organizational unit.
type createOU struct{ creation }

func (createOU) about() description {
	return description{
		Traits: Traits{Creates: true}, several: "create", cannot: needing[OUCreator]("make an OU"), unfit: holdsNothing,
		malformed: func(c models.Change) english.Phrase {
			return english.Own(cmp.Or(namesNoObject(c), CheckName(c.DN.RDN().Value)))
		},
	}
}

func (op createOU) examine(ctx context.Context, d *directory, s *Step, _ PlanOptions) error {
	return op.checkThere(ctx, d, s)
}

func (createOU) mayNot(_ *directory, container, _ models.Rights, _ models.Change) string {
	return uncreatable(container, "organizationalUnit")
}

func (createOU) title(s Step) string { return "create the OU " + s.name() }

func (createOU) lines(s Step) []Line {
	c := s.Change
	return filled(
		Line{Label: "name", After: called(c)},
		Line{Label: "in", After: string(c.DN.Parent())},
		Line{Label: "description", After: c.Description},
	)
}

func (createOU) send(ctx context.Context, d *directory, s Step, _ PlanOptions) (models.DN, error) {
	c := s.Change
	return with(d.backend, func(b OUCreator) (models.DN, error) {
		return b.CreateOU(ctx, c.NewParent, c.DN.RDN().Value, c.Description)
	})
}

func (op createOU) look(ctx context.Context, d *directory, s Step, newDN models.DN) finding {
	c := s.Change
	return op.lookNew(ctx, d, c, newDN, newcomer{container: c.DN.Parent()}, func(o models.Object) []expectation {
		return []expectation{expectText(models.FieldDescription, o, c.Description)}
	})
}

func (createOU) note(e *journal.Entry, s Step) {
	e.Category = models.OrganizationalUnit
	e.Fields = afters(valueName, called(s.Change), string(models.FieldDescription), s.Change.Description)
}

// affected: it is new, so that nobody can be in it.
func (op createOU) affected(out Outcome) []Affected {
	all := op.creation.affected(out)
	all[0].DN, all[0].Containers = "", true
	return all
}
