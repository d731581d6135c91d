package desk

import (
	"context"
	"errors"
	"slices"

	"dirdesk/desk/password"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// examine compares what is wished with what is there, and applies the rules
// that belong to the action.
func (d *Desk) examine(ctx context.Context, s *Step, o PlanOptions) error {
	c := &s.Change
	switch c.Action {
	case models.CreateUser:
		return d.examineNewUser(ctx, s)
	case models.CreateGroup:
		return d.examineNewGroup(ctx, s)
	case models.CreateOU:
		return d.examineNewOU(ctx, s)
	case models.Edit:
		d.examineFields(s)
	case models.SetPassword:
		return d.examinePassword(ctx, s)
	case models.AddMembers, models.RemoveMembers:
		return d.examineMembers(ctx, s)
	case models.Enable:
		s.Nothing = s.before.Disabled == models.No
	case models.Disable:
		s.Nothing = s.before.Disabled == models.Yes
		d.warnSelf(s)
	case models.Unlock:
		s.Nothing = s.before.Locked == models.No
	case models.SetExpiry:
		c.Before = s.before.AccountExpiry
		s.Nothing = c.Before.Known() && c.Before == c.Expiry
		if c.Expiry.Passed(d.options.Now()) && !s.Nothing {
			s.Warnings = append(s.Warnings, english.Own(endsInPast))
		}
	case models.SetMustChange:
		s.Nothing = s.before.Account != nil && s.before.Account.MustChangePassword == c.MustChange
	case models.Rename:
		s.Nothing = s.before.DN.RDN().Value == c.NewName
		return d.checkTarget(ctx, s)
	case models.Move:
		s.Nothing = s.before.DN.Parent().Equal(c.NewParent)
		if c.NewParent.Equal(c.DN) || c.NewParent.IsBelow(c.DN) {
			s.Refused = refuse(*c, models.ErrInvalid, english.Own("it cannot be put below itself"))
		}
		return d.checkTarget(ctx, s)
	case models.Modify:
		return d.examineModification(ctx, s)
	case models.Delete:
		return d.examineDeletion(ctx, s, o)
	}
	return nil
}

// checkTarget refuses a new name, or place, that another object has.
func (d *Desk) checkTarget(ctx context.Context, s *Step) error {
	target := movedTo(s.Change)
	if s.Nothing || s.Refused != nil || target.Equal(s.Change.DN) || !has[Getter](d.backend) {
		return nil
	}
	_, there, err := d.exists(ctx, target)
	if err == nil && there {
		s.Refused = refuse(s.Change, models.ErrExists, english.Own("there is an object of that name already"))
	}
	return err
}

// examineFields leaves out what is so already and takes the present values.
func (d *Desk) examineFields(s *Step) {
	c := &s.Change
	editable := d.EditableFields(c.Category)
	kept := make([]models.FieldChange, 0, len(c.Fields))
	for _, f := range c.Fields {
		if !slices.Contains(editable, f.Field) {
			words := f.Field.Words() + " cannot be edited on this connection"
			if d.overDSM() {
				words = "DSM's documented calls cannot edit the " + f.Field.Words()
			}
			s.Refused = refuse(*c, models.ErrUnsupported, english.Own(words))
			return
		}
		if now, known := f.Field.Of(s.before); known {
			if f.BeforeKnown && f.Before != now {
				s.Warnings = append(s.Warnings, english.Own(f.Field.Words()+" was changed meanwhile: it is "+english.Quoted(now)+" now"))
			}
			f.Before, f.BeforeKnown = now, true
		} else if !f.BeforeKnown {
			f.Before = ""
		}
		if f.BeforeKnown && f.Before == f.After {
			continue
		}
		kept = append(kept, f)
	}
	c.Fields = kept
	s.Nothing = len(kept) == 0
	if len(d.editorsFor(c.Category, kept)) > 1 {
		s.Warnings = append(s.Warnings, english.Own("it takes more than one write"))
	}
}

// examinePassword holds a password against the policy and its account.
func (d *Desk) examinePassword(ctx context.Context, s *Step) error {
	c := &s.Change
	if c.MustChange != models.Unknown && !d.CanMustChange() {
		s.Refused = refuse(*c, models.ErrUnsupported, english.Own(d.cannotMustChange()))
		return nil
	}
	if c.Options != (models.PasswordOptions{}) && !d.CanSetPasswordWith() {
		s.Refused = refuse(*c, models.ErrUnsupported, english.Own("with a password, "+d.notHere("set other things in one operation")))
		return nil
	}
	names := []string{s.before.SAMAccountName, s.before.DisplayName}
	return d.checkPassword(ctx, s, c.Password, names...)
}

func (d *Desk) cannotMustChange() string {
	return "with this password, " + d.cannot(models.SetMustChange, models.Person)
}

func (d *Desk) checkPassword(ctx context.Context, s *Step, given models.Secret, names ...string) error {
	policy, err := d.Policy(ctx)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		s.Warnings = append(s.Warnings, english.Own("the password policy could not be read: "+err.Error()))
	}
	if faults := password.Check(policy, given, names...); len(faults) > 0 {
		s.Refused = refuse(s.Change, models.ErrPolicy, english.Own(faults[0]))
	}
	return nil
}

// examineMembers finds out who is in the group now, where that can be told.
func (d *Desk) examineMembers(ctx context.Context, s *Step) error {
	c := &s.Change
	c.Members = withoutRepeats(c.Members)
	reader, ok := Ability[MemberReader](d.backend)
	if !ok {
		return nil
	}
	present, err := reader.Members(ctx, c.DN)
	if err != nil {
		if ctx.Err() != nil || !errors.Is(err, models.ErrUnsupported) {
			return err
		}
		return nil
	}
	s.members = keys(present)
	adding := c.Action == models.AddMembers
	kept := make([]models.DN, 0, len(c.Members))
	for _, m := range c.Members {
		if s.members[m.Key()] == adding {
			found := " is in it already"
			if !adding {
				found = " is not in it"
			}
			s.Warnings = append(s.Warnings, english.Naming(m.RDN().Value, found))
			continue
		}
		kept = append(kept, m)
	}
	c.Members = kept
	s.Nothing = len(kept) == 0
	return nil
}

func withoutRepeats(dns []models.DN) []models.DN {
	seen := map[string]bool{}
	return slices.DeleteFunc(slices.Clone(dns), func(dn models.DN) bool {
		key := dn.Key()
		repeated := seen[key]
		seen[key] = true
		return repeated
	})
}

func keys(dns []models.DN) map[string]bool {
	all := make(map[string]bool, len(dns))
	for _, dn := range dns {
		all[dn.Key()] = true
	}
	return all
}
