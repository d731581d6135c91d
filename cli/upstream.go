package cli

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"dirdesk/desk"
	"dirdesk/internal/certificates"
	"dirdesk/internal/config"
	"dirdesk/models"
)

// upstreamFlags name a real domain to serve in place of the sample company.
type upstreamFlags struct {
	url          string
	account      string
	passwordFile string
	ca           string
	fingerprint  string
}

func (f *upstreamFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.url, "upstream", "", "serve the domain at `URL` (ldaps:// or ldap://) in place of the sample company")
	flags.StringVar(&f.account, "upstream-account", "", "sign in to the upstream as `NAME`")
	flags.StringVar(&f.passwordFile, "upstream-password-file", "", "read the upstream's password from `FILE`, which nobody else may be able to read")
	flags.StringVar(&f.ca, "upstream-ca", "", "for the upstream, trust the authorities in `FILE` (PEM) too")
	flags.StringVar(&f.fingerprint, "upstream-fingerprint", "", "accept the upstream's certificate with this `sha256:HEX` and no other")
}

// check refuses what contradicts itself.
func (f *upstreamFlags) check(command *cobra.Command) error {
	refuse := func(why string, names ...string) error {
		if i := slices.IndexFunc(names, command.Flags().Changed); i >= 0 {
			return usagef("--%s %s", names[i], why)
		}
		return nil
	}
	if f.url == "" {
		return refuse("belongs to --upstream", "upstream-account", "upstream-password-file", "upstream-ca", "upstream-fingerprint")
	}
	if command.Flags().Changed("objects") || command.Flags().Changed("seed") {
		return usagef("--objects and --seed make sample data: --upstream has its own")
	}
	err := cmp.Or(
		refuse("is for the sample company: with --upstream there is no Adaxes side", "examples", "adaxes-rule", "adaxes-search-cap"),
		refuse("is for the sample company: with --upstream there is no LDAP side",
			"listen-ldap", "windows", "ldap-trait", "dcs", "rodc", "replication", "no-recycle-bin"),
	)
	if err != nil {
		return err
	}
	at, err := parseURL(f.url)
	if err != nil {
		return usagef("--upstream: %v", err)
	}
	if !at.kind().ldap {
		return usagef("--upstream: want ldaps:// or ldap://, not %s://", at.scheme)
	}
	if f.account == "" {
		return usagef("--upstream needs --upstream-account")
	}
	if f.fingerprint != "" {
		if _, err := certificates.ParseFingerprint(f.fingerprint); err != nil {
			return usagef("--upstream-fingerprint: %v", err)
		}
	}
	return nil
}

// openUpstream signs in to the domain to serve; nil without --upstream. The
// backend is the caller's to close.
func (p *access) openUpstream(ctx context.Context, f *upstreamFlags) (desk.Backend, error) {
	if f.url == "" {
		return nil, nil
	}
	at, err := parseURL(f.url)
	if err != nil {
		return nil, err
	}
	in := models.SignIn{
		Profile:     models.Profile{URL: at.String(), Account: f.account, CAFile: f.ca},
		Fingerprint: f.fingerprint,
	}
	switch _, ok := p.terminal(); {
	case f.passwordFile != "":
		in.Password, err = asUsage(config.ReadPasswordFile(f.passwordFile))
	case !ok:
		err = usagef("no password for %s on %s: use --upstream-password-file FILE", f.account, at)
	default:
		in.Password, err = p.askPassword(ctx, fmt.Sprintf("Password of %s on %s", f.account, at))
	}
	if err != nil {
		return nil, err
	}
	connector := p.newConnector(config.Config{}, slog.New(slog.DiscardHandler))
	backend, err := connector.Open(ctx, in)
	if err != nil {
		return nil, connectError{err: err, pinned: f.fingerprint != ""}
	}
	return backend, nil
}
