package cli

import (
	"context"
	"errors"
	"time"

	"dirdesk/internal/config"
	"dirdesk/models"
)

// Keyring keeps access tokens under names of ours. keyring.System is the
// operating system's.
type Keyring interface {
	// Token gives an empty secret when there is none of the name.
	Token(ctx context.Context, name string) (models.Secret, error)
	Keep(ctx context.Context, name string, token models.Secret) error
	// Forget tells whether there was one.
	Forget(ctx context.Context, name string) (bool, error)
}

// noKeyring is what a run without one has.
type noKeyring struct{}

var errNoKeyring = errors.New("no keyring")

func (noKeyring) Token(context.Context, string) (models.Secret, error) {
	return models.Secret{}, errNoKeyring
}
func (noKeyring) Keep(context.Context, string, models.Secret) error { return errNoKeyring }
func (noKeyring) Forget(context.Context, string) (bool, error)      { return false, errNoKeyring }

func (p *console) keyring() Keyring {
	if p.Keyring == nil {
		return noKeyring{}
	}
	return p.Keyring
}

// tokenName is what a connection's token is kept under: its address and its
// account, so that no token is ever sent to a server that it was not stored for,
// whatever a profile comes to say.
func tokenName(profile models.Profile) string {
	if profile.Account == "" {
		return profile.URL
	}
	return profile.Account + " on " + profile.URL
}

// checkToken refuses an access token where none is taken.
func (e endpoint) checkToken() error {
	if e.kind().Token {
		return nil
	}
	return usagef("an access token is for %s only: %s takes an account and a password",
		schemesThat(func(s scheme) bool { return s.Token }), e.scheme+"://")
}

// storedToken gives the access token that a connection's profile points to: of
// its file, else of the keyring; an empty secret when it points to none, or when
// the connection takes none. A keyring that cannot be used is errNoKeyring or an
// error of its own, together with an empty secret.
func storedToken(ctx context.Context, keys Keyring, profile models.Profile) (token models.Secret, fromFile bool, err error) {
	at, err := parseURL(profile.URL)
	if err != nil || !at.kind().Token {
		return models.Secret{}, false, err
	}
	if profile.TokenFile != "" {
		token, err = config.ReadTokenFile(profile.TokenFile)
		return token, true, err
	}
	profile.URL = at.String()
	token, err = keys.Token(ctx, tokenName(profile))
	return token, false, err
}

// unlockTime is how long the system may take to have its keyring unlocked by the
// person.
const unlockTime = time.Minute

// KeepToken keeps the access token of a connection in the system's keyring, for
// its address and account. It makes the connector a connect.TokenKeeper.
func (c *connector) KeepToken(ctx context.Context, profile models.Profile, token models.Secret) error {
	at, err := parseURL(profile.URL)
	if err == nil {
		err = at.checkToken()
	}
	if err != nil {
		return &models.Error{Kind: models.ErrInvalid, Action: "store the token of", Object: profile.Name, Err: err, Advice: err.Error()}
	}
	profile.URL = at.String()
	ctx, cancel := context.WithTimeout(ctx, unlockTime)
	defer cancel()
	if err := c.keys.Keep(ctx, tokenName(profile), token); err != nil {
		return keyringError("store the token of", profile, err)
	}
	return nil
}
