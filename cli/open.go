package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"dirdesk/activedirectory"
	"dirdesk/adaxes"
	"dirdesk/desk"
	"dirdesk/models"
	"dirdesk/synology"
)

// openSynology signs in to DSM with the device token of an earlier sign-in, if
// there is one, and keeps the one that the server issues now.
func (c *connector) openSynology(ctx context.Context, to dialing) (desk.Backend, error) {
	device, err := c.tokens.Lookup(to.at.host, to.in.Profile.Account)
	if err != nil {
		return nil, err
	}
	if device.Name == "" {
		device.Name = deviceName()
	}
	backend, err := synology.Open(ctx, synology.Options{
		Host: to.at.host, Shown: to.at.String(), TLS: to.tls, TLSWords: to.words, Account: to.in.Profile.Account, Password: to.in.Password,
		Code: to.in.Code, RememberDevice: to.in.RememberDevice,
		DeviceID: device.Token, DeviceName: device.Name, Logger: c.logger, MaxRows: to.in.Profile.MaxRows,
	})
	if errors.Is(err, models.ErrCodeRequired) && !device.Token.Empty() && to.in.Code.Empty() {
		// The server asked for a code all the same: the token was revoked or has
		// run out. Keeping it would only have it refused each time.
		if forget := c.tokens.Forget(to.at.host, to.in.Profile.Account); forget != nil {
			return nil, errors.Join(err, forget)
		}
	}
	if err != nil {
		return nil, err
	}
	if issued := backend.DeviceToken(); !issued.Empty() {
		device.Token = issued
		if err := c.tokens.Remember(to.at.host, to.in.Profile.Account, device); err != nil {
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

// openLDAP signs in over LDAP.
func (c *connector) openLDAP(ctx context.Context, to dialing) (desk.Backend, error) {
	backend, err := activedirectory.Open(ctx, activedirectory.Options{
		URL: to.at.String(), TLS: to.tls, TLSWords: to.words, Account: to.in.Profile.Account, Password: to.in.Password, Logger: c.logger,
		MaxRows: to.in.Profile.MaxRows, Controllers: strings.Fields(to.in.Profile.Controllers), TLSFor: to.tlsFor,
	})
	if err != nil {
		return nil, err
	}
	return backend, nil
}

// openAdaxes signs in to Adaxes with the token that was given or, when neither a
// token nor a password was, with the one that the profile points to.
func (c *connector) openAdaxes(ctx context.Context, to dialing) (desk.Backend, error) {
	if to.in.Token.Empty() && to.in.Password.Empty() {
		var err error
		if to.in.Token, err = c.keptToken(ctx, to.in.Profile); err != nil {
			return nil, err
		}
	}
	backend, err := adaxes.Open(ctx, adaxes.Options{
		URL: "https://" + to.at.host + to.at.path, Shown: to.at.String(), TLS: to.tls, TLSWords: to.words,
		Token: to.in.Token, Account: to.in.Profile.Account, Password: to.in.Password, Domain: to.in.Profile.Domain, Logger: c.logger, Wait: c.atWork,
		MaxRows: to.in.Profile.MaxRows,
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

// directoryEndpoint reads the LDAP address that a profile names beside a DSM.
func directoryEndpoint(at endpoint, directory string) (endpoint, error) {
	beside, err := parseURL(directory)
	switch {
	case err != nil:
		return endpoint{}, err
	case at.kind().alone != "":
		return endpoint{}, usagef("directory stands beside a %s url only: %s",
			schemesThat(func(s scheme) bool { return s.alone == "" }), at.kind().alone)
	case !beside.kind().ldap:
		return endpoint{}, usagef("directory is the LDAP address of the domain: ldaps://HOST[:PORT] or ldap://HOST[:PORT]")
	}
	return beside, nil
}

// checkParts refuses what a profile says that its kind of connection does not
// have.
func checkParts(at endpoint, p models.Profile) error {
	if p.Directory != "" {
		if _, err := directoryEndpoint(at, p.Directory); err != nil {
			return err
		}
	}
	for _, address := range strings.Fields(p.Controllers) {
		switch one, err := parseURL(address); {
		case err != nil:
			return err
		case !one.kind().ldap:
			return usagef("controllers are the LDAP addresses of the domain controllers: ldaps://HOST[:PORT] or ldap://HOST[:PORT]")
		case !at.kind().ldap && p.Directory == "":
			return usagef("controllers are asked over LDAP: name them beside an %s url, or beside a directory",
				schemesThat(func(s scheme) bool { return s.ldap }))
		}
	}
	if p.TokenFile != "" {
		if err := at.checkToken(); err != nil {
			return err
		}
	}
	if p.Domain != "" && !at.kind().domains {
		return usagef("a domain is named for %s only, whose service manages several: %s reaches one",
			schemesThat(func(s scheme) bool { return s.domains }), at.scheme+"://")
	}
	return nil
}

// openCombined signs in to a DSM and to the domain that it serves, with the same
// account and password. The domain comes first: a one-time code for DSM is not
// spent when the other half is out of reach.
func (c *connector) openCombined(ctx context.Context, at endpoint, in models.SignIn) (desk.Backend, error) {
	beside, err := directoryEndpoint(at, in.Profile.Directory)
	if err != nil {
		return nil, &models.Error{Kind: models.ErrInvalid, Action: "connect", Err: err, Advice: err.Error()}
	}
	// A certificate is pinned for DSM; the domain's has to be vouched for or known.
	directory, err := c.dial(ctx, beside, in, "")
	if err != nil {
		return nil, besideError(beside, err)
	}
	dsm, err := c.openOne(ctx, at, in)
	if err != nil {
		if out := signOut(ctx, directory); out != nil {
			c.logger.Warn("sign-out failed", "error", out)
		}
		return nil, err
	}
	return desk.Combine(dsm, directory), nil
}

// errBeside marks what went wrong at the address that a profile names as
// directory.
var errBeside = errors.New("at the profile's directory")

// besideError says that it was the second address that failed.
func besideError(at endpoint, err error) error {
	known, ok := errors.AsType[*models.Error](err)
	if !ok {
		return errors.Join(err, errBeside)
	}
	said := *known
	said.Err = errors.Join(known.Err, errBeside)
	said.Advice = "That was at " + at.String() + ", which the profile names as its directory: it is signed in to with the same account and password."
	if known.Advice != "" {
		said.Advice = known.Advice + " " + said.Advice
	}
	return &said
}
