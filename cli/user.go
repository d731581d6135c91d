package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"dirdesk/desk"
	"dirdesk/internal/config"
	"dirdesk/models"
)

func newUserCommand(p *program) *cobra.Command {
	return newFamily("user", "Create a user, edit one, set a password, unlock, enable, disable",
		newUserCreateCommand(p),
		newUserEditCommand(p),
		newUserPasswdCommand(p),
		newUserResetMailCommand(p),
		newEachCommand(p, models.Unlock, "unlock OBJECT...", "End lockouts", "", models.Person),
		newEachCommand(p, models.Enable, "enable OBJECT...", "Let accounts sign in again", "", models.Person),
		newEachCommand(p, models.Disable, "disable OBJECT...", "Keep accounts from signing in", "", models.Person),
		newUserExpireCommand(p),
	)
}

// newFamily makes a command that has commands below it and does nothing by
// itself.
func newFamily(use, short string, members ...*cobra.Command) *cobra.Command {
	family := &cobra.Command{Use: use, Short: short, Args: usageArgs(cobra.NoArgs), RunE: needSubcommand}
	family.AddCommand(members...)
	// What works everywhere may stand before the verb, which takes it.
	new(demoFlags).register(family)
	for _, flag := range []string{"demo", "objects", "seed"} {
		_ = family.Flags().MarkHidden(flag)
	}
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

// changeOf begins a change of an object that was found.
func changeOf(action models.Action, o models.Object) models.Change {
	return models.Change{Action: action}.Of(o)
}

// people carries out a change of each person that is named, which complete completes.
func (c *changeCommand) people(command *cobra.Command, action models.Action, args []string, complete func(context.Context, *desk.Desk, *models.Change, models.Object) error) error {
	names, err := c.withInput(args)
	if err != nil {
		return err
	}
	return c.changes(command, func(ctx context.Context, d *desk.Desk) (changes []models.Change, err error) {
		objects, err := c.locateAll(ctx, d, names, models.Person)
		for _, o := range objects {
			change := changeOf(action, o)
			if err := complete(ctx, d, &change, o); err != nil {
				return nil, err
			}
			changes = append(changes, change)
		}
		return changes, err
	})
}

// newEachCommand is for the actions that need nothing but their objects, of some
// kinds or of any.
func newEachCommand(p *program, action models.Action, use, short, more string, kinds ...models.Category) *cobra.Command {
	return p.newChanges(&cobra.Command{
		Use: use, Short: short, Long: strings.TrimRight(short+". "+manyHelp+"\n"+more, "\n"), Args: usageArgs(cobra.MinimumNArgs(1)),
	}, func(ctx context.Context, c *changeCommand, d *desk.Desk, args []string) ([]models.Change, error) {
		return c.changesOf(ctx, d, action, args, kinds...)
	})
}

func newUserResetMailCommand(p *program) *cobra.Command {
	c := p.newChange()
	command := c.carries(&cobra.Command{
		Use:   "reset-mail OBJECT",
		Short: "Have DSM mail a link for a new password",
		Long: `Have DSM mail a link for a new password to a user.
DSM does not tell whether the mail went out, so neither does dirdesk. ` + objectHelp,
		Args: usageArgs(cobra.ExactArgs(1)),
	}, func(ctx context.Context, c *changeCommand, d *desk.Desk, args []string) ([]models.Change, error) {
		return c.changesOf(ctx, d, models.SendResetMail, args, models.Person)
	})
	c.registerReset(command, true)
	return command
}

func newUserPasswdCommand(p *program) *cobra.Command {
	c := p.newChange()
	var password passwordFlags
	var mustChange bool
	var with passwordOptions
	command := &cobra.Command{
		Use:   "passwd OBJECT...",
		Short: "Set a password",
		Long: `Set a password: from a file, made by dirdesk, or typed twice when neither flag is
given. With --generate several accounts get one each. ` + manyHelp + `

Without --must-change it stays as it was whether the password must be changed at
the next logon. DSM's calls cannot ask for that; LDAP and Adaxes can. Adaxes also
takes --cannot-change, --never-expires and --unlock, in the same step.`,
		Example: `  dirdesk user passwd jdoe -c office
  dirdesk user passwd jdoe -c managed --generate --show-password --never-expires no --unlock
  dirdesk user passwd jdoe -c office --generate --show-password --must-change`,
		Args: usageArgs(cobra.MinimumNArgs(1)),
		RunE: func(command *cobra.Command, args []string) error {
			options, err := with.read(command)
			if err != nil {
				return err
			}
			if !password.generate && (len(args) > 1 || args[0] == "-") {
				return usagef("one password for several accounts is refused: use --generate, which makes one for each")
			}
			given, err := password.read(p)
			if err != nil {
				return err
			}
			return c.people(command, models.SetPassword, args, func(ctx context.Context, d *desk.Desk, change *models.Change, o models.Object) (err error) {
				change.Options = options
				if command.Flags().Changed("must-change") {
					change.MustChange = models.FlagOf(mustChange)
				}
				change.Password, err = c.newPassword(ctx, d, &password, given, change.Name, o.DisplayName)
				return err
			})
		},
	}
	password.register(command)
	with.register(command)
	c.registerReset(command, true)
	command.Flags().BoolVar(&mustChange, "must-change", false, "have the user choose another at the next logon")
	c.register(command)
	return command
}

// passwordFlags say where the new password of an account comes from. There is
// none for the password itself.
type passwordFlags struct {
	file     string
	generate bool
	show     bool
}

// madePasswords are those that dirdesk made, by the names of their accounts, and
// whether they may be shown.
type madePasswords struct {
	secrets map[string]models.Secret
	show    bool
}

func (f *passwordFlags) register(command *cobra.Command) {
	flags := command.Flags()
	flags.StringVar(&f.file, "new-password-file", "", "read the new password from `FILE`, which nobody else may be able to read")
	flags.BoolVar(&f.generate, "generate", false, "make a password that fits the domain's rules")
	flags.BoolVar(&f.show, "show-password", false, "with --generate: print the made password, once")
}

// read checks the flags and gives the password of the file; an empty secret
// when it is to be made or asked for.
func (f *passwordFlags) read(p *program) (models.Secret, error) {
	switch {
	case f.file != "" && f.generate:
		return models.Secret{}, usagef("--new-password-file and --generate: one of the two")
	case f.show && !f.generate:
		return models.Secret{}, usagef("--show-password shows a password made with --generate, and no other")
	case f.file != "":
		password, err := config.ReadPasswordFile(f.file)
		if err != nil {
			return models.Secret{}, usagef("--new-password-file: %v", err)
		}
		return password, nil
	case f.generate:
		return models.Secret{}, nil
	}
	if _, ok := p.terminal(); !ok {
		return models.Secret{}, usagef("no new password: use --new-password-file FILE or --generate")
	}
	return models.Secret{}, nil
}

// newPassword gives the new password of an account: given, else made, else typed
// twice. names are the account's: logon name, then display name.
func (c *changeCommand) newPassword(ctx context.Context, d *desk.Desk, f *passwordFlags, given models.Secret, names ...string) (models.Secret, error) {
	if !given.Empty() {
		return given, nil
	}
	if f.generate {
		secret, err := d.MakePassword(ctx, names...)
		c.keepMade(names[0], secret, f.show)
		return secret, err
	}
	name := c.safe(names[0])
	first, err := c.askPassword(ctx, "New password of "+name)
	if err != nil {
		return models.Secret{}, err
	}
	again, err := c.askSecret(ctx, "The same again")
	switch {
	case err != nil:
		return models.Secret{}, err
	case first.Reveal() != again.Reveal():
		return models.Secret{}, usageError{"the two passwords differ: nothing was changed"}
	case first.Empty():
		return models.Secret{}, usageError{"no password was typed: nothing was changed"}
	}
	return first, nil
}

// keepMade keeps a made password for the one moment at which it may be shown.
func (c *changeCommand) keepMade(name string, secret models.Secret, show bool) {
	if c.made.secrets == nil {
		c.made = madePasswords{secrets: map[string]models.Secret{}, show: show}
	}
	c.made.secrets[name] = secret
}

// passwordOptions are the flags for what goes with a password in one step.
type passwordOptions struct {
	cannotChange string
	neverExpires string
	unlock       bool
}

func (f *passwordOptions) register(command *cobra.Command) {
	flags := command.Flags()
	flags.StringVar(&f.cannotChange, "cannot-change", "", "`yes|no`: keep the user from changing it, or not")
	flags.StringVar(&f.neverExpires, "never-expires", "", "`yes|no`: let it be good for ever, or not")
	flags.BoolVar(&f.unlock, "unlock", false, "end a lockout as well")
}

// read gives the options; what was not named stays as it is.
func (f *passwordOptions) read(command *cobra.Command) (models.PasswordOptions, error) {
	options := models.PasswordOptions{Unlock: f.unlock}
	for _, flag := range []struct {
		name  string
		value string
		to    *models.Flag
	}{{"cannot-change", f.cannotChange, &options.CannotChange}, {"never-expires", f.neverExpires, &options.NeverExpires}} {
		if !command.Flags().Changed(flag.name) {
			continue
		}
		switch flag.value {
		case "yes":
			*flag.to = models.Yes
		case "no":
			*flag.to = models.No
		default:
			return options, usagef("--%s must be yes or no, not %q", flag.name, flag.value)
		}
	}
	return options, nil
}
