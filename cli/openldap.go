package cli

import (
	"context"

	"dirdesk/activedirectory"
	"dirdesk/desk"
	"dirdesk/models"
)

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
