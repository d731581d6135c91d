package desk

import (
	"cmp"
	"context"
	"slices"

	"dirdesk/internal/english"
	"dirdesk/models"
)

// connection is a backend with the words for what it cannot do.
type connection struct{ backend Backend }

const (
	thisConnection = "this connection"
	onlyDSM        = "only DSM does that, and this connection goes to the directory itself"
)

// lacks says that the connection cannot do something, and what would help.
func (c connection) lacks(what string) string {
	about := c.backend.About()
	words := cmp.Or(about.Limits, thisConnection) + " cannot " + what
	if _, two := c.backend.(*combined); !two && about.Remedy != "" {
		words += "; " + about.Remedy
	}
	return words
}

// cannotShow says that something cannot be read back.
func (c connection) cannotShow(what string) string {
	return c.backend.About().Called() + " cannot show " + what
}

func (c connection) cannotList() string {
	return c.backend.About().Called() + " cannot list members"
}

// cannotEdit says that a field cannot be edited.
func (c connection) cannotEdit(f models.Field) string {
	if limits := c.backend.About().Limits; limits != "" {
		return limits + " cannot edit the " + f.Label()
	}
	return f.Label() + " cannot be edited on this connection"
}

// unsupported is the error for a capability that is not there.
func unsupported(action, object, words string) error {
	return &models.Error{
		Kind: models.InWords(words, models.ErrUnsupported), Action: action, Object: object, Advice: english.Own(words).Capital() + ".",
	}
}

// needs is "" where a connection has a capability; else it says that the
// connection cannot do what the phrase names.
func needs[T any](d *directory, phrase string) string {
	if has[T](d.backend) {
		return ""
	}
	return d.lacks(phrase)
}

// EditableFields are the fields that can be edited on an object of a category,
// in the form's order.
func (c connection) EditableFields(category models.Category) []models.Field {
	var all []models.Field
	for editor := range capabilities[FieldEditor](c.backend) {
		all = append(all, editor.EditableFields(category)...)
	}
	return slices.DeleteFunc(models.Fields(), func(f models.Field) bool { return !slices.Contains(all, f) })
}

// CanMustChange reports whether a password can be set so that the person must
// choose another at the next logon.
func (c connection) CanMustChange() bool {
	for setter := range capabilities[PasswordSetter](c.backend) {
		if setter.CanMustChange() {
			return true
		}
	}
	return false
}

// CanSetPasswordWith reports whether models.Change.Options may be anything but
// zero: other things are set together with a password.
func (c connection) CanSetPasswordWith() bool { return has[PasswordOptionSetter](c.backend) }

// CanDeleteTree reports whether a deletion can take along what lies below.
func (c connection) CanDeleteTree() bool {
	for deleter := range capabilities[Deleter](c.backend) {
		if deleter.CanDeleteSubtree() {
			return true
		}
	}
	return false
}

// CanListMembers reports whether the members of a group can be listed; indirect
// is for those through other groups.
func (c connection) CanListMembers(indirect bool) bool {
	if indirect {
		return has[IndirectMemberReader](c.backend)
	}
	return has[MemberReader](c.backend)
}

// CanShowProperties says why the properties of objects cannot be listed here;
// "" when they can.
func (c connection) CanShowProperties() string {
	return when(!has[PropertyReader](c.backend), c.lacks("show all properties of an object"))
}

// CanShowPhoto says why there is no photo of an object to be seen here; "" when
// there may be one. The zero object is any.
func (c connection) CanShowPhoto(o models.Object) string {
	const contact models.Category = "contact" // where a server tells them from users
	if words := when(!has[PhotoEditor](c.backend), c.lacks("show photos")); words != "" {
		return words
	}
	return when(!slices.Contains([]models.Category{"", models.Person, contact}, o.Category), "only users and contacts have a photo")
}

// PhotoLimit is the largest photo that the server takes, in bytes; 0 where it
// takes none.
func (c connection) PhotoLimit() int {
	editor, ok := Capability[PhotoEditor](c.backend)
	if !ok {
		return 0
	}
	return editor.PhotoLimit()
}

// CanShowLicences says why the Microsoft 365 licences of an object cannot be
// shown; "" when they may be. The zero object is any user.
func (c connection) CanShowLicences(o models.Object) string {
	if !has[LicenceReader](c.backend) {
		return "only Adaxes knows of Microsoft 365 licences"
	}
	return when(o.Category != "" && o.Category != models.Person, "only users have Microsoft 365 licences")
}

func when(holds bool, words string) string {
	if holds {
		return words
	}
	return ""
}

// Properties gives all properties of an object that the server tells of.
// models.ErrUnsupported where the connection cannot.
func (c connection) Properties(ctx context.Context, ref models.Ref) (models.PropertySheet, error) {
	reader, ok := Capability[PropertyReader](c.backend)
	if !ok {
		return models.PropertySheet{}, unsupported("read the properties of", string(ref.DN), c.CanShowProperties())
	}
	return reader.Properties(ctx, ref)
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
func (c connection) Photo(ctx context.Context, ref models.Ref) ([]byte, error) {
	editor, ok := Capability[PhotoEditor](c.backend)
	if !ok {
		return nil, unsupported("read the photo of", string(ref.DN), c.CanShowPhoto(models.Object{}))
	}
	return editor.Photo(ctx, ref)
}

// Licences are a user's Microsoft 365 licences; models.ErrUnsupported where the
// server does not tell.
func (c connection) Licences(ctx context.Context, ref models.Ref) (models.Licences, error) {
	reader, ok := Capability[LicenceReader](c.backend)
	if !ok {
		return models.Licences{}, unsupported("read the licences of", string(ref.DN), c.CanShowLicences(models.Object{}))
	}
	return reader.Licences(ctx, ref)
}

// Everyone are the members of a group as Members gives them, with those whose
// primary group it is.
func (c connection) Everyone(ctx context.Context, group models.Ref, indirect bool) (all models.Members, err error) {
	if all.DNs, err = c.Members(ctx, group, indirect); err != nil {
		return all, err
	}
	reader, ok := Capability[PrimaryMemberReader](c.backend)
	if !ok {
		all.Unknown = c.cannotShow("whose primary group it is")
		return all, nil
	}
	direct, err := reader.PrimaryMembers(ctx, group, false)
	if err != nil {
		return models.Members{}, err
	}
	all.Primary = keys(direct)
	if indirect {
		if direct, err = reader.PrimaryMembers(ctx, group, true); err != nil {
			return models.Members{}, err
		}
	}
	all.DNs = models.Distinct(append(all.DNs, direct...))
	return all, nil
}

// Members are the members of a group without those whose primary group it is; with
// indirect, those through other groups too, each once.
func (c connection) Members(ctx context.Context, group models.Ref, indirect bool) ([]models.DN, error) {
	const action = "list the members of"
	if indirect {
		reader, ok := Capability[IndirectMemberReader](c.backend)
		if !ok {
			return nil, unsupported(action, string(group.DN), "this connection cannot list members through other groups")
		}
		return reader.IndirectMembers(ctx, group)
	}
	reader, ok := Capability[MemberReader](c.backend)
	if !ok {
		return nil, unsupported(action, string(group.DN), c.cannotList())
	}
	return reader.Members(ctx, group)
}
