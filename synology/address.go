package synology

import (
	"net"
	"net/url"
	"strings"

	"dirdesk/models"
)

// defaultPort is DSM's own for HTTPS; an administrator may change it (docs/dsm.md
// section 1; official guide).
const defaultPort = "5001"

// address makes host:port of what a person named. The only scheme it takes is
// one that means HTTPS.
func address(text string) (string, error) {
	refuse := func(words, advice string) (string, error) {
		return "", &models.Error{
			Kind: reason{words, models.ErrInvalid}, Action: "connect to", Object: text, Advice: advice,
		}
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
		return "", &models.Error{
			Kind: reason{"not a host name or host:port", models.ErrInvalid}, Action: "connect to the named host",
			Advice: "Name the host, or host:port, without an account or a path.",
		}
	}
	port := u.Port()
	if port == "" {
		port = defaultPort
	}
	return net.JoinHostPort(u.Hostname(), port), nil
}
