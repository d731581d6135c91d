package loader

import (
	"context"
	"iter"

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

// readFirst starts a stream and fetches its first page. The iterator is made in
// the command: it may work before it yields.
func readFirst(ctx context.Context, id int, into *Rows, pages func() iter.Seq2[models.Page, error]) tea.Cmd {
	return func() tea.Msg {
		next, stop := iter.Pull2(pages())
		return (&stream{ctx, next, stop}).fetch(id, into)
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

// fetch takes the next page. A stream that ended, failed or was cancelled leaves
// no goroutine behind.
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
