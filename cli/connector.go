package cli

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"os"
	"slices"
	"sync"
	"sync/atomic"

	"dirdesk/activedirectory"
	"dirdesk/desk"
	"dirdesk/internal/certificates"
	"dirdesk/internal/config"
	"dirdesk/models"
	"dirdesk/synology"
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

	mu       sync.Mutex
	profiles []models.Profile
}

func (p *program) newConnector(settings config.Config, paths config.Paths, logger *slog.Logger) *connector {
	if logger == nil {
		logger = slog.New(slog.DiscardHandler)
	}
	return &connector{
		paths:       paths,
		known:       certificates.OpenStore(paths.KnownCertificates),
		tokens:      config.OpenTokens(paths.DeviceTokens),
		fingerprint: p.flags.fingerprint,
		keys:        p.keyring(),
		logger:      logger,
		profiles:    settings.Profiles,
	}
}

// Profiles are the saved connections in the order of the file.
func (c *connector) Profiles() []models.Profile {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.profiles)
}

// KnownCertificates is the file of trusted certificates, for the screen to name.
func (c *connector) KnownCertificates() string { return c.paths.KnownCertificates }

// Trust remembers a certificate for its host. One that differs from what was
// known before is refused: that is for the owner of the file to decide, not for
// a key pressed in a hurry.
func (c *connector) Trust(certificate *models.CertificateError) error {
	if certificate.Known != "" {
		return &models.Error{
			Kind: models.ErrCertChanged, Action: "trust the certificate of", Object: certificate.Host,
			Advice: "If the server did get a new one, delete its line in " + c.paths.KnownCertificates + ".",
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
	pin := in.Fingerprint
	if pin == "" {
		pin = c.fingerprint
	}
	if err := checkParts(at, in.Profile); err != nil {
		return nil, &models.Error{Kind: models.ErrInvalid, Action: "connect", Err: err, Advice: err.Error()}
	}
	switch at.scheme {
	case "synology":
		return c.openSynology(ctx, at, in, pin)
	case "adaxes":
		return c.openAdaxes(ctx, at, in, pin)
	default:
		return c.openDirectory(ctx, at, in, pin)
	}
}

// openDirectory signs in over LDAP. pin is the only fingerprint to accept; ""
// is the usual rules.
func (c *connector) openDirectory(ctx context.Context, at endpoint, in models.SignIn, pin string) (desk.Backend, error) {
	settings, words, err := c.tls(at, in, pin)
	if err != nil {
		return nil, err
	}
	backend, err := activedirectory.Open(ctx, activedirectory.Options{
		URL: at.String(), TLS: settings, TLSWords: words, Account: in.Profile.Account, Password: in.Password, Logger: c.logger,
	})
	if err != nil {
		return nil, err
	}
	return backend, nil
}

// tls gives the rules for certificates, and what tells in words how the last
// handshake fulfilled them.
func (c *connector) tls(at endpoint, in models.SignIn, pin string) (*tls.Config, func() string, error) {
	var verdict atomic.Pointer[certificates.Verdict]
	settings, err := certificates.Config{
		Host: at.host, CAFile: in.Profile.CAFile, Fingerprint: pin, Known: c.known,
		Accepted: func(v certificates.Verdict) { verdict.Store(&v) },
	}.TLS()
	if err != nil {
		return nil, nil, &models.Error{Kind: models.ErrCertificate, Action: "connect to", Object: at.host, Err: err, Advice: err.Error()}
	}
	return settings, func() string {
		if v := verdict.Load(); v != nil {
			return v.Words()
		}
		return "" // before the first handshake
	}, nil
}

// openSynology signs in to DSM with the device token of an earlier sign-in, if
// there is one, and keeps the one that the server issues now.
func (c *connector) openSynology(ctx context.Context, at endpoint, in models.SignIn, pin string) (desk.Backend, error) {
	settings, words, err := c.tls(at, in, pin)
	if err != nil {
		return nil, err
	}
	device, err := c.tokens.Lookup(at.host, in.Profile.Account)
	if err != nil {
		return nil, err
	}
	if device.Name == "" {
		device.Name = deviceName()
	}
	client, err := synology.Open(ctx, synology.Options{
		Host: at.host, TLS: settings, TLSWords: words, Account: in.Profile.Account, Password: in.Password,
		Code: in.Code, RememberDevice: in.RememberDevice,
		DeviceID: device.Token, DeviceName: device.Name, Logger: c.logger,
	})
	if errors.Is(err, models.ErrCodeRequired) && !device.Token.Empty() && in.Code.Empty() {
		// The server asked for a code all the same: the token was revoked or has
		// run out. Keeping it would only have it refused each time.
		if forget := c.tokens.Forget(at.host, in.Profile.Account); forget != nil {
			return nil, errors.Join(err, forget)
		}
	}
	if err != nil {
		return nil, err
	}
	if issued := client.DeviceToken(); !issued.Empty() {
		device.Token = issued
		if err := c.tokens.Remember(at.host, in.Profile.Account, device); err != nil {
			// Signed in is signed in; the code will be asked for again next time.
			c.logger.Warn("device token not kept", "error", err)
		}
	}
	return synology.NewBackend(client, at.String()), nil
}

// deviceName tells an administrator of the server which computer was let off
// the one-time code.
func deviceName() string {
	host, err := os.Hostname()
	if err != nil {
		return "dirdesk"
	}
	return "dirdesk on " + host
}
