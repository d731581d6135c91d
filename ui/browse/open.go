package browse

import (
	"context"
	"errors"
	"iter"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk/rows"
	"dirdesk/models"
)

// how a container comes to the screen decides what the history makes of it.
type how uint8

const (
	visit   how = iota // a new step
	follow             // the tree's cursor rests on it
	refresh            // the same container, read anew
	back
	forward
)

type openOptions struct {
	how    how
	cursor models.DN // object to put the cursor on
	row    int       // row to put it on when that is not there
	seek   bool      // read on until the object is found
	into   bool      // the table gets the keys
	quiet  bool      // what is said at the foot stays
	byHand bool      // the person wants to know how it is now
}

// opening is a container whose first page is on its way. Until it is here the
// old rows stay.
type opening struct {
	*container
	openOptions
	task int
}

// open reads a container and shows it once its first page is here.
func (p *Page) open(base models.DN, o openOptions) tea.Cmd {
	p.cancelOpening()
	about := p.env.Backend.About()
	c := newContainer(base, about.Seekable, p.advanced)
	verb := "opening "
	if o.how == refresh {
		verb = "reading "
		c.wanted, c.marks = p.shown.wanted, p.shown.marks
	}
	t, ctx := p.tasks.start(p.env.Context, verb+name(base))
	p.coming = &opening{container: c, openOptions: o, task: t.id}
	req := models.ListRequest{Base: base}
	if about.Seekable {
		// On a refresh the rows on the screen come first.
		req.Limit = p.pageSize()
		req.Offset = o.row / req.Limit * req.Limit
		if o.how != refresh {
			req.Offset = 0
		}
		c.loads[t.id] = &load{span: spanOf(req)}
	} else {
		c.reading = t.id
	}
	return readFirst(t.id, c, p.lister(ctx, req))
}

func (p *Page) lister(ctx context.Context, req models.ListRequest) func() iter.Seq2[models.Page, error] {
	backend := p.env.Backend
	return func() iter.Seq2[models.Page, error] { return backend.List(ctx, req) }
}

func (p *Page) cancelOpening() {
	if p.coming != nil {
		p.tasks.end(p.coming.task)
		p.coming = nil
	}
}

// arrive puts the container on the screen whose first page has come.
func (p *Page) arrive(o *opening) tea.Cmd {
	p.coming = nil
	if !o.quiet {
		p.say(tonePlain, "")
		p.retry, p.trouble, p.said = nil, nil, nil
	}
	old := p.shown
	o.read = p.env.Now()
	if o.byHand && p.env.Door.Reread != nil {
		p.env.Door.Reread(o.base)
	}
	if old != nil {
		p.leave(old)
	}
	switch o.how {
	case visit:
		p.history.visit(old)
	case follow:
		if !p.byFollow {
			p.history.visit(old)
		}
	case back:
		p.history.wentBack(old)
	case forward:
		p.history.wentForward(old)
	}
	if o.how != refresh {
		p.byFollow = o.how == follow
	}
	p.show(o.container, o.how == refresh)
	var cmds []tea.Cmd
	if o.cursor != "" {
		p.shown.table.Seek(o.cursor, o.row)
		if o.seek && p.shown.table.Wanted() != "" {
			p.shown.find = o.cursor
			cmds = append(cmds, p.readRest())
		}
	} else if o.row > 0 {
		p.shown.table.MoveTo(o.row)
	} else {
		p.shown.untouched = o.how == visit || o.how == follow
	}
	if o.into {
		p.focus = tablePane
	}
	if o.how != follow && o.how != refresh {
		cmds = append(cmds, p.reveal(o.base))
	}
	return batch(append(cmds, p.rearrange())...)
}

// show makes a container the one on the screen.
func (p *Page) show(c *container, same bool) {
	if same && p.shown != nil {
		// The window stays where it was, so that nothing jumps.
		c.table = p.shown.table
		c.table.Use(c.list)
	}
	p.shown = c
	p.details.forget()
}

// leave stops what is being read for a container that goes off the screen.
func (p *Page) leave(c *container) {
	for id := range c.loads {
		p.tasks.end(id)
	}
	p.tasks.end(c.arranging)
	p.tasks.end(c.reading)
	if c.reading != 0 {
		c.halted = true
	}
	c.forgetTasks()
	c.due = false
}

// onPage takes a step of any stream of rows.
func (p *Page) onPage(msg pageMsg) tea.Cmd {
	if !p.tasks.alive(msg.task) {
		return msg.drop()
	}
	c := msg.into
	if msg.err != nil {
		return p.pageFailed(msg)
	}
	var cmds []tea.Cmd
	if msg.end {
		cmds = append(cmds, p.streamEnded(msg))
	} else {
		c.list.Add(msg.page)
		c.unfail(span{msg.page.Offset, msg.page.Offset + len(msg.page.Objects)})
		if l := c.loads[msg.task]; l != nil {
			l.answered = true
		}
		cmds = append(cmds, msg.readNext())
	}
	if o := p.coming; o != nil && o.container == c && p.mayArrive(o, msg.end) {
		cmds = append(cmds, p.arrive(o))
	}
	c.table.Changed()
	p.found(c)
	p.graft(c)
	return batch(cmds...)
}

// mayArrive holds a stream that is read anew back until it reaches the row of
// the cursor: the old rows are worth more than a few new ones.
func (p *Page) mayArrive(o *opening, ended bool) bool {
	switch {
	case o.how != refresh || o.loads[o.task] != nil || ended:
		return true
	case o.wanted.Column == rows.ByKindAndName:
		return o.list.IsComplete() // its rows have no places before
	default:
		return o.list.Len() > o.row+p.shown.table.Room()
	}
}

// streamEnded takes the end of a request for rows.
func (p *Page) streamEnded(msg pageMsg) tea.Cmd {
	c := msg.into
	p.tasks.end(msg.task)
	if l := c.loads[msg.task]; l != nil {
		delete(c.loads, msg.task)
		if !l.answered { // not even an empty page: nothing is there
			c.list.Add(models.Page{Offset: l.from, Total: max(c.list.Total(), l.from)})
		}
	}
	if c.reading == msg.task {
		c.reading, c.halted = 0, false
		c.list.Complete()
		cmd := p.readAll(c)
		if c == p.shown && c.wanted.Column == rows.ByKindAndName {
			cmd = batch(cmd, p.rearrange())
		}
		return cmd
	}
	return nil
}

func (p *Page) pageFailed(msg pageMsg) tea.Cmd {
	c := msg.into
	p.tasks.end(msg.task)
	l := c.loads[msg.task]
	delete(c.loads, msg.task)
	if c.reading == msg.task {
		c.reading, c.halted, c.find = 0, true, ""
	}
	if o := p.coming; o != nil && o.container == c {
		p.coming = nil
		if errors.Is(msg.err, models.ErrNotFound) {
			p.history.drop(o.base)
		}
		what := "Could not open " + name(o.base)
		if o.how == refresh {
			what = "Could not read " + name(o.base) + " anew"
		}
		return p.fail(what, msg.err, func() tea.Cmd { return p.open(o.base, o.openOptions) })
	}
	if l != nil {
		c.failed = append(c.failed, l.span)
		return p.fail(l.words(c.list.Total())+" of "+name(c.base)+" are not loaded", msg.err, p.retryRows)
	}
	return p.fail("Could not read the rest of "+name(c.base), msg.err, p.retryRows)
}
