package adaxes

import (
	"context"

	"dirdesk/models"
)

// Get reads one object with everything a page of details shows;
// models.ErrNotFound when there is none, or none that this account may see.
func (b *Backend) Get(ctx context.Context, dn models.DN) (models.Object, error) {
	return b.Identify(ctx, string(dn))
}

// Identify reads one object by its GUID (hyphenated, no braces), its SID or its
// DN: the three that Adaxes takes wherever an object is named (official). A logon
// name is none of them: see Find.
func (b *Backend) Identify(ctx context.Context, id string) (models.Object, error) {
	e, err := b.get(ctx, id, readProperties()...)
	if err != nil {
		return models.Object{}, err
	}
	return objectOf(e, b.now()), nil
}
