package loader

import (
	"context"
	"iter"
	"slices"

	tea "charm.land/bubbletea/v2"

	"dirdesk/models"
)

// stream is a listing that comes in several pages. Each is fetched by a command
// of its own, so that a slow screen slows the reading and nothing piles up.
type stream struct {
	ctx  context.Context //nolint:containedctx // of the task that the stream belongs to
	next func() (models.Page, error, bool)
	stop func()
}

// pageMsg is one step of a stream: a page, a failure, or the end.
type pageMsg struct {
	task   int
	into   *Rows
	page   models.Page
	err    error
	end    bool
	stream *stream
}

// read starts a task that reads rows and fetches its first page. A limit of 0
// reads to the end. The iterator is made in the command: it may work before it
// yields.
func (c *connection) read(what string, r *Rows, offset, limit int) (id int, cmd tea.Cmd) {
	id, ctx := c.start(c.Context, what+r.Place.Name())
	if limit == 0 {
		r.reading = id
	} else {
		r.loads[id] = &load{span: span{offset, offset + limit}}
	}
	at, backend := r.Place, c.Backend
	return id, func() tea.Msg {
		next, stop := iter.Pull2(at.Read(ctx, backend, offset, limit))
		return (&stream{ctx, next, stop}).fetch(id, r)
	}
}

// readNext fetches the page after the one of msg.
func (msg pageMsg) readNext() tea.Cmd {
	return func() tea.Msg { return msg.stream.fetch(msg.task, msg.into) }
}

// drop ends a stream that nobody wants any more. Its context is over already.
func (msg pageMsg) drop() tea.Cmd {
	if msg.end || msg.err != nil {
		return nil
	}
	return func() tea.Msg {
		msg.stream.stop()
		return nil
	}
}

// fetch takes the next page; a stream that is over leaves no goroutine behind.
func (s *stream) fetch(id int, into *Rows) tea.Msg {
	page, err, ok := s.next()
	if err == nil {
		err = s.ctx.Err()
	}
	if !ok || err != nil {
		s.stop()
	}
	return pageMsg{task: id, into: into, page: page, err: err, end: !ok, stream: s}
}

// A task is something that runs beside the loop. Its number goes with every
// answer, and an answer whose task has ended by then is dropped: that is all it
// takes for late answers to do no harm.
type task struct {
	id     int
	what   string // "opening Finance"; empty: not worth a word, and Esc leaves it alone
	cancel context.CancelFunc
}

type tasks struct {
	last    int // number of the task that was started last
	running []*task
}

// answerMsg is what a task found out: how it is taken, or what is done when late.
type answerMsg struct {
	task int
	take func() Report
	late func()
}

// doMsg is something to be done in a moment.
type doMsg func() Report

// ask starts a task that finds something out, and takes it on the loop.
func ask[T any](c *connection, what string, find func(context.Context) (T, error), take func(T, error) Report) tea.Cmd {
	id, ctx := c.start(c.Context, what)
	return func() tea.Msg {
		found, err := find(ctx)
		return answerMsg{task: id, take: func() Report { return take(found, err) }}
	}
}

// start makes a task with its own context.
func (t *tasks) start(parent context.Context, what string) (int, context.Context) {
	ctx, cancel := context.WithCancel(parent)
	t.last++
	t.running = append(t.running, &task{id: t.last, what: what, cancel: cancel})
	return t.last, ctx
}

// alive reports whether answers of the task are still wanted.
func (t *tasks) alive(id int) bool {
	return slices.ContainsFunc(t.running, func(r *task) bool { return r.id == id })
}

// end forgets a task and frees its context; the answers still to come will be
// dropped. It reports whether the task was alive: ending one twice does nothing.
func (t *tasks) end(id int) bool {
	return t.endWhere(func(r *task) bool { return r.id == id })
}

func (t *tasks) endWhere(which func(*task) bool) bool {
	before := len(t.running)
	t.running = slices.DeleteFunc(t.running, func(r *task) bool {
		if which(r) {
			r.cancel()
			return true
		}
		return false
	})
	return len(t.running) < before
}

// IsBusy reports whether anything is on its way.
func (t *tasks) IsBusy() bool { return len(t.running) > 0 }

// IsStoppable reports whether [Loader.Stop] has anything to stop.
func (t *tasks) IsStoppable() bool {
	return slices.ContainsFunc(t.running, func(r *task) bool { return r.what != "" })
}

// Activity tells what runs, the latest first; "" for nothing worth a word.
func (t *tasks) Activity() string {
	for _, r := range slices.Backward(t.running) {
		if r.what != "" {
			return r.what
		}
	}
	return ""
}
