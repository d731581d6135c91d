package connect

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"

	"dirdesk/desk"
	"dirdesk/models"
)

// Scheme is a kind of connection that a person can choose. The command line has
// the table of them; the screen knows none by its name.
type Scheme struct {
	Name  string // of the connection's URL
	Title string // in the list of kinds
	Port  string // when none is typed
	Hint  string // what an account looks like
	Token bool   // an access token may take the place of account and password
	// Directory is where the service lies on its web server when nothing is
	// typed; "" when the URL holds a host and a port only.
	Directory string
	// Browser is the scheme of its address in a browser, "" when it has none.
	Browser string
}

// browserPort is what a browser means when it shows no port.
const browserPort = "443"

// Schemes are the kinds of connection on offer, the first being the default.
type Schemes []Scheme

// find gives the scheme of a name. A profile may name one that there is not.
func (all Schemes) find(name string) Scheme {
	if i := slices.IndexFunc(all, func(s Scheme) bool { return s.Name == name }); i >= 0 {
		return all[i]
	}
	return Scheme{Name: name, Title: name, Hint: "the account to sign in with"}
}

// named gives the scheme that a URL means. What a browser shows is one of the
// chosen kind where that has such addresses, else of the first that has.
func (all Schemes) named(name string, chosen Scheme) (Scheme, error) {
	for _, s := range append(Schemes{chosen}, all...) {
		if name != "" && s.Browser == name {
			return s, nil
		}
	}
	if i := slices.IndexFunc(all, func(s Scheme) bool { return s.Name == name }); i >= 0 {
		return all[i], nil
	}
	return Scheme{}, fmt.Errorf("%s:// is no kind of connection here", name)
}

// parseHost reads what was typed or pasted as a host: "nas", "nas:5001",
// "fe80::1", "[fe80::1]:636" or a whole URL, whose scheme it gives when it is
// one of ours. Where the service lies on its web server belongs to the host.
func (all Schemes) parseHost(text, chosen string) (scheme, host string, err error) {
	text = strings.TrimSpace(text)
	of, directory := all.find(chosen), ""
	if before, rest, found := strings.Cut(text, "://"); found {
		text, directory, _ = strings.Cut(rest, "/") // an address copied from a browser goes on
		before = strings.ToLower(before)
		if of, err = all.named(before, of); err != nil {
			return "", "", err
		}
		scheme = of.Name
		if _, _, err := net.SplitHostPort(text); err != nil && text != "" && before == of.Browser && of.Port != browserPort {
			text += ":" + browserPort
		}
	} else if of.Directory != "" {
		text, directory, _ = strings.Cut(text, "/")
	}
	if of.Directory != "" {
		directory, _, _ = strings.Cut(directory, "#")
		if directory, err = CheckDirectory(directory); err != nil {
			return "", "", err
		}
	} else {
		directory = ""
	}
	if host, err = parseAddress(text); err != nil {
		return "", "", err
	}
	return scheme, host + directory, nil
}

// CheckDirectory accepts where a service lies on its web server; it comes back
// with a slash before it, "" when nothing is named. It becomes part of every
// address that is asked, so that it may hold plain names only.
func CheckDirectory(text string) (string, error) {
	text = strings.Trim(text, "/")
	if text == "" {
		return "", nil
	}
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("._~-", r)
	}
	for part := range strings.SplitSeq(text, "/") {
		if strings.Trim(part, ".") == "" || strings.ContainsFunc(part, func(r rune) bool { return !plain(r) }) {
			return "", errors.New("the directory after the host may hold letters, digits and . _ ~ - only")
		}
	}
	return "/" + text, nil
}

// parseAddress reads a host and perhaps a port.
func parseAddress(text string) (host string, err error) {
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
	switch {
	case strings.Contains(name, ":"):
		return errors.New("this is no IPv6 address; write HOST or HOST:PORT")
	case len(name) > 253:
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

// Connector opens connections for the screen, which knows no protocol. The
// command line implements it.
type Connector interface {
	// Schemes are the kinds of connection that Open knows; there is one at least.
	Schemes() Schemes
	// Profiles are the saved connections, in the order of the file.
	Profiles() []models.Profile
	// Open signs in. The context bounds the opening only, not the life of what
	// was opened. Errors a person can answer: *models.CertificateError (look
	// at the certificate), models.ErrCodeRequired and ErrCodeRejected (enter a
	// one-time code), models.ErrCredentials (type the password again).
	Open(ctx context.Context, in models.SignIn) (desk.Backend, error)
	// Trust remembers a certificate for its host from now on.
	Trust(certificate *models.CertificateError) error
	// Save keeps a profile, without any secret, under its name.
	Save(profile models.Profile) error
}

// A DomainChoice is an error of Open because the service manages several domains
// and none was named: the person chooses one of them.
type DomainChoice interface {
	error
	// Domains are their DNS names.
	Domains() []string
}

// A TokenKeeper is a Connector that can keep an access token where this
// computer keeps secrets, so that it need not be given the next time.
type TokenKeeper interface {
	// KeepToken keeps the token that a connection was just opened with. Profile
	// is that connection's; its name is empty when it is not saved. Open finds
	// the token again for a profile of that name, or of that address, without one.
	KeepToken(ctx context.Context, profile models.Profile, token models.Secret) error
}
