package desk

import (
	"cmp"
	"context"
	"errors"
	"strings"

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
	never, err := d.neverTouched(ctx)
	if err != nil {
		return Plan{}, err
	}
	plan := Plan{Steps: make([]Step, 0, len(changes)), options: o}
	for _, change := range changes {
		if err := ctx.Err(); err != nil {
			return Plan{}, err
		}
		step, err := d.step(ctx, Step{Change: change.Clone()}, o, never)
		if err != nil {
			return Plan{}, err
		}
		plan.Steps = append(plan.Steps, step)
	}
	leaveOutRepeats(plan.Steps)
	if err := d.sayWhoStaysOut(ctx, &plan); err != nil {
		return Plan{}, err
	}
	if err := d.sayCaller(ctx, plan.Steps); err != nil {
		return Plan{}, err
	}
	plan.bound(o.MaxObjects, "at once")
	if d.options.Limits != nil {
		plan.bound(d.options.Limits.MaxObjects, "by the profile")
	}
	if err := d.sayPrivileged(ctx, plan.Steps); err != nil {
		return Plan{}, err
	}
	return plan, nil
}

// step looks at the one change of a step.
func (d *Desk) step(ctx context.Context, s Step, o PlanOptions, never []untouchable) (Step, error) {
	op, known := operations()[s.Change.Action]
	if !known {
		s.refuse(models.ErrUnsupported, english.Own(d.lacks(string(s.Change.Action))))
		s.Title = string(s.Change.Action) + " " + s.name()
		return s, nil
	}
	err := d.examine(ctx, op, &s, o)
	if err == nil && s.Refused == nil && !s.Nothing {
		var words string
		if words, err = d.forbidden(ctx, s, never); words != "" {
			s.refuse(models.ErrDenied, english.Own(words))
		}
	}
	if err == nil && s.Refused == nil && !s.Nothing {
		var words string
		if words, err = d.denied(ctx, op, s.Change); words != "" {
			s.refuse(models.ErrDenied, english.Own(words))
		}
	}
	s.Title = op.title(s)
	s.Lines = op.lines(s)
	return s, err
}

// examine goes through all that may keep a step from being tried, the cheap
// first.
func (d *Desk) examine(ctx context.Context, op operation, s *Step, o PlanOptions) error {
	about := op.about()
	if d.mode == Never {
		s.Refused = readOnly()
		return nil
	}
	if why := malformed(about, s.Change, o); why.String() != "" {
		s.refuse(models.ErrInvalid, why)
		return nil
	}
	if !about.Creates && !about.unread && !s.known {
		if err := d.readBefore(ctx, s); err != nil || s.Refused != nil {
			return err
		}
	}
	words := about.cannot(d.directory, s.Change.Category)
	if words == "" && s.known {
		words, _ = about.unfit(s.before)
	}
	if words != "" {
		s.refuse(models.ErrUnsupported, english.Own(words))
		return nil
	}
	if err := d.readInto(ctx, s); err != nil || s.Refused != nil {
		return err
	}
	return op.examine(ctx, d.directory, s, o)
}

// malformed says what is wrong with a change by itself; empty when nothing is.
// What was there already is not held against the rules for new values.
func malformed(about description, c models.Change, o PlanOptions) english.Phrase {
	if fault := namesNoObject(c); fault != "" && !about.Creates && !about.unread {
		return english.Own(fault)
	}
	if about.malformed == nil || o.asItWas {
		return english.Phrase{}
	}
	return about.malformed(c)
}

// namesNoObject says why a change names no object; "" when it does.
func namesNoObject(c models.Change) string {
	if _, err := models.ParseDN(string(c.DN)); err != nil {
		return "no object was given: " + err.Error()
	}
	return ""
}

// readBefore reads the object as it is now. That there is none, or another under
// its name, refuses the step; other errors end the plan.
func (d *Desk) readBefore(ctx context.Context, s *Step) error {
	c := &s.Change
	o, err := d.Read(ctx, c.Ref())
	if errors.Is(err, models.ErrNotFound) {
		s.Refused = err
		if c.GUID != "" {
			d.whoInstead(ctx, s)
		}
		return nil
	}
	if err != nil {
		return err
	}
	if isAnother(*c, o) {
		s.refuse(models.ErrNotFound, english.Own("it is gone, and another object has that name now: "+whoIs(o)))
		return nil
	}
	s.before, s.known = o, true
	if !o.DN.Equal(c.DN) {
		s.warn(english.Naming(string(c.DN), " was renamed or moved meanwhile, and is "+string(o.DN)+" now"))
		c.Name = o.Called()
	}
	c.DN, c.GUID = o.DN, o.Ref().GUID
	c.Category = o.Category
	if c.Name == "" {
		c.Name = o.Called()
	}
	return nil
}

// whoInstead says of an object that is gone who has its name now.
func (d *Desk) whoInstead(ctx context.Context, s *Step) {
	s.refuse(models.ErrNotFound, english.Own("it is gone"+d.whoHas(ctx, s.Change.DN)))
}

// isAnother reports whether the object that was read is another one than a change
// was meant for: by the GUID, else by the kind and the logon name that the person
// saw.
func isAnother(c models.Change, now models.Object) bool {
	if guid := now.Ref().GUID; c.GUID != "" && guid != "" {
		return !c.Ref().Is(now.Ref())
	}
	return c.Category != "" && now.Category != "" && c.Category != now.Category ||
		c.Logon != "" && now.SAMAccountName != "" && !strings.EqualFold(c.Logon, now.SAMAccountName)
}

// whoIs names an object so that a person knows it.
func whoIs(o models.Object) string {
	words := o.Category.Label() + " " + english.Quoted(cmp.Or(o.DisplayName, o.Name, o.Called()))
	if o.SAMAccountName != "" {
		words += " (" + o.SAMAccountName + ")"
	}
	return words + ", " + string(o.DN)
}

// readInto reads the container that an object is made in or moved to, where one
// object can be read, so that it is the same one when the change is sent.
func (d *directory) readInto(ctx context.Context, s *Step) error {
	into := s.Change.Into()
	if into == nil {
		return nil
	}
	into.DN = cmp.Or(into.DN, s.Change.DN.Parent())
	if !has[Getter](d.backend) {
		return nil
	}
	o, there, err := d.exists(ctx, *into)
	switch {
	case err != nil:
		return err
	case !there && into.GUID != "":
		s.refuse(models.ErrNotFound, english.Own("the container "+english.Quoted(into.DN.RDN().Value)+" is gone"))
	case there && !into.DN.Equal(o.DN) && TraitsOf(s.Change.Action).Creates && s.Change.DN != "":
		s.Change.DN = models.DN(s.Change.DN.RDN().String() + "," + string(o.DN))
		fallthrough
	case there:
		*into = o.Ref()
	}
	return nil
}

// refuse is why a change is not tried, in words.
func refuse(c models.Change, kind error, why english.Phrase) error {
	return &models.Error{Kind: models.InWords(why.String(), kind), Action: string(c.Action), Object: called(c), Advice: why.Capital() + "."}
}

// leaveOutRepeats keeps a plan from doing one thing twice: a deletion of what an
// earlier step deletes, or takes along.
func leaveOutRepeats(steps []Step) {
	deletes := make([]bool, len(steps))
	for i, s := range steps {
		deletes[i] = s.Refused == nil && TraitsOf(s.Change.Action).Deletes
	}
	for i := range steps {
		for j := range steps {
			if !deletes[i] || !deletes[j] || steps[j].Nothing {
				continue
			}
			c, above := steps[i].Change, steps[j].Change
			if j < i && c.DN.Equal(above.DN) || c.DN.IsBelow(above.DN) {
				steps[i].Nothing = true
				steps[i].warn(english.Own("goes with " + called(above)))
				break
			}
		}
	}
}

// warnSelf warns of a change that shuts out the account it is made with.
func (d *directory) warnSelf(s *Step) {
	if d.isSelf(s.before) {
		s.warn(english.Own("that is the account you are signed in with: it cannot sign in afterwards"))
	}
}

// isSelf reports whether an object is the account that is signed in: by its DN,
// its user principal name, or its logon name after a DOMAIN\ or before an
// @domain.
func (d *directory) isSelf(o models.Object) bool {
	account := strings.TrimSpace(d.backend.About().Account)
	if account == "" {
		return false
	}
	if o.DN != "" && models.DN(account).Equal(o.DN) || o.Account != nil && strings.EqualFold(o.Account.UserPrincipalName, account) {
		return true
	}
	if _, name, found := strings.Cut(account, `\`); found {
		account = name
	}
	account, _, _ = strings.Cut(account, "@")
	return o.SAMAccountName != "" && strings.EqualFold(o.SAMAccountName, account)
}
