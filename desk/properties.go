package desk

import (
	"context"
	"slices"

	"dirdesk/internal/english"
	"dirdesk/models"
)

// Properties gives all properties of an object that the server tells of.
// models.ErrUnsupported where the connection cannot.
func (d *Desk) Properties(ctx context.Context, dn models.DN) (models.PropertySheet, error) {
	reader, ok := Ability[PropertyReader](d.backend)
	if !ok {
		return models.PropertySheet{}, d.lacking("read the properties of", string(dn), d.CanShowProperties())
	}
	return reader.Properties(ctx, dn)
}

// Property describes one property by its LDAP name, without its values, for an
// object of a category; models.ErrNotFound when this connection knows none of
// that name.
func (d *Desk) Property(ctx context.Context, name string, category models.Category) (models.Property, error) {
	reader, ok := Ability[PropertyReader](d.backend)
	if !ok {
		return models.Property{}, d.lacking("look up the property", name, d.CanShowProperties())
	}
	return reader.Property(ctx, name, category)
}

// Photo is the photo of a user or contact, as JPEG, PNG or whatever the server
// holds; nil when there is none.
func (d *Desk) Photo(ctx context.Context, dn models.DN) ([]byte, error) {
	editor, ok := Ability[PhotoEditor](d.backend)
	if !ok {
		return nil, d.lacking("read the photo of", string(dn), d.CanShowPhoto(models.Object{}))
	}
	return editor.Photo(ctx, dn)
}

// PhotoLimit is the largest photo that the server takes, in bytes; 0 where it
// takes none.
func (d *Desk) PhotoLimit() int {
	editor, ok := Ability[PhotoEditor](d.backend)
	if !ok {
		return 0
	}
	return editor.PhotoLimit()
}

// Licences are a user's Microsoft 365 licences; models.ErrUnsupported where the
// server does not tell.
func (d *Desk) Licences(ctx context.Context, dn models.DN) (models.Licences, error) {
	reader, ok := Ability[LicenceReader](d.backend)
	if !ok {
		return models.Licences{}, d.lacking("read the licences of", string(dn), d.CanShowLicences(models.Object{}))
	}
	return reader.Licences(ctx, dn)
}

// Members are the members of a group; with indirect, those through other groups
// too, each once.
func (d *Desk) Members(ctx context.Context, group models.DN, indirect bool) ([]models.DN, error) {
	if indirect {
		reader, ok := Ability[IndirectMemberReader](d.backend)
		if !ok {
			return nil, d.lacking("list the members of", string(group), "this connection cannot list members through other groups")
		}
		return reader.IndirectMembers(ctx, group)
	}
	reader, ok := Ability[MemberReader](d.backend)
	if !ok {
		return nil, d.lacking("list the members of", string(group), d.cannotList())
	}
	return reader.Members(ctx, group)
}

// lacking is the error for an ability that is not there.
func (d *Desk) lacking(action, object, words string) error {
	return &models.Error{Kind: models.InWords(words, models.ErrUnsupported), Action: action, Object: object, Advice: english.Own(words).Capital() + "."}
}

// CanShowProperties says why the properties of objects cannot be listed here;
// "" when they can.
func (d *Desk) CanShowProperties() string {
	return when(!has[PropertyReader](d.backend), d.notHere("show all properties of an object"))
}

// CanShowPhoto says why there is no photo of an object to be seen here; "" when
// there may be one. The zero object is any.
func (d *Desk) CanShowPhoto(o models.Object) string {
	if words := when(!has[PhotoEditor](d.backend), d.notHere("show photos")); words != "" {
		return words
	}
	return wrongForPhoto(o.Category)
}

// CanShowLicences says why the Microsoft 365 licences of an object cannot be
// shown; "" when they may be. The zero object is any user.
func (d *Desk) CanShowLicences(o models.Object) string {
	if words := when(!has[LicenceReader](d.backend), "only Adaxes knows of Microsoft 365 licences"); words != "" {
		return words
	}
	return wrongForLicences(o.Category)
}

// CanSetPasswordWith reports whether models.Change.Options may be anything but
// zero: other things are set together with a password.
func (d *Desk) CanSetPasswordWith() bool { return has[PasswordOptionSetter](d.backend) }

// CanListMembers reports whether the members of a group can be listed; indirect
// is for those through other groups.
func (d *Desk) CanListMembers(indirect bool) bool {
	if indirect {
		return has[IndirectMemberReader](d.backend)
	}
	return has[MemberReader](d.backend)
}

const thisIsReadOnly = "this connection is read-only"

// contact is the category of contacts where a server tells them from users.
const contact models.Category = "contact"

func wrongForPhoto(category models.Category) string {
	return when(!slices.Contains([]models.Category{"", models.Person, contact}, category), "only users and contacts have a photo")
}

func wrongForLicences(category models.Category) string {
	return when(category != "" && category != models.Person, "only users have Microsoft 365 licences")
}

// notHere says that this connection cannot do something.
func (d *Desk) notHere(what string) string {
	if d.overDSM() && !d.isCombined() {
		return "DSM's documented calls cannot " + what + "; name the domain's LDAP address in the profile"
	}
	return "this connection cannot " + what
}
