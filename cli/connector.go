package cli

import (
	"cmp"
	"context"
	"crypto/tls"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"dirdesk/desk"
	"dirdesk/internal/certificates"
	"dirdesk/internal/config"
	"dirdesk/models"
	"dirdesk/ui/connect"
)

// connector opens connections: it picks the backend for a URL, applies the
// rules for certificates, and keeps device tokens. It is a connect.Connector.
type connector struct {
	paths       config.Paths
	known       *certificates.Store
	tokens      *config.Tokens
	fingerprint string // from the command line; for every connection of this run
	keys        Keyring
	logger      *slog.Logger
	atWork      time.Duration // Pauses.AtWork

	mu       sync.Mutex
	profiles []models.Profile
}

func (p *access) newConnector(settings config.Config, logger *slog.Logger) *connector {
	paths := config.FindPaths(p.Getenv)
	return &connector{
		paths:       paths,
		known:       certificates.OpenStore(paths.KnownCertificates),
		tokens:      config.OpenTokens(paths.DeviceTokens),
		fingerprint: p.flags.fingerprint,
		keys:        p.Keyring,
		logger:      logger,
		atWork:      p.Pauses.AtWork,
		profiles:    settings.Profiles,
	}
}

// Schemes are the kinds of connection, for the form.
func (c *connector) Schemes() connect.Schemes {
	all := schemes()
	shown := make(connect.Schemes, len(all))
	for i, s := range all {
		shown[i] = s.Scheme
	}
	return shown
}

// Profiles are the saved connections in the order of the file.
func (c *connector) Profiles() []models.Profile {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.profiles)
}

// Trust remembers a certificate for its host. One that differs from what was
// known before is refused: that is for the owner of the file to decide, not for
// a key pressed in a hurry.
func (c *connector) Trust(certificate *models.CertificateError) error {
	if certificate.Known != "" {
		return &models.Error{
			Kind: models.ErrCertChanged, Action: "trust the certificate of", Object: certificate.Host,
			Advice: "If the server did get a new one, dirdesk trust forget " + certificate.Host + " lets it be looked at anew.",
		}
	}
	return c.known.Trust(certificate.Host, certificate.Fingerprint)
}

// Save keeps a profile under its name.
func (c *connector) Save(profile models.Profile) error {
	at, err := parseURL(profile.URL)
	if err != nil {
		return &models.Error{Kind: models.ErrInvalid, Action: "save profile", Object: profile.Name, Err: err, Advice: err.Error()}
	}
	profile.URL = at.String()
	if err := checkParts(at, profile); err != nil {
		return &models.Error{Kind: models.ErrInvalid, Action: "save profile", Object: profile.Name, Err: err, Advice: err.Error()}
	}
	if err := config.SaveProfile(c.paths.Config, profile); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.IndexFunc(c.profiles, func(p models.Profile) bool { return p.Name == profile.Name })
	if i >= 0 {
		c.profiles[i] = profile
	} else {
		c.profiles = append(c.profiles, profile)
	}
	return nil
}

// Open signs in with the backend that the profile's URL asks for, and with the
// one for its directory, where it names one.
func (c *connector) Open(ctx context.Context, in models.SignIn) (desk.Backend, error) {
	at, err := parseURL(in.Profile.URL)
	if err != nil {
		return nil, &models.Error{Kind: models.ErrInvalid, Action: "connect", Err: err, Advice: err.Error()}
	}
	if in.Profile.Directory != "" {
		return c.openCombined(ctx, at, in)
	}
	return c.openOne(ctx, at, in)
}

// openOne signs in at one address.
func (c *connector) openOne(ctx context.Context, at endpoint, in models.SignIn) (desk.Backend, error) {
	if err := checkParts(at, in.Profile); err != nil {
		return nil, &models.Error{Kind: models.ErrInvalid, Action: "connect", Err: err, Advice: err.Error()}
	}
	return c.dial(ctx, at, in, cmp.Or(in.Fingerprint, c.fingerprint))
}

// dialing is one address to sign in at.
type dialing struct {
	at    endpoint
	in    models.SignIn
	tls   *tls.Config   // the rules for certificates
	words func() string // how the last handshake fulfilled them, "" before the first
	// tlsFor are the rules for another host of the same connection.
	tlsFor func(hostPort string) (*tls.Config, error)
}

// dial signs in at an address. pin is the only fingerprint to accept; "" is the
// usual rules.
func (c *connector) dial(ctx context.Context, at endpoint, in models.SignIn, pin string) (desk.Backend, error) {
	var verdict atomic.Pointer[certificates.Verdict]
	rules := certificates.Config{Host: at.host, CAFile: in.Profile.CAFile, Fingerprint: pin, Known: c.known}
	tlsFor := func(hostPort string) (*tls.Config, error) {
		other := certificates.Config{Host: hostPort, CAFile: in.Profile.CAFile, Fingerprint: pin, Known: c.known}
		return other.TLS()
	}
	rules.Accepted = func(v certificates.Verdict) { verdict.Store(&v) }
	settings, err := rules.TLS()
	if err != nil {
		return nil, &models.Error{Kind: models.ErrCertificate, Action: "connect to", Object: at.host, Err: err, Advice: err.Error()}
	}
	return at.kind().open(c, ctx, dialing{at, in, settings, func() string {
		if v := verdict.Load(); v != nil {
			return v.Words()
		}
		return ""
	}, tlsFor})
}
