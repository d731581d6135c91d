package desk

import (
	"context"

	"dirdesk/desk/journal"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// createGroup makes a group.
type createGroup struct{ creation }

func (createGroup) about() description {
	return description{
		Traits: Traits{Creates: true}, several: "create", cannot: needing[GroupCreator](string(models.CreateGroup)), unfit: holdsNothing,
		malformed: func(c models.Change) english.Phrase {
			if c.Group == nil {
				return english.Own("no group was given")
			}
			return english.Own(firstFault(CheckNewGroup(*c.Group), "Name", "Mail", "Description", "Container", "Scope", "Type"))
		},
	}
}

func (op createGroup) examine(ctx context.Context, d *directory, s *Step, _ PlanOptions) error {
	c := &s.Change
	if c.DN == "" {
		c.DN = c.Group.Container.DN.Child("CN", c.Group.Name)
	}
	return op.checkTaken(ctx, d, s, c.Group.Name)
}

func (createGroup) mayNot(_ *directory, container, _ models.Rights, _ models.Change) string {
	return uncreatable(container, "group")
}

func (createGroup) title(s Step) string { return "create the group " + s.name() }

func (createGroup) lines(s Step) []Line {
	g := s.Change.Group
	if g == nil {
		return nil
	}
	return filled(
		Line{Label: "name", After: g.Name},
		Line{Label: "in", After: string(g.Container.DN)},
		Line{Label: "scope", After: string(g.Scope)},
		Line{Label: "type", After: string(g.Type)},
		Line{Label: models.FieldMail.Label(), After: g.Mail},
		Line{Label: models.FieldDescription.Label(), After: g.Description},
	)
}

func (createGroup) send(ctx context.Context, d *directory, s Step, _ PlanOptions) (models.DN, error) {
	return with(d.backend, func(b GroupCreator) (models.DN, error) { return b.CreateGroup(ctx, *s.Change.Group) })
}

func (op createGroup) look(ctx context.Context, d *directory, s Step, newDN models.DN) finding {
	g := s.Change.Group
	return op.lookNew(ctx, d, s.Change, newDN, newcomer{g.Container.DN, g.Name}, func(o models.Object) []expectation {
		return append([]expectation{
			expectText(models.FieldMail, o, g.Mail), expectText(models.FieldDescription, o, g.Description),
		}, expectGroupType(*g, o)...)
	})
}

func expectGroupType(g models.NewGroup, o models.Object) []expectation {
	if o.Account == nil || o.Account.GroupType == 0 {
		return []expectation{{label: "scope and type"}}
	}
	scope, kind := models.GroupOf(o.Account.GroupType)
	return []expectation{
		{label: "scope", now: string(scope), known: true, same: scope == g.Scope || g.Scope == ""},
		{label: "type", now: string(kind), known: true, same: kind == g.Type || g.Type == ""},
	}
}

func (createGroup) note(e *journal.Entry, s Step) {
	g := s.Change.Group
	e.Category = models.Group
	e.Fields = afters(valueLogon, g.Name, valueScope, string(g.Scope), valueType, string(g.Type),
		string(models.FieldMail), g.Mail, string(models.FieldDescription), g.Description)
}
