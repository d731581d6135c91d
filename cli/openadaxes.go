package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"dirdesk/adaxes"
	"dirdesk/desk"
	"dirdesk/models"
)

// openAdaxes signs in to Adaxes with the token that was given or, when neither a
// token nor a password was, with the one that the profile points to.
func (c *connector) openAdaxes(ctx context.Context, at endpoint, in models.SignIn, pin string) (desk.Backend, error) {
	settings, words, err := c.tls(at, in, pin)
	if err != nil {
		return nil, err
	}
	if in.Token.Empty() && in.Password.Empty() {
		if in.Token, err = c.keptToken(ctx, in.Profile); err != nil {
			return nil, err
		}
	}
	backend, err := adaxes.Open(ctx, adaxes.Options{
		URL: "https://" + at.host + at.path, Shown: at.String(), TLS: settings, TLSWords: words,
		Token: in.Token, Account: in.Profile.Account, Password: in.Password, Domain: in.Profile.Domain, Logger: c.logger,
	})
	if err != nil {
		return nil, err
	}
	return backend, nil
}

// keptToken is the token that a profile points to; an empty secret when there is
// none, or no keyring to keep one.
func (c *connector) keptToken(ctx context.Context, profile models.Profile) (models.Secret, error) {
	token, fromFile, err := storedToken(ctx, c.keys, profile)
	switch {
	case err != nil && fromFile:
		return models.Secret{}, &models.Error{
			Kind: models.ErrCredentials, Action: "sign in to", Object: profile.URL, Err: err,
			Advice: fmt.Sprintf("The access token could not be read: %v.", err),
		}
	case err != nil:
		c.logger.Info("no token from the keyring", "error", err)
	}
	return token, nil
}

// unlockTime is how long the system may take to have its keyring unlocked by the
// person.
const unlockTime = time.Minute

// KeepToken keeps the access token of a connection in the system's keyring, for
// its address and account. It makes the connector a connect.TokenKeeper.
func (c *connector) KeepToken(ctx context.Context, profile models.Profile, token models.Secret) error {
	at, err := parseURL(profile.URL)
	if err == nil && at.scheme != "adaxes" {
		err = errors.New("only adaxes:// takes an access token")
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
