package desk

import (
	"context"
	"slices"
	"time"

	"dirdesk/desk/journal"
	"dirdesk/desk/verdict"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// CannotUndo says why a change cannot be taken back, and what can be done
// instead.
type CannotUndo struct {
	Words string
	// Recreate, for a deleted user, is a new one with the same fields, to which
	// a password has to be given; nil for all others.
	Recreate *models.Change
	// Groups are those the deleted user was in, as far as they were known: add
	// the new one to each, when it is made.
	Groups []models.DN
}

// Error gives the words.
func (c *CannotUndo) Error() string { return c.Words }

// Undo plans the reverse of a journal entry: a plan like any other, with what
// is there now, its own read-back and its own line in the journal. What cannot
// be taken back is a *CannotUndo.
func (d *Desk) Undo(ctx context.Context, entry journal.Entry) (Plan, error) {
	c, left, err := reverse(entry)
	if err != nil {
		return Plan{}, err
	}
	plan, err := d.Plan(ctx, []models.Change{c}, PlanOptions{})
	if err != nil {
		return Plan{}, err
	}
	plan.undoes = entry.ID
	for _, words := range left {
		plan.Steps[0].Warnings = append(plan.Steps[0].Warnings, english.Own(words))
	}
	return plan, nil
}

// reverse is the change that takes an entry back, and what of it cannot be
// taken back, in words.
func reverse(e journal.Entry) (c models.Change, left []string, err error) {
	if words := nothingDone(e); words != "" {
		return models.Change{}, nil, &CannotUndo{Words: words}
	}
	c = models.Change{DN: e.DN, Name: e.Name, Category: e.Category}
	if e.NewDN != "" {
		c.DN = e.NewDN
	}
	if e.Action == models.Modify {
		if isRenamed(e.DN, c.DN) {
			c.Name = c.DN.RDN().Value
		}
		return reverseModification(e, c)
	}
	c, err = reversePlain(e, c)
	return c, nil, err
}

// reversePlain is for all actions but Modify.
func reversePlain(e journal.Entry, c models.Change) (models.Change, error) {
	switch e.Action {
	case models.Edit:
		return reverseEdit(e, c)
	case models.AddMembers, models.RemoveMembers:
		c.Action, c.Members = models.RemoveMembers, e.Members
		if e.Action == models.RemoveMembers {
			c.Action = models.AddMembers
		}
		if len(c.Members) == 0 {
			return c, &CannotUndo{Words: "nobody was put in or taken out"}
		}
	case models.Enable:
		c.Action = models.Disable
	case models.Disable:
		c.Action = models.Enable
	case models.SetExpiry:
		before, known := expiryBefore(e)
		if !known {
			return c, &CannotUndo{Words: "when the account was to expire before is not known"}
		}
		c.Action, c.Expiry = models.SetExpiry, before
	case models.SetMustChange:
		c.Action, c.MustChange = models.SetMustChange, flagBefore(e, valueMustChange)
		if !c.MustChange.Known() {
			return c, &CannotUndo{Words: "whether the password had to be changed before is not known"}
		}
	case models.Rename:
		// What it is called now is in NewDN; a person's text would do as well.
		c.Action, c.NewName = models.Rename, e.DN.RDN().Value
		c.Name = c.DN.RDN().Value
	case models.Move:
		c.Action, c.NewParent = models.Move, e.DN.Parent()
	case models.CreateUser, models.CreateGroup, models.CreateOU:
		c.Action = models.Delete
	default:
		return c, irreversible(e)
	}
	return c, nil
}

// nothingDone says why there is nothing to take back; "" when there is.
func nothingDone(e journal.Entry) string {
	switch {
	case e.UndoneBy != "":
		return "it was taken back already, by entry " + e.UndoneBy
	case e.Outcome == verdict.Pending:
		return "nothing was changed: it waits for approval"
	case e.Outcome == verdict.Failed || e.Outcome == verdict.NotTried:
		return "nothing was changed: it " + map[verdict.Verdict]string{verdict.Failed: "failed", verdict.NotTried: "was not tried"}[e.Outcome]
	default:
		return ""
	}
}

// irreversible is for what no write takes back.
func irreversible(e journal.Entry) *CannotUndo {
	switch e.Action {
	case models.SetPassword:
		return &CannotUndo{Words: "the password before is known to nobody; set a new one"}
	case models.Unlock:
		return &CannotUndo{Words: "an account cannot be locked by hand; disable it, if that is what you want"}
	case models.SendResetMail:
		return &CannotUndo{Words: "a mail that was sent cannot be called back"}
	case models.SyncDomain:
		return &CannotUndo{Words: "a sync cannot be taken back"}
	case models.Delete:
		return undeletable(e)
	default:
		return &CannotUndo{Words: "dirdesk does not know how to take that back"}
	}
}

// undeletable offers a new user for a deleted one.
func undeletable(e journal.Entry) *CannotUndo {
	cannot := &CannotUndo{Words: "what was deleted does not come back: its identity and all rights given to it are gone"}
	logon := before(e, valueLogon)
	if e.Category != models.Person || logon == "" {
		return cannot
	}
	u := models.NewUser{
		Container: e.DN.Parent(), LogonName: logon, MustChange: true,
		Disabled: before(e, valueDisabled) == models.Yes.Words(),
	}
	for _, f := range []models.Field{models.FieldGivenName, models.FieldSurname, models.FieldDisplayName, models.FieldMail, models.FieldDescription} {
		setNewUserField(&u, f, before(e, string(f)))
	}
	cannot.Words += ". A new user with the same fields can be made; it is another to everything that knew the old one"
	cannot.Recreate = &models.Change{Action: models.CreateUser, DN: e.DN, Name: logon, Category: models.Person, User: &u}
	cannot.Groups = slices.Clone(e.Groups)
	return cannot
}

func reverseEdit(e journal.Entry, c models.Change) (models.Change, error) {
	c.Action = models.Edit
	for _, f := range e.Fields {
		if f.Known {
			c.Fields = append(c.Fields, models.FieldChange{Field: models.Field(f.Field), Before: f.After, BeforeKnown: true, After: f.Before})
		}
	}
	if len(c.Fields) == 0 {
		return c, &CannotUndo{Words: "what it was before is not known"}
	}
	return c, nil
}

// before is a value of an entry before the change; "" when it is not known.
func before(e journal.Entry, field string) string {
	for _, f := range e.Fields {
		if f.Field == field && f.Known {
			return f.Before
		}
	}
	return ""
}

func flagBefore(e journal.Entry, field string) models.Flag {
	switch before(e, field) {
	case models.Yes.Words():
		return models.Yes
	case models.No.Words():
		return models.No
	default:
		return models.Unknown
	}
}

func expiryBefore(e journal.Entry) (models.Expiry, bool) {
	text := before(e, valueExpires)
	if text == models.Never().String() {
		return models.Never(), true
	}
	t, err := time.Parse(time.RFC3339, text)
	return models.ExpiryAt(t), err == nil
}
