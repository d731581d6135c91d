package loader

import (
	"slices"
	"time"

	"dirdesk/desk/rows"
	"dirdesk/internal/english"
	"dirdesk/models"
	"dirdesk/ui/browse/place"
)

// Rows are what is known of one place, and what is being read of it.
type Rows struct {
	Place  place.Place
	List   *rows.Listing
	Wanted rows.Arrangement // how the rows are to be sorted and narrowed
	ReadAt time.Time        // when the first page came
	// OnChange, where it is set, is told when rows changed, and whether their order did.
	OnChange func(reordered bool)
	Halted   bool // the reading to the end was stopped before it

	natural   rows.Column   // what the rows are sorted by as long as nobody asks for anything else
	seekable  bool          // any part of the rows can be asked for
	arranging int           // task that arranges them now
	due       bool          // a new arrangement is on the timer
	loads     map[int]*load // pages on their way, by task
	failed    []span        // places that could not be read; not asked for again until retried
	reading   int           // task that reads all the rest
	find      models.DN     // object that the reading is for
}

// NewRows are the rows of a place before anything of it was read.
func NewRows(of place.Place, about models.About) *Rows {
	r := &Rows{Place: of, natural: of.Natural(about), seekable: of.Seekable(about), loads: map[int]*load{}}
	r.List = rows.NewListing(of.Container(), r.seekable)
	r.Wanted.Column = r.natural
	return r
}

// span is a run of places in the server's order, to before its end.
type span struct{ from, to int }

func (s span) overlaps(o span) bool { return s.from < o.to && o.from < s.to }

func spanOf(r models.ListRequest) span { return span{r.Offset, r.Offset + r.Limit} }

// load is a request for a span of rows.
type load struct {
	span
	answered bool // a page of it came
}

// words names the rows of a span, counted from one.
func (l *load) words(total int) string {
	to := l.to
	if total != models.UnknownTotal {
		to = min(to, total)
	}
	return "Rows " + english.Number(l.from+1) + " to " + english.Number(to)
}

func (r *Rows) changed(reordered bool) {
	if r.OnChange != nil {
		r.OnChange(reordered)
	}
}

// IsArranged reports whether a person wants the rows otherwise than unasked.
func (r *Rows) IsArranged() bool {
	return r.Wanted.Column != r.natural || r.Wanted.Descending || !r.Wanted.Narrow.IsEmpty()
}

// Arrangement is how the rows are to be shown now. The order that nobody asked
// for waits until all is read: rows that move about while they come are worse
// than rows in any order.
func (r *Rows) Arrangement() (wanted rows.Arrangement, arranged bool) {
	wanted = r.Wanted
	if wanted.Column == rows.ByKindAndName && !r.List.IsComplete() {
		wanted.Column = rows.ServerOrder
	}
	return wanted, wanted.Column != rows.ServerOrder || wanted.Descending || !wanted.Narrow.IsEmpty()
}

// SortColumns is the round that the sort key makes.
func (r *Rows) SortColumns() []rows.Column {
	round := []rows.Column{r.natural}
	for _, c := range models.Sortable() {
		round = append(round, rows.Column(c.ID))
	}
	return round
}

// IsArranging reports whether the rows are being sorted or narrowed.
func (r *Rows) IsArranging() bool { return r.arranging != 0 }

// IsReadingAll reports whether the rows are being read to the end.
func (r *Rows) IsReadingAll() bool { return r.reading != 0 }

// IsReading reports whether any of the rows are being read.
func (r *Rows) IsReading() bool { return r.reading != 0 || len(r.loads) > 0 }

// HasMore reports whether more can be read than is being read.
func (r *Rows) HasMore() bool { return !r.List.IsComplete() && r.reading == 0 }

// HasFailed reports whether a row could not be read; it may also be still to come.
func (r *Rows) HasFailed(row int) bool {
	req, missing := r.List.Need(row, row, 1)
	return missing && r.failedAt(spanOf(req))
}

func (r *Rows) failedAt(s span) bool { return slices.ContainsFunc(r.failed, s.overlaps) }

// unfail takes back that places could not be read: they have come after all.
func (r *Rows) unfail(s span) {
	r.failed = slices.DeleteFunc(r.failed, func(f span) bool { return f.from >= s.from && f.to <= s.to })
}

// isBusy reports whether a place is being read.
func (r *Rows) isBusy(s span) bool {
	for _, l := range r.loads {
		if l.overlaps(s) {
			return true
		}
	}
	return false
}

// giveUp says that a task for these rows was stopped before its end.
func (r *Rows) giveUp(task int) {
	if l := r.loads[task]; l != nil {
		r.failed = append(r.failed, l.span)
		delete(r.loads, task)
	}
	if r.reading == task {
		r.reading, r.Halted, r.find = 0, true, ""
	}
}

// Counted says how much of the place is loaded, in words.
func (r *Rows) Counted() string {
	l := r.List
	words, unit := english.Number(l.Loaded()), ""
	switch {
	case l.IsComplete() && l.Loaded() == 1:
		unit = " object"
	case l.IsComplete():
		unit = " objects"
	case l.Total() != models.UnknownTotal:
		words += " of " + english.Number(l.Total()) + " loaded"
	case r.Halted:
		words += " loaded, not all"
	default:
		words += " loaded, more coming"
	}
	switch {
	case r.Wanted.Narrow.IsEmpty():
		words += unit
	case l.IsComplete():
		words = english.Number(l.Len()) + " of " + words + " match"
	default:
		words = english.Number(l.Len()) + " match in " + words
	}
	if l.Cut() != "" {
		words += ", not all"
	}
	return words
}
