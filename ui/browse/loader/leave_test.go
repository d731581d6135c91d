package loader_test

import (
	"context"
	"iter"
	"testing"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/models"
	"dirdesk/ui/browse/loader"
	"dirdesk/ui/uitest"
)

// watched is a backend whose listings are watched: each page waits for the test,
// and the end of the iterator is told.
type watched struct {
	desk.Backend
	page    chan models.Page
	asked   chan context.Context
	stopped chan struct{}
	deaf    bool // pages come although nobody wants them any more
}

func newWatched(seekable bool) *watched {
	d := uitest.NewDirectory()
	d.Facts.Seekable = seekable
	return &watched{Backend: d, page: make(chan models.Page), asked: make(chan context.Context, 1), stopped: make(chan struct{})}
}

func (w *watched) List(ctx context.Context, _ models.ListRequest) iter.Seq2[models.Page, error] {
	return func(yield func(models.Page, error) bool) {
		defer close(w.stopped)
		w.asked <- ctx
		for {
			done := ctx.Done()
			if w.deaf {
				done = nil
			}
			select {
			case page := <-w.page:
				if !yield(page, nil) {
					return
				}
			case <-done:
				yield(models.Page{}, ctx.Err())
				return
			}
		}
	}
}

func pageAt(offset int) models.Page {
	return models.Page{Offset: offset, Total: models.UnknownTotal, Objects: []models.Object{uitest.Person(large, "A", "a")}}
}

// beside runs a command beside the test, as the program does.
func beside(cmd tea.Cmd) <-chan tea.Msg {
	answer := make(chan tea.Msg, 1)
	go func() { answer <- cmd() }()
	return answer
}

// Whatever is under way when a place is left, its context is over at once, no
// goroutine stays, and the answer changes nothing.
func TestAPlaceThatIsLeftIsReadNoMore(t *testing.T) {
	leave := map[string]func(r *rig, rows *loader.Rows){
		"for another place":          func(r *rig, rows *loader.Rows) { r.Leave(rows) },
		"by Esc":                     func(r *rig, rows *loader.Rows) { r.Stop(rows) },
		"with the connection":        func(r *rig, rows *loader.Rows) { r.Reconnect(uitest.NewDirectory(), rows) },
		"before its first page came": nil,
	}
	for how, leave := range leave {
		for _, deaf := range []bool{false, true} {
			t.Run(how, func(t *testing.T) {
				w := newWatched(false)
				w.deaf = deaf
				r := newRig(t, w)
				answer := beside(r.Open(at(large), loader.Intent{}))
				ctx := waitFor(t, "the request", w.asked)
				var rows *loader.Rows
				if leave != nil {
					w.page <- pageAt(0)
					r.take(waitFor(t, "the first page", answer))
					rows = r.arrived().Rows
					answer = beside(r.cmds[0]) // the next page is on its way
					leave(r, rows)
				} else {
					rows = r.Coming.Rows
					r.CancelOpening()
				}
				if ctx.Err() == nil {
					t.Error("the request goes on")
				}
				loaded := rows.List.Loaded()
				if deaf {
					w.page <- pageAt(loaded)
				}
				r.cmds = nil
				r.take(waitFor(t, "the answer", answer))
				waitFor(t, "the end of the iterator", w.stopped)
				if rows.List.Loaded() != loaded || len(r.cmds) > 0 || r.failed() != nil || r.IsBusy() {
					t.Errorf("the late answer led to something: %d rows, %d commands, busy %v", rows.List.Loaded(), len(r.cmds), r.IsBusy())
				}
			})
		}
	}
}

// A page that came before the place was left, and is taken after, ends the
// stream as well.
func TestAStreamThatWaitsIsEnded(t *testing.T) {
	w := newWatched(false)
	r := newRig(t, w)
	answer := beside(r.Open(at(large), loader.Intent{}))
	waitFor(t, "the request", w.asked)
	w.page <- pageAt(0)
	page := waitFor(t, "the first page", answer)
	rows := r.Coming.Rows
	r.CancelOpening()
	r.run(func() tea.Msg { return page })
	waitFor(t, "the end of the iterator", w.stopped)
	if rows.List.Loaded() != 0 {
		t.Error("a page was taken that nobody waits for")
	}
}

func TestWhatIsLeftCanBeReadOnLater(t *testing.T) {
	d := streaming()
	r := newRig(t, d)
	r.start(r.Open(at(large), loader.Intent{}))
	r.step()
	rows := r.arrived().Rows
	r.Leave(rows)
	if !rows.Halted || !rows.HasMore() {
		t.Fatal("a stream that was left does not say that there is more")
	}
	r.run(r.ReadRest(rows))
	if rows.List.Loaded() != 5000 || rows.Halted {
		t.Errorf("%d rows were read", rows.List.Loaded())
	}
}
