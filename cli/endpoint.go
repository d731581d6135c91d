package cli

import (
	"net"
	"net/url"
	"strconv"
	"strings"
)

// endpoint is a connection URL taken apart.
type endpoint struct {
	scheme string // "synology", "ldaps" or "ldap"
	host   string // host:port, lower case
}

// String is the URL in its full form.
func (e endpoint) String() string { return e.scheme + "://" + e.host }

const urlForms = "Write it as synology://HOST[:PORT], ldaps://HOST[:PORT] or ldap://HOST[:PORT]"

// isURL tells a URL from the name of a profile.
func isURL(text string) bool { return strings.Contains(text, "://") }

// parseURL reads a connection URL. Its errors never repeat the text: it may hold
// a password by mistake.
func parseURL(text string) (endpoint, error) {
	if strings.Contains(text, "@") {
		return endpoint{}, usagef("a connection URL holds no account and no password\n" +
			"Give the account with --account, the password with --password-file or --password-stdin, or type it when asked.\n" +
			"A password that stood on a command line has been seen by others: change it.")
	}
	u, err := url.Parse(text)
	if err != nil {
		return endpoint{}, usagef("the connection URL is not understood\n%s", urlForms)
	}
	ports := map[string]string{"synology": "5001", "ldaps": "636", "ldap": "389"}
	scheme := strings.ToLower(u.Scheme)
	port, known := ports[scheme]
	switch {
	case scheme == "adaxes":
		return endpoint{}, usagef("adaxes:// is not possible yet: this version speaks synology://, ldaps:// and ldap://")
	case !known:
		return endpoint{}, usagef("%q is no kind of connection\n%s", scheme, urlForms)
	case u.Hostname() == "":
		return endpoint{}, usagef("the connection URL names no host\n%s", urlForms)
	case strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "":
		return endpoint{}, usagef("the connection URL holds more than a host and a port\n%s", urlForms)
	}
	if u.Port() != "" {
		port = u.Port()
	}
	if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 {
		return endpoint{}, usagef("the port in the connection URL must lie between 1 and 65535")
	}
	return endpoint{scheme: scheme, host: net.JoinHostPort(strings.ToLower(u.Hostname()), port)}, nil
}
