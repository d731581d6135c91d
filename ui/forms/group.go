package forms

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/models"
)

// NewGroup asks for a new group.
func NewGroup(env Env) Form {
	f := newSheet(env, "New group")
	name := textRow(keyName, "Name", "")
	name.hint = says("Its name in the tree and its logon name are the same.")
	name.check = func(text string) string {
		if text == "" {
			return "A group needs a name."
		}
		return desk.CheckGroupName(text)
	}
	location := locationRow(f, string(env.Container))
	scope := choiceRow(keyScope, "Scope",
		option{string(models.ScopeGlobal), "global", "members from this domain; usable everywhere. The usual choice for people."},
		option{string(models.ScopeLocal), "local", "members from anywhere; usable in this domain only. For rights on a resource."},
		option{string(models.ScopeUniversal), "universal", "members from the whole forest; usable everywhere in it."})
	kind := choiceRow(keyType, "Type",
		option{string(models.TypeSecurity), "security", "can be given rights, and get mail."},
		option{string(models.TypeDistribution), "distribution", "a mailing list only: it can be given no rights."})
	mail := textRow(keyMail, "Mail", "")
	mail.hint = says("An address that reaches all members; may be left empty.")
	mail.check = fieldCheck(models.FieldMail)
	description := textRow(keyDescribed, "Description", "")
	description.hint = says("What the group is for; may be left empty.")
	description.check = fieldCheck(models.FieldDescription)
	f.rows = []*row{name, location, scope, kind, mail, description}
	check := newNameCheck(f, name)
	f.after = func(r *row) tea.Cmd {
		if r != name {
			return nil
		}
		return check.typed()
	}
	f.receive = func(msg tea.Msg) tea.Cmd {
		cmd, _ := check.receive(msg)
		return cmd
	}
	f.build = func() ([]models.Change, bool, string) {
		group := models.NewGroup{
			Container: models.Ref{DN: trimmedDN(location)}, Name: strings.TrimSpace(name.value()),
			Mail: strings.TrimSpace(mail.value()), Description: strings.TrimSpace(description.value()),
			Scope: models.GroupScope(scope.value()), Type: models.GroupType(kind.value()),
		}
		wrong := f.faulty(desk.CheckNewGroup(group), map[string]string{
			"Container": keyLocation, "Name": keyName, "Mail": keyMail, "Description": keyDescribed,
			"Scope": keyScope, "Type": keyType,
		})
		if wrong != "" {
			return nil, false, wrong
		}
		return []models.Change{{
			Action: models.CreateGroup, DN: group.Container.DN.Child("CN", group.Name), Name: group.Name,
			Category: models.Group, Group: &group,
		}}, false, ""
	}
	return f
}

// NewOU asks for a new organizational unit.
func NewOU(env Env) Form {
	f := newSheet(env, "New OU")
	name := textRow(keyName, "Name", "")
	name.hint = says("The name of the organizational unit in the tree.")
	name.check = rdnCheck("An OU needs a name.")
	location := locationRow(f, string(env.Container))
	description := textRow(keyDescribed, "Description", "")
	description.hint = says("What belongs in it; may be left empty.")
	description.check = fieldCheck(models.FieldDescription)
	f.rows = []*row{name, location, description}
	f.build = func() ([]models.Change, bool, string) {
		called := strings.TrimSpace(name.value())
		return []models.Change{{
			Action: models.CreateOU, DN: trimmedDN(location).Child("OU", called), Name: called,
			Category: models.OrganizationalUnit, Description: strings.TrimSpace(description.value()),
		}}, false, ""
	}
	return f
}

// Rename asks for another name of an object in its container.
func Rename(env Env, o models.Object) Form {
	f := newSheet(env, "Rename: "+o.Called())
	now := o.DN.RDN().Value
	to := textRow(keyName, "New name", now)
	to.hint = says("Its name in the tree (" + o.DN.RDN().Type + "). The logon name stays as it is.")
	if o.Category.HoldsObjects() {
		to.hint = says("Its name in the tree (" + o.DN.RDN().Type + "). The DNs of all that is in it change too.")
	}
	to.check = rdnCheck("Type the new name.")
	f.rows = []*row{to}
	f.build = func() ([]models.Change, bool, string) {
		called := strings.TrimSpace(to.value())
		if called == now {
			return nil, false, "This is its name already."
		}
		return []models.Change{models.Change{Action: models.Rename, NewName: called}.Of(o)}, false, ""
	}
	return f
}

func trimmedDN(r *row) models.DN { return models.DN(strings.TrimSpace(r.value())) }

func fieldCheck(field models.Field) func(string) string {
	return func(text string) string { return desk.CheckField(field, strings.TrimSpace(text)) }
}

func rdnCheck(empty string) func(string) string {
	return func(text string) string {
		if text = strings.TrimSpace(text); text == "" {
			return empty
		}
		return desk.CheckName(text)
	}
}
