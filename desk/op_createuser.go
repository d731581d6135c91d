package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"dirdesk/desk/journal"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// createUser makes a user with a password.
type createUser struct{ creation }

func (createUser) about() description {
	return description{
		Traits: Traits{Creates: true, NewAccount: true, Password: true}, several: "create",
		cannot: needing[UserCreator](string(models.CreateUser)), unfit: holdsNothing,
		malformed: func(c models.Change) english.Phrase {
			switch {
			case c.User == nil:
				return english.Own("no user was given")
			case c.Password.Empty():
				return english.Own("no password was given")
			}
			return english.Own(firstFault(CheckNewUser(*c.User),
				"LogonName", "GivenName", "Surname", "DisplayName", "Mail", "Description", "Container", "CannotChange", "NeverExpires"))
		},
	}
}

// examine holds a new user against the rules, the policy and the names that are
// taken.
func (op createUser) examine(ctx context.Context, d *directory, s *Step, _ PlanOptions) error {
	c := &s.Change
	if left := op.leftOut(d, *c.User); len(left) > 0 {
		s.warn(english.Own("cannot be set on this connection, and is left out: " + strings.Join(left, ", ")))
	}
	if c.DN == "" {
		c.DN = c.User.Container.DN.Child("CN", op.nameGiven(d, *c.User))
	}
	if err := op.checkTaken(ctx, d, s, c.User.LogonName); err != nil || s.Refused != nil {
		return err
	}
	return checkPassword(ctx, d, s, c.User.LogonName, c.User.DisplayName)
}

func (createUser) mayNot(_ *directory, container, _ models.Rights, _ models.Change) string {
	return uncreatable(container, "user")
}

func (createUser) title(s Step) string { return "create the user " + s.name() }

func (createUser) lines(s Step) []Line {
	u := s.Change.User
	if u == nil {
		return nil
	}
	return filled(
		Line{Label: "logon name", After: u.LogonName},
		Line{Label: "in", After: string(u.Container.DN)},
		Line{Label: models.FieldGivenName.Label(), After: u.GivenName},
		Line{Label: models.FieldSurname.Label(), After: u.Surname},
		Line{Label: models.FieldDisplayName.Label(), After: u.DisplayName},
		Line{Label: models.FieldMail.Label(), After: u.Mail},
		Line{Label: models.FieldDescription.Label(), After: u.Description},
		Line{Label: "password", After: aPassword},
		Line{Label: "must change at next logon", After: yes(u.MustChange)},
		Line{Label: "cannot change the password", After: yes(u.CannotChange)},
		Line{Label: "password never expires", After: yes(u.NeverExpires)},
		Line{Label: "disabled", After: yes(u.Disabled)},
	)
}

// send makes a user, and writes what the creation itself does not take by an
// edit.
func (op createUser) send(ctx context.Context, d *directory, s Step, _ PlanOptions) (models.DN, error) {
	c := s.Change
	creator, ok := op.creatorFor(d, *c.User)
	if !ok {
		return "", refuse(c, models.ErrUnsupported, english.Own(op.about().cannot(d, "")))
	}
	first, later := split(creator, *c.User)
	dn, err := creator.CreateUser(ctx, first, c.Password)
	lost := err
	if err != nil {
		if len(later) == 0 || !models.MayBeDone(err) {
			return dn, err
		}
		// The edit was not sent yet: it follows when the user is there.
		made := c
		made.User = &first
		found := d.lookUntil(ctx, op, Step{Change: made}, dn)
		if found.seen != match || !found.created.IsZero() && found.created.Before(d.options.Now().Add(-mostSkew)) {
			return dn, err // it is not there, or somebody else's
		}
		dn = found.dn
	}
	editable := d.EditableFields(models.Person)
	later = slices.DeleteFunc(later, func(f models.FieldChange) bool { return !slices.Contains(editable, f.Field) })
	if len(later) == 0 {
		return dn, lost
	}
	if err := sendFields(ctx, d.backend, models.Ref{DN: dn}, models.Person, later); err != nil {
		return dn, &halfDone{made: dn, err: err}
	}
	if lost != nil {
		return "", lost // whose it is was not told
	}
	return dn, nil
}

// halfDone is a creation whose object is there, and whose rest failed.
type halfDone struct {
	made models.DN
	err  error
}

func (h *halfDone) Error() string {
	return fmt.Sprintf("the account was made, but not all of its fields were written: %v", h.err)
}

func (h *halfDone) Unwrap() error { return h.err }

func (op createUser) look(ctx context.Context, d *directory, s Step, newDN models.DN) finding {
	u := *s.Change.User
	return op.lookNew(ctx, d, s.Change, newDN, newcomer{u.Container.DN, u.LogonName}, func(o models.Object) []expectation {
		all := []expectation{{
			label: "logon name", now: o.SAMAccountName, known: o.SAMAccountName != "", same: strings.EqualFold(o.SAMAccountName, u.LogonName),
		}}
		left := op.leftOut(d, u)
		for _, f := range newUserFields(u) {
			if !slices.Contains(left, f.Field.Label()) {
				all = append(all, expectText(f.Field, o, f.After))
			}
		}
		cannot, never := passwordFlags(o)
		return append(all,
			expectFlag("account", o.Disabled, u.Disabled, "enabled", "disabled"),
			expectFlag("password change at the next logon", mustChange(o), u.MustChange, "not asked for", "asked for"),
			expectFlag("own change of the password", cannot, u.CannotChange, "allowed", "forbidden"),
			expectFlag("end of the password", never, u.NeverExpires, "as the policy says", "never"),
		)
	})
}

func (createUser) note(e *journal.Entry, s Step) {
	u := *s.Change.User
	e.Category = models.Person
	e.Fields = afters(valueLogon, u.LogonName)
	for _, f := range newUserFields(u) {
		e.Fields = append(e.Fields, journal.Field{Field: string(f.Field), Known: true, After: f.After})
	}
	e.Fields = append(e.Fields, afters(valuePassword, "set", valueDisabled, yes(u.Disabled), valueMustChange, yes(u.MustChange),
		valueCannotChange, yes(u.CannotChange), valueNeverExpires, yes(u.NeverExpires))...)
}

// textOf is where a new user holds one of newUserTexts.
func textOf(u *models.NewUser, f models.Field) *string {
	return map[models.Field]*string{
		models.FieldGivenName: &u.GivenName, models.FieldSurname: &u.Surname, models.FieldDisplayName: &u.DisplayName,
		models.FieldDescription: &u.Description, models.FieldMail: &u.Mail,
	}[f]
}

// newUserTexts are the text fields that a new user can have.
func newUserTexts() []models.Field {
	return []models.Field{models.FieldGivenName, models.FieldSurname, models.FieldDisplayName, models.FieldDescription, models.FieldMail}
}

// newUserFields are the text fields of a new user that hold something.
func newUserFields(u models.NewUser) []models.FieldChange {
	var all []models.FieldChange
	for _, f := range newUserTexts() {
		if text := *textOf(&u, f); text != "" {
			all = append(all, models.FieldChange{Field: f, After: text})
		}
	}
	return all
}

// nameGiven is what the creator calls the entry: a creator that does not take
// the display name calls it by the logon name.
func (op createUser) nameGiven(d *directory, u models.NewUser) string {
	creator, ok := op.creatorFor(d, u)
	if limiter, limited := creator.(CreationLimiter); ok && limited && !slices.Contains(limiter.CreationFields(), models.FieldDisplayName) {
		return u.LogonName
	}
	return u.FullName()
}

// creatorFor is the first creator whose one call takes all of a user; else the
// first.
func (createUser) creatorFor(d *directory, u models.NewUser) (UserCreator, bool) {
	for creator := range capabilities[UserCreator](d.backend) {
		if _, later := split(creator, u); len(later) == 0 {
			return creator, true
		}
	}
	return Capability[UserCreator](d.backend)
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
		*textOf(&u, f.Field) = ""
	}
	return u, later
}

// leftOut names the fields that neither the creation nor an edit can write.
func (op createUser) leftOut(d *directory, u models.NewUser) []string {
	creator, ok := op.creatorFor(d, u)
	if !ok {
		return nil
	}
	_, later := split(creator, u)
	editable := d.EditableFields(models.Person)
	var names []string
	for _, f := range later {
		if !slices.Contains(editable, f.Field) {
			names = append(names, f.Field.Label())
		}
	}
	return names
}
