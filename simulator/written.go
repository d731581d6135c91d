package simulator

import (
	"context"
	"strconv"

	"dirdesk/models"
)

// CreateUser names the entry after the logon name, as DSM does (captured), and
// gives it the user principal name that Samba's own tools would.
func (s served) CreateUser(_ context.Context, user models.NewUser, password models.Secret) (models.DN, error) {
	bits := models.UACNormal
	for bit, set := range map[int]bool{
		models.UACDisabled: user.Disabled, models.UACCannotChange: user.CannotChange, models.UACNeverExpires: user.NeverExpires,
	} {
		if set {
			bits |= bit
		}
	}
	attributes := map[string][]string{
		"sAMAccountName":     {user.LogonName},
		"userPrincipalName":  {user.LogonName + "@" + s.d.Info().Realm},
		"userAccountControl": {strconv.Itoa(bits)},
	}
	if user.MustChange {
		attributes["pwdLastSet"] = []string{"0"}
	}
	setFilled(attributes, map[string]string{
		"mail": user.Mail, "description": user.Description, "displayName": user.DisplayName,
		"givenName": user.GivenName, "sn": user.Surname,
	})
	dn := user.Container.DN.Child("CN", user.LogonName)
	return s.made(dn, s.d.AddAccount(dn, "user", attributes, password))
}

// CreateGroup makes a group whose logon name is its name.
func (s served) CreateGroup(_ context.Context, group models.NewGroup) (models.DN, error) {
	bits, ok := models.GroupBits(group.Scope, group.Type)
	if !ok {
		bits = models.GroupSecurity | models.GroupGlobal
	}
	attributes := map[string][]string{"sAMAccountName": {group.Name}, "groupType": {strconv.Itoa(int(bits))}}
	setFilled(attributes, map[string]string{"mail": group.Mail, "description": group.Description})
	dn := group.Container.DN.Child("CN", group.Name)
	return s.made(dn, s.d.Add(dn, "group", attributes))
}

// made gives the name as the directory writes it.
func (s served) made(dn models.DN, err error) (models.DN, error) {
	if err != nil {
		return "", err
	}
	o, err := s.d.Get(dn)
	return o.DN, err
}

func setFilled(attributes map[string][]string, values map[string]string) {
	for name, value := range values {
		if value != "" {
			attributes[name] = []string{value}
		}
	}
}

// EditFields sets attributes: a field's name is that of its attribute.
func (s served) EditFields(_ context.Context, dn models.DN, changes []models.FieldChange) error {
	attributes := make(map[string][]string, len(changes))
	for _, c := range changes {
		attributes[string(c.Field)] = nil
		if c.After != "" {
			attributes[string(c.Field)] = []string{c.After}
		}
	}
	return s.d.Modify(dn, attributes)
}

// SetPassword leaves it open whether it must be changed at the next logon.
func (s served) SetPassword(_ context.Context, dn models.DN, password models.Secret) error {
	return s.d.SetPassword(dn, password, false)
}

func (s served) AddMembers(_ context.Context, group models.DN, members []models.DN) error {
	return s.d.AddMembers(group, members)
}

func (s served) Delete(_ context.Context, dn models.DN) error { return s.d.Delete(dn) }
