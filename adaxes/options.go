package adaxes

import (
	"cmp"
	"crypto/tls"
	"log/slog"
	"time"

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
	// Timeout is for a request that reads and its answer, default 1 minute.
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
}

func (o Options) withDefaults() Options {
	o.Shown = cmp.Or(o.Shown, o.URL)
	o.Timeout = cmp.Or(o.Timeout, time.Minute)
	o.SignInTimeout = cmp.Or(o.SignInTimeout, 90*time.Second)
	o.WriteTimeout = cmp.Or(o.WriteTimeout, 5*time.Minute)
	o.Wait = cmp.Or(o.Wait, 5*time.Second)
	o.PollEvery = cmp.Or(o.PollEvery, time.Second)
	o.Logger = cmp.Or(o.Logger, slog.New(slog.DiscardHandler))
	o.Limit = cmp.Or(o.Limit, 100_000)
	return o
}
