package cli

import (
	"cmp"
	"net"
	"net/url"
	"strconv"
	"strings"

	"dirdesk/ui/connect"
)

// endpoint is a connection URL taken apart.
type endpoint struct {
	scheme string // one of schemes()
	host   string // host:port, lower case
	path   string // where the service lies on its web server, "" where a URL does not say
}

// String is the URL in its full form.
func (e endpoint) String() string { return e.scheme + "://" + e.host + e.path }

// kind is the scheme of the URL.
func (e endpoint) kind() scheme { return schemeOf(e.scheme) }

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
		return endpoint{}, usagef("the connection URL is not understood\n%s", urlForms())
	}
	kind := schemeOf(strings.ToLower(u.Scheme))
	switch {
	case kind.open == nil:
		return endpoint{}, usagef("%q is no kind of connection\n%s", kind.Name, urlForms())
	case u.Hostname() == "":
		return endpoint{}, usagef("the connection URL names no host\n%s", urlForms())
	case kind.Directory == "" && strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "":
		return endpoint{}, usagef("the connection URL holds more than a host and a port\n%s", urlForms())
	}
	port := cmp.Or(u.Port(), kind.Port)
	if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 {
		return endpoint{}, usagef("the port in the connection URL must lie between 1 and 65535")
	}
	at := endpoint{scheme: kind.Name, host: net.JoinHostPort(strings.ToLower(u.Hostname()), port)}
	if kind.Directory == "" {
		return at, nil
	}
	if at.path, err = connect.CheckDirectory(u.EscapedPath()); err != nil {
		return endpoint{}, usagef("%v\nWrite it as %s; without one it is %s", err, kind.form(), kind.Directory)
	}
	at.path = cmp.Or(at.path, kind.Directory)
	return at, nil
}
