package cli

import (
	"cmp"
	"context"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"dirdesk/desk"
	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/ui/connect"
)

// The schemes that something beside the table names.
const (
	schemeSynology = "synology"
	schemeAdaxes   = "adaxes"
)

// scheme is a kind of connection: what the form shows of it, what a profile of
// its may hold, and how it is opened.
type scheme struct {
	connect.Scheme

	protocol string // for the help
	ldap     bool   // reaches the domain over LDAP, and may stand beside another
	alone    string // why no LDAP address stands beside it; "" when one may
	domains  bool   // its service manages several domains
	modifies bool   // takes the requests of dirdesk modify
	open     func(*connector, context.Context, dialing) (desk.Backend, error)
	// demo is the simulator's side of it; nil when it has none.
	demo func(*simulator.Server) (url, account string, password models.Secret)
}

// schemes are all kinds of connection, the default first. A new backend is one
// entry here, and the function that opens it.
func schemes() []scheme {
	ldapHint := `user@domain, DOMAIN\user, a logon name or a DN`
	return []scheme{
		{
			Scheme: connect.Scheme{
				Name: schemeSynology, Title: "Synology DSM", Port: "5001", Browser: "https",
				Hint: "a DSM account, as on DSM's own sign-in page",
			},
			protocol: "DSM's WebAPI, HTTPS", open: (*connector).openSynology,
			demo: func(s *simulator.Server) (string, string, models.Secret) { return s.URL(), s.Account(), s.Password() },
		},
		{
			Scheme:   connect.Scheme{Name: "ldaps", Title: "Active Directory (LDAPS)", Port: "636", Hint: ldapHint},
			protocol: "LDAP over TLS", ldap: true, alone: "ldaps:// reaches the directory itself", open: (*connector).openLDAP,
		},
		{
			Scheme:   connect.Scheme{Name: "ldap", Title: "Active Directory (LDAP + StartTLS)", Port: "389", Hint: ldapHint},
			protocol: "LDAP with StartTLS", ldap: true, alone: "ldap:// reaches the directory itself", open: (*connector).openLDAP,
			demo: func(s *simulator.Server) (string, string, models.Secret) {
				return s.LDAPURL(), s.LDAPName(), s.LDAPPassword(false)
			},
		},
		{
			Scheme: connect.Scheme{
				Name: schemeAdaxes, Title: "Adaxes", Port: "443", Browser: "https", Token: true,
				Hint:      `user@domain or DOMAIN\user; not needed with a token`,
				Directory: "/restApi", // where Adaxes' own documentation installs it
			},
			protocol: "Adaxes' REST API, HTTPS", domains: true, modifies: true, open: (*connector).openAdaxes,
			alone: "Adaxes does by itself what an LDAP address would be for",
			demo: func(s *simulator.Server) (string, string, models.Secret) {
				return s.AdaxesURL(), s.AdaxesUsername(), s.AdaxesPassword()
			},
		},
	}
}

// schemeOf gives the scheme of a name; one that cannot be opened when there is
// none.
func schemeOf(name string) scheme {
	all := schemes()
	if i := slices.IndexFunc(all, func(s scheme) bool { return s.Name == name }); i >= 0 {
		return all[i]
	}
	return scheme{Scheme: connect.Scheme{Name: name}}
}

// form is how its URL is written.
func (s scheme) form() string {
	if s.Directory != "" {
		return s.Name + "://HOST[:PORT][/DIRECTORY]"
	}
	return s.Name + "://HOST[:PORT]"
}

// urlForms tell how the URLs of all schemes are written.
func urlForms() string {
	var forms []string
	for _, s := range schemes() {
		forms = append(forms, s.form())
	}
	last := len(forms) - 1
	return "Write it as " + strings.Join(forms[:last], ", ") + "\nor " + forms[last]
}

// schemesHelp is a line of help for each scheme.
func schemesHelp() string {
	var help strings.Builder
	for _, s := range schemes() {
		form, where := s.form(), ""
		if s.Directory != "" {
			form, where = form+"\n"+strings.Repeat(" ", 26), ", "+s.Directory
		}
		_, _ = fmt.Fprintf(&help, "  %-24s %s, port %s%s\n", form, s.protocol, s.Port, where)
	}
	return help.String()
}

// schemesThat are those of which something holds, for a person.
func schemesThat(holds func(scheme) bool) string {
	var names []string
	for _, s := range schemes() {
		if holds(s) {
			names = append(names, s.Name+"://")
		}
	}
	return strings.Join(names, " and ")
}

// demoSchemes are those that the simulator serves.
func demoSchemes() []string {
	var names []string
	for _, s := range schemes() {
		if s.demo != nil {
			names = append(names, s.Name)
		}
	}
	return names
}

// connectionURL turns an address of the simulator, such as https://HOST:PORT,
// into the connection URL for it.
func connectionURL(scheme, address string) string {
	_, rest, _ := strings.Cut(address, "://")
	return scheme + "://" + rest
}

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
