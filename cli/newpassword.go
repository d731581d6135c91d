package cli

import (
	"context"

	"github.com/spf13/cobra"

	"dirdesk/desk"
	"dirdesk/desk/password"
	"dirdesk/internal/config"
	"dirdesk/models"
)

// passwordFlags say where the new password of an account comes from. There is
// none for the password itself.
type passwordFlags struct {
	file     string
	generate bool
	show     bool
}

// madePassword is one that dirdesk made, and whether it may be shown.
type madePassword struct {
	secret models.Secret
	show   bool
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
		policy, err := d.Policy(ctx)
		if err != nil && ctx.Err() != nil {
			return models.Secret{}, ctx.Err()
		}
		// A policy that cannot be read is the strict one; the plan warns of it.
		secret, err := password.Make(policy, names...)
		c.made = &madePassword{secret: secret, show: f.show}
		return secret, err
	}
	name := c.safe(names[0])
	first, err := c.askSecret(ctx, "New password of "+name)
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
