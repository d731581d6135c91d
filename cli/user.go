package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"dirdesk/desk"
	"dirdesk/models"
)

func newUserCommand(p *program) *cobra.Command {
	return newFamily("user", "Create a user, edit one, set a password, unlock, enable, disable",
		newUserCreateCommand(p),
		newUserEditCommand(p),
		newUserPasswdCommand(p),
		newUserResetMailCommand(p),
		newAccountCommand(p, models.Unlock, "unlock OBJECT", "End a lockout"),
		newAccountCommand(p, models.Enable, "enable OBJECT", "Let an account sign in again"),
		newAccountCommand(p, models.Disable, "disable OBJECT", "Keep an account from signing in"),
		newUserExpireCommand(p),
	)
}

// newFamily makes a command that has commands below it and does nothing by
// itself.
func newFamily(use, short string, members ...*cobra.Command) *cobra.Command {
	family := &cobra.Command{Use: use, Short: short, Args: usageArgs(cobra.NoArgs), RunE: needSubcommand}
	family.AddCommand(members...)
	return family
}

// needSubcommand is for a command that does nothing by itself.
func needSubcommand(command *cobra.Command, _ []string) error {
	var names []string
	for _, c := range command.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	return usagef("%s what? %s\nSee %s --help", command.CommandPath(), strings.Join(names, ", "), command.CommandPath())
}

const objectHelp = "An OBJECT is a DN or a logon name."

// changeOf begins a change of an object that was found.
func changeOf(action models.Action, o models.Object) models.Change {
	name := o.SAMAccountName
	if name == "" {
		name = o.Name
	}
	return models.Change{Action: action, DN: o.DN, Name: name, Category: o.Category}
}

// newAccountCommand is for the actions that need nothing but an account.
func newAccountCommand(p *program, action models.Action, use, short string) *cobra.Command {
	return p.newChanges(&cobra.Command{
		Use: use, Short: short, Long: short + ". " + objectHelp, Args: usageArgs(cobra.ExactArgs(1)),
	}, func(ctx context.Context, d *desk.Desk, args []string) ([]models.Change, error) {
		o, err := d.Locate(ctx, args[0], models.Person)
		return []models.Change{changeOf(action, o)}, err
	})
}

func newUserResetMailCommand(p *program) *cobra.Command {
	return p.newChanges(&cobra.Command{
		Use:   "reset-mail LOGON",
		Short: "Have DSM mail a link for a new password",
		Long: `Have DSM mail a link for a new password to the user with the logon name LOGON.
DSM does not tell whether the mail went out, so neither does dirdesk.`,
		Args: usageArgs(cobra.ExactArgs(1)),
	}, func(_ context.Context, _ *desk.Desk, args []string) ([]models.Change, error) {
		return []models.Change{{Action: models.SendResetMail, Name: args[0], Logon: args[0], Category: models.Person}}, nil
	})
}

func newUserPasswdCommand(p *program) *cobra.Command {
	c := p.newChange()
	var password passwordFlags
	var mustChange bool
	var with passwordOptions
	command := &cobra.Command{
		Use:   "passwd OBJECT",
		Short: "Set a password",
		Long: `Set a password: from a file, made by dirdesk, or typed twice when neither flag is
given. ` + objectHelp + `

Without --must-change it stays as it was whether the password must be changed at
the next logon. DSM's calls cannot ask for that; LDAP and Adaxes can. Adaxes also
takes --cannot-change, --never-expires and --unlock, in the same step.`,
		Example: `  dirdesk user passwd jdoe -c office
  dirdesk user passwd jdoe -c managed --generate --show-password --never-expires no --unlock
  dirdesk user passwd jdoe -c office --generate --show-password --must-change`,
		Args: usageArgs(cobra.ExactArgs(1)),
		RunE: func(command *cobra.Command, args []string) error {
			options, err := with.read(command)
			if err != nil {
				return err
			}
			given, err := password.read(p)
			if err != nil {
				return err
			}
			return c.changes(command, func(ctx context.Context, d *desk.Desk) ([]models.Change, error) {
				o, err := d.Locate(ctx, args[0], models.Person)
				if err != nil {
					return nil, err
				}
				change := changeOf(models.SetPassword, o)
				change.Options = options
				if command.Flags().Changed("must-change") {
					change.MustChange = models.FlagOf(mustChange)
				}
				change.Password, err = c.newPassword(ctx, d, &password, given, change.Name, o.DisplayName)
				return []models.Change{change}, err
			})
		},
	}
	password.register(command)
	with.register(command)
	command.Flags().BoolVar(&mustChange, "must-change", false, "have the user choose another at the next logon")
	c.register(command)
	return command
}
