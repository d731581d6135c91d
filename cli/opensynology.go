package cli

import (
	"context"
	"errors"
	"os"

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
