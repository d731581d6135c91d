package desk

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"

	"dirdesk/desk/index"
	"dirdesk/models"
)

// finder finds objects by what a person types of them.
type finder struct{ in *directory }

// Search says what is looked for.
type Search struct {
	Text       string
	Categories []models.Category // none: all
	Base       models.DN         // only below it, itself included; "": everywhere
	Limit      int               // 0: no limit
}

// Found is what a search has found until now, the best first.
type Found struct {
	Objects []models.Object
	More    bool // others answer too, beyond the limit
	// Cut says in words why some may be missing; "" when nothing is that is known of.
	Cut string
	// Reading is how far the domain has been read where it is searched here.
	Reading Reading
}

// Find searches the domain for parts of names, logon names, mail addresses and
// telephone numbers. Each thing it gives is all that was found until then. Where
// the server cannot search, the domain is read once and searched here, from the
// first page on.
func (f finder) Find(ctx context.Context, s Search) iter.Seq2[Found, error] {
	return func(yield func(Found, error) bool) {
		nothing, ended := true, false
		f.search(ctx, s, func(found Found, err error) bool {
			nothing = len(found.Objects) == 0 && err == nil
			ended = !yield(found, err)
			return !ended
		})
		if nothing && !ended && isOutright(s.Text) {
			if objects := f.named(ctx, s); len(objects) > 0 {
				yield(Found{Objects: objects}, nil)
			}
		}
	}
}

// isOutright reports a text that names one object, and is no part of a name.
func isOutright(text string) bool {
	_, is := identity(strings.TrimSpace(text))
	return is || strings.ContainsAny(text, `=\/@`)
}

// named are the objects that a text names outright: by a DN, GUID or SID, a name with
// its domain, or a path.
func (f finder) named(ctx context.Context, s Search) (all []models.Object) {
	o, err := f.Locate(ctx, s.Text, s.Categories...)
	all = []models.Object{o}
	if several, ok := errors.AsType[*Ambiguous](err); ok {
		all = several.Candidates
	} else if err != nil {
		return nil
	}
	return slices.DeleteFunc(all, func(o models.Object) bool {
		return s.Base != "" && !o.DN.Equal(s.Base) && !o.DN.IsBelow(s.Base)
	})
}

func (f finder) search(ctx context.Context, s Search, yield func(Found, error) bool) {
	query := index.ParseQuery(s.Text)
	if server, ok := Capability[Finder](f.in.backend); ok {
		yield(ask(ctx, server, query, s))
		return
	}
	f.in.survey().find(ctx, index.Request{Query: query, Categories: s.Categories, Base: s.Base, Limit: s.Limit}, yield)
}

// ask has the server search, and puts what it finds into the order of all searches.
func ask(ctx context.Context, server Finder, query index.Query, s Search) (Found, error) {
	typed, folded := query.Words()
	objects, cut, err := server.Find(ctx, models.FindRequest{
		Text: s.Text, Words: typed, Folded: folded, Number: query.Number(), Categories: s.Categories, Base: s.Base, Limit: s.Limit,
		Matches: func(o *models.Object) bool { return query.Rank(o) < index.None },
	})
	ranked := make([]index.Found, len(objects))
	for i, o := range objects {
		// The server may know a word of it that is not told in a list.
		ranked[i] = index.Found{Object: o, Rank: min(query.Rank(&o), index.Part)}
	}
	return Found{Objects: index.Arrange(ranked, s.Limit), More: s.Limit > 0 && len(objects) > s.Limit, Cut: cut}, err
}
