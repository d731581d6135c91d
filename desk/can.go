package desk

import (
	"slices"
	"strings"

	"dirdesk/models"
)

// Can tells whether an action can be offered for an object: "" it can; else why
// not, in words. It costs nothing and looks at what is known of the object. For
// creations, o is the container that the new object is to go to; its zero value
// is any.
func (d *Desk) Can(action models.Action, o models.Object) string {
	if d.options.Mode == Never {
		return thisIsReadOnly
	}
	if words := d.cannot(action, o.Category); words != "" {
		return words
	}
	return unfit(action, o)
}

// cannot says why the connection cannot do an action at all.
func (d *Desk) cannot(action models.Action, category models.Category) string {
	if d.able(action, category) {
		return ""
	}
	if action == models.SyncDomain || action == models.SendResetMail {
		return "only DSM does that, and this connection goes to the directory itself"
	}
	if d.overDSM() {
		words := "DSM's documented calls cannot " + phrase(action)
		if !d.isCombined() {
			words += "; name the domain's LDAP address in the profile"
		}
		return words
	}
	return "this connection cannot " + phrase(action)
}

// overDSM reports whether the backend, or its first part, is a DSM.
func (d *Desk) overDSM() bool {
	if _, syncs := Ability[DomainSyncer](d.backend); syncs {
		return true
	}
	return strings.Contains(d.backend.About().Backend, "Synology")
}

func (d *Desk) isCombined() bool {
	_, is := d.backend.(combination)
	return is
}

// able reports whether the backend has the ability for an action.
func (d *Desk) able(action models.Action, category models.Category) bool {
	switch action {
	case models.CreateUser:
		return has[UserCreator](d.backend)
	case models.CreateGroup:
		return has[GroupCreator](d.backend)
	case models.CreateOU:
		return has[OUCreator](d.backend)
	case models.Edit:
		return category == "" && has[FieldEditor](d.backend) || len(d.EditableFields(category)) > 0
	case models.SetPassword:
		return has[PasswordSetter](d.backend)
	case models.SendResetMail:
		return has[ResetMailer](d.backend)
	case models.AddMembers:
		return has[MemberAdder](d.backend)
	case models.RemoveMembers:
		return has[MemberRemover](d.backend)
	case models.Enable, models.Disable:
		return has[Enabler](d.backend)
	case models.Unlock:
		return has[Unlocker](d.backend)
	case models.SetExpiry:
		return has[ExpirySetter](d.backend)
	case models.SetMustChange:
		return has[MustChanger](d.backend)
	case models.Rename:
		return has[Renamer](d.backend)
	case models.Move:
		return has[Mover](d.backend)
	case models.Modify:
		return has[PropertyEditor](d.backend)
	case models.Delete:
		return has[Deleter](d.backend)
	case models.SyncDomain:
		return has[DomainSyncer](d.backend)
	default:
		return false
	}
}

func has[T any](b Backend) bool {
	_, ok := Ability[T](b)
	return ok
}

// EditableFields are the fields that can be edited on an object of a category,
// in the form's order.
func (d *Desk) EditableFields(category models.Category) []models.Field {
	var all []models.Field
	for editor := range abilities[FieldEditor](d.backend) {
		all = append(all, editor.EditableFields(category)...)
	}
	return slices.DeleteFunc(models.Fields(), func(f models.Field) bool { return !slices.Contains(all, f) })
}

// CanMustChange reports whether a password can be set so that the person must
// choose another at the next logon.
func (d *Desk) CanMustChange() bool {
	for setter := range abilities[PasswordSetter](d.backend) {
		if setter.CanMustChange() {
			return true
		}
	}
	return false
}

// phrase is an action after "cannot".
func phrase(action models.Action) string {
	switch action {
	case models.Enable, models.Disable:
		return string(action) + " an account"
	case models.Unlock:
		return "unlock an account"
	case models.SetExpiry:
		return "set when an account expires"
	case models.SetMustChange:
		return "ask for a new password at the next logon"
	case models.RemoveMembers:
		return "take members out of a group"
	case models.CreateOU:
		return "make an OU"
	case models.Edit:
		return "edit this kind of object"
	case models.Rename, models.Move, models.Delete:
		return string(action) + " an object"
	case models.Modify:
		return "change any property"
	default:
		return string(action)
	}
}
