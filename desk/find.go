package desk

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"dirdesk/desk/rows"
	"dirdesk/desk/walk"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// finder finds objects by what a person types of them.
type finder struct{ in *directory }

// Found is what a search has found at a time.
type Found struct {
	Objects []models.Object
	// Cut says in words that the server held back some, and why; "" when nothing
	// is missing that is known of.
	Cut string
}

// Find searches the domain by part of a name, logon name or mail, and gives
// what it finds as it finds it. No categories: all. limit 0: no limit. Where
// the server cannot search, the tree is walked, container by container; what
// could be read of it before an error has been given. [Desk.Search] tells of
// what the server held back as well.
func (f finder) Find(ctx context.Context, text string, categories []models.Category, limit int) iter.Seq2[[]models.Object, error] {
	return func(yield func([]models.Object, error) bool) {
		for found, err := range f.Search(ctx, text, categories, limit) {
			if err == nil && len(found.Objects) == 0 {
				continue
			}
			if !yield(found.Objects, err) {
				return
			}
		}
	}
}

// Search is Find, and tells what the server held back.
func (f finder) Search(ctx context.Context, text string, categories []models.Category, limit int) iter.Seq2[Found, error] {
	return func(yield func(Found, error) bool) {
		if finder, ok := Capability[Finder](f.in.backend); ok {
			var found Found
			var err error
			found.Objects, found.Cut, err = finder.Find(ctx, text, categories, limit)
			if err != nil || len(found.Objects) > 0 || found.Cut != "" {
				yield(found, err)
			}
			return
		}
		f.search(ctx, matcher(text), categories, limit, yield)
	}
}

// search walks the tree from the domain's root, breadth first.
func (f finder) search(ctx context.Context, match func(*models.Object) bool, categories []models.Category, limit int, yield func(Found, error) bool) {
	info, err := f.in.backend.Info(ctx)
	if err != nil {
		yield(Found{}, err)
		return
	}
	var asked []models.Category // nil: all
	if len(categories) > 0 {
		asked = slices.Concat(categories, models.ContainerCategories())
		slices.Sort(asked)
		asked = slices.Compact(asked)
	}
	given := 0
	for queue := []models.DN{info.BaseDN}; len(queue) > 0; {
		base := queue[0]
		queue = queue[1:]
		for page, err := range walk.Pages(ctx, f.in.backend, models.ListRequest{Base: base, Categories: asked}, walk.Options{}) {
			if err != nil {
				yield(Found{}, err)
				return
			}
			var found []models.Object
			cut := ""
			if page.Cut != "" {
				cut = english.Quoted(base.RDN().Value) + ": " + page.Cut
			}
			for i := range page.Objects {
				o := &page.Objects[i]
				if o.Category.HoldsObjects() {
					queue = append(queue, o.DN)
				}
				if (len(categories) == 0 || slices.Contains(categories, o.Category)) && match(o) {
					if asked == nil { // else the place is one among fewer
						f.in.remember(o.DN, page.Offset+i)
					}
					found = append(found, *o)
				}
			}
			if limit > 0 && given+len(found) >= limit {
				yield(Found{Objects: found[:limit-given]}, nil)
				return
			}
			given += len(found)
			if (len(found) > 0 || cut != "") && !yield(Found{Objects: found, Cut: cut}, nil) {
				return
			}
		}
	}
}

// matcher looks for a text in the names of an object, whatever the case and the
// accents.
func matcher(text string) func(*models.Object) bool {
	wanted := rows.AppendFolded(nil, text)
	var scratch []byte
	return func(o *models.Object) bool {
		for _, name := range []string{o.Name, o.SAMAccountName, o.DisplayName, o.Mail} {
			scratch = rows.AppendFolded(scratch[:0], name)
			if bytes.Contains(scratch, wanted) {
				return true
			}
		}
		return false
	}
}

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
			return ofCategory(category)(f.in.Read(ctx, models.Ref{DN: dn}))
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
