// Package place says what the table of the screen can show: a container, what was
// found, and whatever else has rows. Loader, navigation and page know a place by
// [Place] only, so that another kind of place is another type and nothing else.
package place

import (
	"context"
	"iter"
	"slices"
	"strings"

	"dirdesk/desk"
	"dirdesk/desk/rows"
	"dirdesk/desk/walk"
	"dirdesk/models"
)

// Place is something that has rows.
type Place interface {
	// Address is how history, bookmarks, marks and exports write the place down.
	Address() string
	// Key is the address as it is compared: the same place has the same key.
	Key() string
	// Name is the place's own name, and Nothing what is said when it has no rows.
	// Neither Name nor Path is safe to print.
	Name() string
	Nothing(about models.About) string
	// Path are the names on the way down to the place, from below the top.
	Path() []string
	// IsTop reports whether nothing is above the place, and Up is what is; nil
	// where that is the place the person came from.
	IsTop() bool
	Up() Place
	// Container is the container that the place is: something new would go
	// there. It is "" where the rows come from several containers.
	Container() models.DN
	// Lists reports whether objects that come to a container or leave it change the rows.
	Lists(parent models.DN) bool
	// Renamed is the place after an object was renamed or moved from old to to;
	// false when that leaves the place as it was.
	Renamed(old, to models.DN) (Place, bool)

	// Seekable reports whether any part of the rows can be asked for, and Natural
	// is the order in which they are shown as long as nobody asks for another.
	Seekable(about models.About) bool
	Natural(about models.About) rows.Column
	// Searches reports whether the domain may have to be read before the rows are
	// known: desk.Desk tells how far it is, stops it and lets it be read anew.
	Searches() bool
	// Read asks for limit rows from offset on; 0: to the end. Where the place is
	// not seekable both are 0.
	Read(ctx context.Context, backend desk.Backend, offset, limit int) iter.Seq2[models.Page, error]
}

// Same reports whether two places are the same; nil is no place.
func Same(a, b Place) bool { return a != nil && b != nil && a.Key() == b.Key() }

// container is a container of the directory; its rows are its children.
type container struct {
	dn    models.DN
	top   models.DN // of the domain: nothing is above it
	key   string
	isTop bool
}

// Container is a container as a place, in the domain below top.
func Container(dn, top models.DN) Place {
	return container{dn: dn, top: top, key: dn.Key(), isTop: dn.Equal(top)}
}

func (c container) Address() string { return string(c.dn) }

func (c container) Key() string { return c.key }

func (c container) Name() string { return Name(c.dn) }

// Nothing does not say that a container is empty where there may be objects of kinds
// that the connection does not list.
func (c container) Nothing(about models.About) string {
	if about.AnyKind {
		return "This container is empty."
	}
	return "Nothing here of the kinds that " + about.Called() + " lists."
}

func (c container) Path() []string {
	steps := c.dn.RDNs()
	names := make([]string, 0, len(steps))
	for _, step := range slices.Backward(steps[:max(len(steps)-c.top.Depth(), 0)]) {
		names = append(names, step.Value)
	}
	return names
}

func (c container) IsTop() bool { return c.isTop }

func (c container) Up() Place { return Container(c.dn.Parent(), c.top) }

func (c container) Container() models.DN { return c.dn }

func (c container) Lists(parent models.DN) bool { return c.dn.Equal(parent) }

func (c container) Renamed(old, to models.DN) (Place, bool) {
	dn, renamed := Rebase(c.dn, old, to)
	return Container(dn, c.top), renamed
}

func (c container) Searches() bool { return false }

func (c container) Seekable(about models.About) bool { return about.Seekable }

// Natural sorts what comes in no order that means anything.
func (c container) Natural(about models.About) rows.Column {
	if about.Seekable {
		return rows.ServerOrder
	}
	return rows.ByKindAndName
}

func (c container) Read(ctx context.Context, backend desk.Backend, offset, limit int) iter.Seq2[models.Page, error] {
	req := models.ListRequest{Base: c.dn, Offset: offset, Limit: limit}
	if backend.About().AnyKind { // what else there is, is counted at least
		req.Categories = []models.Category{models.AnyKind}
	}
	if limit == 0 && backend.About().Seekable { // several pages at once
		return walk.Pages(ctx, backend, req, walk.Options{})
	}
	return backend.List(ctx, req)
}

// Name is an object's own name, not safe to print: of a domain the whole one.
func Name(dn models.DN) string {
	switch rdn := dn.RDN(); {
	case strings.EqualFold(rdn.Type, "DC"):
		return dn.Realm() // "example.test", not "example"
	case rdn.Value != "":
		return rdn.Value
	}
	return string(dn)
}

// Rebase gives the name that an object has after another, or itself, was
// renamed or moved from old to to. It is false for one that keeps its name.
func Rebase(dn, old, to models.DN) (models.DN, bool) {
	if dn == "" || old == "" || !dn.Equal(old) && !dn.IsBelow(old) {
		return dn, false
	}
	return dn.Rebased(old, to), true
}
