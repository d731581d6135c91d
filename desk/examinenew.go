package desk

import (
	"context"
	"slices"
	"strings"

	"dirdesk/internal/english"
	"dirdesk/models"
)

// examineNewUser holds a new user against the rules, the policy and the names
// that are taken.
func (d *Desk) examineNewUser(ctx context.Context, s *Step) error {
	c := &s.Change
	if left := d.leftOut(*c.User); len(left) > 0 {
		s.Warnings = append(s.Warnings, english.Own("cannot be set on this connection, and is left out: "+strings.Join(left, ", ")))
	}
	if c.DN == "" {
		c.DN = c.User.Container.Child("CN", d.nameGiven(*c.User))
	}
	if err := d.checkTaken(ctx, s, c.User.LogonName); err != nil || s.Refused != nil {
		return err
	}
	return d.checkPassword(ctx, s, c.Password, c.User.LogonName, c.User.DisplayName)
}

// nameGiven is what the creator calls the entry: a creator that does not take
// the display name calls it by the logon name.
func (d *Desk) nameGiven(u models.NewUser) string {
	creator, ok := d.creatorFor(u)
	if limiter, limited := creator.(CreationLimiter); ok && limited && !slices.Contains(limiter.CreationFields(), models.FieldDisplayName) {
		return u.LogonName
	}
	return commonName(u)
}

// commonName is what a new user is called in its container.
func commonName(u models.NewUser) string {
	for _, name := range []string{u.DisplayName, strings.TrimSpace(u.GivenName + " " + u.Surname)} {
		if name != "" {
			return name
		}
	}
	return u.LogonName
}

func (d *Desk) examineNewGroup(ctx context.Context, s *Step) error {
	c := &s.Change
	if c.DN == "" {
		c.DN = c.Group.Container.Child("CN", c.Group.Name)
	}
	return d.checkTaken(ctx, s, c.Group.Name)
}

func (d *Desk) examineNewOU(ctx context.Context, s *Step) error {
	return d.checkThere(ctx, s)
}

// checkTaken refuses a step whose name, or place, is taken.
func (d *Desk) checkTaken(ctx context.Context, s *Step, name string) error {
	if checker, ok := Ability[NameChecker](d.backend); ok {
		taken, err := checker.NameTaken(ctx, name)
		if err != nil {
			return err
		}
		if taken {
			s.Refused = refuse(s.Change, models.ErrExists, english.Own("the name "+english.Quoted(name)+" is taken"))
			return nil
		}
	}
	return d.checkThere(ctx, s)
}

// checkThere refuses a step whose object is there already, where one object can
// be read at little cost.
func (d *Desk) checkThere(ctx context.Context, s *Step) error {
	if !has[Getter](d.backend) {
		return nil
	}
	_, there, err := d.exists(ctx, s.Change.DN)
	if err == nil && there {
		s.Refused = refuse(s.Change, models.ErrExists, english.Own("there is an object of that name in "+english.Quoted(s.Change.DN.Parent().RDN().Value)))
	}
	return err
}

// newUserFields are the text fields of a new user that hold something.
func newUserFields(u models.NewUser) []models.FieldChange {
	all := []models.FieldChange{
		{Field: models.FieldGivenName, After: u.GivenName},
		{Field: models.FieldSurname, After: u.Surname},
		{Field: models.FieldDisplayName, After: u.DisplayName},
		{Field: models.FieldDescription, After: u.Description},
		{Field: models.FieldMail, After: u.Mail},
	}
	return slices.DeleteFunc(all, func(f models.FieldChange) bool { return f.After == "" })
}

// split takes from a new user what the creator's one call does not take, to be
// written by an edit.
func split(creator UserCreator, u models.NewUser) (first models.NewUser, later []models.FieldChange) {
	limiter, limited := creator.(CreationLimiter)
	if !limited {
		return u, nil
	}
	takes := limiter.CreationFields()
	for _, f := range newUserFields(u) {
		if slices.Contains(takes, f.Field) {
			continue
		}
		f.BeforeKnown = true
		later = append(later, f)
		setNewUserField(&u, f.Field, "")
	}
	return u, later
}

func setNewUserField(u *models.NewUser, f models.Field, value string) {
	switch f {
	case models.FieldGivenName:
		u.GivenName = value
	case models.FieldSurname:
		u.Surname = value
	case models.FieldDisplayName:
		u.DisplayName = value
	case models.FieldDescription:
		u.Description = value
	case models.FieldMail:
		u.Mail = value
	}
}

// leftOut names the fields that neither the creation nor an edit can write.
func (d *Desk) leftOut(u models.NewUser) []string {
	creator, ok := d.creatorFor(u)
	if !ok {
		return nil
	}
	_, later := split(creator, u)
	editable := d.EditableFields(models.Person)
	var names []string
	for _, f := range later {
		if !slices.Contains(editable, f.Field) {
			names = append(names, f.Field.Words())
		}
	}
	return names
}

// creatorFor is the first creator whose one call takes all of a user; else the
// first.
func (d *Desk) creatorFor(u models.NewUser) (UserCreator, bool) {
	for creator := range abilities[UserCreator](d.backend) {
		if _, later := split(creator, u); len(later) == 0 {
			return creator, true
		}
	}
	return Ability[UserCreator](d.backend)
}
