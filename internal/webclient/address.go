package webclient

import (
	"net"
	"net/url"
	"strings"

	"dirdesk/models"
)

// Address is how the server of an API is named: "SCHEME://HOST[:PORT][/PATH]", the
// same with https, or without a scheme.
type Address struct {
	Scheme string // "synology"
	Port   string // when none is named
	Form   string // for advice: "HOST[:PORT]"
}

// Parse gives the https address of a text; its path is as it was written. Plain http
// is refused, and so is whatever else an address may have in it. The error is
// models.ErrInvalid.
func (a Address) Parse(text string) (*url.URL, error) {
	refuse := func(words, advice string) (*url.URL, error) {
		// The text itself is left out: a password may have been typed into it.
		return nil, models.Tried(Fault(models.ErrInvalid, words, advice), "connect to the named host", "")
	}
	rest := strings.TrimSpace(text)
	if scheme, after, found := strings.Cut(rest, "://"); found {
		switch strings.ToLower(scheme) {
		case "https", a.Scheme:
			rest = after
		case "http":
			return refuse("plain HTTP would send the password in clear text", "Use the HTTPS port, usually "+a.Port+".")
		default:
			return refuse("only "+a.Scheme+":// and https:// lead there", "Name it as "+a.Scheme+"://"+a.Form+".")
		}
	}
	u, err := url.Parse("https://" + rest)
	if err != nil || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" {
		return refuse("not an address of the form "+a.Form, "Name it as "+a.Scheme+"://"+a.Form+", without an account.")
	}
	port := u.Port()
	if port == "" {
		port = a.Port
	}
	return &url.URL{Scheme: "https", Host: net.JoinHostPort(u.Hostname(), port), Path: u.Path}, nil
}
