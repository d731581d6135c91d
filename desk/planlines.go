package desk

import "dirdesk/models"

// What stands in a plan for a value that is not shown.
const (
	notKnown  = "(not known)"
	notShown  = "(not shown)"
	aPassword = "(a new password, not shown)"
)

// filled leaves out the lines that say nothing.
func filled(all ...Line) []Line {
	kept := make([]Line, 0, len(all))
	for _, l := range all {
		if l.Before != "" || l.After != "" {
			kept = append(kept, l)
		}
	}
	return kept
}

func yes(b bool) string { return when(b, "yes") }

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
