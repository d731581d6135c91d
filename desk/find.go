package desk

import (
	"bytes"
	"context"
	"iter"
	"slices"

	"dirdesk/desk/rows"
	"dirdesk/desk/walk"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// finder finds objects by what a person types of them.
type finder struct {
	in     *directory
	walked *walked
}

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
