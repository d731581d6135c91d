package cli

import (
	"fmt"
	"net"
	"strings"

	"github.com/spf13/cobra"

	"dirdesk/internal/certificates"
	"dirdesk/internal/config"
	"dirdesk/models"
)

// newTrustCommand is about the certificates that a person chose to trust.
func newTrustCommand(p *access) *cobra.Command {
	store := func() *certificates.Store {
		return certificates.OpenStore(config.FindPaths(p.Getenv).KnownCertificates)
	}
	list := &cobra.Command{
		Use:   "list",
		Short: "List the certificates that were trusted by hand",
		Long: `List the certificates that were trusted by hand, by host: those that no authority
vouches for. Each is taken for its host and for no other.`,
		Args: usageArgs(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			known, err := store().List()
			if err != nil {
				return err
			}
			var lines []string
			for _, k := range known {
				lines = append(lines, k.Host+"  "+k.Fingerprint+"  trusted "+k.Trusted.UTC().Format("2006-01-02 15:04 UTC"))
			}
			return printKept(p, lines, "no certificate was trusted by hand")
		},
	}
	forget := &cobra.Command{
		Use:   "forget HOST[:PORT]",
		Short: "Forget the certificate that was trusted for a host",
		Long: `Forget the certificate that was trusted for a host, with all its ports where none
is named. The next connection shows the certificate that the server has then.
Do it only when whoever runs the server says that it has a new one.`,
		Example: "  dirdesk trust forget nas.example.com:5001",
		Args:    usageArgs(cobra.ExactArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			forgotten, err := store().Forget(func(host string) bool { return isHost(host, args[0]) })
			return printForgotten(p, "trust", "certificate", args[0], forgotten, err)
		},
	}
	return newFamily("trust", "List the certificates that were trusted by hand, or forget one", list, forget)
}

// newDeviceCommand is about the devices for which DSM asks for no one-time code.
func newDeviceCommand(p *access) *cobra.Command {
	tokens := func() *config.Tokens { return config.OpenTokens(config.FindPaths(p.Getenv).DeviceTokens) }
	list := &cobra.Command{
		Use:   "list",
		Short: "List the accounts for which this computer skips the one-time code",
		Long: `List the accounts for which this computer skips the one-time code, because its
device was remembered. The tokens themselves are not shown.`,
		Args: usageArgs(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			known, err := tokens().List()
			if err != nil {
				return err
			}
			var lines []string
			for _, k := range known {
				lines = append(lines, k.Host+"  "+k.Account+"  as "+k.Device)
			}
			return printKept(p, lines, "no device is remembered")
		},
	}
	forget := &cobra.Command{
		Use:   "forget HOST[:PORT] [ACCOUNT]",
		Short: "Ask for a one-time code again",
		Long: `Forget the remembered device of an account, of all accounts where none is named:
the next sign-in needs a one-time code. The token goes on being good on the
server: take this computer off the account's trusted devices in DSM as well.`,
		Example: "  dirdesk device forget nas.example.com:5001 admin",
		Args:    usageArgs(cobra.RangeArgs(1, 2)),
		RunE: func(_ *cobra.Command, args []string) error {
			forgotten, err := tokens().ForgetAll(func(host, account string) bool {
				return isHost(host, args[0]) && (len(args) == 1 || strings.EqualFold(account, args[1]))
			})
			return printForgotten(p, "device", "device", strings.Join(args, " "), forgotten, err)
		},
	}
	return newFamily("device", "List the remembered devices of DSM, or forget one", list, forget)
}

// isHost reports whether a person names a host:port: with its port, or without.
func isHost(known, named string) bool {
	host, _, err := net.SplitHostPort(known)
	return strings.EqualFold(known, named) || err == nil && strings.EqualFold(host, strings.Trim(named, "[]"))
}

// printKept prints what is kept, one a line, or that there is nothing.
func printKept(p *access, all []string, nothing string) error {
	if len(all) == 0 {
		all = []string{nothing}
	}
	for _, line := range all {
		if _, err := fmt.Fprintln(p.Out, p.safe(line)); err != nil {
			return err
		}
	}
	return nil
}

// printForgotten tells what was forgotten; that there was nothing is an error.
func printForgotten(p *access, family, what, named string, forgotten []string, err error) error {
	if err == nil && len(forgotten) == 0 {
		err = &models.Error{
			Kind: models.ErrNotFound, Action: "forget the " + what + " of", Object: named,
			Advice: "dirdesk " + family + " list shows what is kept.",
		}
	}
	if err != nil {
		return err
	}
	for i, each := range forgotten {
		forgotten[i] = "forgotten: the " + what + " of " + each
	}
	return printKept(p, forgotten, "")
}
