package synology

import (
	"context"
	"encoding/json"
	"fmt"

	"dirdesk/models"
)

// CreateUser makes a user and gives the name that DSM reports. The entry is
// named after the logon name, and first, last and display name are no part of
// the call (docs/dsm.md section 4.3; captured from a public client): with one of
// those the error is models.ErrUnsupported and nothing is sent; EditUser writes
// them afterwards. Must change together with cannot change or never expires is
// models.ErrInvalid.
func (c *Client) CreateUser(ctx context.Context, user models.NewUser, password models.Secret) (models.DN, error) {
	m := methodCreateUser
	object := string(user.Container.Child("CN", user.LogonName))
	if err := checkNewUser(user, password); err != nil {
		return "", c.explain(m, object, err)
	}
	data, err := c.call(ctx, m, object, params{
		"logon_name":                 user.LogonName,
		"located_dn":                 string(user.Container),
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
	return dn, c.explain(m, object, err)
}

// creationFields are those that User.create takes.
func creationFields() []models.Field {
	return []models.Field{models.FieldDescription, models.FieldMail}
}

func checkNewUser(user models.NewUser, password models.Secret) error {
	switch {
	case user.LogonName == "":
		return invalid("a user needs a logon name", "Give one.")
	case user.Container == "":
		return invalid("a user needs a container to be in", "Name one.")
	case password.Empty():
		return invalid("a user needs a password", "Give one, or have one made.")
	case user.MustChange && user.CannotChange:
		return invalid("a user who cannot change the password cannot be made to", "Choose one of the two.")
	case user.MustChange && user.NeverExpires:
		return invalid("a password that never expires cannot be one to change at the next logon", "Choose one of the two.")
	case user.GivenName != "" || user.Surname != "" || user.DisplayName != "":
		return &models.Error{
			Kind:   reason{"DSM takes first, last and display name only of a user that exists", models.ErrUnsupported},
			Advice: "Create the user without them and edit it then.",
		}
	}
	return nil
}

func invalid(words, advice string) error {
	return &models.Error{Kind: reason{words, models.ErrInvalid}, Advice: advice}
}

// decodeCreated reads {"dn","name"} (docs/dsm.md section 4.3; live sample).
func decodeCreated(data json.RawMessage) (models.DN, error) {
	var answer struct {
		DN looseText `json:"dn"`
	}
	if err := json.Unmarshal(data, &answer); err != nil {
		return "", lost(notUnderstood(err))
	}
	dn, err := models.ParseDN(string(answer.DN))
	if err != nil {
		return "", lost(notUnderstood(err))
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

// EditUser writes the fields that are named in changes, and no others. An empty
// text clears a field (inferred). Without changes nothing is sent.
func (c *Client) EditUser(ctx context.Context, dn models.DN, changes []models.FieldChange) error {
	record := params{"dn": string(dn)}
	for _, change := range changes {
		name, known := userField(change.Field)
		if !known {
			return c.explain(methodSetUser, string(dn), &models.Error{
				Kind:   reason{"DSM has no field for " + change.Field.Words(), models.ErrUnsupported},
				Advice: "Leave it as it is.",
			})
		}
		record[name] = change.After
	}
	if len(changes) == 0 {
		return nil
	}
	return c.setUser(ctx, methodSetUser, dn, record)
}

// SetPassword sets a user's password as an administrator does. Whether the user
// must change it at the next logon stays as it is.
func (c *Client) SetPassword(ctx context.Context, dn models.DN, password models.Secret) error {
	if password.Empty() {
		return c.explain(methodSetPassword, string(dn), invalid("there is no new password", "Give one, or have one made."))
	}
	// The switch is that of the dialog's check box, in DSM's spelling (captured).
	return c.setUser(ctx, methodSetPassword, dn, params{
		"dn": string(dn), "enbl_change_password": true, "password": password,
	})
}

// setUser sends one record and looks at what became of it.
func (c *Client) setUser(ctx context.Context, m method, dn models.DN, record params) error {
	if dn == "" {
		return c.explain(m, c.host, invalid("no user is named", "Name one."))
	}
	result, err := c.change(ctx, string(dn), item{m, params{"userList": []params{record}}})
	if err != nil {
		return err
	}
	return c.explain(m, string(dn), result.clean.error(recordsFailure(result.data, 1, result.clean)))
}

// recordsFailure reads the answer to User.set, a list of {"code","msg"} with one
// entry for each record sent, code 0 for done (docs/dsm.md section 4.5; live
// sample). Each entry that is anything else is a failure.
func recordsFailure(data json.RawMessage, want int, clean scrubber) error {
	var entries []json.RawMessage
	if err := json.Unmarshal(data, &entries); err != nil {
		return lost(notUnderstood(err))
	}
	failed := &failure{code: codeNone, inner: true}
	for _, entry := range entries {
		d, ok := parseDetail(entry)
		if ok && d.code == 0 {
			continue
		}
		if !ok || d.code == codeNone && d.words == "" {
			d.words = clean.excerpt(entry)
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
		return lost(&models.Error{
			Kind: reason{fmt.Sprintf("DSM answered for %d records of %d", len(entries), want), models.ErrProtocol},
		})
	}
	return nil
}
