package desk

import (
	"context"

	"dirdesk/models"
)

// Properties gives all properties of an object that the server tells of.
// models.ErrUnsupported where the connection cannot.
func (c connection) Properties(ctx context.Context, dn models.DN) (models.PropertySheet, error) {
	reader, ok := Capability[PropertyReader](c.backend)
	if !ok {
		return models.PropertySheet{}, unsupported("read the properties of", string(dn), c.CanShowProperties())
	}
	return reader.Properties(ctx, dn)
}

// Property describes one property by its LDAP name, without its values, for an
// object of a category; models.ErrNotFound when this connection knows none of
// that name.
func (c connection) Property(ctx context.Context, name string, category models.Category) (models.Property, error) {
	reader, ok := Capability[PropertyReader](c.backend)
	if !ok {
		return models.Property{}, unsupported("look up the property", name, c.CanShowProperties())
	}
	return reader.Property(ctx, name, category)
}

// Photo is the photo of a user or contact, as JPEG, PNG or whatever the server
// holds; nil when there is none.
func (c connection) Photo(ctx context.Context, dn models.DN) ([]byte, error) {
	editor, ok := Capability[PhotoEditor](c.backend)
	if !ok {
		return nil, unsupported("read the photo of", string(dn), c.CanShowPhoto(models.Object{}))
	}
	return editor.Photo(ctx, dn)
}

// Licences are a user's Microsoft 365 licences; models.ErrUnsupported where the
// server does not tell.
func (c connection) Licences(ctx context.Context, dn models.DN) (models.Licences, error) {
	reader, ok := Capability[LicenceReader](c.backend)
	if !ok {
		return models.Licences{}, unsupported("read the licences of", string(dn), c.CanShowLicences(models.Object{}))
	}
	return reader.Licences(ctx, dn)
}

// Members are the members of a group; with indirect, those through other groups
// too, each once.
func (c connection) Members(ctx context.Context, group models.DN, indirect bool) ([]models.DN, error) {
	const action = "list the members of"
	if indirect {
		reader, ok := Capability[IndirectMemberReader](c.backend)
		if !ok {
			return nil, unsupported(action, string(group), "this connection cannot list members through other groups")
		}
		return reader.IndirectMembers(ctx, group)
	}
	reader, ok := Capability[MemberReader](c.backend)
	if !ok {
		return nil, unsupported(action, string(group), c.cannotList())
	}
	return reader.Members(ctx, group)
}
