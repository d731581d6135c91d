package synology

import (
	"net"
	"net/url"
	"strings"

	"dirdesk/internal/webclient"
)

// defaultPort is DSM's own for HTTPS; an administrator may change it (docs/dsm.md
// section 1; official guide).
const defaultPort = "5001"

// address makes host:port of what a person named. The only scheme it takes is
// one that means HTTPS.
func address(text string) (string, error) {
	refuse := func(words, advice string) (string, error) {
		// The text itself is left out: a password may have been typed into it.
		return "", webclient.About(invalid(words, advice), "connect to the named host", "")
	}
	rest := strings.TrimSpace(text)
	if scheme, after, found := strings.Cut(rest, "://"); found {
		switch strings.ToLower(scheme) {
		case "https", "synology":
			rest = after
		case "http":
			return refuse("plain HTTP would send the password in clear text",
				"Use DSM's HTTPS port, usually 5001.")
		default:
			return refuse("only https:// leads to a DSM", "Name the host, or host:port.")
		}
	}
	rest = strings.TrimSuffix(rest, "/")
	u, err := url.Parse("https://" + rest)
	if err != nil || u.Hostname() == "" || u.User != nil || u.Path != "" || u.RawQuery != "" || u.Fragment != "" {
		return refuse("not a host name or host:port", "Name the host, or host:port, without an account or a path.")
	}
	port := u.Port()
	if port == "" {
		port = defaultPort
	}
	return net.JoinHostPort(u.Hostname(), port), nil
}
