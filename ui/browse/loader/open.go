package loader

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk/rows"
	"dirdesk/models"
	"dirdesk/ui/browse/place"
)

// How a place comes to the screen decides what the history makes of it.
type How uint8

// The ways to a place.
const (
	Visit  How = iota // a new step
	Follow            // the tree's cursor rests on it
	Refine            // it was searched for by what is being typed
	Back
	Forward
)

// Intent is what is to be done with a place once it is here.
type Intent struct {
	How    How
	Anew   *Rows     // those of the same place on the screen, which are to be replaced; nil for another place
	Cursor models.DN // object to put the cursor on
	Row    int       // row to put it on when that is not there
	Room   int       // rows in sight
	Seek   bool      // read on until the object is found
	Into   bool      // the table gets the keys
	Quiet  bool      // what is said at the foot stays
	ByHand bool      // the person wants to know how it is now
}

// Opening is a place whose first page is on its way; until then the old rows stay.
type Opening struct {
	*Rows
	Intent
	task int
}

// Open reads a place; once its first page is here, that is reported.
func (l *Loader) Open(at place.Place, intent Intent) tea.Cmd {
	l.CancelOpening()
	r := NewRows(at, l.Backend.About())
	r.List.ShowAdvanced(l.Advanced)
	verb := "opening "
	if intent.Anew != nil {
		verb = "reading "
		r.Wanted = intent.Anew.Wanted
	}
	offset, limit := 0, 0
	if r.seekable {
		limit = l.pageSize()
		if intent.Anew != nil { // the rows on the screen come first
			offset = intent.Row / limit * limit
		}
	}
	id, cmd := l.read(verb, r, offset, limit)
	l.Coming = &Opening{Rows: r, Intent: intent, task: id}
	return cmd
}

// Present gives what is being opened before its first page is here; nil for nothing.
func (l *Loader) Present() *Opening {
	o := l.Coming
	if o != nil {
		l.Coming, o.ReadAt = nil, l.Now()
	}
	return o
}

// CancelOpening gives up what is being opened.
func (l *Loader) CancelOpening() {
	if l.Coming != nil {
		l.end(l.Coming.task)
		l.Coming = nil
	}
}

// Rename takes a new name to the tree and to what is being opened.
func (l *Loader) Rename(old, to models.DN) tea.Cmd {
	l.Tree.Nodes.Rename(old, to, place.Name(to))
	l.Tree.revealing, _ = place.Rebase(l.Tree.revealing, old, to)
	if o := l.Coming; o != nil {
		if at, renamed := o.Place.Renamed(old, to); renamed {
			intent := o.Intent
			intent.Cursor, _ = place.Rebase(intent.Cursor, old, to)
			return l.Open(at, intent)
		}
	}
	return nil
}

// Leave stops what is being read for rows that go off the screen.
func (l *Loader) Leave(r *Rows) {
	l.endWhere(func(t *task) bool {
		return t.id == r.arranging || t.id == r.reading || r.loads[t.id] != nil
	})
	r.Halted = r.Halted || r.reading != 0
	clear(r.loads)
	r.arranging, r.reading, r.due, r.find = 0, 0, false, ""
}

// onPage takes a step of any stream of rows.
func (l *Loader) onPage(msg pageMsg) Report {
	if !l.alive(msg.task) {
		return Report{Next: msg.drop()}
	}
	if msg.err != nil {
		return l.pageFailed(msg)
	}
	r := msg.into
	var report Report
	if msg.end {
		report = l.streamEnded(msg)
	} else {
		r.List.Add(msg.page)
		r.unfail(span{msg.page.Offset, msg.page.Offset + len(msg.page.Objects)})
		if load := r.loads[msg.task]; load != nil {
			load.answered = true
		}
		report.Next = msg.readNext()
	}
	if o := l.Coming; o != nil && o.Rows == r && o.mayArrive(msg.end) {
		l.Coming = nil
		r.ReadAt = l.Now()
		report.Arrived = o
	}
	r.changed(false)
	if report.Found == nil {
		report.Found = l.found(r)
	}
	l.Tree.graft(r)
	return report
}

// mayArrive holds a stream that is read anew back until it reaches the row of
// the cursor: the old rows are worth more than a few new ones.
func (o *Opening) mayArrive(ended bool) bool {
	switch {
	case o.Anew == nil || o.loads[o.task] != nil || ended:
		return true
	case o.Wanted.Column == rows.ByKindAndName:
		return o.List.IsComplete() // its rows have no places before
	default:
		return o.List.Len() > o.Row+o.Room
	}
}

// streamEnded takes the end of a request for rows.
func (l *Loader) streamEnded(msg pageMsg) Report {
	r := msg.into
	l.end(msg.task)
	if load := r.loads[msg.task]; load != nil {
		delete(r.loads, msg.task)
		if !load.answered { // not even an empty page: nothing is there
			r.List.Add(models.Page{Offset: load.from, Total: max(r.List.Total(), load.from)})
		}
	}
	if r.reading != msg.task {
		return Report{}
	}
	r.reading, r.Halted = 0, false
	r.List.Complete()
	report := l.allRead(r)
	if l.Coming == nil && r.Wanted.Column == rows.ByKindAndName {
		report.Next = l.Rearrange(r)
	}
	return report
}

func (l *Loader) pageFailed(msg pageMsg) Report {
	r := msg.into
	l.end(msg.task)
	load := r.loads[msg.task]
	r.giveUp(msg.task)
	f := &Failure{Err: msg.err, Again: func() tea.Cmd { return l.RetryRows(r) }}
	switch o := l.Coming; {
	case o != nil && o.Rows == r:
		l.Coming = nil
		f.What = "Could not open " + r.Place.Name()
		if o.Anew != nil {
			f.What, f.Anew = "Could not refresh "+r.Place.Name(), true
		}
		if errors.Is(msg.err, models.ErrNotFound) {
			f.Gone = r.Place
		}
		f.Again = func() tea.Cmd { return l.Open(o.Place, o.Intent) }
	case load != nil:
		f.What = load.words(r.List.Total()) + " of " + r.Place.Name() + " are not loaded"
	case r.List.Loaded() == 0:
		f.What = "Could not open " + r.Place.Name()
	default:
		f.What = "Could not read the rest of " + r.Place.Name()
	}
	return Report{Failed: f}
}
