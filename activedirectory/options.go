package activedirectory

import (
	"crypto/tls"
	"log/slog"
	"net"
	"net/url"
	"strings"
	"time"

	"dirdesk/models"
)

// Defaults of Options.
const (
	DefaultTimeout      = 10 * time.Second
	DefaultStallTimeout = 60 * time.Second
)

// Options say what to connect to and as whom.
type Options struct {
	// URL is ldaps://HOST[:PORT] (port 636) or ldap://HOST[:PORT] (port 389,
	// StartTLS).
	URL string
	// TLS is used as it is, for both; its ServerName is set to the URL's host
	// when empty. Nil means the system's roots. A configuration that skips
	// verification without a VerifyConnection or VerifyPeerCertificate of its own
	// is refused.
	TLS *tls.Config
	// TLSWords tells, after a handshake, by which rule of TLS the certificate was
	// accepted, for About; nil: what the connection shows by itself.
	TLSWords func() string
	// Account is a DN, a user principal name, DOMAIN\user, or a bare logon name.
	Account  string
	Password models.Secret
	// Logger gets what is worth knowing and no secret; nil: nothing is logged.
	Logger *slog.Logger
	// Timeout bounds connecting, TLS and signing in together; 0: DefaultTimeout.
	Timeout time.Duration
	// StallTimeout is how long a search may stay silent; 0: DefaultStallTimeout.
	// The first of 100,000 children took Samba 9 s.
	StallTimeout time.Duration
}

// address is where to connect and how.
type address struct {
	url      string // as given
	host     string // without the port
	hostPort string
	startTLS bool
}

// parseAddress reads the URL. Anything in it besides scheme, host and port is
// refused, as it would be ignored: a password in it above all.
func parseAddress(text string) (address, error) {
	invalid := func(advice string) (address, error) {
		return address{}, &models.Error{Kind: models.ErrInvalid, Action: "read the address", Advice: advice}
	}
	u, err := url.Parse(text)
	if err != nil {
		return invalid("Write it as ldaps://HOST or ldap://HOST.") // the text may hold a password: it is not repeated
	}
	port := ""
	switch u.Scheme {
	case "ldaps":
		port = "636"
	case "ldap":
		port = "389"
	default:
		return invalid("Begin it with ldaps:// or ldap://.")
	}
	if u.User != nil || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		return invalid("Give the host and the port only; the account is asked for apart.")
	}
	if u.Hostname() == "" {
		return invalid("Name the host of a domain controller after " + u.Scheme + "://.")
	}
	if u.Port() != "" {
		port = u.Port()
	}
	return address{
		url: text, host: u.Hostname(), hostPort: net.JoinHostPort(u.Hostname(), port),
		startTLS: u.Scheme == "ldap",
	}, nil
}
