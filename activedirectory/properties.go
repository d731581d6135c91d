package activedirectory

import (
	"context"
	"encoding/base64"
	"slices"
	"strings"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

// EditProperties changes any properties of an object in one modification: all of
// it or nothing. The name stays, as an object is renamed by Rename.
//
// A mask is applied to the value that was read just before; the modification takes
// that value away and puts the new one in its place, so that a domain controller
// refuses it when the value has changed in between. It is made anew when only other
// bits have.
func (b *sheets) EditProperties(ctx context.Context, ref models.Ref, modification models.Modification) (models.DN, error) {
	action := editAction(modification)
	changes, err := asChanges(action, ref.DN, modification)
	if err != nil {
		return "", err
	}
	if len(changes) == 0 {
		return ref.DN, nil
	}
	try := func(c *conn) error {
		m := &modifying{backend: b.connection, conn: c, ref: ref, action: action, request: ldap.NewModifyRequest(named(ref), nil), restores: modification.Restores}
		parts, err := m.parts(ctx, changes)
		if err != nil {
			return err
		}
		if err := m.look(ctx, parts); err != nil {
			return err
		}
		if modification.PhotoSet && categoryOf(m.now) != models.Person {
			return m.refuse(models.ErrInvalid, "Only a user or contact has a photo.")
		}
		for _, p := range parts {
			if err := m.add(p); err != nil {
				return err
			}
		}
		return m.send(ctx)
	}
	err = b.change(ctx, action, string(ref.DN), func(c *conn) error {
		return againWhenChanged(action, ref, func() error { return try(c) })
	})
	if err != nil {
		return "", err
	}
	return ref.DN, nil
}

func editAction(modification models.Modification) string {
	switch {
	case modification.PhotoSet && len(modification.Properties) == 0:
		return "change the photo of"
	case len(modification.Properties) == 1 && !modification.PhotoSet:
		return "change " + modification.Properties[0].Name + " of"
	default:
		return "change the properties of"
	}
}

// asChanges checks what does not depend on the schema, and makes the photo a
// property as the others.
func asChanges(action string, dn models.DN, modification models.Modification) ([]models.PropertyChange, error) {
	switch {
	case modification.Request != nil:
		return nil, refuse(models.ErrUnsupported, action, string(dn), "A request written for Adaxes is sent to Adaxes only.")
	case len(modification.Licences) > 0:
		return nil, refuse(models.ErrUnsupported, action, string(dn), "Microsoft 365 licences are no part of the directory: change them through Adaxes.")
	}
	changes := slices.Clone(modification.Properties)
	if modification.PhotoSet {
		if advice := checkPhoto(modification.Photo); advice != "" {
			return nil, refuse(models.ErrInvalid, action, string(dn), advice)
		}
		photo := models.PropertyChange{Name: photoAttribute, Type: models.OctetString}
		if len(modification.Photo) > 0 {
			photo.Values = []string{base64.StdEncoding.EncodeToString(modification.Photo)}
		}
		changes = append(changes, photo)
	}
	seen := make(map[string]bool)
	for _, change := range changes {
		name := strings.ToLower(change.Name)
		if seen[name] {
			return nil, refuse(models.ErrInvalid, action, string(dn), change.Name+" is to be changed twice at once: say in one change what it is to be.")
		}
		seen[name] = true
	}
	return changes, nil
}

// parts puts the changes together with what the schema says of them, and refuses
// what cannot be.
func (m *modifying) parts(ctx context.Context, changes []models.PropertyChange) ([]part, error) {
	known, err := m.backend.schemaOf(ctx, m.conn)
	if err != nil {
		return nil, err
	}
	var parts []part
	for _, change := range changes {
		t, ok := known.find(change.Name)
		if !ok {
			return nil, m.refuse(models.ErrInvalid, "The directory's schema has no attribute "+change.Name+": check its spelling.")
		}
		if fixed := t.property("", m.ref.DN.RDN().Type).Fixed; fixed != "" {
			return nil, m.refuse(models.ErrUnsupported, t.name+" cannot be changed here: "+fixed+".")
		}
		if change, ok = t.fitting(change); !ok {
			return nil, m.refuse(models.ErrInvalid, t.name+" is of the type "+t.of.Name()+" ("+t.of.Label()+"), not "+change.Type.Name()+".")
		}
		p := part{attributeType: t, change: change}
		if !change.Masked {
			if _, err := m.storedAll(p, change.Values); err != nil {
				return nil, err
			}
		}
		parts = append(parts, p)
	}
	return parts, nil
}

// fitting gives a change the attribute's type. ok is false when its own is another
// that says something else; kinds of text, of numbers, of times and of bytes pass
// for each other, and their values are checked one by one.
func (t attributeType) fitting(change models.PropertyChange) (_ models.PropertyChange, ok bool) {
	given := change.Type
	if given == models.LargeInteger && t.form == asTicks {
		change.Values = slices.Clone(change.Values)
		for i, value := range change.Values {
			change.Values[i] = t.shown(value)
		}
		given = models.Timestamp
	}
	if !given.Alike(t.of) {
		return change, false
	}
	change.Type = t.of
	return change, true
}

// EditableFields are the fields that AD's schema has for a category, in the order
// of the form; none for a category that is not known.
func (b *sheets) EditableFields(category models.Category) []models.Field {
	return models.FieldsOf(category)
}

// EditFields writes what changes, in one modification: all of it or nothing. What
// was there before, where that is known, is taken away in it: when it is not there
// any more, nothing is written.
func (b *sheets) EditFields(ctx context.Context, ref models.Ref, changes []models.FieldChange) error {
	const action = "edit"
	m := &modifying{backend: b.connection, ref: ref, action: action, request: ldap.NewModifyRequest(named(ref), nil), now: attributes{}}
	for _, change := range changes {
		name := string(change.Field)
		switch {
		case !slices.Contains(models.Fields(), change.Field):
			return refuse(models.ErrUnsupported, action, string(ref.DN), "The field "+change.Field.Label()+" is none that can be edited.")
		case change.BeforeKnown:
			before := oneOrNone(change.Before)
			m.changed, m.read = append(m.changed, name), append(m.read, name)
			m.now[strings.ToLower(name)] = ldap.NewEntryAttribute(name, before)
			m.exchange(part{attributeType: attributeType{name: name}}, before, oneOrNone(change.After))
		default:
			// Replacing by nothing also does where there is nothing, as deleting does not.
			m.request.Replace(name, oneOrNone(change.After))
		}
	}
	if len(m.request.Changes) == 0 {
		return nil
	}
	return b.change(ctx, action, string(ref.DN), func(c *conn) error {
		m.conn = c
		return m.send(ctx)
	})
}

func oneOrNone(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}
