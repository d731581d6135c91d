// Package rows holds what is known of one container and shows it as rows. Begin
// at [Listing]: it takes pages as they come, in any order, and says which request
// fills the rows that are on the screen. A [Snapshot] of it is sorted and narrowed
// on the side into an [Order].
package rows

import (
	"sort"

	"dirdesk/models"
)

// maxRows bounds what a server may claim to hold in one container, so that a
// mad total costs megabytes and not the machine. It is far above Synology's
// 100,000 objects a domain.
const maxRows = 1 << 27

// maxGivenUp bounds how many places one empty answer makes void.
const maxGivenUp = 1 << 16

// Listing is what is known of one container: its children by their place in
// the server's order, most of which may not have been read yet. A place that
// was not read is a row all the same, so that a cursor can go there.
//
// No server gives a consistent snapshot over several requests. Where two pages
// hold the same object (by its DN), the one added last is right; the place it
// was at before holds no row until it is read again.
//
// A Listing belongs to one goroutine. Pages must not be changed after Add. For
// work on the side there is [Listing.Snapshot].
type Listing struct {
	base     models.DN
	seekable bool

	chunks []*chunk // nil: nothing of it was read
	starts []int32  // for each chunk, the rows of the view before it
	end    int      // places known to exist
	index  index    // place of each loaded DN

	total    int
	loaded   int
	voids    int // places that hold no row
	advanced int // loaded objects that are advanced-only
	rows     int // rows of the view in the server's order

	showAdvanced bool
	started      bool // a page was added
	changed      bool
	order        *Order
	cut          string
	generation   uint64 // counts Adds
	epoch        uint64 // counts Snapshots
}

// NewListing is an empty listing of base. Seekable is the backend's
// About().Seekable. Advanced-only objects are not shown until
// [Listing.ShowAdvanced].
func NewListing(base models.DN, seekable bool) *Listing {
	return &Listing{base: base, seekable: seekable, total: models.UnknownTotal, index: newIndex()}
}

// Base is the container whose children these are.
func (l *Listing) Base() models.DN { return l.base }

// Total is the number of children by the server's word, models.UnknownTotal
// until it is known.
func (l *Listing) Total() int { return l.total }

// Loaded is the number of children that were read, hidden ones included.
func (l *Listing) Loaded() int { return l.loaded }

// Hidden is the number of loaded objects that are left out of the view because
// they are for the advanced view only, or of kinds that are not listed.
func (l *Listing) Hidden() int {
	if l.showAdvanced {
		return 0
	}
	return l.advanced
}

// IsComplete reports whether nothing is left to read.
func (l *Listing) IsComplete() bool {
	return l.total != models.UnknownTotal && l.loaded+l.voids >= l.end
}

// Cut says in words that the container holds more than the server gives, and
// why; "" while that is not known.
func (l *Listing) Cut() string { return l.cut }

// Changed reports whether the container was seen to change while it was read:
// its total differed between pages, or an object came twice. Then an object
// may be missing until the container is read anew.
func (l *Listing) Changed() bool { return l.changed }

// Add puts a page in its place. What was there before is replaced. The page's
// objects must not be changed afterwards.
func (l *Listing) Add(page models.Page) {
	first, end := page.Offset, page.Offset+len(page.Objects)
	if first < 0 || end > maxRows {
		return // no place that could be shown
	}
	l.started = true
	l.generation++
	if page.Cut != "" {
		l.cut = page.Cut
	}
	before := l.end
	l.setTotal(page.Total, end)
	dirty := min(first, before, l.end)
	for place := first; place < end; place++ {
		l.clear(place)
	}
	for i := range page.Objects {
		dirty = min(dirty, l.put(first+i, &page.Objects[i]))
	}
	if len(page.Objects) == 0 {
		l.nothingAt(first)
		dirty = min(dirty, l.end)
	}
	l.recount(dirty / chunkSize)
}

// Complete says that the stream of pages has ended: what has not come by now
// does not come.
func (l *Listing) Complete() {
	l.started = true
	l.generation++
	last := l.end - 1
	for ; last >= 0 && l.isGap(last); last-- {
		if l.chunks[last/chunkSize] == nil {
			last &^= chunkSize - 1
		}
	}
	if l.total != models.UnknownTotal && last+1 < l.end {
		l.changed = true
	}
	l.resize(last + 1)
	l.total = l.end
	for place := range l.end {
		l.giveUp(place)
	}
	l.recount(0)
}

// ShowAdvanced takes advanced-only objects into the view or out of it. An
// arranged view stays as it was arranged.
func (l *Listing) ShowAdvanced(show bool) {
	if l.showAdvanced != show {
		l.showAdvanced = show
		l.recount(0)
	}
}

// setTotal takes the server's word for the number of children. A total that
// its own page contradicts is corrected.
func (l *Listing) setTotal(total, end int) {
	switch {
	case total == models.UnknownTotal && l.total == models.UnknownTotal:
		l.resize(max(l.end, end))
		return
	case total < 0:
		total = max(l.total, end)
	default:
		total = min(max(total, end), maxRows)
	}
	if l.total != models.UnknownTotal && l.total != total || total < l.end {
		l.changed = true
	}
	l.total = total
	l.resize(total)
}

// resize makes the listing end places long, forgetting objects beyond.
func (l *Listing) resize(end int) {
	for place := end; place < l.end; place++ {
		if l.chunks[place/chunkSize] == nil {
			place |= chunkSize - 1
			continue
		}
		l.clear(place)
	}
	l.end = end
	n := (end + chunkSize - 1) / chunkSize
	for len(l.chunks) < n {
		l.chunks = append(l.chunks, nil)
	}
	clear(l.chunks[n:])
	l.chunks = l.chunks[:n]
}

// giveUp takes a place that was not read for one that holds no row.
func (l *Listing) giveUp(place int) {
	if l.isGap(place) {
		l.void(place)
		l.changed = true
	}
}

// nothingAt handles an empty answer: the server was asked for a gap and had
// nothing. The gap is given up, or it would be asked for again for ever.
func (l *Listing) nothingAt(place int) {
	if l.total == models.UnknownTotal {
		if l.seekable && place >= l.end {
			l.total = l.end
		}
		return
	}
	next := place
	for next < l.end && next-place < maxGivenUp && l.isGap(next) {
		next++
	}
	if next == l.end && place < l.end {
		l.total, l.changed = place, true
		l.resize(place)
		return
	}
	for ; place < next; place++ {
		l.giveUp(place)
	}
}

// writable gives the chunk of a place, its own copy if a snapshot holds it.
func (l *Listing) writable(place int) *chunk {
	at := &l.chunks[place/chunkSize]
	switch {
	case *at == nil:
		*at = &chunk{epoch: l.epoch}
	case (*at).epoch != l.epoch:
		own := **at
		own.epoch = l.epoch
		*at = &own
	}
	return *at
}

// clear makes a place unread.
func (l *Listing) clear(place int) {
	c := l.chunks[place/chunkSize]
	if c == nil {
		return
	}
	i := place % chunkSize
	object := c.objects[i]
	if object == nil && !c.void.has(i) {
		return
	}
	c = l.writable(place)
	if object == nil {
		c.void.clear(i)
		l.voids--
		return
	}
	l.index.remove(l, object.DN, place)
	c.objects[i] = nil
	c.loaded--
	l.loaded--
	if c.advanced.has(i) {
		c.advanced.clear(i)
		l.advanced--
	}
}

// void makes a place one that holds no row.
func (l *Listing) void(place int) {
	l.clear(place)
	l.writable(place).void.set(place % chunkSize)
	l.voids++
}

// put fills an empty place and gives the first place that changed.
func (l *Listing) put(place int, object *models.Object) int {
	dirty := place
	if other, ok := l.index.place(l, object.DN); ok {
		l.void(other)
		l.changed = true
		dirty = min(dirty, other)
	}
	c := l.writable(place)
	c.objects[place%chunkSize] = object
	c.loaded++
	l.loaded++
	if object.IsAside() {
		c.advanced.set(place % chunkSize)
		l.advanced++
	}
	l.index.add(l, object.DN, place)
	return dirty
}

// object is what was read at a place, nil for nothing.
func (l *Listing) object(place int) *models.Object { return objectAt(l.chunks, place) }

func (l *Listing) isGap(place int) bool {
	c := l.chunks[place/chunkSize]
	return c == nil || c.objects[place%chunkSize] == nil && !c.void.has(place%chunkSize)
}

// recount brings the row counts up to date from a chunk on.
func (l *Listing) recount(from int) {
	from = max(0, min(from, len(l.starts)-1))
	if from == 0 {
		l.starts = l.starts[:0]
		l.rows = 0
	} else {
		l.rows = int(l.starts[from])
		l.starts = l.starts[:from]
	}
	for i := from; i < len(l.chunks); i++ {
		l.starts = append(l.starts, int32(l.rows))
		l.rows += l.chunks[i].rows(l.sizeOf(i), l.showAdvanced)
	}
}

// sizeOf is the number of places in a chunk: fewer in the last one.
func (l *Listing) sizeOf(chunk int) int { return min(chunkSize, l.end-chunk*chunkSize) }

// placeOf finds the place of a row of the view in the server's order.
func (l *Listing) placeOf(row int) int {
	i := sort.Search(len(l.starts), func(i int) bool { return int(l.starts[i]) > row }) - 1
	return i*chunkSize + l.chunks[i].nth(row-int(l.starts[i]), l.showAdvanced)
}
