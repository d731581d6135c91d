package loader

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"dirdesk/internal/english"
	"dirdesk/models"
	"dirdesk/ui/browse/place"
)

// pagesInFlight is how many pages of the shown rows are fetched at a time. While
// they are on their way, keys ask for nothing more: what is needed is looked at
// again when one arrives, at the place where the cursor is then.
const pagesInFlight = 3

// defaultPage is the number of rows of a request where the backend prefers none.
const defaultPage = 200

// mostAtOnce bounds a request for rows in sight: some screens ahead, and still
// small enough to be there at once on a thin line.
const mostAtOnce = 250

func (l *Loader) pageSize() int {
	if n := l.Backend.About().PageSize; n > 0 {
		return min(max(n, 20), mostAtOnce)
	}
	return defaultPage
}

// Window is what is in sight of the rows, and where the cursor is heading.
type Window struct {
	Top, Room int
	Down      bool
}

// Fill asks for the rows in sight, and for those that the cursor is heading for.
func (l *Loader) Fill(r *Rows, w Window) tea.Cmd {
	if !r.seekable || r.reading != 0 {
		return nil
	}
	size := l.pageSize()
	top, last := w.Top, w.Top+w.Room-1
	ahead := [2]int{last + 1, last + size}
	if !w.Down {
		ahead = [2]int{max(top-size, 0), top - 1}
	}
	windows := [][2]int{{top, last}, {last, last}, ahead, {ahead[1], ahead[1]}}
	if len(r.failed) > 0 {
		windows = windows[:2] // something is wrong: ask for nothing that is not in sight
	}
	var cmds []tea.Cmd
	for _, w := range windows {
		if len(r.loads) >= pagesInFlight {
			break
		}
		req, missing := r.List.Need(w[0], w[1], size)
		if s := spanOf(req); missing && !r.isBusy(s) && !r.failedAt(s) {
			_, cmd := l.read("reading ", r, s.from, s.to-s.from)
			cmds = append(cmds, cmd)
		}
	}
	return tea.Batch(cmds...)
}

// ReadRest reads rows to their end.
func (l *Loader) ReadRest(r *Rows) tea.Cmd {
	missing, more := r.List.Missing(l.pageSize())
	if r.seekable && !more {
		return l.sought(r)
	}
	r.failed, r.Halted = nil, false
	_, cmd := l.read("reading the rest of ", r, missing.Offset, 0)
	return cmd
}

// Seek reads rows on until an object is among them.
func (l *Loader) Seek(r *Rows, dn models.DN) tea.Cmd {
	r.find = dn
	switch {
	case r.List.IsComplete() || r.List.Get(dn) != nil:
		return l.sought(r)
	case r.reading != 0:
		return nil // it may come yet
	}
	return l.ReadRest(r)
}

// sought looks for the object without reading any more.
func (l *Loader) sought(r *Rows) tea.Cmd {
	return func() tea.Msg { return doMsg(func() Report { return l.allRead(r) }) }
}

// allRead says what is to be said when rows were read to their end.
func (l *Loader) allRead(r *Rows) Report {
	report := Report{Found: l.found(r)}
	if dn := r.find; dn != "" {
		r.find = ""
		name, all := place.Name(dn), english.Number(r.List.Loaded())
		report.Warning = fmt.Sprintf("%s is not in %s: all %s objects were read.", name, r.Place.Name(), all)
		if why := r.List.Cut(); why != "" {
			report.Warning = fmt.Sprintf("%s is not among the %s objects of %s that were read. There are more: %s.", name, all, r.Place.Name(), why)
		}
	}
	return report
}

// found stops a reading that was for one object, once the object is here.
func (l *Loader) found(r *Rows) *models.Object {
	if r.find == "" {
		return nil
	}
	o := r.List.Get(r.find)
	if o == nil {
		return nil
	}
	r.find = ""
	if r.reading != 0 && r.seekable {
		l.end(r.reading)
		r.reading = 0
	}
	return o
}

// RetryRows asks anew for everything that could not be read.
func (l *Loader) RetryRows(r *Rows) tea.Cmd {
	r.failed = nil
	if r.Halted {
		return l.ReadRest(r)
	}
	return nil // what is in sight is asked for by Fill
}

// ReadRow reads an object anew, as read does, for its row. What was changed was
// read back already: where that fails now, the row stays as old as it is.
func (l *Loader) ReadRow(r *Rows, dn models.DN, read func(context.Context, models.DN) (models.Object, error)) tea.Cmd {
	return ask(l.connection, "", func(ctx context.Context) (models.Object, error) {
		return read(ctx, dn)
	}, func(object models.Object, err error) Report {
		if err != nil {
			return Report{}
		}
		r.List.Replace(object)
		r.changed(false)
		if !r.List.Stale() {
			return Report{}
		}
		return Report{Next: l.Rearrange(r)}
	})
}
