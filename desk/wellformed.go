package desk

import (
	"dirdesk/internal/english"
	"dirdesk/models"
)

// wellFormed applies the rules that need no look at the directory.
func wellFormed(c models.Change) error {
	words := malformed(c)
	switch {
	case words == "":
		return nil
	case c.Action == models.Modify: // the words begin with the name of a property
		return refuse(c, models.ErrInvalid, english.Naming(words, ""))
	default:
		return refuse(c, models.ErrInvalid, english.Own(words))
	}
}

// malformed says what is wrong with a change by itself; "" when nothing is.
func malformed(c models.Change) string {
	switch c.Action {
	case models.SyncDomain:
		return ""
	case models.SendResetMail:
		return when(logonOf(c) == "", "no logon name was given")
	case models.CreateUser:
		if c.User == nil {
			return "no user was given"
		}
		if c.Password.Empty() {
			return "no password was given"
		}
		return firstFault(CheckNewUser(*c.User), "LogonName", "GivenName", "Surname", "DisplayName", "Mail", "Description", "Container", "CannotChange", "NeverExpires")
	case models.CreateGroup:
		if c.Group == nil {
			return "no group was given"
		}
		return firstFault(CheckNewGroup(*c.Group), "Name", "Mail", "Description", "Container", "Scope", "Type")
	}
	if _, err := models.ParseDN(string(c.DN)); err != nil {
		return "no object was given: " + err.Error()
	}
	switch c.Action {
	case models.CreateOU:
		return CheckName(c.DN.RDN().Value)
	case models.Edit:
		for _, f := range c.Fields {
			if words := CheckField(f.Field, f.After); words != "" {
				return words
			}
		}
	case models.SetPassword:
		if c.Password.Empty() {
			return "no password was given"
		}
		if c.MustChange == models.Yes && c.Options.CannotChange == models.Yes {
			return "who must change the password has to be able to"
		}
		return when(c.MustChange == models.Yes && c.Options.NeverExpires == models.Yes,
			"a password that never expires cannot have to be changed at the next logon")
	case models.Modify:
		return malformedModification(c.Modification)
	case models.AddMembers, models.RemoveMembers:
		return when(len(c.Members) == 0, "no members were given")
	case models.SetExpiry:
		return when(!c.Expiry.Known(), "no date was given")
	case models.SetMustChange:
		return when(!c.MustChange.Known(), "neither yes nor no was given")
	case models.Rename:
		return CheckName(c.NewName)
	case models.Move:
		return when(c.NewParent == "", "no container was given")
	}
	return ""
}

func firstFault(faults map[string]string, order ...string) string {
	for _, field := range order {
		if words := faults[field]; words != "" {
			return words
		}
	}
	for _, words := range faults {
		return words
	}
	return ""
}
