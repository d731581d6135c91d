package desk

import (
	"context"
	"errors"

	"dirdesk/internal/english"
	"dirdesk/models"
)

// Plan looks at changes without making them: whether they are allowed and
// possible, what the directory holds now, and what would be different. The
// error is for a plan that could not be made at all; what is wrong with one
// change stands in its step.
func (d *Desk) Plan(ctx context.Context, changes []models.Change, o PlanOptions) (Plan, error) {
	if len(changes) == 0 {
		return Plan{}, &models.Error{
			Kind: models.InWords("there is nothing to change", models.ErrInvalid), Action: "plan", Advice: "Change something first.",
		}
	}
	if err := d.prime(ctx, changes); err != nil {
		return Plan{}, err
	}
	plan := Plan{Steps: make([]Step, 0, len(changes)), options: o}
	for _, change := range changes {
		if err := ctx.Err(); err != nil {
			return Plan{}, err
		}
		step, err := d.step(ctx, change.Clone(), o)
		if err != nil {
			return Plan{}, err
		}
		plan.Steps = append(plan.Steps, step)
	}
	leaveOutRepeats(plan.Steps)
	return plan, nil
}

// step looks at one change.
func (d *Desk) step(ctx context.Context, c models.Change, o PlanOptions) (Step, error) {
	s := Step{Change: c}
	if d.options.Mode == Never {
		s.Refused = readOnly()
	} else {
		s.Refused = wellFormed(c)
	}
	if s.Refused == nil {
		if err := d.readBefore(ctx, &s); err != nil {
			return Step{}, err
		}
	}
	if s.Refused == nil {
		s.Refused = d.capable(s)
	}
	if s.Refused == nil {
		if err := d.examine(ctx, &s, o); err != nil {
			return Step{}, err
		}
	}
	s.Title = title(s)
	if s.Lines == nil {
		s.Lines = lines(s)
	}
	return s, nil
}

// creates reports whether an action makes the object it names.
func creates(action models.Action) bool {
	return action == models.CreateUser || action == models.CreateGroup || action == models.CreateOU
}

// readBefore reads the object as it is now. That there is none refuses the
// step; other errors end the plan.
func (d *Desk) readBefore(ctx context.Context, s *Step) error {
	c := &s.Change
	if creates(c.Action) || c.Action == models.SyncDomain || c.Action == models.SendResetMail {
		return nil
	}
	o, err := d.Read(ctx, c.DN)
	if errors.Is(err, models.ErrNotFound) {
		s.Refused = err
		return nil
	}
	if err != nil {
		return err
	}
	s.before, s.known = o, true
	c.DN = o.DN
	c.Category = o.Category
	if c.Name == "" {
		c.Name = nameOf(o)
	}
	return nil
}

// capable says why the connection, or the object, is not fit for the change.
func (d *Desk) capable(s Step) error {
	c := s.Change
	words := d.cannot(c.Action, c.Category)
	if words == "" && s.known {
		words = wrongKind(c.Action, c.Category)
	}
	if words == "" && (c.Action == models.Delete || c.Action == models.Move || c.Action == models.Rename) {
		words = unfit(c.Action, s.before)
	}
	if words == "" {
		return nil
	}
	return refuse(c, models.ErrUnsupported, english.Own(words))
}

// refuse is why a change is not tried, in words.
func refuse(c models.Change, kind error, why english.Phrase) error {
	return &models.Error{Kind: models.InWords(why.String(), kind), Action: string(c.Action), Object: called(c), Advice: why.Capital() + "."}
}

// leaveOutRepeats keeps a plan from doing one thing twice: a deletion of what an
// earlier step deletes, or takes along.
func leaveOutRepeats(steps []Step) {
	for i := range steps {
		c := steps[i].Change
		if c.Action != models.Delete || steps[i].Refused != nil {
			continue
		}
		for j := range steps {
			above := steps[j].Change
			if above.Action != models.Delete || steps[j].Refused != nil || steps[j].Nothing {
				continue
			}
			if j < i && c.DN.Equal(above.DN) || c.DN.IsBelow(above.DN) {
				steps[i].Nothing = true
				steps[i].Warnings = append(steps[i].Warnings, english.Own("goes with "+called(above)))
				break
			}
		}
	}
}
