package adaxes

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"dirdesk/models"
)

// creation is the body that makes an object (official).
type creation struct {
	CreateIn   string         `json:"createIn"`
	ObjectType string         `json:"objectType"`
	Properties []bodyProperty `json:"properties"`
}

func textProperty(name, value string) bodyProperty {
	return bodyProperty{Name: name, Type: models.CaseIgnoreString.Name(), Values: []any{value}}
}

func bitsProperty(name string, bits int32) bodyProperty {
	return bodyProperty{Name: name, Type: models.Integer.Name(), Values: []any{bits}}
}

// create makes an object and gives the name that the server reports for it.
func (c *creator) create(ctx context.Context, action string, parent models.Ref, dn models.DN, class string, properties []bodyProperty, secrets ...models.Secret) (models.DN, result, error) {
	var filled []bodyProperty
	for _, p := range properties {
		if p.Values[0] != "" {
			filled = append(filled, p)
		}
	}
	r, err := writing(http.MethodPost, pathObjects, creation{idOf(parent), class, filled}, action, string(dn), secrets...)
	if err != nil {
		return "", result{}, err
	}
	done, err := c.operate(ctx, r)
	if err != nil {
		return "", done, err
	}
	if done.dn != "" {
		dn = done.dn
	}
	return dn, done, nil
}

// CreateUser makes a user with its password in one request; the password travels
// in the body, as the property unicodePwd. Its cn is the display name, else first
// and last name, else the logon name.
//
// A server may make the account and yet not set its password or its options, and
// call that a success with warnings (official). Then what is there is read, and
// what is missing is an error of the kind models.ErrPolicy that comes with the
// name of the user, which exists.
func (c *creator) CreateUser(ctx context.Context, user models.NewUser, password models.Secret) (models.DN, error) {
	const action = "create user"
	if err := user.Check(password); err != nil {
		return "", models.Tried(err, action, user.LogonName)
	}
	name := user.FullName()
	dn := user.Container.DN.Child("CN", name)
	dn, done, err := c.create(ctx, action, user.Container, dn, classUser, []bodyProperty{
		textProperty(nameProperty(classUser), name),
		textProperty("sAMAccountName", user.LogonName),
		textProperty("userPrincipalName", user.LogonName+"@"+user.Container.DN.Realm()),
		textProperty("givenName", user.GivenName),
		textProperty("sn", user.Surname),
		textProperty("displayName", user.DisplayName),
		textProperty("mail", user.Mail),
		textProperty("description", user.Description),
		newPassword(password),
		bitsProperty("userAccountControl", newAccountBits(user)),
	}, password)
	if err != nil || !warns(done.messages) {
		return dn, err
	}
	return dn, c.halfMade(ctx, action, dn, user, done)
}

// halfMade reads a user that was made with warnings and says what of it is not as
// it was wanted; nil when all is.
func (c *creator) halfMade(ctx context.Context, action string, dn models.DN, user models.NewUser, done result) error {
	partly := func(words string, cause error) error {
		return &models.Error{
			Kind: models.InWords("the account was made, but "+words, models.ErrPolicy), Action: action, Object: string(dn),
			Advice: "Look at the account: give it a password and set its options, or delete it.", Server: gist(done.messages), Err: cause,
		}
	}
	e, err := c.getFor(ctx, action, string(dn), readProperties()...)
	if err != nil {
		return partly("with warnings, and it could not be read back", err)
	}
	made := objectOf(e, c.now())
	var missing []string
	if made.Account.PasswordSet.IsZero() {
		if user.MustChange {
			missing = append(missing, "it cannot be seen whether its password was set")
		} else {
			missing = append(missing, "its password was not set")
		}
	}
	if user.MustChange && made.Account.MustChangePassword == models.No {
		missing = append(missing, "its password need not be changed")
	}
	if made.Disabled != models.FlagOf(user.Disabled) {
		missing = append(missing, map[models.Flag]string{
			models.Yes: "it is disabled", models.No: "it is enabled", models.Unknown: "it cannot be seen whether it is enabled",
		}[made.Disabled])
	}
	if user.NeverExpires && made.Account.PasswordNeverExpires != models.Yes {
		missing = append(missing, "its password expires")
	}
	if len(missing) == 0 {
		return nil
	}
	return partly(strings.Join(missing, ", and "), nil)
}

// CreateGroup makes a group; without a scope and type a global security group.
func (c *creator) CreateGroup(ctx context.Context, group models.NewGroup) (models.DN, error) {
	const action = "create group"
	if err := group.Check(); err != nil {
		return "", models.Tried(err, action, group.Name)
	}
	bits, _ := models.GroupBits(group.Scope, group.Type)
	dn, _, err := c.create(ctx, action, group.Container, group.Container.DN.Child("CN", group.Name), classGroup, []bodyProperty{
		textProperty(nameProperty(classGroup), group.Name),
		textProperty("sAMAccountName", group.Name),
		bitsProperty("groupType", bits),
		textProperty("mail", group.Mail),
		textProperty("description", group.Description),
	})
	return dn, err
}

// CreateOU makes an organizational unit.
func (c *creator) CreateOU(ctx context.Context, parent models.Ref, name, description string) (models.DN, error) {
	const action = "create OU"
	if parent.DN == "" || strings.TrimSpace(name) == "" {
		return "", invalid(action, name, "an OU needs a name and a container", "Give both.")
	}
	dn, _, err := c.create(ctx, action, parent, parent.DN.Child("OU", name), classOU, []bodyProperty{
		textProperty(nameProperty(classOU), name),
		textProperty("description", description),
	})
	return dn, err
}

func decimal(bits int32) string { return strconv.FormatInt(int64(bits), 10) }
