package adaxes

import (
	"cmp"
	"context"
	"crypto/tls"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"dirdesk/internal/webclient"
	"dirdesk/models"
)

// Options say where to sign in, as whom, and how.
type Options struct {
	// URL is "adaxes://HOST[:PORT][/VDIR]", or the same with https.
	URL string
	// Shown is how the person named the connection, for About; URL when empty.
	Shown string
	// TLS decides which certificates are good; nil means the system's roots. A
	// configuration that verifies nothing is refused.
	TLS *tls.Config
	// TLSWords tells, after a handshake, by which rule of TLS the certificate was
	// accepted, for About; nil: what the connection shows by itself.
	TLSWords func() string
	// Token is an access token, made by an administrator. It wins over Account
	// and Password, and is neither renewed nor destroyed.
	Token models.Secret
	// Account is "user@domain" or `DOMAIN\user`, with its Password.
	Account  string
	Password models.Secret
	// Domain is the DNS name of the domain to walk, needed where the service
	// manages several.
	Domain string
	Logger *slog.Logger // default: no log
	// Timeout is for a request that reads and its answer, default 150 seconds: a
	// domain controller behind it ends a search after 120.
	Timeout time.Duration
	// SignInTimeout is for each of the two requests of a sign-in, default 90
	// seconds: after three failures from one address the server delays its
	// answers more and more (docs/adaxes.md section 1.6).
	SignInTimeout time.Duration
	// WriteTimeout is for a request that changes something, default 5 minutes: a
	// server that does not know the header Adm-Wait answers when all its business
	// rules are through.
	WriteTimeout time.Duration
	// Wait is after how long the server is asked to go on with a change by
	// itself, in whole seconds; default 5 seconds.
	Wait time.Duration
	// PollEvery is the wait before the server is asked again how such a change is
	// going, default 1 second. It begins with a quarter of it and grows to four
	// times.
	PollEvery time.Duration
	// Limit is the most objects that are asked for at once where the caller sets
	// none, default 100,000.
	Limit int
	// MaxRows is how many rows of one answer are kept; 0: allowance.DefaultRows.
	MaxRows int
}

func (o Options) withDefaults() Options {
	o.Shown = cmp.Or(o.Shown, o.URL)
	o.Timeout = cmp.Or(o.Timeout, 150*time.Second)
	o.SignInTimeout = cmp.Or(o.SignInTimeout, 90*time.Second)
	o.WriteTimeout = cmp.Or(o.WriteTimeout, 5*time.Minute)
	o.Wait = cmp.Or(o.Wait, 5*time.Second)
	o.PollEvery = cmp.Or(o.PollEvery, time.Second)
	o.Logger = cmp.Or(o.Logger, slog.New(slog.DiscardHandler))
	o.Limit = cmp.Or(o.Limit, 100_000)
	return o
}

const (
	adviceRetry  = "Try again; if it stays, look into the log of the Adaxes service."
	adviceReport = "Please report this with the detail."
	adviceHost   = "Check that host, port and directory lead to Adaxes' REST API: adaxes://HOST[:PORT][/VDIR]."
	adviceToken  = "Get a new access token, or sign in with account and password."
)

// connection is the way to one Adaxes service: every request goes through its call
// or its operate.
type connection struct {
	options  Options
	base     *url.URL
	web      *webclient.Client
	sessions *webclient.Sessions[session]
	now      func() time.Time
	after    func(time.Duration) <-chan time.Time
}

// session is one sign-in's worth of credentials.
type session struct {
	token models.Secret
	// id is that of the session that the token was issued for. Whoever has it
	// gets a token for it, so it is as secret as the token.
	id    models.Secret
	early time.Time // by our clock, when a new token is due; zero: not known
}

// parseBase makes the base of the API, "https://HOST:443/restApi", of an address. The
// directory is the one that Adaxes' own pages use; an administrator may choose
// another (official).
func parseBase(text string) (*url.URL, error) {
	base, err := webclient.Address{Scheme: "adaxes", Port: "443", Form: "HOST[:PORT][/VDIR]"}.Parse(text)
	if err != nil {
		return nil, err
	}
	base.Path = "/" + cmp.Or(strings.Trim(base.Path, "/"), "restApi")
	return base, nil
}

func newConnection(options Options) (*connection, error) {
	base, err := parseBase(options.URL)
	if err != nil {
		return nil, err
	}
	options = options.withDefaults()
	// The log gets no header and no body: the token stands in the one, passwords in
	// the other.
	web, err := webclient.New(webclient.Options{
		Host: base.Host, TLS: options.TLS, TLSWords: options.TLSWords, Logger: options.Logger, Name: "adaxes",
		Describe: func(r *http.Request) []any { return []any{"query", r.URL.Query(), "size", r.ContentLength} },
		Advice: webclient.Advice{
			Port:     "Check the host and the port; the usual one is 443.",
			NoTLS:    "Name the HTTPS port of the web server that Adaxes' REST API runs on, usually 443.",
			OldTLS:   "The web server must offer TLS 1.2 or later.",
			TooLarge: "Ask for fewer objects, or check that the address leads to Adaxes' REST API.",
		},
	})
	if err != nil {
		return nil, err
	}
	c := &connection{options: options, base: base, web: web, now: time.Now, after: time.After}
	c.sessions = webclient.NewSessions[session](c.signInAgain, refusedAgain)
	return c, nil
}

func (c *connection) hasAccessToken() bool { return !c.options.Token.Empty() }

// account is who is signed in; of an access token the server does not tell.
func (c *connection) account() string {
	if c.hasAccessToken() {
		return "access token"
	}
	return c.options.Account
}

// worked reports whether some request with a token was answered well.
func (c *connection) worked() bool { return c.sessions.Worked(webclient.Held[session]{}) }

// About tells what is known without asking the network.
func (c *connection) About() models.About {
	return models.About{
		MaxRows: c.options.MaxRows, AnyKind: true,
		Backend: "Adaxes", URL: c.options.Shown, Host: c.base.Host, Account: c.account(), TLS: c.web.TLS(), Approvals: true,
		Limits: "Adaxes' documented calls",
	}
}

// Close forgets the credentials and frees the connections; later calls fail with
// models.ErrSession. Nothing is sent: the two requests that would end the token
// and its session name them in the address (a public client), where proxies and
// the server's own log keep them, and a session's id is as good as a token, since
// a token is issued for it. They end by themselves, by preset 10 minutes after the
// session began and 30 after the token was issued (official). An access token
// that was given stays as it is.
func (c *connection) Close(context.Context) error {
	c.sessions.Close()
	c.web.Close()
	return nil
}

// invalid refuses what the caller gave, before anything is sent.
func invalid(action, object, words, advice string) error {
	return errorOf(models.ErrInvalid, action, object, words, advice)
}

// errorOf is an error of a kind in the words of a case.
func errorOf(kind error, action, object, words, advice string) error {
	return models.Tried(webclient.Fault(kind, words, advice), action, object)
}
