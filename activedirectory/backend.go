package activedirectory

import (
	"context"
	"log/slog"
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
	now     func() time.Time
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

func always() bool { return true }
