package adaxes

import (
	"context"
	"crypto/tls"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/singleflight"

	"dirdesk/internal/certificates"
	"dirdesk/models"
)

// Backend is a signed-in connection to one domain of an Adaxes service. It is
// safe for use by several goroutines. Its errors are *models.Error,
// *models.CertificateError or, when the caller's context ended, that context's
// error.
type Backend struct {
	options Options
	base    *url.URL
	tls     *tls.Config
	http    *http.Client
	changes *http.Client // for requests that change something
	logger  *slog.Logger
	now     func() time.Time
	// serverCap is the number of objects that is taken for a part; capKnown says
	// that the server was asked for it.
	serverCap atomic.Int64
	capKnown  atomic.Bool

	// life ends with Close, and with it a renewal under way.
	life     context.Context
	end      context.CancelFunc
	renewals singleflight.Group
	worked   atomic.Bool // some request with a token was answered well
	// oldSearch says that the server knows the search of 2021 only.
	oldSearch atomic.Bool

	mu       sync.Mutex // guards all below
	session  session
	finished error // why there will be no session any more
	refused  error // why signing in again is not tried any more
	tlsWords string
	domain   domain
}

// Open signs in and chooses the domain. Errors: *models.CertificateError for a
// certificate that did not verify, models.ErrCredentials, ErrAccountState,
// ErrNotAuthorized, ErrUnreachable, ErrUnsupported, ErrProtocol, models.ErrInvalid
// when the service manages several domains and none was named, or ctx.Err().
func Open(ctx context.Context, options Options) (*Backend, error) {
	b, err := newBackend(options)
	if err != nil {
		return nil, err
	}
	if err := b.open(ctx); err != nil {
		b.logger.Info("adaxes sign-in failed", "host", b.base.Host, "error", err)
		_ = b.Close(ctx) // sends nothing and cannot fail
		return nil, err
	}
	b.logger.Info("signed in to adaxes", "host", b.base.Host, "account", b.account(), "domain", b.domain.dn)
	return b, nil
}

func newBackend(options Options) (*Backend, error) {
	base, err := parseBase(options.URL)
	if err != nil {
		return nil, err
	}
	config, err := certificates.Safe(base.Host, options.TLS)
	if err != nil {
		return nil, err
	}
	options = options.withDefaults()
	b := &Backend{options: options, base: base, tls: config, logger: options.Logger, now: time.Now}
	b.serverCap.Store(usualCap)
	b.http = b.newHTTPClient(config, false)
	b.changes = b.newHTTPClient(config, true)
	b.life, b.end = context.WithCancel(context.Background())
	return b, nil
}

func (b *Backend) open(ctx context.Context) error {
	switch {
	case b.hasAccessToken():
		if !fitsHeader(b.options.Token.Reveal()) {
			return invalid(actionSignIn, b.base.Host, "the access token has characters in it that no token has", "Copy the token again, and nothing else: one line, no spaces.")
		}
	case b.options.Account == "":
		return invalid(actionSignIn, b.base.Host, "neither an account nor an access token is given", "Name an account, or give a token.")
	case b.options.Password.Empty():
		return &models.Error{Kind: models.ErrCredentials, Action: actionSignIn, Object: b.options.Account, Advice: "Type the password."}
	}
	if err := b.signIn(ctx); err != nil {
		return err
	}
	chosen, err := b.chooseDomain(ctx)
	if err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.domain = chosen
	return nil
}

// account is who is signed in; of an access token the server does not tell.
func (b *Backend) account() string {
	if b.hasAccessToken() {
		return "access token"
	}
	return b.options.Account
}

// About tells what is known without asking the network.
func (b *Backend) About() models.About {
	b.mu.Lock()
	defer b.mu.Unlock()
	return models.About{
		Backend: "Adaxes", URL: b.options.Shown, Host: b.base.Host, Account: b.account(), TLS: b.tlsWords,
	}
}
