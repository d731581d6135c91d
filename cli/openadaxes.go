package cli

import (
	"context"
	"fmt"

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
		Token: in.Token, Account: in.Profile.Account, Password: in.Password, Domain: in.Profile.Domain, Logger: c.logger, Wait: c.atWork,
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
