package browse

import (
	"context"
	"fmt"
	"iter"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk/walk"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// pagesInFlight is how many pages of the shown container are fetched at a
// time. While they are on their way, keys ask for nothing more: what is needed
// is looked at again when one arrives, at the place where the cursor is then.
const pagesInFlight = 3

// defaultPage is the number of rows of a request, where the backend has no size
// of its own.
const defaultPage = 200

// mostAtOnce bounds a request for rows in sight: some screens ahead, and still
// small enough to be there at once on a thin line.
const mostAtOnce = 250

func (p *Page) pageSize() int {
	if n := p.env.Backend.About().PageSize; n > 0 {
		return min(max(n, 20), mostAtOnce)
	}
	return defaultPage
}

// fill asks for the rows in sight that were not read, and for those that the
// cursor is heading for.
func (p *Page) fill() tea.Cmd {
	c := p.shown
	if c == nil || !p.env.Backend.About().Seekable || c.reading != 0 {
		return nil
	}
	size := p.pageSize()
	top, last := c.table.Top(), c.table.Top()+c.table.Room()-1
	ahead := [2]int{last + 1, last + size}
	if !c.table.Down() {
		ahead = [2]int{max(top-size, 0), top - 1}
	}
	windows := [][2]int{{top, last}, {last, last}, ahead, {ahead[1], ahead[1]}}
	if len(c.failed) > 0 {
		windows = windows[:2] // something is wrong: ask for nothing that is not in sight
	}
	var cmds []tea.Cmd
	for _, w := range windows {
		if len(c.loads) >= pagesInFlight {
			break
		}
		req, missing := c.list.Need(w[0], w[1], size)
		if s := spanOf(req); missing && !c.busy(s) && !c.hasFailed(s) {
			cmds = append(cmds, p.load(c, req))
		}
	}
	return batch(cmds...)
}

func (p *Page) load(c *container, req models.ListRequest) tea.Cmd {
	t, ctx := p.tasks.start(p.env.Context, "reading "+name(c.base))
	c.loads[t.id] = &load{span: spanOf(req)}
	return readFirst(t.id, c, p.lister(ctx, req))
}

// readRest reads the shown container to its end.
func (p *Page) readRest() tea.Cmd {
	c := p.shown
	req := models.ListRequest{Base: c.base}
	if p.env.Backend.About().Seekable {
		missing, ok := c.list.Missing(p.pageSize())
		if !ok {
			return p.readAll(c)
		}
		req.Offset = missing.Offset
	}
	c.failed = nil
	t, ctx := p.tasks.start(p.env.Context, "reading the rest of "+name(c.base))
	c.reading, c.halted = t.id, false
	return readFirst(t.id, c, p.walker(ctx, req))
}

func (p *Page) walker(ctx context.Context, req models.ListRequest) func() iter.Seq2[models.Page, error] {
	backend := p.env.Backend
	return func() iter.Seq2[models.Page, error] { return walk.Pages(ctx, backend, req, walk.Options{}) }
}

// readAll says what is to be said when a container was read to its end.
func (p *Page) readAll(c *container) tea.Cmd {
	p.found(c)
	if dn := c.find; dn != "" {
		c.find = ""
		words := fmt.Sprintf("%s is not in %s: all %s objects were read.", name(dn), name(c.base), english.Number(c.list.Loaded()))
		if why := c.cut(); why != "" {
			words = fmt.Sprintf("%s is not among the %s objects of %s that were read. There are more: %s.",
				name(dn), english.Number(c.list.Loaded()), name(c.base), why)
		}
		p.say(toneWarning, words)
	}
	return nil
}

// found stops a reading that was for one object, once the object is here.
func (p *Page) found(c *container) {
	if c.find == "" {
		return
	}
	o := c.list.Get(c.find)
	if o == nil {
		return
	}
	if o.AdvancedOnly == models.Yes && !p.advanced {
		p.setAdvanced(true)
	}
	c.table.Seek(c.find, c.table.Cursor())
	c.find = ""
	if c.reading != 0 && p.env.Backend.About().Seekable {
		p.tasks.end(c.reading)
		c.reading = 0
	}
}

// retryRows asks anew for everything that could not be read.
func (p *Page) retryRows() tea.Cmd {
	c := p.shown
	if c == nil {
		return nil
	}
	c.failed = nil
	if c.halted {
		return p.readRest()
	}
	return p.fill()
}

// counted says how much of the container is loaded, in words.
func counted(c *container) string {
	if c.cut() != "" {
		return countedGiven(c) + ", not all"
	}
	return countedGiven(c)
}

// countedGiven is counted of what the server gives.
func countedGiven(c *container) string {
	l := c.list
	loaded, total := english.Number(l.Loaded()), english.Number(l.Total())
	var of string
	switch {
	case l.IsComplete():
		of = loaded
	case l.Total() != models.UnknownTotal:
		of = loaded + " of " + total + " loaded"
	case c.halted:
		of = loaded + " loaded, not all"
	default:
		of = loaded + " loaded, more coming"
	}
	switch {
	case c.wanted.Narrow != "" && l.IsComplete():
		return english.Number(l.Len()) + " of " + of + " match"
	case c.wanted.Narrow != "":
		return english.Number(l.Len()) + " match in " + of
	case l.IsComplete() && l.Loaded() == 1:
		return "1 object"
	case l.IsComplete():
		return of + " objects"
	default:
		return of
	}
}

// words names the rows of a span, counted from one.
func (l *load) words(total int) string {
	to := l.to
	if total != models.UnknownTotal {
		to = min(to, total)
	}
	return "Rows " + english.Number(l.from+1) + " to " + english.Number(to)
}

// incomplete reports whether L has something to do.
func incomplete(c *container) bool {
	return c != nil && !c.list.IsComplete() && c.reading == 0
}
