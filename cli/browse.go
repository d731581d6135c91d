package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"dirdesk/internal/config"
	"dirdesk/internal/erase"
	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/theme"
	"dirdesk/ui"
	"dirdesk/ui/clipboard"
)

// browseCommand is the program without a subcommand: the screen.
type browseCommand struct {
	*program
	demo   demoFlags
	ticket string
	mouse  bool
	ascii  bool
}

func newBrowseCommand(p *program) *cobra.Command {
	browse := &browseCommand{program: p}
	command := &cobra.Command{
		Use:   "dirdesk [PROFILE|URL]",
		Short: "A directory browser for the help desk",
		Long: `dirdesk walks a directory in the terminal and changes it: a Synology Directory
Server through DSM, any Active Directory domain over LDAP, or one that Adaxes
manages.

Without a name it opens the default profile, or asks what to connect to. A URL is
` + schemesHelp() + `To Adaxes one signs in with an access token (--token-file, the keyring, or typed)
or with an account and its password.

Exit codes: 0 fine, 1 the directory said no, 2 wrong usage, 3 could not connect
or sign in, 4 a change was sent and nobody knows what became of it, 5 a change
was sent for approval and is not made yet, 6 not all could be read: what was read
is printed and marked. What was done in part is 1. Of several the worst counts:
4, 1, 5, 6 in this order.`,
		Example: `  dirdesk --demo
  dirdesk synology://nas.example.com --account admin
  dirdesk ls -c office "OU=Staff,DC=example,DC=com" --format csv`,
		Args:          usageArgs(cobra.MaximumNArgs(1)),
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(command *cobra.Command, args []string) error {
			return browse.run(command, strings.Join(args, ""))
		},
	}
	command.SetVersionTemplate("dirdesk {{.Version}}\n")
	command.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usagef("%v\nSee %s --help", err, c.CommandPath())
	})
	p.flags.register(command)
	browse.demo.register(command)
	command.Flags().StringVar(&browse.ticket, "ticket", "", "write the changes down for the ticket `T`")
	command.Flags().BoolVar(&browse.mouse, "mouse", false, "let wheel and clicks work; text can then be selected with shift only")
	command.Flags().BoolVar(&browse.ascii, "ascii", false, "draw with ASCII characters only")
	return command
}

func (b *browseCommand) run(command *cobra.Command, named string) (err error) {
	if err := errors.Join(b.flags.check(), b.demo.check(command, &b.flags, named)); err != nil {
		return err
	}
	settings, err := b.settings()
	if err != nil {
		return err
	}
	for _, name := range settings.Names() {
		if verbOf(command, name) != nil {
			b.complain(fmt.Sprintf("the profile %q is called as a command is: dirdesk -c %s opens it", name, name))
		}
	}
	profile, err := b.target(settings, named)
	if err != nil {
		return err
	}
	if _, ok := b.outputWidth(); !ok {
		return usagef("standard output is no terminal, so there is no screen to draw on\nFor a list without a screen: dirdesk ls, dirdesk info")
	}
	if kind := b.Getenv("TERM"); runtime.GOOS != "windows" && (kind == "" || kind == "dumb") {
		return usagef("TERM is %q: nothing can be drawn on that\nSay what your terminal is, such as TERM=xterm-256color.\nFor a list without a screen: dirdesk ls, dirdesk info", kind)
	}
	logger, closeLog, err := b.openLog()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeLog()) }()
	in, ready, stop, err := b.start(command.Context(), profile)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	doors := &doors{program: b.program, ticket: b.ticket}
	if b.demo.on {
		doors.demo = in.Profile.URL
	}
	defer func() { err = errors.Join(err, doors.close()) }()
	options := b.options(settings, logger, in, ready)
	options.NewDesk = doors.open
	return ui.Run(command.Context(), options)
}

// start gathers what the screen begins with, and whether that is enough to sign
// in without asking.
func (b *browseCommand) start(ctx context.Context, profile models.Profile) (in models.SignIn, ready bool, stop func() error, err error) {
	if b.demo.on {
		in, stop, err = b.startDemo(&b.demo)
		return in, true, stop, err
	}
	in = models.SignIn{Profile: profile, Fingerprint: b.flags.fingerprint}
	if in.Password, err = b.givenPassword(); err != nil {
		return in, false, nil, err
	}
	if in.Password.Empty() && profile.URL != "" {
		// A keyring that cannot be used is no reason to stop: the form asks.
		token, fromFile, err := storedToken(ctx, b.Keyring, profile)
		if err != nil && fromFile {
			return in, false, nil, usagef("%v", err)
		}
		in.Token = token
	}
	ready = profile.URL != "" && (!in.Token.Empty() || profile.Account != "" && !in.Password.Empty())
	return in, ready, func() error { return nil }, nil
}

func (b *browseCommand) options(settings config.Config, logger *slog.Logger, in models.SignIn, ready bool) ui.Options {
	keys, taken, _ := keymap.Default().With(settings.Keys) // config.Load has looked at them
	idle := settings.IdleLock
	if b.demo.on { // nobody knows its password
		idle = 0
	}
	return ui.Options{
		Connector: b.newConnector(settings, logger),
		SignIn:    in,
		Ready:     ready,
		Keymap:    keys,
		Taken:     taken,
		Theme: theme.Options{
			ASCII:   b.ascii || settings.UI.ASCII || !b.unicode(),
			NoColor: b.Getenv("NO_COLOR") != "",
		},
		Background: settings.UI.Theme,
		Mouse:      b.mouse || settings.UI.Mouse,
		IdleLock:   idle,
		Erase:      erase.Freed,
		Version:    version(),
		Demo:       b.demo.on,
		Clipboard:  clipboard.Desktop(b.Getenv),
	}
}
