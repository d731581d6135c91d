package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"dirdesk/internal/certificates"
)

// connectionFlags are those that every command takes. There is none for a
// password: command lines are read by every user of a machine and kept in
// histories.
type connectionFlags struct {
	connection    string
	account       string
	passwordFile  string
	passwordStdin bool
	tokenFile     string
	domain        string
	ca            string
	fingerprint   string
	readOnly      bool
	log           string
}

func (f *connectionFlags) register(command *cobra.Command) {
	flags := command.PersistentFlags()
	flags.StringVarP(&f.connection, "connection", "c", "", "connect to this `PROFILE|URL`")
	flags.StringVar(&f.account, "account", "", "sign in as `NAME`")
	flags.StringVar(&f.passwordFile, "password-file", "", "read the password from `FILE`, which nobody else may be able to read")
	flags.BoolVar(&f.passwordStdin, "password-stdin", false, "read the password from standard input, one line")
	flags.StringVar(&f.tokenFile, "token-file", "", "sign in to Adaxes with the access token in `FILE`, which nobody else may be able to read")
	flags.StringVar(&f.domain, "domain", "", "walk this `NAME` of the domains that Adaxes manages")
	flags.StringVar(&f.ca, "ca", "", "trust the authorities in `FILE` (PEM) too")
	flags.StringVar(&f.fingerprint, "fingerprint", "", "accept the certificate with this `sha256:HEX` and no other")
	flags.BoolVar(&f.readOnly, "read-only", false, "change nothing on this connection")
	flags.StringVar(&f.log, "log", "", "append a log in JSON to `FILE` (no secrets in it)")
}

// check refuses what contradicts itself before anything is opened.
func (f *connectionFlags) check() error {
	if f.passwordFile != "" && f.passwordStdin {
		return usagef("--password-file and --password-stdin: one of the two")
	}
	if f.tokenFile != "" && (f.passwordFile != "" || f.passwordStdin) {
		return usagef("an access token and a password: one of the two")
	}
	if f.fingerprint != "" {
		if _, err := certificates.ParseFingerprint(f.fingerprint); err != nil {
			return usagef("--fingerprint: %v", err)
		}
	}
	return nil
}

// demoFlags choose the embedded simulator in place of a connection.
type demoFlags struct {
	on      bool
	scheme  string // of the simulator's side that is signed in to
	company bool   // its directory over LDAPS is beside it
	objects int
	seed    int64
}

// String, Set and Type make the choice of a protocol a flag's value; --demo
// alone is all of the company.
func (d *demoFlags) String() string {
	if d.company {
		return demoCompany
	}
	return d.scheme
}

// Set reads the value of --demo.
func (d *demoFlags) Set(text string) error {
	switch {
	case text == "false":
		*d = demoFlags{objects: d.objects, seed: d.seed}
	case text == "true", text == demoCompany:
		d.on, d.scheme, d.company = true, schemeSynology, true
	case schemeOf(text).demo != nil:
		d.on, d.scheme, d.company = true, text, false
	default:
		names := append([]string{demoCompany}, demoSchemes()...)
		last := len(names) - 1
		return fmt.Errorf("want %s or %s", strings.Join(names[:last], ", "), names[last])
	}
	return nil
}

// Type stands for the value in the help.
func (d *demoFlags) Type() string { return "WAY" }

const (
	demoCompany = "company" // DSM with its directory over LDAPS
	demoObjects = 5000
	maxObjects  = 2_000_000 // some gigabytes of memory
)

func (d *demoFlags) register(command *cobra.Command) {
	flags := command.Flags()
	flags.Var(d, "demo", "use a sample company served by this very program: a Synology Directory Server with its directory over LDAPS; =synology, =ldap and =adaxes show one way alone")
	flags.Lookup("demo").NoOptDefVal = demoCompany
	flags.IntVar(&d.objects, "objects", demoObjects, "with --demo: `N` users in OU=Large")
	flags.Int64Var(&d.seed, "seed", 1, "with --demo: another `N` gives other people")
}

func (d *demoFlags) check(command *cobra.Command, f *connectionFlags, named string) error {
	switch {
	case !d.on && (command.Flags().Changed("objects") || command.Flags().Changed("seed")):
		return usagef("--objects and --seed belong to --demo")
	case d.on && (f.connection != "" || named != ""):
		return usagef("--demo and a connection: one of the two")
	case d.on && (f.account != "" || f.passwordFile != "" || f.passwordStdin || f.tokenFile != "" ||
		f.domain != "" || f.ca != "" || f.fingerprint != ""):
		return usagef("--demo signs in by itself: leave out --account, --password-*, --token-file, --domain, --ca and --fingerprint")
	case d.objects < 0 || d.objects > maxObjects:
		return usagef("--objects must lie between 0 and %d", maxObjects)
	}
	return nil
}

// verbFirst puts the flags that stand before the words of a verb behind them. cobra
// takes the word after a flag of the verb's for the flag's value.
func verbFirst(root *cobra.Command, args []string) []string {
	valued := valuedFlags(root)
	at, i := root, 0
	var words, flags []string
	for ; i < len(args); i++ {
		if strings.HasPrefix(args[i], "-") && args[i] != "-" && args[i] != "--" {
			flags = append(flags, args[i])
			always, sometimes := valued[args[i]]
			if i+1 < len(args) && (always || sometimes && verbOf(at, args[i+1]) == nil) {
				i++
				flags = append(flags, args[i])
			}
			continue
		}
		verb := verbOf(at, args[i])
		if verb == nil {
			break
		}
		at, words = verb, append(words, args[i])
	}
	if at == root {
		return args
	}
	return slices.Concat(words, flags, args[i:])
}

// verbOf is the command below another one that a word names; nil for none.
func verbOf(at *cobra.Command, word string) *cobra.Command {
	for _, c := range at.Commands() {
		if c.Name() == word || c.HasAlias(word) {
			return c
		}
	}
	return nil
}

// valuedFlags are the flags, as they are written, whose value is the next word: true
// where it is in every command that has the flag, false in some.
func valuedFlags(root *cobra.Command) map[string]bool {
	valued, bare := map[string]bool{}, map[string]bool{}
	note := func(name string, takes bool) {
		bare[name] = bare[name] || !takes
		if _, sometimes := valued[name]; takes || sometimes {
			valued[name] = !bare[name]
		}
	}
	var of func(*cobra.Command)
	of = func(c *cobra.Command) {
		for _, set := range []*pflag.FlagSet{c.PersistentFlags(), c.LocalNonPersistentFlags()} {
			set.VisitAll(func(f *pflag.Flag) {
				note("--"+f.Name, f.NoOptDefVal == "")
				if f.Shorthand != "" {
					note("-"+f.Shorthand, f.NoOptDefVal == "")
				}
			})
		}
		for _, below := range c.Commands() {
			of(below)
		}
	}
	of(root)
	return valued
}

// usageArgs makes the complaints of a cobra argument check usage errors.
func usageArgs(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(command *cobra.Command, args []string) error {
		if err := check(command, args); err != nil {
			return usagef("%v\nSee %s --help", err, command.CommandPath())
		}
		return nil
	}
}
