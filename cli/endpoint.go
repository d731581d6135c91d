package cli

import (
	"net"
	"net/url"
	"strconv"
	"strings"
)

// endpoint is a connection URL taken apart.
type endpoint struct {
	scheme string // "synology", "ldaps", "ldap" or "adaxes"
	host   string // host:port, lower case
	path   string // of adaxes, where the service lies on its web server: "/restApi"
}

// String is the URL in its full form.
func (e endpoint) String() string { return e.scheme + "://" + e.host + e.path }

const urlForms = "Write it as synology://HOST[:PORT], ldaps://HOST[:PORT], ldap://HOST[:PORT]\n" +
	"or adaxes://HOST[:PORT][/DIRECTORY]"

// adaxesPath is where Adaxes' own documentation installs the service.
const adaxesPath = "/restApi"

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
	ports := map[string]string{"synology": "5001", "ldaps": "636", "ldap": "389", "adaxes": "443"}
	scheme := strings.ToLower(u.Scheme)
	port, known := ports[scheme]
	switch {
	case !known:
		return endpoint{}, usagef("%q is no kind of connection\n%s", scheme, urlForms)
	case u.Hostname() == "":
		return endpoint{}, usagef("the connection URL names no host\n%s", urlForms)
	case scheme != "adaxes" && strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "":
		return endpoint{}, usagef("the connection URL holds more than a host and a port\n%s", urlForms)
	}
	if u.Port() != "" {
		port = u.Port()
	}
	if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 {
		return endpoint{}, usagef("the port in the connection URL must lie between 1 and 65535")
	}
	at := endpoint{scheme: scheme, host: net.JoinHostPort(strings.ToLower(u.Hostname()), port)}
	if scheme != "adaxes" {
		return at, nil
	}
	at.path, err = servicePath(u.EscapedPath())
	return at, err
}

// servicePath reads where on its web server an Adaxes service lies. It becomes
// part of every address that is asked, so that it may hold plain names only.
func servicePath(text string) (string, error) {
	text = strings.Trim(text, "/")
	if text == "" {
		return adaxesPath, nil
	}
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("._~-", r)
	}
	for part := range strings.SplitSeq(text, "/") {
		if part == "" || strings.Trim(part, ".") == "" || strings.ContainsFunc(part, func(r rune) bool { return !plain(r) }) {
			return "", usagef("the directory in the connection URL may hold letters, digits and . _ ~ - only\n" +
				"Write it as adaxes://HOST[:PORT][/DIRECTORY]; without one it is " + adaxesPath)
		}
	}
	return "/" + text, nil
}
