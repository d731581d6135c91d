package synology

import (
	"context"
	"crypto/tls"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"dirdesk/internal/certificates"
	"dirdesk/models"
)

// Options say where to sign in, as whom, and how.
type Options struct {
	// Host is "nas", "nas:5001" or "https://nas:5001". Without a port it is
	// 5001. Plain http is refused.
	Host string
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
	// from now on: see [Client.DeviceToken].
	RememberDevice bool
	// DeviceID is a token issued earlier. It counts only with the DeviceName it
	// was issued for, and is left aside when there is a Code.
	DeviceID   models.Secret
	DeviceName string       // default "dirdesk"
	Logger     *slog.Logger // default: no log
	// Timeout is for one request and its answer, default 30 seconds.
	Timeout time.Duration
	// PollEvery is the wait before DSM is asked again how a deletion is going,
	// default 1 second. It begins with a quarter of it and grows to twice.
	PollEvery time.Duration
}

// Client is a signed-in connection to one DSM. It is safe for use by several
// goroutines. Its errors are *models.Error, *models.CertificateError or, when
// the caller's context ended, that context's error.
type Client struct {
	host       string // host:port
	account    string
	password   models.Secret
	deviceName string
	timeout    time.Duration
	pollEvery  time.Duration
	patience   time.Duration // for a task that makes no progress
	http       *http.Client
	changes    *http.Client // for requests that change something
	tls        *tls.Config
	words      func() string // Options.TLSWords
	logger     *slog.Logger

	// life ends with Close, and with it a renewal under way.
	life     context.Context
	end      context.CancelFunc
	renewals singleflight.Group

	mu       sync.Mutex // guards all below
	apis     map[string]apiEntry
	session  session
	device   models.Secret // device token sent with a sign-in
	issued   models.Secret
	finished error // why there will be no session any more
	denied   map[string]bool
	tlsWords string
}

// session is one sign-in's worth of credentials.
type session struct {
	sid     models.Secret
	token   models.Secret // SynoToken; empty when the server gave none
	version int           // of SYNO.API.Auth it was opened with
	number  int           // 1 for the first, counted up by every renewal
	worked  bool          // some call was answered well
}

// Open finds out what the server offers and signs in. When the account needs a
// one-time code the error is models.ErrCodeRequired: call Open again with it.
// A server without the directory package is models.ErrUnsupported.
func Open(ctx context.Context, options Options) (*Client, error) {
	c, err := newClient(options)
	if err != nil {
		return nil, err
	}
	if err := c.open(ctx, options); err != nil {
		c.end()
		c.http.CloseIdleConnections()
		return nil, err
	}
	return c, nil
}

func newClient(options Options) (*Client, error) {
	host, err := address(options.Host)
	if err != nil {
		return nil, err
	}
	config, err := certificates.Safe(host, options.TLS)
	if err != nil {
		return nil, err
	}
	c := &Client{
		host:       host,
		account:    options.Account,
		password:   options.Password,
		device:     options.DeviceID,
		deviceName: options.DeviceName,
		timeout:    options.Timeout,
		pollEvery:  options.PollEvery,
		patience:   2 * time.Minute,
		tls:        config,
		words:      options.TLSWords,
		logger:     options.Logger,
		denied:     make(map[string]bool),
	}
	if c.deviceName == "" {
		c.deviceName = "dirdesk"
	}
	if c.timeout <= 0 {
		c.timeout = 30 * time.Second
	}
	if c.pollEvery <= 0 {
		c.pollEvery = time.Second
	}
	if c.logger == nil {
		c.logger = slog.New(slog.DiscardHandler)
	}
	c.http = c.newHTTPClient(config, false)
	c.changes = c.newHTTPClient(config, true)
	c.life, c.end = context.WithCancel(context.Background())
	return c, nil
}

func (c *Client) open(ctx context.Context, options Options) error {
	if err := c.discover(ctx); err != nil {
		return err
	}
	// That a package which is absent is missing from the list is inferred. Saying
	// so before signing in spares a one-time code.
	if _, err := c.lookup(ctx, methodList); err != nil {
		return c.explain(methodConnect, c.host, err)
	}
	return c.signIn(ctx, options.Code, options.RememberDevice)
}

// DeviceToken is the device token that the server issued at this sign-in; empty
// when none was asked for, or when DSM answered with an empty one, which some
// builds do. Keep it with the account and the device name.
func (c *Client) DeviceToken() models.Secret {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.issued
}

// Close signs out and frees the connections. A session that has ended by
// itself is no error. Later calls fail with models.ErrSession.
func (c *Client) Close(ctx context.Context) error {
	defer c.http.CloseIdleConnections()
	defer c.end()
	return c.signOut(ctx)
}
