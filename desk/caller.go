package desk

import (
	"context"
	"errors"
	"slices"
	"strings"

	"dirdesk/models"
)

// CallerNotVerified is why a reset is not made where the profile asks for proof of
// who called.
const CallerNotVerified = "the profile requires that the caller is verified before a password is reset"

// Resets reports whether a change gives an account that is there another password,
// or a way to one.
func Resets(c models.Change) bool {
	if m := c.Modification; m != nil {
		return slices.ContainsFunc(m.Properties, func(p models.PropertyChange) bool { return models.PasswordProperty(p.Name) }) ||
			slices.ContainsFunc(m.Others, func(part models.RequestPart) bool { return strings.Contains(strings.ToLower(part.Path), "password") })
	}
	return TraitsOf(c.Action).Resets
}

// callerVerified reports whether it is known that the caller was verified: the
// command says so, or names the ticket, or a person ticked the plan. The ticket of a
// whole session is about no caller in particular.
func (d *Desk) callerVerified(plan Plan) bool {
	return d.options.CallerVerified || d.options.CallerInTicket && d.ticket != "" || plan.CallerVerified
}

// NeedsTick reports whether a plan is not made before somebody says that the
// caller was verified.
func (d *Desk) NeedsTick(plan Plan) bool {
	return d.options.VerifyCaller == models.CallerRequired && !d.callerVerified(plan) &&
		slices.ContainsFunc(plan.Chosen(), func(s Step) bool { return s.Refused == nil && Resets(s.Change) })
}

// barsReset says why a change may not be sent: nobody said that the caller was
// verified. It is nil for all that is no reset.
func (d *Desk) barsReset(c models.Change, plan Plan) error {
	if d.options.VerifyCaller != models.CallerRequired || !Resets(c) && c.Action != rawRequest || d.callerVerified(plan) {
		return nil
	}
	return &models.Error{
		Kind: models.InWords(CallerNotVerified, models.ErrInvalid), Action: string(c.Action), Object: called(c),
		Advice: "Call back, and say so: on the screen by a tick, on the command line by --caller-verified or --ticket T.",
	}
}

// sayCaller says for each reset of a plan whom to call back.
func (d *Desk) sayCaller(ctx context.Context, steps []Step) error {
	for i := range steps {
		s := &steps[i]
		if s.Refused != nil || s.offered || d.options.VerifyCaller == models.CallerNotAsked || !Resets(s.Change) {
			continue
		}
		facts, err := d.callerOf(ctx, *s)
		if err != nil {
			return err
		}
		s.Facts = append(facts, s.Facts...)
	}
	return nil
}

// unknownHere stands for what a connection does not tell.
const unknownHere = "not known over this connection"

// callerOf are the facts by which a caller is verified. What cannot be read is said
// as that, and keeps nothing back.
func (d *Desk) callerOf(ctx context.Context, s Step) ([]Line, error) {
	number, office, manager := unknownHere, unknownHere, unknownHere
	if s.known {
		number, office = told(s.before.TelephoneNumber), told(s.before.Office)
	}
	sheet, err := models.PropertySheet{}, error(nil)
	if s.known && d.CanShowProperties() == "" {
		sheet, err = d.Properties(ctx, s.Change.Ref())
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil && !errors.Is(err, models.ErrUnsupported) {
		manager = "could not be read: " + refusal(err)
	}
	if mobile := first(sheet, "mobile"); mobile != "" {
		if s.before.TelephoneNumber == "" {
			number = mobile
		} else {
			number += ", mobile " + mobile
		}
	}
	if boss := models.DN(first(sheet, "manager")); boss != "" {
		manager = string(boss)
		if o, err := d.Read(ctx, models.Ref{DN: boss}); err == nil {
			manager = Step{Change: models.Change{DN: o.DN}, before: o, known: true}.name()
		}
	} else if err == nil && len(sheet.Properties) > 0 {
		manager = told("")
	}
	return []Line{{Label: "call back", After: number}, {Label: "manager", After: manager}, {Label: "office", After: office}}, nil
}

func told(value string) string {
	if value == "" {
		return "(none is written down)"
	}
	return value
}

func first(sheet models.PropertySheet, name string) string {
	if p, there := sheet.Property(name); there && len(p.Values) > 0 {
		return p.Values[0]
	}
	return ""
}
