package property

import (
	"context"

	"dirdesk/models"
)

// Source is where properties come from: a desk.Desk.
type Source interface {
	// Properties gives all properties of an object that the server tells of.
	Properties(ctx context.Context, dn models.DN) (models.PropertySheet, error)
	// Property describes one by its LDAP name, without its values, for an object
	// of a category; models.ErrNotFound when there is none.
	Property(ctx context.Context, name string, category models.Category) (models.Property, error)
}
