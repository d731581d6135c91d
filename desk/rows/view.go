package rows

import (
	"dirdesk/models"
)

// Len is the number of rows in the present view: with the server's order, a
// row for each child, read or not, that is not hidden; in an arranged view, a
// row for each object that was arranged.
func (l *Listing) Len() int {
	if l.order != nil {
		return l.order.Len()
	}
	return l.rows
}

// Unknown is how many objects are not in the view because the connection does not
// tell whether they fit its conditions.
func (l *Listing) Unknown() int {
	if l.order == nil {
		return 0
	}
	return l.order.unknown
}

// At is the object in a row of the present view, nil while it was not read.
// Rows outside the view are nil too.
func (l *Listing) At(row int) *models.Object {
	if row < 0 || row >= l.Len() {
		return nil
	}
	if l.order != nil {
		return l.order.at(row)
	}
	return l.object(l.placeOf(row))
}

// Row finds an object in the present view. It is false for one that was not
// read, or that is hidden or narrowed away.
func (l *Listing) Row(dn models.DN) (int, bool) {
	place, ok := l.index.place(l, dn)
	if !ok {
		return 0, false
	}
	if l.order != nil {
		return l.order.row(place, dn)
	}
	c := l.chunks[place/chunkSize]
	if !c.shows(place%chunkSize, l.showAdvanced) {
		return 0, false
	}
	return int(l.starts[place/chunkSize]) + c.rank(place%chunkSize, l.showAdvanced), true
}

// Get is the loaded object of that name, whether the view shows it or not; nil
// when it was not read.
func (l *Listing) Get(dn models.DN) *models.Object {
	place, ok := l.index.place(l, dn)
	if !ok {
		return nil
	}
	return l.object(place)
}

// Need plans the next request that fills a gap among the rows first to last of
// the view: the part that is missing of one page, pages being pageSize places
// long and starting at multiples of it. It is false when nothing is missing
// there, and always in an arranged view, whose rows are all loaded.
//
// While the total is not known, rows beyond the end are missing too. A backend
// that cannot seek is asked for the whole container once, and never again.
func (l *Listing) Need(first, last, pageSize int) (models.ListRequest, bool) {
	if !l.seekable {
		return models.ListRequest{Base: l.base}, !l.started
	}
	if l.order != nil {
		return models.ListRequest{}, false
	}
	if place, ok := l.firstGap(max(first, 0), last); ok {
		return l.request(place, pageSize), true
	}
	if l.total == models.UnknownTotal && last >= l.rows {
		return l.request(l.end, pageSize), true
	}
	return models.ListRequest{}, false
}

// Missing plans the next request towards reading the container to its end,
// whatever the view; see [Listing.Need].
func (l *Listing) Missing(pageSize int) (models.ListRequest, bool) {
	if !l.seekable {
		return models.ListRequest{Base: l.base}, !l.started
	}
	if place, ok := l.gapBetween(0, l.end-1); ok {
		return l.request(place, pageSize), true
	}
	return l.request(l.end, pageSize), l.total == models.UnknownTotal
}

// firstGap finds the first place not read among the rows of the view.
func (l *Listing) firstGap(first, last int) (int, bool) {
	if first >= l.rows || last < first {
		return 0, false
	}
	return l.gapBetween(l.placeOf(first), l.placeOf(min(last, l.rows-1)))
}

func (l *Listing) gapBetween(place, last int) (int, bool) {
	for place <= last {
		if c := l.chunks[place/chunkSize]; c != nil && c.loaded == chunkSize {
			place = (place/chunkSize + 1) * chunkSize
			continue
		}
		if l.isGap(place) {
			return place, true
		}
		place++
	}
	return 0, false
}

// request asks for the places from a gap to the end of its page, or to the last
// gap in it.
func (l *Listing) request(place, pageSize int) models.ListRequest {
	pageSize = max(pageSize, 1)
	start := place / pageSize * pageSize
	for start < place && !l.isGap(start) {
		start++
	}
	end := (place/pageSize + 1) * pageSize
	for end-1 < l.end && end-1 > place && !l.isGap(end-1) {
		end--
	}
	return models.ListRequest{Base: l.base, Offset: start, Limit: end - start}
}

// Use shows the objects in an order made by [Snapshot.Arrange] from here on;
// nil goes back to the server's order. An order of another listing is not used.
func (l *Listing) Use(order *Order) {
	if order == nil || order.owner == l {
		l.order = order
	}
}

// Stale reports whether the arranged view lacks what was added since its
// snapshot. It is false in the server's order.
func (l *Listing) Stale() bool { return l.order != nil && l.order.generation != l.generation }

// Snapshot is the listing as it is now, for another goroutine to arrange. It
// costs a copy of 8 bytes for every 256 places.
func (l *Listing) Snapshot() *Snapshot {
	l.epoch++
	chunks := make([]*chunk, len(l.chunks))
	copy(chunks, l.chunks)
	return &Snapshot{owner: l, chunks: chunks, loaded: l.loaded, generation: l.generation}
}

// Replace puts an object that was read anew in the place of the one with its
// name. It reports whether there is one.
func (l *Listing) Replace(o models.Object) bool {
	place, ok := l.index.place(l, o.DN)
	if !ok {
		return false
	}
	l.generation++
	l.clear(place)
	l.put(place, &o)
	l.recount(place / chunkSize)
	return true
}

// Place is where an object stands in the server's order, counted from 0.
func (l *Listing) Place(dn models.DN) (int, bool) { return l.index.place(l, dn) }
