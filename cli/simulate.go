package cli

import (
	"cmp"
	"encoding/json"
	"errors"
	"net"
	"os"
	"strconv"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"dirdesk/internal/upstream"
	"dirdesk/simulator"
	"dirdesk/simulator/adaxes"
	"dirdesk/simulator/fault"
	"dirdesk/simulator/ldap"
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

// simulateFlags say what dirdesk simulate serves and how it misbehaves.
type simulateFlags struct {
	simulator.Options
	ldap       simulator.LDAPOptions
	windows    bool
	traits     []string
	faults     []string
	rules      []string
	requestLog string
	json       bool
	upstream   upstreamFlags
}

const mostControllers = 20

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
	flags.StringVar(&f.Listen, "listen", "127.0.0.1:0", "serve at `HOST:PORT`; port 0 is any free one, no host the loopback address")
	flags.IntVar(&f.Objects, "objects", demoObjects, "`N` users in OU=Large beside the sample company")
	flags.Int64Var(&f.Seed, "seed", 1, "another `N` gives other people")
	flags.BoolVar(&f.Strict, "strict", false, "refuse values that are not JSON where DSM asks for JSON")
	flags.BoolVar(&f.NoSubtree, "no-subtree", false, "over DSM, list one level of the tree at a time only")
	flags.DurationVar(&f.Latency, "latency", 0, "wait for `DURATION` before each request")
	flags.DurationVar(&f.DomainUpdate, "domain-update", 2*time.Second, "a sync to DSM takes `DURATION`")
	flags.StringArrayVar(&f.faults, "fault", nil, "misbehave: `KIND[=VALUE]@API.METHOD[#N]`, may be given again")
	flags.BoolVar(&f.OTP, "otp", false, "ask for a one-time code at sign-in, and print its secret")
	flags.StringVar(&f.requestLog, "request-log", "", "append each call to `FILE`, unmasked, as JSON Lines")
	flags.BoolVar(&f.json, "json", false, "say where it listens as one line of JSON")
	flags.BoolVar(&f.Examples, "examples", false, "serve the domain example.com with the objects of the examples in Adaxes' documents")
	flags.StringArrayVar(&f.rules, "adaxes-rule", nil, "over Adaxes: `KIND[=VALUE]@TERM[+TERM]`, may be given again")
	flags.IntVar(&f.Adaxes.SearchCap, "adaxes-search-cap", 0, "over Adaxes, a search gives `N` objects at most, as old servers do with 1000; 0 is no limit")
	flags.StringVar(&f.ldap.Listen, "listen-ldap", "127.0.0.1:0", "serve LDAP at `HOST:PORT`, with TLS at once or by StartTLS")
	flags.BoolVar(&f.windows, "windows", false, "over LDAP, behave as Microsoft's domain controllers where Samba's do not")
	flags.StringArrayVar(&f.traits, "ldap-trait", nil, "over LDAP, single `TRAIT=VALUE[,...]` of Microsoft's: page, range, cookies, idle, referral, words, cleartext")
	flags.IntVar(&f.Controllers, "dcs", 1, "serve `N` domain controllers over LDAP, at 127.0.0.1, 127.0.0.2, ...; the first is the PDC emulator")
	flags.BoolVar(&f.ReadOnlyController, "rodc", false, "the last domain controller is a read-only one")
	flags.DurationVar(&f.Replication, "replication", 0, "other domain controllers hear of a change after `DURATION`")
	flags.BoolVar(&f.NoRecycleBin, "no-recycle-bin", false, "keep no more than the names of what is deleted")
	f.upstream.register(flags)
	return command
}

// finish checks the flags and completes the simulator's options with them.
func (f *simulateFlags) finish() (err error) {
	if f.Listen, err = listenAddress("--listen", f.Listen); err != nil {
		return err
	}
	if f.ldap.Listen, err = listenAddress("--listen-ldap", f.ldap.Listen); err != nil {
		return err
	}
	switch {
	case f.Objects < 0 || f.Objects > maxObjects:
		return usagef("--objects must lie between 0 and %d", maxObjects)
	case f.Latency < 0:
		return usagef("--latency cannot be negative")
	case f.DomainUpdate <= 0:
		return usagef("--domain-update must be longer than nothing")
	case f.Adaxes.SearchCap < 0:
		return usagef("--adaxes-search-cap cannot be negative")
	case f.Controllers < 1 || f.Controllers > mostControllers:
		return usagef("--dcs must lie between 1 and %d", mostControllers)
	case f.ReadOnlyController && f.Controllers < 2:
		return usagef("--rodc needs --dcs 2 or more: the first domain controller takes the changes")
	case f.Replication < 0:
		return usagef("--replication cannot be negative")
	}
	for _, text := range f.rules {
		rule, err := adaxes.ParseRule(text)
		if err != nil {
			return usagef("--adaxes-rule: %v", err)
		}
		f.Adaxes.Rules = append(f.Adaxes.Rules, rule)
	}
	for _, text := range f.faults {
		spec, err := fault.Parse(text)
		if err != nil {
			return usagef("--fault: %v", err)
		}
		f.Faults = append(f.Faults, spec)
	}
	if f.windows {
		f.ldap.Traits = ldap.Windows()
	}
	for _, trait := range f.traits {
		if err := f.ldap.Traits.Set(trait); err != nil {
			return usagef("--ldap-trait: %v", err)
		}
	}
	f.LDAP = &f.ldap
	return nil
}

// listenAddress reads the address of a flag. Without a host it is the loopback
// address: to be reached from elsewhere takes an explicit one.
func listenAddress(flag, text string) (string, error) {
	host, port, err := net.SplitHostPort(text)
	if err != nil {
		return "", usagef("%s %s: want HOST:PORT", flag, text)
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil {
		return "", usagef("%s %s: %q is no port between 0 and 65535", flag, text, port)
	} else if host == "" {
		return net.JoinHostPort("127.0.0.1", strconv.FormatUint(n, 10)), nil
	}
	return text, nil
}

// simulate serves until the command's context ends, which is a stop as wanted.
func (p *program) simulate(command *cobra.Command, f *simulateFlags) (err error) {
	if err := refuseConnectionFlags(command); err != nil {
		return err
	}
	if err := cmp.Or(f.finish(), f.upstream.check(command)); err != nil {
		return err
	}
	backend, err := p.openUpstream(command.Context(), &f.upstream)
	if err != nil {
		return err
	}
	if backend != nil {
		f.Upstream = upstream.New(backend)
		defer func() { err = errors.Join(err, signOut(command.Context(), backend)) }()
	}
	if f.requestLog != "" {
		// It shows passwords that came in URLs: for nobody else to read.
		var file *os.File
		if file, err = os.OpenFile(f.requestLog, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600); err != nil {
			return usagef("--request-log: %v", err)
		}
		defer func() { err = errors.Join(err, file.Close()) }()
		f.RequestLog = file
	}
	server, err := simulator.Start(f.Options)
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
