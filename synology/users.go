package synology

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"dirdesk/internal/rawjson"
	"dirdesk/internal/webclient"
	"dirdesk/models"
)

// CreateUser makes a user and gives the name that DSM reports. The entry is
// named after the logon name, and first, last and display name are no part of
// the call (docs/dsm.md section 4.3; captured from a public client): with one of
// those the error is models.ErrUnsupported and nothing is sent; EditFields writes
// them afterwards. Must change together with cannot change or never expires is
// models.ErrInvalid.
func (b *Backend) CreateUser(ctx context.Context, user models.NewUser, password models.Secret) (models.DN, error) {
	m := methodCreateUser
	object := string(user.Container.DN.Child("CN", user.LogonName))
	err := user.Check(password)
	if err == nil && (user.GivenName != "" || user.Surname != "" || user.DisplayName != "") {
		err = webclient.Fault(models.ErrUnsupported,
			"DSM takes first, last and display name only of a user that exists", "Create the user without them and edit it then.")
	}
	if err != nil {
		return "", b.explain(m, object, err)
	}
	data, err := b.call(ctx, m, object, params{
		"logon_name":                 user.LogonName,
		"located_dn":                 string(user.Container.DN),
		"email":                      user.Mail,
		"description":                user.Description,
		"password":                   password,
		"account_is_disabled":        user.Disabled,
		"cannot_change_password":     user.CannotChange,
		"change_password_next_logon": user.MustChange,
		"password_never_expire":      user.NeverExpires,
	})
	if err != nil {
		return "", err
	}
	dn, err := decodeCreated(data)
	return dn, b.explain(m, object, err)
}

// CreationFields are the fields that CreateUser takes: first, last and display
// name are to be written by EditFields once the user exists.
func (b *Backend) CreationFields() []models.Field {
	return []models.Field{models.FieldDescription, models.FieldMail}
}

// decodeCreated reads {"dn","name"} (docs/dsm.md section 4.3; live sample).
func decodeCreated(data json.RawMessage) (models.DN, error) {
	dn, err := models.ParseDN(members(data).Text("dn"))
	if err != nil {
		return "", webclient.Lost(notUnderstood())
	}
	return dn, nil
}

// userField names a field as User.set does. The first seven names are sent by a
// public client, of which firstName, lastName and web are known from a request
// that failed; description and mail are inferred from the listing (docs/dsm.md
// section 4.9).
func userField(field models.Field) (name string, known bool) {
	switch field {
	case models.FieldGivenName:
		return "firstName", true
	case models.FieldSurname:
		return "lastName", true
	case models.FieldDisplayName:
		return "displayName", true
	case models.FieldInitials:
		return "initials", true
	case models.FieldOffice:
		return "physicalDeliveryOfficeName", true
	case models.FieldTelephone:
		return "telephoneNumber", true
	case models.FieldWebPage:
		return "web", true
	case models.FieldDescription:
		return "description", true
	case models.FieldMail:
		return "mail", true
	}
	return "", false
}

// EditableFields are those that DSM can write: all of a user, none of anything
// else.
func (b *Backend) EditableFields(category models.Category) []models.Field {
	if category != models.Person {
		return nil
	}
	return models.Fields()
}

// EditFields writes the fields that are named in changes, and no others. An empty
// text clears a field (inferred). Without changes nothing is sent.
func (b *Backend) EditFields(ctx context.Context, ref models.Ref, changes []models.FieldChange) error {
	dn := ref.DN // DSM knows no other name
	record := params{"dn": string(dn)}
	for _, change := range changes {
		name, known := userField(change.Field)
		if !known {
			return b.explain(methodSetUser, string(dn), webclient.Fault(models.ErrUnsupported, "DSM has no field for "+change.Field.Label(), "Leave it as it is."))
		}
		record[name] = change.After
	}
	if len(changes) == 0 {
		return nil
	}
	return b.setUser(ctx, methodSetUser, dn, record)
}

// CanMustChange is false: no call is known that makes a user change a password
// that an administrator has set.
func (b *Backend) CanMustChange() bool { return false }

// SetPassword sets a user's password as an administrator does. Whether the user
// must change it at the next logon stays as it is: a mustChange that is not
// models.Unknown is models.ErrUnsupported.
func (b *Backend) SetPassword(ctx context.Context, ref models.Ref, password models.Secret, mustChange models.Flag) error {
	dn := ref.DN
	if mustChange.Known() {
		return b.explain(methodSetPassword, string(dn), cannot("DSM's documented calls leave it open whether the password must be changed"))
	}
	if password.Empty() {
		return b.explain(methodSetPassword, string(dn), invalid("there is no new password", "Give one, or have one made."))
	}
	// The switch is that of the dialog's check box, in DSM's spelling (captured).
	return b.setUser(ctx, methodSetPassword, dn, params{
		"dn": string(dn), "enbl_change_password": true, "password": password,
	})
}

// setUser sends one record and looks at what became of it.
func (b *Backend) setUser(ctx context.Context, m method, dn models.DN, record params) error {
	if dn == "" {
		return b.explain(m, b.host, invalid("no user is named", "Name one."))
	}
	data, clean, err := b.inCompound(ctx, m, string(dn), params{"userList": []params{record}})
	if err != nil {
		return err
	}
	return b.explain(m, string(dn), cleanError(clean, recordsFailure(data, 1, clean)))
}

// recordsFailure reads the answer to User.set, a list of {"code","msg"} with one
// entry for each record sent, code 0 for done (docs/dsm.md section 4.5; live
// sample). Each entry that is anything else is a failure.
func recordsFailure(data json.RawMessage, want int, clean webclient.Scrubber) error {
	if first(data) != '[' {
		return webclient.Lost(notUnderstood())
	}
	entries := slices.Collect(rawjson.Elements(data))
	failed := &failure{code: codeNone, inner: true}
	for _, entry := range entries {
		d, ok := parseDetail(entry)
		if ok && d.code == 0 {
			continue
		}
		if !ok || d.code == codeNone && d.words == "" {
			d.words = clean.Excerpt(entry)
		}
		if failed.code == codeNone {
			failed.code, d.code = d.code, codeNone
		}
		failed.details = append(failed.details, d)
	}
	switch {
	case len(failed.details) > 0:
		return failed
	case len(entries) != want:
		return webclient.Lost(webclient.Fault(models.ErrProtocol, fmt.Sprintf("DSM answered for %d records of %d", len(entries), want), ""))
	}
	return nil
}
