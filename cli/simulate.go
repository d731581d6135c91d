package cli

import (
	"encoding/json"
	"errors"
	"os"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"dirdesk/internal/upstream"
	"dirdesk/simulator"
	"dirdesk/simulator/adaxes"
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
	examples     bool
	adaxesRules  []string
	adaxesCap    int
	upstream     upstreamFlags
	ldap         simulateLDAPFlags
}

func newSimulateCommand(p *program) *cobra.Command {
	var f simulateFlags
	command := &cobra.Command{
		Use:   "simulate",
		Short: "Serve a sample company as a Synology Directory Server, over LDAP and over Adaxes",
		Long:  simulateHelp,
		Example: `  dirdesk simulate --objects 99999
  dirdesk simulate --latency 50ms --fault 'expire@*#20' --json
  dirdesk simulate --fault deny=105@SYNO.ActiveDirectory.Directory.list
  dirdesk simulate --examples --adaxes-rule 'approve@OU=Finance' --json
  dirdesk simulate --adaxes-rule 'fail=Titles come from HR@modify+title'
  dirdesk simulate --dcs 3 --rodc --replication 5s --windows --json
  dirdesk simulate --fault 'drop-after@ldap.modify#1'
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
	flags.BoolVar(&f.examples, "examples", false, "serve the domain example.com with the objects of the examples in Adaxes' documents")
	flags.StringArrayVar(&f.adaxesRules, "adaxes-rule", nil, "over Adaxes: `KIND[=VALUE]@TERM[+TERM]`, may be given again")
	flags.IntVar(&f.adaxesCap, "adaxes-search-cap", 0, "over Adaxes, a search gives `N` objects at most, as old servers do with 1000; 0 is no limit")
	f.ldap.register(flags)
	f.upstream.register(flags)
	return command
}

// options checks the flags and turns them into the simulator's own form.
func (f *simulateFlags) options() (simulator.Options, error) {
	listen, err := listenAddress("--listen", f.listen)
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
	case f.adaxesCap < 0:
		return simulator.Options{}, usagef("--adaxes-search-cap cannot be negative")
	}
	o := simulator.Options{
		Listen: listen, Objects: f.objects, Seed: f.seed, Strict: f.strict, Latency: f.latency, OTP: f.otp,
		DomainUpdate: f.domainUpdate, Examples: f.examples, Adaxes: adaxes.Options{SearchCap: f.adaxesCap},
	}
	for _, text := range f.adaxesRules {
		rule, err := adaxes.ParseRule(text)
		if err != nil {
			return simulator.Options{}, usagef("--adaxes-rule: %v", err)
		}
		o.Adaxes.Rules = append(o.Adaxes.Rules, rule)
	}
	for _, text := range f.faults {
		spec, err := fault.Parse(text)
		if err != nil {
			return simulator.Options{}, usagef("--fault: %v", err)
		}
		o.Faults = append(o.Faults, spec)
	}
	return o, f.ldap.set(&o)
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
	a, err := announce(server)
	if err != nil {
		return err
	}
	if f.json {
		err = json.NewEncoder(p.Out).Encode(a)
	} else {
		err = introduce(p.Out, a, f)
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
