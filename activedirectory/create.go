package activedirectory

import (
	"context"
	"strconv"
	"strings"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

// CreateUser makes a user in one add, password and all, so that it never exists
// without one: Samba would take even an enabled account without a password
// (measured on 4.17.12). Its cn is the display name, else first and last name,
// else the logon name. CannotChange is a second write, to the new object's access
// list; when only that failed, the error comes with the name of the user, which
// exists then.
func (b *objects) CreateUser(ctx context.Context, user models.NewUser, password models.Secret) (models.DN, error) {
	const action = "create user"
	err := user.Check(password)
	if wrong := wrongLogonName(user.LogonName); err == nil && wrong != "" {
		err = refuse(models.ErrInvalid, action, user.LogonName, wrong)
	}
	if err != nil {
		return "", models.Tried(err, action, user.LogonName)
	}
	dn := user.Container.DN.Child("CN", user.FullName())
	request, err := b.userAdd(dn, user, password)
	if err != nil {
		return "", err
	}
	if _, err := b.add(ctx, action, dn, request); err != nil {
		return "", err
	}
	if user.CannotChange {
		if err := b.forbidPasswordChange(ctx, dn); err != nil {
			return dn, err
		}
	}
	return dn, nil
}

func (b *objects) userAdd(dn models.DN, user models.NewUser, password models.Secret) (*ldap.AddRequest, error) {
	encoded, err := unicodePwd(password)
	if err != nil {
		return nil, passwordInvalid("create user", string(dn))
	}
	control := models.UACNormal
	if user.Disabled {
		control |= models.UACDisabled
	}
	if user.NeverExpires {
		control |= models.UACNeverExpires
	}
	request := newAdd(dn, "user", []filled{
		{"sAMAccountName", user.LogonName},
		{"userPrincipalName", user.LogonName + "@" + b.root.baseDN.Realm()},
		{"givenName", user.GivenName},
		{"sn", user.Surname},
		{"displayName", user.DisplayName},
		{"mail", user.Mail},
		{"description", user.Description},
		{"userAccountControl", strconv.Itoa(control)},
		{"unicodePwd", encoded},
	})
	if user.MustChange {
		request.Attribute("pwdLastSet", []string{"0"})
	}
	return request, nil
}

// filled is an attribute of a new object with its text, "" for none.
type filled struct{ attribute, text string }

func newAdd(dn models.DN, class string, values []filled) *ldap.AddRequest {
	request := ldap.NewAddRequest(string(dn), nil)
	request.Attribute("objectClass", []string{class})
	for _, value := range values {
		if value.text != "" {
			request.Attribute(value.attribute, []string{value.text})
		}
	}
	return request
}

// logonNameLimit is AD's for users (MS-SAMR 3.1.1.8.4: 20 characters), which
// Samba does not enforce. forbiddenInLogonName are refused by both.
const (
	logonNameLimit       = 20
	forbiddenInLogonName = `"/\[]:;|=,+*?<>@`
)

// wrongLogonName says in words what is wrong with a user's logon name; "" when
// nothing is.
func wrongLogonName(name string) string {
	switch {
	case len([]rune(name)) > logonNameLimit:
		return "The logon name is longer than 20 characters: shorten it."
	case strings.ContainsAny(name, forbiddenInLogonName):
		return "The logon name holds a sign that is not allowed in it: none of " + forbiddenInLogonName
	}
	return ""
}

// CreateGroup makes a group; without a scope and type a global security group.
func (b *objects) CreateGroup(ctx context.Context, group models.NewGroup) (models.DN, error) {
	const action = "create group"
	if err := group.Check(); err != nil {
		return "", models.Tried(err, action, group.Name)
	}
	kind, _ := models.GroupBits(group.Scope, group.Type)
	dn := group.Container.DN.Child("CN", group.Name)
	return b.add(ctx, action, dn, newAdd(dn, "group", []filled{
		{"sAMAccountName", group.Name},
		{"groupType", strconv.Itoa(int(kind))}, // written signed
		{"mail", group.Mail},
		{"description", group.Description},
	}))
}

// CreateOU makes an organizational unit.
func (b *objects) CreateOU(ctx context.Context, parent models.Ref, name, description string) (models.DN, error) {
	const action = "create OU"
	if parent.DN == "" || strings.TrimSpace(name) == "" {
		return "", refuse(models.ErrInvalid, action, name, "Give the OU a name and a container.")
	}
	dn := parent.DN.Child("OU", name)
	return b.add(ctx, action, dn, newAdd(dn, "organizationalUnit", []filled{{"description", description}}))
}
