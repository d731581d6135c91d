package cli

import (
	"context"
	"errors"

	"dirdesk/desk"
	"dirdesk/models"
)

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
	directory, err := beside.kind().open(c, ctx, beside, in, "")
	if err != nil {
		return nil, besideError(beside, err)
	}
	dsm, err := c.openOne(ctx, at, in)
	if err != nil {
		leaving, cancel := context.WithTimeout(context.WithoutCancel(ctx), signOutTime)
		defer cancel()
		if out := directory.Close(leaving); out != nil {
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
	var known *models.Error
	if !errors.As(err, &known) {
		return errors.Join(err, errBeside)
	}
	said := *known
	said.Err = errors.Join(known.Err, errBeside)
	said.Advice = "That was at " + at.String() + ", which the profile names as its directory: it is signed in to with the same account and password."
	if known.Advice != "" {
		said.Advice = known.Advice + "\n" + said.Advice
	}
	return &said
}
