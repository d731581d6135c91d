package desk

import (
	"strings"

	"dirdesk/models"
)

// unfit says why an action makes no sense for an object as far as it is known;
// "" when it does. An object without a category is taken to be fit.
func unfit(action models.Action, o models.Object) string {
	switch action {
	case models.CreateUser, models.CreateGroup, models.CreateOU:
		if o.Category != "" && !o.Category.HoldsObjects() {
			return "a " + o.Category.Words() + " holds no objects"
		}
		return ""
	case models.SyncDomain:
		return ""
	}
	if o.Category == "" {
		return ""
	}
	if words := wrongKind(action, o.Category); words != "" {
		return words
	}
	switch action {
	case models.Delete:
		return unless(o.Deletable, "deleted")
	case models.Move:
		return unless(o.Movable, "moved")
	case models.Rename:
		return unless(o.Renamable, "renamed")
	case models.Enable:
		return when(o.Disabled == models.No, "it is enabled")
	case models.Disable:
		return when(o.Disabled == models.Yes, "it is disabled already")
	case models.Unlock:
		return when(o.Locked == models.No, "it is not locked")
	case models.SendResetMail:
		return when(strings.TrimSpace(o.SAMAccountName) == "", "it has no logon name")
	}
	return ""
}

func unless(flag models.Flag, done string) string {
	return when(flag == models.No, "built into the domain: cannot be "+done)
}

func when(holds bool, words string) string {
	if holds {
		return words
	}
	return ""
}

// wrongKind says for which kind of object an action is, when this is another.
func wrongKind(action models.Action, category models.Category) string {
	account := category == models.Person || category == models.Computer
	switch action {
	case models.SetPassword, models.SendResetMail, models.SetMustChange:
		return when(category != models.Person, "only users have a password to set")
	case models.Unlock:
		return when(category != models.Person, "only users are ever locked")
	case models.SetExpiry:
		return when(category != models.Person, "only users expire")
	case models.Enable, models.Disable:
		return when(!account, "only users and computers can be enabled and disabled")
	case models.AddMembers, models.RemoveMembers:
		return when(category != models.Group, "only groups have members")
	default:
		return ""
	}
}
