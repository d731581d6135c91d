package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"dirdesk/desk"
	"dirdesk/models"
)

// userCreate is the state of one run of user create.
type userCreate struct {
	*changeCommand
	user     models.NewUser
	in       string
	password passwordFlags
}

func newUserCreateCommand(p *program) *cobra.Command {
	u := &userCreate{changeCommand: p.newChange()}
	command := &cobra.Command{
		Use:   "create LOGON",
		Short: "Create a user",
		Long: `Create a user with the logon name LOGON. The password comes from a file, is made
by dirdesk, or is typed twice when neither flag is given. It must be changed at
the next logon, unless --must-change=false, --cannot-change or --never-expires
says otherwise.`,
		Example: `  dirdesk user create jdoe --first John --last Doe --generate --show-password -c office
  dirdesk user create scanner --in "OU=Devices,DC=example,DC=com" --new-password-file pw --never-expires`,
		Args: usageArgs(cobra.ExactArgs(1)),
		RunE: func(command *cobra.Command, args []string) error { return u.run(command, args[0]) },
	}
	flags := command.Flags()
	flags.StringVar(&u.user.GivenName, "first", "", "first name")
	flags.StringVar(&u.user.Surname, "last", "", "last name")
	flags.StringVar(&u.user.Mail, "mail", "", "mail address")
	flags.StringVar(&u.in, "in", "", "create it in the container `DN`; without: CN=Users of the domain")
	flags.StringVar(&u.user.Description, "description", "", "description")
	flags.BoolVar(&u.user.Disabled, "disabled", false, "the account cannot sign in yet")
	flags.BoolVar(&u.user.MustChange, "must-change", true, "the password must be changed at the next logon")
	flags.BoolVar(&u.user.CannotChange, "cannot-change", false, "the user cannot change the password")
	flags.BoolVar(&u.user.NeverExpires, "never-expires", false, "the password never expires")
	u.password.register(command)
	u.register(command)
	return command
}

func (u *userCreate) run(command *cobra.Command, logon string) error {
	given, err := u.check(command, logon)
	if err != nil {
		return err
	}
	return u.changes(command, func(ctx context.Context, d *desk.Desk) ([]models.Change, error) {
		user := u.user
		if user.Container == "" {
			if user.Container, err = usersContainer(ctx, d); err != nil {
				return nil, err
			}
		}
		password, err := u.newPassword(ctx, d, &u.password, given, user.LogonName, user.DisplayName)
		return []models.Change{{
			Action: models.CreateUser, Name: user.LogonName, Category: models.Person, User: &user, Password: password,
		}}, err
	})
}

// check reads arguments and flags before anything is opened, and gives the
// password of --new-password-file.
func (u *userCreate) check(command *cobra.Command, logon string) (models.Secret, error) {
	u.user.LogonName = logon
	u.user.DisplayName = strings.TrimSpace(u.user.GivenName + " " + u.user.Surname)
	asked := command.Flags().Changed("must-change")
	switch excludes := u.user.CannotChange || u.user.NeverExpires; {
	case excludes && asked && u.user.MustChange:
		return models.Secret{}, usagef("--must-change with --cannot-change or --never-expires: a password cannot be both")
	case excludes:
		u.user.MustChange = false
	}
	var err error
	if u.user.Container, err = parseContainer("--in", u.in); err != nil {
		return models.Secret{}, err
	}
	return u.password.read(u.program)
}

// parseContainer reads the DN of a flag; "" is none.
func parseContainer(flag, text string) (models.DN, error) {
	if text == "" {
		return "", nil
	}
	dn, err := models.ParseDN(text)
	if err != nil {
		return "", usagef("%s: %v\nA container looks like OU=Staff,DC=example,DC=com", flag, err)
	}
	return dn, nil
}

// usersContainer is where Active Directory puts accounts unless told otherwise.
func usersContainer(ctx context.Context, d *desk.Desk) (models.DN, error) {
	info, err := d.Backend().Info(ctx)
	if err != nil {
		return "", err
	}
	return info.BaseDN.Child("CN", "Users"), nil
}
