package uitest

import (
	"context"

	"dirdesk/desk"
	"dirdesk/models"
	"dirdesk/ui/connect"
)

// Connector opens one backend, whatever it is asked for.
type Connector struct {
	Backend desk.Backend
	Err     error
	Opened  []models.SignIn
}

var _ connect.Connector = (*Connector)(nil)

// Schemes implements connect.Connector.
func (c *Connector) Schemes() connect.Schemes {
	return connect.Schemes{{Name: "ldaps", Title: "Active Directory (LDAPS)", Port: "636", Hint: "user@domain"}}
}

// Profiles implements connect.Connector.
func (c *Connector) Profiles() []models.Profile { return nil }

// Open implements connect.Connector.
func (c *Connector) Open(_ context.Context, in models.SignIn) (desk.Backend, error) {
	c.Opened = append(c.Opened, in)
	return c.Backend, c.Err
}

// Trust implements connect.Connector.
func (c *Connector) Trust(*models.CertificateError) error { return nil }

// Save implements connect.Connector.
func (c *Connector) Save(models.Profile) error { return nil }
