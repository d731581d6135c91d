package dsm

import (
	"maps"
	"slices"

	"dirdesk/models"
)

// userFields are the members of a userList element that are text fields, under
// DSM's names. All but description and mail are sent by a public client, which
// leaves description out by an oversight; mail is a guess.
func userFields() map[string]models.Field {
	return map[string]models.Field{
		"firstName":                  models.FieldGivenName,
		"lastName":                   models.FieldSurname,
		"displayName":                models.FieldDisplayName,
		"initials":                   models.FieldInitials,
		"physicalDeliveryOfficeName": models.FieldOffice,
		"telephoneNumber":            models.FieldTelephone,
		"web":                        models.FieldWebPage,
		"description":                models.FieldDescription,
		"mail":                       models.FieldMail,
	}
}

// userChange is one element of userList.
type userChange struct {
	dn       models.DN
	fields   []models.FieldChange
	password *models.Secret // nil: stays as it is
}

// setUsers is SYNO.ActiveDirectory.User.set: it changes what each element of
// userList names, one after the other. See guesses.go for what becomes of
// several of which some fail.
func (h *Handler) setUsers(c *call) (any, *failure) {
	in := c.input()
	changes := in.userList()
	if in.failure != nil {
		return nil, in.failure
	}
	results := make([]map[string]any, 0, len(changes))
	var failures []map[string]any
	for _, change := range changes {
		if err := h.setUser(c, change); err != nil {
			failed := updateFailure(err)
			failures = append(failures, failed)
			results = append(results, failed)
			continue
		}
		results = append(results, map[string]any{"code": 0, "msg": updatedWords})
	}
	if len(failures) == len(results) {
		return nil, &failure{codeDirectory, failures}
	}
	return results, nil
}

// setUser does one element. The password is first, as it is what is refused
// more often: an element should not be done by half.
func (h *Handler) setUser(c *call, change userChange) error {
	if change.password != nil {
		if err := h.options.Writer.SetPassword(c.lasting(), change.dn, *change.password); err != nil {
			return err
		}
	}
	if len(change.fields) == 0 {
		return nil
	}
	return h.options.Writer.EditFields(c.lasting(), change.dn, change.fields)
}

// userList reads the elements; each one is an object with a dn.
func (in *input) userList() []userChange {
	const name = "userList"
	v, ok := in.get(name, true)
	if !ok {
		return nil
	}
	list, ok := v.([]any)
	if !ok {
		in.reject(badParameter(name, reasonType))
		return nil
	}
	if len(list) == 0 {
		in.reject(badParameter(name, reasonCondition))
	}
	changes := make([]userChange, 0, len(list))
	for _, element := range list {
		members, ok := element.(map[string]any)
		if !ok {
			in.reject(badParameter(name, reasonType))
			return nil
		}
		changes = append(changes, in.userChange(members))
	}
	return changes
}

// userChange reads one element. JSON's null is as good as a member left out.
func (in *input) userChange(members map[string]any) userChange {
	var change userChange
	text := func(name string) (string, bool) {
		if members[name] == nil {
			return "", false
		}
		s, ok := members[name].(string)
		if !ok {
			in.reject(badParameter(name, reasonType))
		}
		return s, ok
	}
	dn, ok := text("dn")
	if !ok {
		in.reject(missing("dn"))
	}
	change.dn = models.DN(dn)
	known := userFields()
	for _, name := range slices.Sorted(maps.Keys(members)) {
		field, isField := known[name]
		switch {
		case isField:
			if value, ok := text(name); ok {
				change.fields = append(change.fields, models.FieldChange{Field: field, After: value})
			}
		case name == "dn", name == "password", name == passwordSwitch:
		case in.strict && strictRefusesUnknownFields:
			in.reject(badParameter(name, reasonCondition))
		}
	}
	change.password = in.newPassword(members, text)
	return change
}

// passwordSwitch says that the password is to be changed; its spelling is
// captured.
const passwordSwitch = "enbl_change_password"

// newPassword gives the password to set, nil for none.
func (in *input) newPassword(members map[string]any, text func(string) (string, bool)) *models.Secret {
	var wanted bool
	if v := members[passwordSwitch]; v != nil {
		if wanted, _ = v.(bool); v != any(wanted) {
			in.reject(badParameter(passwordSwitch, reasonType))
		}
	}
	plain, ok := text("password")
	switch {
	case !wanted:
		return nil
	case !ok:
		in.reject(missing("password"))
		return nil
	}
	password := models.NewSecret(plain)
	return &password
}
