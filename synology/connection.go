package synology

import (
	"cmp"
	"context"
	"crypto/tls"
	"log/slog"
	"net"
	"strings"
	"sync"
	"time"

	"dirdesk/internal/webclient"
	"dirdesk/models"
)

// Options say where to sign in, as whom, and how.
type Options struct {
	// Host is "nas", "nas:5001" or "https://nas:5001". Without a port it is
	// 5001. Plain http is refused.
	Host string
	// Shown is how the person named the connection, for About; Host when empty.
	Shown string
	// TLS decides which certificates are good; nil means the system's roots. A
	// configuration that verifies nothing is refused.
	TLS *tls.Config
	// TLSWords tells, after a handshake, by which rule of TLS the certificate was
	// accepted, for About; nil: what the connection shows by itself.
	TLSWords func() string
	Account  string
	Password models.Secret
	// Code is the one-time code, when the server asked for one
	// (models.ErrCodeRequired). It is used for one attempt only.
	Code models.Secret
	// RememberDevice asks, together with Code, for a token that spares the code
	// from now on: see DeviceToken.
	RememberDevice bool
	// DeviceID is a token issued earlier. It counts only with the DeviceName it
	// was issued for, and is left aside when there is a Code.
	DeviceID   models.Secret
	DeviceName string       // default "dirdesk"
	Logger     *slog.Logger // default: no log
	// Timeout is for one request and its answer, default 150 seconds.
	Timeout time.Duration
	// MaxRows is how many rows of one listing are kept; 0: allowance.DefaultRows.
	MaxRows int
	// PollEvery is the wait before DSM is asked again how a deletion is going,
	// default 1 second. It begins with a quarter of it and grows to twice.
	PollEvery time.Duration

	patience time.Duration // for a task that makes no progress
}

func (o Options) withDefaults() Options {
	o.Shown = cmp.Or(o.Shown, o.Host)
	o.DeviceName = cmp.Or(o.DeviceName, "dirdesk")
	o.Timeout = cmp.Or(o.Timeout, 150*time.Second)
	o.PollEvery = cmp.Or(o.PollEvery, time.Second)
	o.patience = cmp.Or(o.patience, 2*time.Minute)
	o.Logger = cmp.Or(o.Logger, slog.New(slog.DiscardHandler))
	return o
}

// connection is the way to one DSM: every request goes through its call.
type connection struct {
	options  Options
	host     string // host:port
	web      *webclient.Client
	sessions *webclient.Sessions[session]

	mu     sync.Mutex // guards all below
	apis   map[string]apiEntry
	device models.Secret // device token sent with a sign-in
	issued models.Secret
	denied map[string]bool
}

// session is one sign-in's worth of credentials.
type session struct {
	sid     models.Secret
	token   models.Secret // SynoToken; empty when the server gave none
	version int           // of SYNO.API.Auth it was opened with
}

// address makes host:port of what a person named. 5001 is DSM's own port for HTTPS;
// an administrator may change it (docs/dsm.md section 1; official guide).
func address(text string) (string, error) {
	u, err := webclient.Address{Scheme: "synology", Port: "5001", Form: "HOST[:PORT]"}.Parse(text)
	if err == nil && u.Path != "" && u.Path != "/" {
		err = models.Tried(invalid("a DSM is named without a path", "Name the host, or host:port."), "connect to the named host", "")
	}
	if err != nil {
		return "", err
	}
	return u.Host, nil
}

func newConnection(options Options) (*connection, error) {
	host, err := address(options.Host)
	if err != nil {
		return nil, err
	}
	options = options.withDefaults()
	// The log gets the form without its secrets, and no answer: the one to a
	// sign-in holds the session.
	web, err := webclient.New(webclient.Options{
		Host: host, TLS: options.TLS, TLSWords: options.TLSWords, Logger: options.Logger, Name: "dsm", Describe: describe,
		Advice: webclient.Advice{
			Port:     "Check the host and the port; DSM's HTTPS port is usually 5001.",
			NoTLS:    "Name DSM's HTTPS port, usually 5001.",
			OldTLS:   "DSM must offer TLS 1.2 or later: Control Panel > Security > Advanced.",
			TooLarge: adviceHost,
		},
	})
	if err != nil {
		return nil, err
	}
	c := &connection{options: options, host: host, web: web, device: options.DeviceID, denied: make(map[string]bool)}
	c.sessions = webclient.NewSessions[session](c.signInAgain, refusedAgain)
	return c, nil
}

func (c *connection) open(ctx context.Context) error {
	if err := c.discover(ctx); err != nil {
		return err
	}
	// That a package which is absent is missing from the list is inferred. Saying
	// so before signing in spares a one-time code.
	if _, err := c.lookup(ctx, methodList); err != nil {
		return c.explain(methodConnect, c.host, err)
	}
	code := c.options.Code
	c.options.Code = models.Secret{}
	return c.signIn(ctx, code, c.options.RememberDevice)
}

// About tells what is known without asking the network.
func (c *connection) About() models.About {
	return models.About{
		MaxRows:  c.options.MaxRows,
		Backend:  "Synology Directory Server",
		URL:      c.options.Shown,
		Host:     c.host,
		Account:  c.options.Account,
		TLS:      c.web.TLS(),
		Seekable: true,
		PageSize: pageSize,
		Name:     "DSM",
		Limits:   "DSM's documented calls",
		Remedy:   "this works over ldaps://" + nameOnly(c.host) + ": name that as directory in the profile",
	}
}

// nameOnly is a host without its port; the directory of a NAS is reached at the same
// name (docs/dsm.md section 9).
func nameOnly(hostPort string) string {
	host, _, err := net.SplitHostPort(hostPort)
	switch {
	case err != nil:
		return hostPort
	case strings.Contains(host, ":"):
		return "[" + host + "]"
	default:
		return host
	}
}

// DeviceToken is the device token that the server issued at this sign-in; empty
// when none was asked for, or when DSM answered with an empty one, which some
// builds do. Keep it with the account and the device name.
func (c *connection) DeviceToken() models.Secret {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.issued
}

// Close signs out and frees the connections. A session that has ended by
// itself is no error. Later calls fail with models.ErrSession.
func (c *connection) Close(ctx context.Context) error {
	defer c.web.Close()
	return c.signOut(ctx)
}
