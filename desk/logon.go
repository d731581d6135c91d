package desk

import (
	"context"
	"slices"
	"strings"

	"dirdesk/desk/why"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// Offer is what would let a person sign in who could not after a plan. Nothing of
// it is done until it is switched on.
type Offer struct {
	Words   string // "enable the account"
	On      bool
	Enables bool
	// step is of whom it is about, own the step that does it; where that is not a
	// step of its own, it sets options of that one.
	step, own int
	options   func(c *models.Change, on bool)
	alarm     english.Phrase // while it is off
}

// barrier is a cause that keeps somebody out whatever the password is, with what
// ends it. Ending a lockout is what a rescue is for; whether an account is to be
// used again is another question.
type barrier struct {
	word, mend string
	ending     models.Change
}

func barrierOf(id why.ID) (b barrier, mendable bool) {
	switch id {
	case why.Disabled:
		return barrier{"DISABLED", "enable the account", models.Change{Action: models.Enable}}, true
	case why.AccountExpired:
		return barrier{"EXPIRED", "let the account never expire", models.Change{Action: models.SetExpiry, Expiry: models.Never()}}, true
	case why.Locked:
		return barrier{"LOCKED", "unlock the account", models.Change{Action: models.Unlock}}, true
	default:
		return barrier{}, false
	}
}

// sayWhoStaysOut looks, for each new password of a plan, whether its owner can
// sign in with it when all of the plan is done. Why not is said in a way that is
// not overlooked, with what would mend it.
func (d *Desk) sayWhoStaysOut(ctx context.Context, plan *Plan) error {
	asked := plan.Steps
	plan.Steps = make([]Step, 0, len(asked))
	for _, s := range asked {
		plan.Steps = append(plan.Steps, s)
		if s.Refused != nil || !s.known || s.Change.Password.Empty() && s.Change.MustChange != models.Yes {
			continue
		}
		at := len(plan.Steps) - 1
		if !s.Change.Password.Empty() {
			causes := d.Why(s.before, nil, false).Causes
			plan.Steps[at].sayWhatKeepsOut(causes)
			if err := d.offerWhatLetsIn(ctx, plan, at, causes, asked); err != nil {
				return err
			}
		}
		if s.Change.MustChange == models.Yes && passwordState(s).cannot == models.Yes {
			offer := Offer{Words: "let the account change its password", step: at, own: at}
			offer.alarm = english.Own("nobody can sign in with it: the password must be changed at the next logon, and the account CANNOT CHANGE it")
			if !s.Change.Password.Empty() && d.CanSetPasswordWith() {
				offer.options = func(c *models.Change, on bool) { c.Options.CannotChange = noWhen(on) }
			}
			plan.offer(offer, offer.options != nil)
		}
	}
	if people := plan.people(); people > 1 {
		for i := range plan.Offers {
			o := &plan.Offers[i]
			o.Words = strings.Replace(o.Words, "the account", "the account of "+english.Quoted(called(plan.Steps[o.step].Change)), 1)
		}
	}
	return nil
}

// people is for how many objects a plan has steps.
func (p Plan) people() int {
	keys := map[string]bool{}
	for _, s := range p.Steps {
		keys[s.Change.DN.Key()] = true
	}
	return len(keys)
}

func noWhen(on bool) models.Flag {
	if on {
		return models.No
	}
	return models.Unknown
}

// sayWhatKeepsOut says of somebody to be rescued all that keeps them out.
func (s *Step) sayWhatKeepsOut(causes []why.Cause) {
	if s.Change.Rescue {
		for _, c := range causes {
			s.Facts = append(s.Facts, Line{Label: "cannot log on", After: c.Words})
		}
	}
}

// offerWhatLetsIn puts what ends each cause behind the step at which the password
// is set, switched off unless the plan is a rescue and the cause is a lockout.
func (d *Desk) offerWhatLetsIn(ctx context.Context, plan *Plan, at int, causes []why.Cause, asked []Step) error {
	s := plan.Steps[at]
	for _, cause := range causes {
		ended := slices.ContainsFunc(asked, func(other Step) bool {
			return other.Change.Action == cause.Mend && other.Refused == nil && other.Change.DN.Equal(s.Change.DN)
		})
		b, mendable := barrierOf(cause.ID)
		switch {
		case ended || cause.ID == why.Locked && s.Change.Options.Unlock:
		case mendable:
			offer, possible, err := d.ending(ctx, plan, at, cause.ID, b)
			if err != nil {
				return err
			}
			plan.offer(offer, possible)
			if possible && s.Change.Rescue && cause.ID == why.Locked {
				*plan = plan.Switched(len(plan.Offers) - 1)
			}
		case cause.ID == why.LogonHours:
			plan.Steps[at].alarm(cause.Words + ", and nobody can sign in with it before")
		}
	}
	return nil
}

// ending is what ends a barrier: with the password where the server can, else by a
// step behind all others of the plan.
func (d *Desk) ending(ctx context.Context, plan *Plan, at int, id why.ID, b barrier) (o Offer, possible bool, err error) {
	s := plan.Steps[at]
	o = Offer{Words: b.mend, Enables: id == why.Disabled, step: at, own: at, alarm: english.Own("the account stays " + b.word + ": nobody can sign in with it")}
	if id == why.Locked && d.CanSetPasswordWith() {
		o.options = func(c *models.Change, on bool) { c.Options.Unlock = on }
		return o, true, nil
	}
	change := b.ending.Of(s.before)
	cannot := d.Can(change.Action, s.before)
	if cannot == "" {
		step, err := d.step(ctx, Step{Change: change, before: s.before, known: true, Off: true, offered: true}, plan.options, nil) // its object is that of a step that may be made
		switch {
		case err != nil:
			return o, false, err
		case step.Refused == nil:
			o.own = len(plan.Steps)
			plan.Steps = append(plan.Steps, step)
			return o, true, nil
		}
		cannot = refusal(step.Refused)
	}
	o.alarm = english.Own("the account stays " + b.word + ": " + cannot + ", and nobody can sign in with it")
	return o, false, nil
}

// offer says what is so without an offer, and makes it where it can be done.
func (p *Plan) offer(o Offer, possible bool) {
	p.Steps[o.step].Alarms = append(p.Steps[o.step].Alarms, o.alarm)
	if possible {
		p.Offers = append(p.Offers, o)
	}
}

// Switched is the plan with one of its offers switched on or, when it is on, off
// again. Nothing is read for it.
func (p Plan) Switched(i int) Plan {
	p.Steps, p.Offers = slices.Clone(p.Steps), slices.Clone(p.Offers)
	o := &p.Offers[i]
	o.On = !o.On
	s, own := &p.Steps[o.step], &p.Steps[o.own]
	if o.options == nil {
		own.Off = !o.On
	} else {
		o.options(&own.Change, o.On)
		own.Lines = operations()[own.Change.Action].lines(*own)
	}
	if o.On {
		s.Alarms = slices.DeleteFunc(slices.Clone(s.Alarms), func(a english.Phrase) bool { return a == o.alarm })
	} else {
		s.Alarms = append(slices.Clone(s.Alarms), o.alarm)
	}
	return p
}

// Mends say what would let people sign in who cannot after this plan: "enable the
// account and unlock the account"; "" when there is nothing of the kind.
func (p Plan) Mends() string {
	var words []string
	for _, o := range p.Offers {
		if !o.On {
			words = append(words, o.Words)
		}
	}
	return english.And(words...)
}

// Mended is the plan with all that its Mends say.
func (p Plan) Mended() Plan {
	for i, o := range p.Offers {
		if !o.On {
			p = p.Switched(i)
		}
	}
	return p
}

func (s *Step) alarm(text string) { s.Alarms = append(s.Alarms, english.Own(text)) }

// flagsAfter are what else is said of a password, when a step is done.
type flagsAfter struct{ cannot, never models.Flag }

func passwordState(s Step) flagsAfter {
	var f flagsAfter
	f.cannot, f.never = passwordFlags(s.before)
	if wished := s.Change.Options.CannotChange; wished.Known() {
		f.cannot = wished
	}
	if wished := s.Change.Options.NeverExpires; wished.Known() {
		f.never = wished
	}
	return f
}

// neverExpires is why a password cannot have to be changed.
const neverExpires = "the password never expires, so it cannot have to be changed"
