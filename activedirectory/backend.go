package activedirectory

import (
	"context"
	"crypto/tls"
	"log/slog"
	"net"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"dirdesk/models"
)

// Backend is a signed-in connection to a domain, composed of a part for each kind
// of work. It is safe for use by several goroutines.
type Backend struct {
	*connection
	reader
	groups
	accounts
	objects
	sheets
}

// The parts work on one connection. Each has what it needs of it and nothing of the
// others.
type (
	reader   struct{ *connection } // lists, finds and reads
	groups   struct{ *connection } // members
	accounts struct{ *connection } // passwords, locks, ends
	objects  struct{ *connection } // makes, moves, renames and deletes
	sheets   struct{ *connection } // properties
)

// connection is what is known of a server and of the account signed in there, with
// the connections to it.
type connection struct {
	pool    *pool
	root    rootDSE
	about   models.About
	log     *slog.Logger
	silence time.Duration
	pages   atomic.Bool // this server ends unpaged searches early
	known   atomic.Pointer[schema]
	own     atomic.Pointer[token] // of the account that is signed in
	now     func() time.Time
	others  others
}

// Open connects, encrypts and signs in. Errors: *models.CertificateError for a
// certificate that did not verify, models.ErrCredentials, ErrAccountState,
// ErrUnreachable, ErrUnsupported, ErrProtocol, or ctx.Err().
func Open(ctx context.Context, options Options) (*Backend, error) {
	dialer, err := newDialer(options)
	if err != nil {
		return nil, err
	}
	b := &connection{
		pool:    &pool{dialer: dialer, password: options.Password, probe: defaultProbe},
		log:     options.Logger,
		silence: options.StallTimeout,
		others:  others{options: options},
	}
	if b.log == nil {
		b.log = slog.New(slog.DiscardHandler)
	}
	if b.silence <= 0 {
		b.silence = DefaultStallTimeout
	}
	if err := b.signIn(ctx, options); err != nil {
		b.log.Info("sign-in failed", "url", dialer.address.url, "error", err)
		return nil, err
	}
	b.log.Info("signed in", "url", dialer.address.url, "account", b.pool.name, "tls", b.about.TLS)
	return &Backend{b, reader{b}, groups{b}, accounts{b}, objects{b}, sheets{b}}, nil
}

// signIn reads the rootDSE, which a domain controller shows to anyone, makes the
// account's name complete with it, and binds.
func (b *connection) signIn(ctx context.Context, options Options) error {
	p := b.pool
	if options.Password.Empty() {
		return emptyPassword(options.Account)
	}
	limited, cancel := context.WithTimeout(ctx, p.dialer.timeout)
	defer cancel()
	c, err := p.dialer.dial(limited)
	if err != nil {
		return p.ownOrOuter(ctx, err)
	}
	defer func() { p.giveBack(c) }()
	if b.root, err = readRootDSE(limited, c, b.silence); err != nil {
		c.dirty = true
		return p.ownOrOuter(ctx, b.late(limited, err))
	}
	c.dirty = true // until it is signed in
	if p.name, err = bindName(options.Account, b.root.baseDN.Realm()); err != nil {
		return err
	}
	if err = c.bind(limited, p.name, p.password); err != nil {
		return p.ownOrOuter(ctx, b.late(limited, err))
	}
	c.dirty = false
	words := tlsWords(c.state)
	if options.TLSWords != nil {
		words = options.TLSWords()
	}
	b.now = b.root.clock()
	b.about = models.About{
		MaxRows: options.MaxRows, AnyKind: true, Searches: true,
		Backend: "Active Directory over LDAP", URL: p.dialer.address.url, Host: p.dialer.address.hostPort,
		Account: p.name, TLS: words,
	}
	return nil
}

// late turns the end of our own time-out into an error that says so.
func (b *connection) late(limited context.Context, err error) error {
	if limited.Err() == nil {
		return err
	}
	return b.pool.dialer.dialError(limited, err)
}

// About tells what is known without asking the network.
func (b *connection) About() models.About { return b.about }

// Close ends the connections that are idle at once and those in use when their
// operation is over.
func (b *connection) Close(context.Context) error {
	b.pool.close()
	b.others.close()
	return nil
}

// use runs one read on a connection of its own. When a connection that lay idle
// turns out to be dead, and again says that nothing was passed on yet, the read
// starts once more on a fresh one.
func (b *connection) use(ctx context.Context, again func() bool, run func(c *conn) error) error {
	if err := ctx.Err(); err != nil {
		return err // without using up a connection
	}
	c, err := b.pool.borrow(ctx)
	if err != nil {
		return err
	}
	reused := c.reused
	err = run(c)
	b.pool.giveBack(c)
	if !connectionLost(err) {
		return err
	}
	b.pool.dropIdle()
	if !reused || !again() || ctx.Err() != nil {
		return err
	}
	b.log.Info("the idle connection was gone, connecting again", "host", b.about.Host, "error", err)
	if c, err = b.pool.connect(ctx); err != nil {
		return err
	}
	err = run(c)
	b.pool.giveBack(c)
	return err
}

// ask is use for a read that gives something.
func ask[T any](ctx context.Context, b *connection, action, object string, run func(c *conn) (T, error)) (got T, err error) {
	if object == "" { // it would mean the rootDSE
		return got, unnamed(action)
	}
	err = b.use(ctx, func() bool { return true }, func(c *conn) error {
		got, err = run(c)
		return err
	})
	if err != nil {
		var none T
		return none, resultError(action, object, err)
	}
	return got, nil
}

// Defaults of Options.
const (
	DefaultTimeout      = 10 * time.Second
	DefaultStallTimeout = 150 * time.Second
)

// Options say what to connect to and as whom.
type Options struct {
	// URL is ldaps://HOST[:PORT] (port 636) or ldap://HOST[:PORT] (port 389,
	// StartTLS).
	URL string
	// TLS is used as it is, for both; its ServerName is set to the URL's host
	// when empty. Nil means the system's roots. A configuration that skips
	// verification without a VerifyConnection or VerifyPeerCertificate of its own
	// is refused.
	TLS *tls.Config
	// TLSWords tells, after a handshake, by which rule of TLS the certificate was
	// accepted, for About; nil: what the connection shows by itself.
	TLSWords func() string
	// Account is a DN, a user principal name, DOMAIN\user, or a bare logon name.
	Account  string
	Password models.Secret
	// Logger gets what is worth knowing and no secret; nil: nothing is logged.
	Logger *slog.Logger
	// Timeout bounds connecting, TLS and signing in together; 0: DefaultTimeout.
	Timeout time.Duration
	// StallTimeout is how long a search may stay silent; 0: DefaultStallTimeout.
	// The first of 100,000 children took Samba 9 s, a domain controller ends a search
	// by itself after 120 s.
	StallTimeout time.Duration
	// MaxRows is how many rows of one answer are kept; 0: allowance.DefaultRows.
	MaxRows int
	// Controllers are the addresses of the domain's controllers, as URL is one; none:
	// their DNS names in the directory, with the scheme and the port of URL.
	Controllers []string
	// TLSFor gives the rules for the certificate of another controller, by host and
	// port; nil: TLS with another name.
	TLSFor func(hostPort string) (*tls.Config, error)
}

// address is where to connect and how.
type address struct {
	url      string // as given
	host     string // without the port
	hostPort string
	startTLS bool
}

// parseAddress reads the URL. Anything in it besides scheme, host and port is
// refused, as it would be ignored: a password in it above all.
func parseAddress(text string) (address, error) {
	invalid := func(advice string) (address, error) {
		return address{}, refuse(models.ErrInvalid, "read the address", "", advice)
	}
	u, err := url.Parse(text)
	if err != nil {
		return invalid("Write it as ldaps://HOST or ldap://HOST.") // the text may hold a password: it is not repeated
	}
	port := ""
	switch u.Scheme {
	case "ldaps":
		port = "636"
	case "ldap":
		port = "389"
	default:
		return invalid("Begin it with ldaps:// or ldap://.")
	}
	if u.User != nil || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		return invalid("Give the host and the port only; the account is asked for apart.")
	}
	if u.Hostname() == "" {
		return invalid("Name the host of a domain controller after " + u.Scheme + "://.")
	}
	if u.Port() != "" {
		port = u.Port()
	}
	return address{
		url: text, host: u.Hostname(), hostPort: net.JoinHostPort(u.Hostname(), port),
		startTLS: u.Scheme == "ldap",
	}, nil
}

// rootDSE is what a domain controller says of itself to anyone (MS-ADTS
// 3.1.1.3.2).
type rootDSE struct {
	baseDN        models.DN // defaultNamingContext
	configuration models.DN // configurationNamingContext
	schema        models.DN // schemaNamingContext
	ahead         time.Duration
	readOnly      bool      // a controller that refers all writes to another
	server        models.DN // serverName: the controller's entry below the sites
}

func readRootDSE(ctx context.Context, c *conn, silence time.Duration) (rootDSE, error) {
	const host = "the server"
	entry, err := c.read(ctx, silence, "", anything,
		"defaultNamingContext", "configurationNamingContext", "schemaNamingContext", "currentTime", "supportedCapabilities", "serverName")
	if err != nil {
		return rootDSE{}, resultError("ask for its domain", host, err)
	}
	values := attributesOf(entry)
	root := rootDSE{
		baseDN:        models.DN(values.text("defaultNamingContext")),
		configuration: models.DN(values.text("configurationNamingContext")),
		schema:        models.DN(values.text("schemaNamingContext")),
		server:        models.DN(values.text("serverName")),
		readOnly:      slices.Contains(values.texts("supportedCapabilities"), readOnlyCapability),
	}
	if root.baseDN == "" || root.configuration == "" {
		return rootDSE{}, refuse(models.ErrUnsupported, "ask for its domain", host,
			"It is an LDAP server but no Active Directory domain controller: check host and port.")
	}
	if t := generalizedTime(values.text("currentTime")); !t.IsZero() {
		root.ahead = time.Until(t)
	}
	return root, nil
}

// clock gives the server's time, so that "locked now" does not depend on this
// computer's clock. A small difference is the way there and the full seconds of
// currentTime.
func (r rootDSE) clock() func() time.Time {
	if r.ahead.Abs() < 2*time.Second {
		return time.Now
	}
	return func() time.Time { return time.Now().Add(r.ahead) }
}
