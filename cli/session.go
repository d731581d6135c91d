package cli

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"dirdesk/desk"
	"dirdesk/internal/config"
	"dirdesk/models"
	"dirdesk/simulator"
)

// signOutTime is how long leaving may take once the work is done or given up.
const signOutTime = 3 * time.Second

// anyProfile admits every connection.
func anyProfile(models.Profile) error { return nil }

// withBackend opens the connection for a command that reads.
func (p *access) withBackend(command *cobra.Command, demo *demoFlags, do func(context.Context, desk.Backend) error) error {
	return p.open(command, demo, anyProfile, func(ctx context.Context, backend desk.Backend, _ models.SignIn) error {
		return do(ctx, backend)
	})
}

// reading is a command that shows something of a connection.
type reading struct {
	*program
	demo   demoFlags
	format string
}

// newReading makes a command that opens the connection and reads. Formats are
// those of its flag --format; none: there is no such flag.
func (p *program) newReading(command *cobra.Command, formats []string, do func(context.Context, *reading, desk.Backend, []string) error) *cobra.Command {
	r := &reading{program: p}
	command.RunE = func(command *cobra.Command, args []string) error {
		return p.withBackend(command, &r.demo, func(ctx context.Context, backend desk.Backend) error { return do(ctx, r, backend, args) })
	}
	if formats != nil {
		r.registerFormat(command, &r.format, formats)
	}
	r.demo.register(command)
	return command
}

// newObjectReading makes a command that reads of the object that its first
// argument names.
func (p *program) newObjectReading(command *cobra.Command, formats []string, kinds []models.Category, do func(context.Context, *reading, *desk.Desk, models.Object, []string) error) *cobra.Command {
	return p.newReading(command, formats, func(ctx context.Context, r *reading, backend desk.Backend, args []string) error {
		d := desk.New(backend, desk.Options{})
		o, err := p.locate(ctx, d, args[0], kinds...)
		if err != nil {
			return err
		}
		return do(ctx, r, d, o, args[1:])
	})
}

// open opens the connection that the command line asks for, hands it to do and
// signs out again. It is for commands without a screen: what is missing is asked
// for on the terminal, if there is one. admit looks at the connection before
// anything is asked or sent.
func (p *access) open(command *cobra.Command, demo *demoFlags, admit func(models.Profile) error, do func(context.Context, desk.Backend, models.SignIn) error) (err error) {
	ctx := command.Context()
	if err := errors.Join(p.flags.check(), demo.check(command, &p.flags, "")); err != nil {
		return err
	}
	logger, closeLog, err := p.openLog()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeLog()) }()

	in, connector, stop, err := p.prepare(ctx, demo, admit, logger)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	backend, err := p.signIn(ctx, connector, in)
	if err != nil {
		return err
	}
	backend = desk.Indexed(backend) // its end ends the reading for searches too
	defer func() {
		if out := signOut(ctx, backend); out != nil {
			logger.Warn("sign-out failed", "error", out)
		}
	}()
	return do(ctx, backend, in)
}

// signOut closes a session also when the command ended because ctx did.
func signOut(ctx context.Context, backend desk.Backend) error {
	leaving, cancel := context.WithTimeout(context.WithoutCancel(ctx), signOutTime)
	defer cancel()
	return backend.Close(leaving)
}

// prepare finds or starts what to connect to and gathers what signing in needs.
func (p *access) prepare(ctx context.Context, demo *demoFlags, admit func(models.Profile) error, logger *slog.Logger) (in models.SignIn, c *connector, stop func() error, err error) {
	if demo.on {
		if err := admit(models.Profile{Name: "demo", ReadOnly: p.flags.readOnly}); err != nil {
			return in, nil, nil, err
		}
		in, stop, err = p.startDemo(demo)
		return in, p.newConnector(config.Config{}, logger), stop, err
	}
	settings, err := p.settings()
	if err != nil {
		return in, nil, nil, err
	}
	profile, err := p.target(settings, "")
	switch {
	case err != nil:
	case profile.URL == "":
		err = usagef("nothing to connect to: name a profile or a URL with -c, or try --demo\n%s", urlForms())
	default:
		err = admit(profile)
	}
	if err != nil {
		return in, nil, nil, err
	}
	in, err = p.credentials(ctx, profile)
	return in, p.newConnector(settings, logger), func() error { return nil }, err
}

// settings are the person's own.
func (p *access) settings() (config.Config, error) {
	return asUsage(config.Load(config.FindPaths(p.Getenv).Config))
}

// signIn opens the connection, asking for a one-time code where the server does
// and somebody is there to answer.
func (p *access) signIn(ctx context.Context, c *connector, in models.SignIn) (desk.Backend, error) {
	backend, err := c.Open(ctx, in)
	if _, ok := p.terminal(); ok && errors.Is(err, models.ErrCodeRequired) {
		if in.Code, err = p.askSecret(ctx, "One-time code"); err != nil {
			return nil, err
		}
		var asking error
		if in.RememberDevice, asking = p.agreed(ctx, "Let this computer skip the code from now on?"); asking != nil {
			return nil, asking
		}
		backend, err = c.Open(ctx, in)
	}
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if p.keptToken && errors.Is(err, models.ErrCredentials) {
			p.complain("the access token came from the keyring: dirdesk token store keeps another one, dirdesk token forget drops it")
		}
		return nil, connectError{err: err, pinned: p.flags.fingerprint != "" && !errors.Is(err, errBeside)}
	}
	return backend, nil
}

// openLog gives the logger for this run: JSON lines into the file of --log,
// readable by its owner only, or nothing. Backends keep secrets out of what they
// log; models.Secret does so by itself.
func (p *access) openLog() (*slog.Logger, func() error, error) {
	if p.flags.log == "" {
		return slog.New(slog.DiscardHandler), func() error { return nil }, nil
	}
	file, err := os.OpenFile(p.flags.log, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, nil, usagef("--log: %v", err)
	}
	handler := slog.NewJSONHandler(file, &slog.HandlerOptions{Level: slog.LevelDebug})
	return slog.New(handler), file.Close, nil
}

// startDemo serves the sample company from inside this process, on the
// loopback interface, and gives what signs in to it: with the whole company to
// DSM and to its directory over LDAPS, as a profile with a directory does. Its certificate is
// made at this moment and known by its fingerprint: nothing is trusted blindly.
func (p *access) startDemo(demo *demoFlags) (models.SignIn, func() error, error) {
	server, err := simulator.Start(simulator.Options{
		Listen: "127.0.0.1:0", Objects: demo.objects, Seed: demo.seed, LDAP: &simulator.LDAPOptions{},
	})
	if err != nil {
		return models.SignIn{}, nil, err
	}
	url, account, password := schemeOf(demo.scheme).demo(server)
	in := models.SignIn{
		Profile:     models.Profile{Name: "demo", Account: account, ReadOnly: p.flags.readOnly},
		Password:    password,
		Fingerprint: server.Fingerprint(),
	}
	address, err := parseURL(connectionURL(demo.scheme, url))
	if err != nil {
		return models.SignIn{}, nil, errors.Join(err, server.Close())
	}
	in.Profile.URL = address.String()
	if demo.company {
		in.Profile.Account, in.Password = server.LDAPName(), server.LDAPPassword(false)
		in.Profile.Directory = server.LDAPURL()
		if in.Profile.CAFile, err = server.CAFile(); err != nil {
			return models.SignIn{}, nil, errors.Join(err, server.Close())
		}
	}
	return in, server.Close, nil
}

// target finds what the command line wants to connect to, with named standing
// for an argument that takes the place of -c. The profile is empty when nothing
// was named and there is no default.
func (p *access) target(settings config.Config, named string) (models.Profile, error) {
	if named != "" && p.flags.connection != "" {
		return models.Profile{}, usagef("%q and -c: one of the two", named)
	}
	named = cmp.Or(named, p.flags.connection, settings.DefaultProfile)
	profile := models.Profile{}
	switch {
	case named == "":
		return p.override(profile), nil
	case isURL(named):
		profile.URL = named
	default:
		known, found := settings.Profile(named)
		if !found {
			return models.Profile{}, unknownProfile(settings, named)
		}
		profile = known
	}
	at, err := parseURL(profile.URL)
	if err != nil {
		if profile.Name != "" {
			return models.Profile{}, usagef("profile %q: %v", profile.Name, err)
		}
		return models.Profile{}, err
	}
	profile.URL = at.String()
	if err := checkParts(at, profile); err != nil {
		return models.Profile{}, usagef("profile %q: %v", profile.Name, err)
	}
	profile = p.override(profile)
	return profile, checkParts(at, profile)
}

// override lets flags win over what a profile says.
func (p *access) override(profile models.Profile) models.Profile {
	if p.flags.account != "" {
		// Who names an account does not mean the token of the profile.
		profile.Account, profile.TokenFile = p.flags.account, ""
	}
	profile.CAFile = cmp.Or(p.flags.ca, profile.CAFile)
	profile.Domain = cmp.Or(p.flags.domain, profile.Domain)
	profile.TokenFile = cmp.Or(p.flags.tokenFile, profile.TokenFile)
	profile.ReadOnly = profile.ReadOnly || p.flags.readOnly
	return profile
}

func unknownProfile(settings config.Config, named string) error {
	if names := settings.Names(); len(names) > 0 {
		return usagef("there is no profile %q\nThere are: %s. A URL has :// in it; dirdesk --help lists the commands.",
			named, strings.Join(names, ", "))
	}
	return usagef("%q is no command, no profile and no URL\n%s; dirdesk --help lists the commands.", named, urlForms())
}
