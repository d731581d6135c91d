package cli

import (
	"context"
	"errors"
	"fmt"
	"os"

	"dirdesk/activedirectory"
	"dirdesk/adaxes"
	"dirdesk/desk"
	"dirdesk/models"
	"dirdesk/synology"
)

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
	backend, err := synology.Open(ctx, synology.Options{
		Host: at.host, Shown: at.String(), TLS: settings, TLSWords: words, Account: in.Profile.Account, Password: in.Password,
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
	if issued := backend.DeviceToken(); !issued.Empty() {
		device.Token = issued
		if err := c.tokens.Remember(at.host, in.Profile.Account, device); err != nil {
			// Signed in is signed in; the code will be asked for again next time.
			c.logger.Warn("device token not kept", "error", err)
		}
	}
	return backend, nil
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

// openLDAP signs in over LDAP. pin is the only fingerprint to accept; ""
// is the usual rules.
func (c *connector) openLDAP(ctx context.Context, at endpoint, in models.SignIn, pin string) (desk.Backend, error) {
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
