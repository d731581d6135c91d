package cli

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"dirdesk/desk"
	"dirdesk/internal/certificates"
	"dirdesk/internal/config"
	"dirdesk/models"
	"dirdesk/simulator"
)

// simulateHelp tells what is served, and how it can be made to misbehave.
const simulateHelp = `Serve a sample company in three ways: over HTTPS as a Synology Directory Server
does, with DSM's WebAPI, and as Adaxes does, with its REST API under /restApi;
and over LDAP as domain controllers do. All change the same directory. The
certificate, the passwords and the access token are made at this start. Nothing
is kept when it stops, which Ctrl+C or SIGTERM makes it do.

Any LDAP client may use it, with TLS at once or by StartTLS. helpdesk is an
account there that may do little: reset passwords, unlock, and edit telephone
and office below OU=Staff.

With --upstream it serves a real domain instead: what is done over DSM's
protocol is done there, over LDAP, with the rights of --upstream-account. There
is no LDAP and no Adaxes side then.

A fault is KIND[=VALUE]@API.METHOD[#N], for the Nth such call or for all of
them; * is any call. The kinds:

  drop-before      cut the connection before the work
  drop-after       do the work, then cut the connection
  html-502         answer as a proxy whose backend is gone
  html-500         answer as a web server whose application broke down
  truncate         do the work, send half of the JSON
  slow=DURATION    do the work, let the answer trickle out
  expire           end the session just before the call
  deny=CODE        do no work, answer with this error code
  stall            a task that is asked about has not got on
  fail-task        what is left of a task that is asked about fails
  status=WORD      a domain update that is asked about says WORD

The API of the Adaxes side is called adaxes, and its methods are get search
create modify delete move enable disable unlock resetPassword members addMember
removeMember licences operation login token renew destroy logout. A CODE is an
HTTP status there, and stall keeps an operation from ending.

The API of the LDAP side is called ldap, and its methods are bind search compare
add modify delete modifydn extended. A CODE is a result code there, expire cuts
the connection, and stall never answers.

An Adaxes rule is KIND[=VALUE]@TERM[+TERM], for the requests for which all its
terms hold. A term is * for any, the name of a method, a place in the tree, as a
whole DN or as one step of it (OU=Finance), or the name of a property that is
written. The kinds:

  approve          the change is sent for approval, and not made
  fail=WORDS       the change fails with these words, in an operation result
  refuse=WORDS     the change fails with these words, as an HTTP error
  warn=WORDS       the change is made, with a warning
  say=WORDS        the change is made, and a business rule says something
  async=DURATION   the change is made, its business rules take a while
  deny             no permission
  hide             the objects are not seen`

// announcement is what --json prints first; its form is kept.
type announcement struct {
	DSM     announcedDSM `json:"dsm"`
	Realm   string       `json:"realm"`
	BaseDN  models.DN    `json:"base_dn"`
	LargeDN models.DN    `json:"large_dn"`

	Adaxes *announcedAdaxes `json:"adaxes,omitempty"` // nil with an upstream

	LDAP *simulator.LDAPAnnouncement `json:"ldap,omitempty"` // nil with an upstream
}

type announcedDSM struct {
	URL         string `json:"url"`
	Account     string `json:"account"`
	Password    string `json:"password"`
	Fingerprint string `json:"fingerprint"`
	OTPSecret   string `json:"otp_secret,omitempty"`
}

type announcedAdaxes struct {
	URL      string `json:"url"`
	Token    string `json:"token"`
	Username string `json:"username"`
	Password string `json:"password"`
}

// announce reveals the secrets on purpose: they were made for this one start,
// and whoever started it needs them.
func announce(s *simulator.Server) (a announcement, err error) {
	a = announcement{
		DSM: announcedDSM{
			URL: s.URL(), Account: s.Account(), Password: s.Password().Reveal(),
			Fingerprint: s.Fingerprint(), OTPSecret: s.OTPSecret().Reveal(),
		},
		Realm: s.Realm(), BaseDN: s.BaseDN(), LargeDN: s.LargeDN(),
	}
	if s.AdaxesURL() != "" {
		a.Adaxes = &announcedAdaxes{
			URL: s.AdaxesURL(), Token: s.AdaxesToken().Reveal(),
			Username: s.AdaxesUsername(), Password: s.AdaxesPassword().Reveal(),
		}
	}
	a.LDAP, err = s.AnnounceLDAP()
	return a, err
}

// introduce says the same to a person, and how to connect.
func introduce(out io.Writer, a announcement, f *simulateFlags) error {
	secret := ""
	if a.DSM.OTPSecret != "" {
		secret = fmt.Sprintf("  one-time codes  %s (type it into an authenticator app)\n", a.DSM.OTPSecret)
	}
	_, err := fmt.Fprintf(out, `Serving %s as a Synology Directory Server. Ctrl+C stops it.

  address         %s
  account         %s
  password        %s
%s  certificate     %s
  base DN         %s
%s
In another terminal:

  dirdesk %s --account %s --fingerprint %s
%s%s`, a.Realm, a.DSM.URL, a.DSM.Account, a.DSM.Password, secret, a.DSM.Fingerprint,
		a.BaseDN, f.served(a.LargeDN), connectionURL(schemeSynology, a.DSM.URL), a.DSM.Account, a.DSM.Fingerprint,
		introduceAdaxes(a), a.LDAP.Words(a.BaseDN))
	return err
}

// introduceAdaxes tells of the Adaxes side, or that there is none.
func introduceAdaxes(a announcement) string {
	if a.Adaxes == nil {
		return "\nThere is no Adaxes side: that is for the sample company.\n"
	}
	return fmt.Sprintf(`
The same directory over Adaxes:

  address         %s
  user name       %s
  password        %s
  access token    %s

  dirdesk %s --account %s --fingerprint %s
`, a.Adaxes.URL, a.Adaxes.Username, a.Adaxes.Password, a.Adaxes.Token,
		connectionURL(schemeAdaxes, a.Adaxes.URL), a.Adaxes.Username, a.DSM.Fingerprint)
}

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
		in.Password, err = p.askSecret(ctx, fmt.Sprintf("Password of %s on %s", f.account, at))
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

// served tells a person what stands behind the address.
func (f *simulateFlags) served(large models.DN) string {
	if f.upstream.url != "" {
		return fmt.Sprintf("  domain          %s, as %s\n", strings.ToLower(f.upstream.url), f.upstream.account)
	}
	return fmt.Sprintf("  many users      %s (%d)\n", large, f.Objects)
}
