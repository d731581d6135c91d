package rows

import (
	"context"
	"iter"
	"slices"
	"strings"
	"time"

	"dirdesk/desk/filter"
	"dirdesk/models"
)

// Column is what an arranged view is sorted by: the id of a models.Column, or one
// of the two orders that are none.
type Column string

const (
	// ServerOrder leaves the objects as the server listed them.
	ServerOrder Column = ""
	// ByKindAndName puts what holds others first, then users, groups, computers
	// and the rest, each by name.
	ByKindAndName Column = "kind and name"
	// ByKind and ByName are columns that others name.
	ByKind Column = "kind"
	ByName Column = "name"
)

// Label name a column within a sentence.
func (c Column) Label() string {
	if column, ok := models.ColumnOf(string(c)); ok {
		return strings.ToLower(column.Title)
	}
	return string(c)
}

// Arrangement is what a person wants to see of the loaded objects, and in
// which order.
type Arrangement struct {
	Column     Column
	Descending bool
	// Then sorts rows that are equal in Column.
	Then           Column
	ThenDescending bool
	Narrow         filter.Filter // keeps the objects that are known to fit
	Advanced       bool          // with the objects of the advanced view
	// Now is the moment at which accounts are judged; zero is time.Now().
	Now time.Time
}

// Snapshot is a listing at one moment. It does not change and may be used by
// any goroutine.
type Snapshot struct {
	owner      *Listing
	chunks     []*chunk
	loaded     int
	generation uint64
}

// Objects gives those of the view in its order.
func (o *Order) Objects() iter.Seq[*models.Object] {
	return func(yield func(*models.Object) bool) {
		for _, place := range o.sequence {
			if !yield(objectAt(o.chunks, int(place))) {
				return
			}
		}
	}
}

// Loaded is the number of objects in it.
func (s *Snapshot) Loaded() int { return s.loaded }

// Objects gives the loaded objects in the server's order.
func (s *Snapshot) Objects() iter.Seq[*models.Object] {
	return func(yield func(*models.Object) bool) {
		for _, object := range s.places() {
			if !yield(object) {
				return
			}
		}
	}
}

func (s *Snapshot) places() iter.Seq2[int, *models.Object] {
	return func(yield func(int, *models.Object) bool) {
		for i, c := range s.chunks {
			if c == nil {
				continue
			}
			for k, object := range c.objects {
				if object != nil && !yield(i*chunkSize+k, object) {
					return
				}
			}
		}
	}
}

// Order is an arranged view of a snapshot, for [Listing.Use].
type Order struct {
	*Snapshot
	sequence []int32 // places in the order of the rows
	inverse  []int32 // row+1 of each place, 0 for one that is not in the view
	unknown  int     // objects of which nobody knows whether they fit
}

// Len is the number of rows.
func (o *Order) Len() int { return len(o.sequence) }

func (o *Order) at(row int) *models.Object { return objectAt(o.chunks, int(o.sequence[row])) }

// row finds an object that the listing now holds at place. It may have been
// elsewhere, or have been another one, when the snapshot was made.
func (o *Order) row(place int, dn models.DN) (int, bool) {
	if place < len(o.inverse) {
		if row := int(o.inverse[place]) - 1; row >= 0 && o.at(row).DN.Equal(dn) {
			return row, true
		}
	}
	if o.owner.generation == o.generation {
		return 0, false // nothing has moved: it is not in the view
	}
	for row := range o.sequence {
		if o.at(row).DN == dn {
			return row, true
		}
	}
	return 0, false
}

// Arrange sorts and narrows. Its time grows with the objects, so it is no work
// for the screen's loop. It fails only with the context's error.
func (s *Snapshot) Arrange(ctx context.Context, want Arrangement) (*Order, error) {
	if want.Now.IsZero() {
		want.Now = time.Now()
	}
	sequence, unknown, err := s.pick(ctx, want)
	if err != nil {
		return nil, err
	}
	if want.Column != ServerOrder {
		for _, by := range []Arrangement{{Column: want.Then, Descending: want.ThenDescending, Now: want.Now}, want} {
			if by.Column == ServerOrder {
				continue
			}
			if err := s.sort(ctx, sequence, by); err != nil {
				return nil, err
			}
		}
	} else if want.Descending {
		slices.Reverse(sequence)
	}
	order := &Order{Snapshot: s, sequence: sequence, unknown: unknown, inverse: make([]int32, len(s.chunks)*chunkSize)}
	for row, place := range sequence {
		order.inverse[place] = int32(row) + 1
	}
	return order, nil
}

// checkEvery is how many objects are handled between two looks at the context.
const checkEvery = 1024

// pick gives the places of the objects that are wanted, in the server's order, and
// of how many it is not known.
func (s *Snapshot) pick(ctx context.Context, want Arrangement) (picked []int32, unknown int, err error) {
	fits := want.Narrow.Judge(want.Now)
	picked = make([]int32, 0, s.loaded)
	seen := 0
	for place, object := range s.places() {
		if seen++; seen%checkEvery == 0 && ctx.Err() != nil {
			break
		}
		if object.IsAside() && !want.Advanced {
			continue
		}
		switch fits(object) {
		case models.Yes:
			picked = append(picked, int32(place))
		case models.Unknown:
			unknown++
		}
	}
	return picked, unknown, ctx.Err()
}
