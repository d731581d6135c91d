package desk

import (
	"cmp"
	"time"

	"dirdesk/models"
)

// What stands in a plan for a value that is not shown.
const (
	notKnown  = "(not known)"
	notShown  = "(not shown)"
	aPassword = "(a new password, not shown)"
)

// lines say what a step changes, before and after.
func lines(s Step) []Line {
	c := s.Change
	switch c.Action {
	case models.CreateUser:
		return newUserLines(c)
	case models.CreateGroup:
		return newGroupLines(*c.Group)
	case models.CreateOU:
		return filled([]Line{{Label: "name", After: called(c)}, {Label: "in", After: string(c.DN.Parent())}, {Label: "description", After: c.Description}})
	case models.Edit:
		return fieldLines(c.Fields)
	case models.SetPassword:
		all := []Line{{Label: "password", Before: notShown, After: aPassword}}
		if c.MustChange != models.Unknown {
			all = append(all, Line{Label: "must change at next logon", Before: mustChange(s.before).Words(), After: c.MustChange.Words()})
		}
		return append(all, optionLines(s)...)
	case models.AddMembers, models.RemoveMembers:
		return memberLines(c)
	case models.Enable, models.Disable:
		return []Line{{Label: "disabled", Before: s.before.Disabled.Words(), After: models.FlagOf(c.Action == models.Disable).Words()}}
	case models.Unlock:
		return []Line{{Label: "locked", Before: s.before.Locked.Words(), After: models.No.Words()}}
	case models.SetExpiry:
		return []Line{{Label: "expires", Before: expiryWords(s.before.AccountExpiry), After: expiryWords(c.Expiry)}}
	case models.SetMustChange:
		return []Line{{Label: "must change at next logon", Before: mustChange(s.before).Words(), After: c.MustChange.Words()}}
	case models.Rename:
		return []Line{{Label: "name", Before: c.DN.RDN().Value, After: c.NewName}}
	case models.Move:
		return []Line{{Label: "in", Before: string(c.DN.Parent()), After: string(c.NewParent)}}
	case models.Delete:
		return []Line{{Label: c.Category.Words(), Before: string(c.DN), After: "(deleted)"}}
	case models.SendResetMail:
		return []Line{{Label: "reset link", After: "mailed to the address of " + logonOf(c)}}
	case models.Modify:
		if c.Modification == nil {
			return nil
		}
		return modificationLines(s)
	case models.SyncDomain:
		return []Line{{Label: "DSM's copy of the accounts", After: "brought up to date"}}
	default:
		return nil
	}
}

func newUserLines(c models.Change) []Line {
	u := *c.User
	all := []Line{
		{Label: "logon name", After: u.LogonName},
		{Label: "in", After: string(u.Container)},
		{Label: models.FieldGivenName.Words(), After: u.GivenName},
		{Label: models.FieldSurname.Words(), After: u.Surname},
		{Label: models.FieldDisplayName.Words(), After: u.DisplayName},
		{Label: models.FieldMail.Words(), After: u.Mail},
		{Label: models.FieldDescription.Words(), After: u.Description},
		{Label: "password", After: aPassword},
		{Label: "must change at next logon", After: yes(u.MustChange)},
		{Label: "cannot change the password", After: yes(u.CannotChange)},
		{Label: "password never expires", After: yes(u.NeverExpires)},
		{Label: "disabled", After: yes(u.Disabled)},
	}
	return filled(all)
}

func newGroupLines(g models.NewGroup) []Line {
	return filled([]Line{
		{Label: "name", After: g.Name},
		{Label: "in", After: string(g.Container)},
		{Label: "scope", After: string(g.Scope)},
		{Label: "type", After: string(g.Type)},
		{Label: models.FieldMail.Words(), After: g.Mail},
		{Label: models.FieldDescription.Words(), After: g.Description},
	})
}

func fieldLines(fields []models.FieldChange) []Line {
	all := make([]Line, 0, len(fields))
	for _, f := range fields {
		line := Line{Label: f.Field.Words(), Before: f.Before, After: f.After}
		if !f.BeforeKnown {
			line.Before = notKnown
		}
		all = append(all, line)
	}
	return all
}

func memberLines(c models.Change) []Line {
	all := make([]Line, 0, len(c.Members))
	for _, m := range c.Members {
		line := Line{Label: "member", After: string(m)}
		if c.Action == models.RemoveMembers {
			line = Line{Label: "member", Before: string(m)}
		}
		all = append(all, line)
	}
	return all
}

// filled leaves out the lines that say nothing.
func filled(all []Line) []Line {
	kept := make([]Line, 0, len(all))
	for _, l := range all {
		if l.Before != "" || l.After != "" {
			kept = append(kept, l)
		}
	}
	return kept
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

func mustChange(o models.Object) models.Flag {
	if o.Account == nil {
		return models.Unknown
	}
	return o.Account.MustChangePassword
}

func expiryWords(e models.Expiry) string {
	return cmp.Or(e.Words(time.Local), notKnown)
}

// called is how a person calls the object of a change.
func called(c models.Change) string {
	switch {
	case c.Name != "":
		return c.Name
	case c.User != nil:
		return c.User.LogonName
	case c.Group != nil:
		return c.Group.Name
	case c.DN != "":
		return c.DN.RDN().Value
	default:
		return c.Logon
	}
}

func nameOf(o models.Object) string {
	switch {
	case o.SAMAccountName != "":
		return o.SAMAccountName
	case o.Name != "":
		return o.Name
	default:
		return o.DN.RDN().Value
	}
}

func logonOf(c models.Change) string {
	if c.Logon != "" {
		return c.Logon
	}
	return called(c)
}
