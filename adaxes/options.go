package adaxes

import (
	"crypto/tls"
	"log/slog"
	"time"

	"dirdesk/models"
)

// Options say where to sign in, as whom, and how.
type Options struct {
	// URL is the API's base, "https://HOST[:PORT]/restApi"; or adaxes://HOST[:PORT][/VDIR].
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
	// Member is under which name the server takes a Microsoft 365 account,
	// "o365" or "m365"; empty: found out.
	Member string
	// Limit is the most objects that are asked for at once where the caller sets
	// none, default 100,000.
	Limit int
}

func (o Options) withDefaults() Options {
	pick := func(d *time.Duration, preset time.Duration) {
		if *d <= 0 {
			*d = preset
		}
	}
	pick(&o.Timeout, time.Minute)
	pick(&o.SignInTimeout, 90*time.Second)
	pick(&o.WriteTimeout, 5*time.Minute)
	pick(&o.Wait, 5*time.Second)
	pick(&o.PollEvery, time.Second)
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Limit <= 0 {
		o.Limit = 100_000
	}
	if o.Shown == "" {
		o.Shown = o.URL
	}
	return o
}
