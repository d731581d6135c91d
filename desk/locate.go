package desk

import (
	"context"
	"fmt"
	"strings"

	"dirdesk/models"
)

// mostNamesakes bounds what is looked at of the objects that have part of a
// name.
const mostNamesakes = 2000

// Locate finds the one object that a person named: by its DN, by its GUID or SID
// where the server knows those, or by its logon name (of a computer with or
// without the $), else its name. category "" is any. models.ErrNotFound when
// there is none, models.ErrInvalid when there are several.
func (f finder) Locate(ctx context.Context, text string, category models.Category) (models.Object, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return models.Object{}, notLocated(text, models.ErrInvalid, "no object was named", "Name it by its DN or its logon name.")
	}
	if strings.Contains(text, "=") {
		if dn, err := models.ParseDN(text); err == nil {
			return ofCategory(category)(f.in.Read(ctx, dn))
		}
	}
	if id, ok := identity(text); ok {
		if identifier, can := Capability[Identifier](f.in.backend); can {
			return ofCategory(category)(identifier.Identify(ctx, id))
		}
	}
	var categories []models.Category
	if category != "" {
		categories = []models.Category{category}
	}
	byLogon, byName, cut, err := f.namesakes(ctx, text, categories)
	if err != nil {
		return models.Object{}, err
	}
	found := byLogon
	if len(found) == 0 {
		found = byName
	}
	switch len(found) {
	case 0:
		advice := "Name it by its DN or its logon name; both stand in the details."
		if cut != "" {
			advice = "Name it by its DN: not all was searched (" + cut + ")."
		}
		return models.Object{}, notLocated(text, models.ErrNotFound, "", advice)
	case 1:
		return found[0], nil
	default:
		return models.Object{}, notLocated(text, models.ErrInvalid, fmt.Sprintf("%d objects are called so", len(found)),
			"Name the one you mean by its DN, for instance "+string(found[0].DN)+".")
	}
}

// ofCategory refuses an object that was read when it is of another category
// than was asked for; "" is any.
func ofCategory(category models.Category) func(models.Object, error) (models.Object, error) {
	return func(o models.Object, err error) (models.Object, error) {
		if err != nil || category == "" || o.Category == category {
			return o, err
		}
		return models.Object{}, notLocated(string(o.DN), models.ErrInvalid,
			"that is a "+o.Category.Label()+", and not a "+category.Label(), "Name a "+category.Label()+".")
	}
}

// identity reports whether a text has the form of a GUID, in braces or not, or
// of a SID, and gives it as a server wants it.
func identity(text string) (id string, ok bool) {
	text = strings.TrimSuffix(strings.TrimPrefix(text, "{"), "}")
	if models.IsSID(text) {
		return strings.ToUpper(text), true
	}
	return strings.ToLower(text), models.IsGUID(text)
}

// namesakes finds all objects that have a text for their logon name, and those
// that have it for their name. Over a walk of the tree a logon name ends the
// search: no two objects of a domain share one. cut says why not all may have
// been searched.
func (f finder) namesakes(ctx context.Context, text string, categories []models.Category) (byLogon, byName []models.Object, cut string, err error) {
	for found, err := range f.Search(ctx, text, categories, mostNamesakes) {
		if err != nil {
			return nil, nil, "", err
		}
		if found.Cut != "" {
			cut = found.Cut
		}
		for _, o := range found.Objects {
			switch {
			case strings.EqualFold(strings.TrimSuffix(o.SAMAccountName, "$"), strings.TrimSuffix(text, "$")):
				byLogon = append(byLogon, o)
			case strings.EqualFold(o.Name, text):
				byName = append(byName, o)
			}
		}
		if len(byLogon) > 0 {
			break
		}
	}
	return byLogon, byName, cut, nil
}

func notLocated(text string, kind error, words, advice string) error {
	e := &models.Error{Kind: kind, Action: "look for", Object: text, Advice: advice}
	if words != "" {
		e.Kind = models.InWords(words, kind)
	}
	return e
}
