package adaxes

import (
	"net"
	"net/url"
	"strings"

	"dirdesk/models"
)

// defaultPath is the virtual directory that Adaxes' own pages use; its
// administrator may choose another (official).
const defaultPath = "restApi"

// BaseURL makes the base of the API of "adaxes://HOST[:PORT][/VDIR]" or of an
// https address: "https://HOST:443/restApi". Plain http is refused, and so is
// whatever else an address may have in it. The error is models.ErrInvalid.
func BaseURL(text string) (string, error) {
	base, err := parseBase(text)
	if err != nil {
		return "", err
	}
	return base.String(), nil
}

func parseBase(text string) (*url.URL, error) {
	refuse := func(words, advice string) (*url.URL, error) {
		// The text itself is left out: a password may have been typed into it.
		return nil, &models.Error{Kind: models.InWords(words, models.ErrInvalid), Action: "connect to the named host", Advice: advice}
	}
	rest := strings.TrimSpace(text)
	if scheme, after, found := strings.Cut(rest, "://"); found {
		switch strings.ToLower(scheme) {
		case "https", "adaxes":
			rest = after
		case "http":
			return refuse("plain HTTP would send the password in clear text", "Use the HTTPS port of the web server that Adaxes' REST API runs on.")
		default:
			return refuse("only adaxes:// and https:// lead to Adaxes", "Name it as adaxes://HOST or adaxes://HOST/VDIR.")
		}
	}
	u, err := url.Parse("https://" + rest)
	if err != nil || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" {
		return refuse("not a host name, host:port or host/directory", "Name it as adaxes://HOST[:PORT][/VDIR], without an account.")
	}
	port := u.Port()
	if port == "" {
		port = "443"
	}
	path := strings.Trim(u.Path, "/")
	if path == "" {
		path = defaultPath
	}
	return &url.URL{Scheme: "https", Host: net.JoinHostPort(u.Hostname(), port), Path: "/" + path}, nil
}
