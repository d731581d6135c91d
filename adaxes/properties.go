package adaxes

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"dirdesk/models"
)

const (
	actionProperties = "read the properties of"
	actionProperty   = "look for the property"
)

// noList says why a sheet may lack properties.
const noList = "Adaxes does not tell which properties an object may have: these are the ones that Active Directory commonly has. " +
	"Any other can be changed with dirdesk modify."

// maxNames bounds the names of properties that one request asks for, in bytes
// with their commas, and maxName the name of the object beside them: IIS takes a
// query of 2,048 by preset (Microsoft).
const (
	maxNames = 1400
	maxName  = 400
)

// Properties gives the properties of an object that Active Directory commonly
// has: the REST API gives none unless they are asked for by name, and does not
// tell their names. Passwords are not asked for.
func (s *sheets) Properties(ctx context.Context, ref models.Ref) (models.PropertySheet, error) {
	head, err := s.getFor(ctx, actionProperties, idOf(ref))
	if err != nil {
		return models.PropertySheet{}, err
	}
	id := idOf(ref)
	if len(url.QueryEscape(id)) > maxName && models.IsGUID(head.guid) {
		id = head.guid
	}
	known := attributesOn(classesOf("", head.objectType))
	wanted := wantedBeside(ctx, known)
	var names []string
	for _, a := range slices.Concat(known, wanted) {
		names = append(names, a.name)
	}
	answered := map[string]told{}
	var refused []string
	for _, some := range inParts(names, maxNames) {
		lost, err := s.askProperties(ctx, id, some, answered)
		if err != nil {
			return models.PropertySheet{}, err
		}
		refused = append(refused, lost...)
	}
	sheet := models.PropertySheet{DN: ref.DN, Category: categoryOf(head), Partial: noList}
	if len(refused) > 0 {
		sheet.Partial += " It does not tell " + strings.Join(refused, ", ") + "."
		known = slices.DeleteFunc(known, func(a attribute) bool { return isOneOf(a.name, refused) })
	}
	if head.dn != "" {
		sheet.DN = head.dn
	}
	for _, a := range wanted {
		if len(answered[strings.ToLower(a.name)].values) > 0 {
			known = append(known, a)
		}
	}
	sheet.Properties = sheetProperties(known, answered)
	return sheet, nil
}

// wantedBeside are the properties that somebody is about to change and that are
// not known for this kind of object, such as those that a company has added to its
// schema. Only with a value do they come into a sheet: without one they cannot be
// told from a name that the server does not know.
func wantedBeside(ctx context.Context, known []attribute) []attribute {
	var wanted []attribute
	for _, p := range models.WantedOf(ctx) {
		same := func(a attribute) bool { return strings.EqualFold(a.name, p.Name) }
		switch {
		case !isAttributeName(p.Name), models.PasswordProperty(p.Name), slices.ContainsFunc(known, same), slices.ContainsFunc(wanted, same):
			continue
		}
		a, found := lookUp(p.Name)
		if !found {
			a = attribute{name: p.Name, kind: p.Type}
		}
		if a.kind != 0 {
			wanted = append(wanted, a)
		}
	}
	return wanted
}

// askProperties adds the properties of those names to answered. Where the server
// refuses the request for a name it does not know, it is asked for the others;
// refused are the names that it gives to nobody.
func (s *sheets) askProperties(ctx context.Context, id string, names []string, answered map[string]told) (refused []string, err error) {
	e, err := s.getFor(ctx, actionProperties, id, names...)
	switch {
	case err == nil:
		for key, p := range e.properties {
			answered[key] = p
		}
		return nil, nil
	case !errors.Is(err, models.ErrInvalid):
		return nil, err
	case len(names) == 1:
		return names, nil
	}
	half := len(names) / 2
	for _, part := range [][]string{names[:half], names[half:]} {
		lost, err := s.askProperties(ctx, id, part, answered)
		if err != nil {
			return nil, err
		}
		refused = append(refused, lost...)
		if len(refused) > maxRefused {
			return nil, errorOf(models.ErrProtocol, actionProperties, id,
				fmt.Sprintf("the server refuses to tell of %d properties and more", maxRefused), adviceReport)
		}
	}
	return refused, nil
}

// maxRefused is how many names a server may refuse before that is taken for
// something else.
const maxRefused = 16

// sheetProperties puts what the server told under what is known of it, in the
// order of the names. What it told unasked is added with a guessed type.
func sheetProperties(known []attribute, answered map[string]told) []models.Property {
	var list []models.Property
	for _, a := range known {
		p := a.property()
		key := strings.ToLower(a.name)
		p.Values = decodeValues(p.Type, answered[key].values)
		if a.sid {
			for i, value := range p.Values {
				if text := sidText(value); text != "" {
					p.Values[i] = text
				}
			}
		}
		list = append(list, p)
		delete(answered, key)
	}
	for _, p := range answered {
		if models.PasswordProperty(p.name) || !isAttributeName(p.name) {
			continue
		}
		list = append(list, unknownProperty(p))
	}
	sortProperties(list)
	return list
}

func unknownProperty(p told) models.Property {
	list := models.Property{Name: p.name, Type: models.CaseIgnoreString}
	if len(p.values) > 0 {
		list.Type = guessedType(p.values[0])
	}
	if len(p.values) > 1 {
		list.Multi = models.Yes
	}
	list.Values = decodeValues(list.Type, p.values)
	return list
}

// Property describes one of the properties that Active Directory commonly has.
func (s *sheets) Property(_ context.Context, name string, category models.Category) (models.Property, error) {
	if models.PasswordProperty(name) {
		return models.Property{Name: name, Fixed: "a password: set it as one instead"}, nil
	}
	found, ok := lookUpOn(name, classesOf(category, ""))
	if !ok {
		found, ok = lookUp(name)
	}
	if !ok {
		return models.Property{}, errorOf(models.ErrNotFound, actionProperty, name, "not a property that dirdesk knows",
			"Check its spelling. Adaxes tells no types: change what dirdesk does not know with dirdesk modify, which names the type.")
	}
	return found.property(), nil
}

// inParts cuts names into lists whose text is no longer than most bytes.
func inParts(names []string, most int) [][]string {
	var parts [][]string
	length := most + 1
	for _, name := range names {
		if length+len(name)+1 > most {
			parts, length = append(parts, nil), 0
		}
		last := len(parts) - 1
		parts[last] = append(parts[last], name)
		length += len(name) + 1
	}
	return parts
}
