package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"dirdesk/internal/upstream"
	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/simulator/fault"
)

// simulateFlags say what dirdesk simulate serves and how it misbehaves.
type simulateFlags struct {
	listen       string
	objects      int
	seed         int64
	strict       bool
	latency      time.Duration
	domainUpdate time.Duration
	faults       []string
	otp          bool
	requestLog   string
	json         bool
	upstream     upstreamFlags
}

func newSimulateCommand(p *program) *cobra.Command {
	var f simulateFlags
	command := &cobra.Command{
		Use:   "simulate",
		Short: "Serve a sample company as a Synology Directory Server",
		Long: `Serve a sample company as a Synology Directory Server: DSM's WebAPI over HTTPS,
with a certificate and passwords made at this start. Nothing is kept when it
stops, which Ctrl+C or SIGTERM makes it do.

With --upstream it serves a real domain instead: what is done over DSM's
protocol is done there, over LDAP, with the rights of --upstream-account.

A fault is KIND[=VALUE]@API.METHOD[#N], for the Nth such call or for all of
them; * is any call. The kinds:

  drop-before      cut the connection before the work
  drop-after       do the work, then cut the connection
  html-502         answer as a proxy whose backend is gone
  truncate         do the work, send half of the JSON
  slow=DURATION    do the work, let the answer trickle out
  expire           end the session just before the call
  deny=CODE        do no work, answer with this error code
  stall            a task that is asked about has not got on
  fail-task        what is left of a task that is asked about fails
  status=WORD      a domain update that is asked about says WORD`,
		Example: `  dirdesk simulate --objects 99999
  dirdesk simulate --latency 50ms --fault 'expire@*#20' --json
  dirdesk simulate --fault deny=105@SYNO.ActiveDirectory.Directory.list
  dirdesk simulate --upstream ldaps://dc1.example.com --upstream-account admin \
      --upstream-password-file password.txt`,
		Args: usageArgs(cobra.NoArgs),
		RunE: func(command *cobra.Command, _ []string) error { return p.simulate(command, &f) },
	}
	flags := command.Flags()
	flags.StringVar(&f.listen, "listen", "127.0.0.1:0", "serve at `HOST:PORT`; port 0 is any free one, no host the loopback address")
	flags.IntVar(&f.objects, "objects", demoObjects, "`N` users in OU=Large beside the sample company")
	flags.Int64Var(&f.seed, "seed", 1, "another `N` gives other people")
	flags.BoolVar(&f.strict, "strict", false, "refuse values that are not JSON where DSM asks for JSON")
	flags.DurationVar(&f.latency, "latency", 0, "wait for `DURATION` before each request")
	flags.DurationVar(&f.domainUpdate, "domain-update", 2*time.Second, "a sync to DSM takes `DURATION`")
	flags.StringArrayVar(&f.faults, "fault", nil, "misbehave: `KIND[=VALUE]@API.METHOD[#N]`, may be given again")
	flags.BoolVar(&f.otp, "otp", false, "ask for a one-time code at sign-in, and print its secret")
	flags.StringVar(&f.requestLog, "request-log", "", "append each call to `FILE`, unmasked, as JSON Lines")
	flags.BoolVar(&f.json, "json", false, "say where it listens as one line of JSON")
	f.upstream.register(flags)
	return command
}

// options checks the flags and turns them into the simulator's own form.
func (f *simulateFlags) options() (simulator.Options, error) {
	listen, err := f.address()
	if err != nil {
		return simulator.Options{}, err
	}
	switch {
	case f.objects < 0 || f.objects > maxObjects:
		return simulator.Options{}, usagef("--objects must lie between 0 and %d", maxObjects)
	case f.latency < 0:
		return simulator.Options{}, usagef("--latency cannot be negative")
	case f.domainUpdate <= 0:
		return simulator.Options{}, usagef("--domain-update must be longer than nothing")
	}
	o := simulator.Options{
		Listen: listen, Objects: f.objects, Seed: f.seed, Strict: f.strict, Latency: f.latency, OTP: f.otp,
		DomainUpdate: f.domainUpdate,
	}
	for _, text := range f.faults {
		spec, err := fault.Parse(text)
		if err != nil {
			return simulator.Options{}, usagef("--fault: %v", err)
		}
		o.Faults = append(o.Faults, spec)
	}
	return o, nil
}

// address reads --listen. Without a host it is the loopback address: to be
// reached from elsewhere takes an explicit one.
func (f *simulateFlags) address() (string, error) {
	host, port, err := net.SplitHostPort(f.listen)
	if err != nil {
		return "", usagef("--listen %s: want HOST:PORT", f.listen)
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil {
		return "", usagef("--listen %s: %q is no port between 0 and 65535", f.listen, port)
	} else if host == "" {
		return net.JoinHostPort("127.0.0.1", strconv.FormatUint(n, 10)), nil
	}
	return f.listen, nil
}

// simulate serves until the command's context ends, which is a stop as wanted.
func (p *program) simulate(command *cobra.Command, f *simulateFlags) (err error) {
	if err := refuseConnectionFlags(command); err != nil {
		return err
	}
	options, err := f.options()
	if err == nil {
		err = f.upstream.check(command)
	}
	if err != nil {
		return err
	}
	backend, err := p.openUpstream(command.Context(), &f.upstream)
	if err != nil {
		return err
	}
	if backend != nil {
		options.Upstream = upstream.New(backend)
		defer func() { err = errors.Join(err, closeUpstream(command.Context(), backend)) }()
	}
	if f.requestLog != "" {
		// It shows passwords that came in URLs: for nobody else to read.
		var file *os.File
		if file, err = os.OpenFile(f.requestLog, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600); err != nil {
			return usagef("--request-log: %v", err)
		}
		defer func() { err = errors.Join(err, file.Close()) }()
		options.RequestLog = file
	}
	server, err := simulator.Start(options)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.Close()) }()
	if f.json {
		err = json.NewEncoder(p.Out).Encode(announce(server))
	} else {
		err = introduce(p.Out, server, f)
	}
	if err != nil {
		return err
	}
	<-command.Context().Done()
	return nil
}

// refuseConnectionFlags says that the flags every command takes to sign in
// somewhere do nothing here.
func refuseConnectionFlags(command *cobra.Command) (err error) {
	command.InheritedFlags().VisitAll(func(flag *pflag.Flag) {
		if flag.Changed && err == nil {
			err = usagef("--%s is for connecting: simulate serves, with an account of its own", flag.Name)
		}
	})
	return err
}

// announcement is what --json prints first; its form is kept.
type announcement struct {
	DSM     announcedDSM `json:"dsm"`
	Realm   string       `json:"realm"`
	BaseDN  models.DN    `json:"base_dn"`
	LargeDN models.DN    `json:"large_dn"`
}

type announcedDSM struct {
	URL         string `json:"url"`
	Account     string `json:"account"`
	Password    string `json:"password"`
	Fingerprint string `json:"fingerprint"`
	OTPSecret   string `json:"otp_secret,omitempty"`
}

// announce reveals the secrets on purpose: they were made for this one start,
// and whoever started it needs them.
func announce(s *simulator.Server) announcement {
	return announcement{
		DSM: announcedDSM{
			URL: s.URL(), Account: s.Account(), Password: s.Password().Reveal(),
			Fingerprint: s.Fingerprint(), OTPSecret: s.OTPSecret().Reveal(),
		},
		Realm: s.Realm(), BaseDN: s.BaseDN(), LargeDN: s.LargeDN(),
	}
}

// introduce says the same to a person, and how to connect.
func introduce(out io.Writer, s *simulator.Server, f *simulateFlags) error {
	a := announce(s)
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
`, a.Realm, a.DSM.URL, a.DSM.Account, a.DSM.Password, secret, a.DSM.Fingerprint,
		a.BaseDN, f.served(a.LargeDN), demoScheme(a.DSM.URL), a.DSM.Account, a.DSM.Fingerprint)
	return err
}
