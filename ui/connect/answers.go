package connect

import (
	"cmp"
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"

	"dirdesk/models"
)

// kind is a kind of server that a person can choose.
type kind struct {
	scheme string // of the connection's URL
	name   string
	port   string // when none is typed
	hint   string // what an account looks like
}

// adaxes is the scheme of the service that takes access tokens, and that may lie
// in any directory of its web server.
const adaxes = "adaxes"

// kinds are the servers on offer, the first being the default.
func kinds() []kind {
	return []kind{
		{"synology", "Synology DSM", "5001", "a DSM account, as on DSM's own sign-in page"},
		{"ldaps", "Active Directory (LDAPS)", "636", `user@domain, DOMAIN\user, a logon name or a DN`},
		{"ldap", "Active Directory (LDAP + StartTLS)", "389", `user@domain, DOMAIN\user, a logon name or a DN`},
		{adaxes, "Adaxes", "443", `user@domain or DOMAIN\user; not needed with a token`},
	}
}

func kindOf(scheme string) kind {
	all := kinds()
	if i := slices.IndexFunc(all, func(k kind) bool { return k.scheme == scheme }); i >= 0 {
		return all[i]
	}
	return kind{scheme: scheme, name: scheme, hint: "the account to sign in with"}
}

// answers are what has been typed. They are plain texts because the form needs
// them so; the secret ones are wiped as soon as they are of no more use.
type answers struct {
	profile  models.Profile // of a known connection
	choice   string         // of the list of connections
	scheme   string
	host     string
	token    string // in the place of account and password
	account  string
	password string
	domain   string // of several
	saveAs   string
	code     string
	remember bool
	trust    bool
	keep     bool // the token, for the next time
}

func answersOf(in models.SignIn) answers {
	return answers{
		profile: in.Profile, scheme: kinds()[0].scheme, account: in.Profile.Account,
		password: in.Password.Reveal(), token: in.Token.Reveal(), domain: in.Profile.Domain, code: in.Code.Reveal(), remember: in.RememberDevice,
	}
}

// endpoint is where a URL leads to, for a person: its part after the scheme.
func endpoint(url string) string {
	if _, rest, found := strings.Cut(url, "://"); found {
		return rest
	}
	return url
}

// parseHost reads what was typed or pasted as a host: "nas", "nas:5001",
// "fe80::1", "[fe80::1]:636" or a whole URL, whose scheme it gives when it is
// one of ours. Of Adaxes, where it is chosen or named, the directory on the web
// server belongs to it.
func parseHost(text, chosen string) (scheme, host string, err error) {
	text = strings.TrimSpace(text)
	directory := ""
	if before, rest, found := strings.Cut(text, "://"); found {
		scheme = strings.ToLower(before)
		text, directory, _ = strings.Cut(rest, "/") // an address copied from a browser goes on
		if scheme == "https" && chosen == adaxes {
			scheme = adaxes
		}
		switch scheme {
		case "https":
			if _, _, err := net.SplitHostPort(text); err != nil && text != "" {
				text += ":443" // what the browser meant
			}
			scheme = "synology"
		case "synology", "ldaps", "ldap", adaxes:
		default:
			return "", "", fmt.Errorf("%s:// is no kind of connection here", scheme)
		}
	}
	of := cmp.Or(scheme, chosen)
	if of == adaxes && scheme == "" {
		text, directory, _ = strings.Cut(text, "/")
	}
	if of != adaxes {
		directory = ""
	}
	if directory, err = checkDirectory(directory); err != nil {
		return "", "", err
	}
	if host, err = parseAddress(text); err != nil {
		return "", "", err
	}
	return scheme, host + directory, nil
}

// checkDirectory accepts where a service lies on its web server; it comes back
// with a slash before it.
func checkDirectory(text string) (string, error) {
	text, _, _ = strings.Cut(text, "#")
	text = strings.Trim(text, "/")
	if text == "" {
		return "", nil
	}
	for _, r := range text {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("/._~-", r) {
			return "", errors.New("the directory after the host has letters, digits and . _ ~ - only")
		}
	}
	return "/" + text, nil
}

// parseAddress reads a host and perhaps a port.
func parseAddress(text string) (host string, err error) {
	if text == "" {
		return "", errors.New("enter a host name or an address")
	}
	name, port := text, ""
	switch {
	case strings.HasPrefix(text, "["):
		end := strings.IndexByte(text, ']')
		if end < 0 {
			return "", errors.New(`an address that starts with "[" ends with "]"`)
		}
		name, port = text[1:end], text[end+1:]
		if net.ParseIP(name) == nil {
			return "", errors.New("what stands between [ and ] must be an IPv6 address")
		}
	case strings.Count(text, ":") == 1:
		i := strings.IndexByte(text, ':')
		name, port = text[:i], text[i:]
	}
	if err := checkHostName(name); err != nil {
		return "", err
	}
	if port != "" {
		n, err := strconv.Atoi(strings.TrimPrefix(port, ":"))
		if err != nil || port[0] != ':' || n < 1 || n > 65535 {
			return "", errors.New("the port is a number between 1 and 65535")
		}
		return net.JoinHostPort(name, strconv.Itoa(n)), nil
	}
	if strings.Contains(name, ":") {
		name = "[" + name + "]"
	}
	return name, nil
}

// checkHostName accepts an IP address or a DNS name.
func checkHostName(name string) error {
	if name == "" {
		return errors.New("enter a host name or an address")
	}
	if net.ParseIP(name) != nil {
		return nil
	}
	if strings.Contains(name, ":") {
		return errors.New("this is no IPv6 address; write HOST or HOST:PORT")
	}
	if len(name) > 253 {
		return errors.New("a host name has at most 253 characters")
	}
	for label := range strings.SplitSeq(strings.TrimSuffix(name, "."), ".") {
		if label == "" || len(label) > 63 {
			return errors.New("the parts of a host name have 1 to 63 characters")
		}
	}
	for _, r := range name {
		switch {
		case r == '@':
			return errors.New("the account does not belong here; it has its own field")
		case r == '/':
			return errors.New("write only the host and the port, nothing after it")
		case r <= ' ' || strings.ContainsRune(`\"'<>#?%;,()[]{}|^`+"`", r):
			return fmt.Errorf("a host name has no %q", r)
		}
	}
	return nil
}

// signIn is one attempt with these answers, for the form that gave them.
func (m *Model) signIn() models.SignIn {
	in := m.given
	a := m.answers
	if m.asking == entering {
		scheme, host, err := parseHost(a.host, a.scheme)
		if err != nil || scheme == "" {
			scheme = a.scheme
		}
		in.Profile.Name = strings.TrimSpace(a.saveAs)
		in.Profile.URL = scheme + "://" + host
	} else {
		in.Profile = a.profile
		in.Profile.ReadOnly = in.Profile.ReadOnly || m.given.Profile.ReadOnly
		in.Profile.CAFile = cmp.Or(in.Profile.CAFile, m.given.Profile.CAFile)
	}
	in.Profile.Account = strings.TrimSpace(a.account)
	in.Password = models.NewSecret(a.password)
	in.Token = models.NewSecret(strings.TrimSpace(a.token))
	in.Profile.Domain = cmp.Or(a.domain, in.Profile.Domain)
	in.Code = models.NewSecret(strings.Join(strings.Fields(a.code), ""))
	in.RememberDevice = a.remember
	return in
}
