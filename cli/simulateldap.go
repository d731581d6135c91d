package cli

import (
	"net"
	"strconv"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"dirdesk/simulator"
	"dirdesk/simulator/ldap"
)

// simulateLDAPFlags say how the directory is served over LDAP.
type simulateLDAPFlags struct {
	listen       string
	windows      bool
	traits       []string
	controllers  int
	readOnly     bool
	replication  time.Duration
	noRecycleBin bool
}

const mostControllers = 20

func (f *simulateLDAPFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.listen, "listen-ldap", "127.0.0.1:0", "serve LDAP at `HOST:PORT`, with TLS at once or by StartTLS")
	flags.BoolVar(&f.windows, "windows", false, "over LDAP, behave as Microsoft's domain controllers where Samba's do not")
	flags.StringArrayVar(&f.traits, "ldap-trait", nil, "over LDAP, single `TRAIT=VALUE[,...]` of Microsoft's: page, range, cookies, idle, referral, words, cleartext")
	flags.IntVar(&f.controllers, "dcs", 1, "serve `N` domain controllers over LDAP, at 127.0.0.1, 127.0.0.2, ...; the first is the PDC emulator")
	flags.BoolVar(&f.readOnly, "rodc", false, "the last domain controller is a read-only one")
	flags.DurationVar(&f.replication, "replication", 0, "other domain controllers hear of a change after `DURATION`")
	flags.BoolVar(&f.noRecycleBin, "no-recycle-bin", false, "keep no more than the names of what is deleted")
}

// names are the flags that need the sample company.
func (f *simulateLDAPFlags) names() []string {
	return []string{"listen-ldap", "windows", "ldap-trait", "dcs", "rodc", "replication", "no-recycle-bin"}
}

// set checks the flags and puts them into the simulator's options.
func (f *simulateLDAPFlags) set(o *simulator.Options) error {
	listen, err := listenAddress("--listen-ldap", f.listen)
	switch {
	case err != nil:
		return err
	case f.controllers < 1 || f.controllers > mostControllers:
		return usagef("--dcs must lie between 1 and %d", mostControllers)
	case f.readOnly && f.controllers < 2:
		return usagef("--rodc needs --dcs 2 or more: the first domain controller takes the changes")
	case f.replication < 0:
		return usagef("--replication cannot be negative")
	}
	l := &simulator.LDAPOptions{Listen: listen}
	if f.windows {
		l.Traits = ldap.Windows()
	}
	for _, trait := range f.traits {
		if err := l.Traits.Set(trait); err != nil {
			return usagef("--ldap-trait: %v", err)
		}
	}
	o.LDAP, o.Controllers, o.ReadOnlyController = l, f.controllers, f.readOnly
	o.Replication, o.NoRecycleBin = f.replication, f.noRecycleBin
	return nil
}

// refuse says that a flag does nothing with an upstream.
func (f *simulateLDAPFlags) refuse(command *cobra.Command) error {
	for _, name := range f.names() {
		if command.Flags().Changed(name) {
			return usagef("--%s is for the sample company: with --upstream there is no LDAP side", name)
		}
	}
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
