// Package place says what the table of the screen can show: a container today,
// and whatever else has rows. Loader, navigation and page know a place by
// [Place] only, so that another kind of place is another type and nothing else.
package place

import (
	"context"
	"iter"

	"dirdesk/desk"
	"dirdesk/desk/rows"
	"dirdesk/models"
)

// Place is something that has rows.
type Place interface {
	// Address is how history, bookmarks, marks and exports write the place down.
	Address() string
	// Key is the address as it is compared: the same place has the same key.
	Key() string
	// Name is the place's own name, and Kind what it is: "container". Neither
	// Name nor Path is safe to print.
	Name() string
	Kind() string
	// Path are the names on the way down to the place, its own the last. The top
	// of the domain is not among them.
	Path() []string
	// IsTop reports whether nothing is above the place, and Up is what is.
	IsTop() bool
	Up() Place
	// Container is the container that the place is: something new would go
	// there. It is "" where the rows come from several containers.
	Container() models.DN
	// Lists reports whether the rows are others when objects came to a container
	// or left it.
	Lists(parent models.DN) bool
	// Renamed is the place after an object was renamed or moved from old to to;
	// false when that leaves the place as it was.
	Renamed(old, to models.DN) (Place, bool)

	// Seekable reports whether any part of the rows can be asked for, and Natural
	// is the order in which they are shown as long as nobody asks for another.
	Seekable(about models.About) bool
	Natural(about models.About) rows.Column
	// Read asks for limit rows from offset on. Where the place is not seekable
	// both are 0, and all rows come.
	Read(ctx context.Context, backend desk.Backend, offset, limit int) iter.Seq2[models.Page, error]
	// Rest reads from offset to the end.
	Rest(ctx context.Context, backend desk.Backend, offset int) iter.Seq2[models.Page, error]
}

// Same reports whether two places are the same; nil is no place.
func Same(a, b Place) bool { return a != nil && b != nil && a.Key() == b.Key() }
