package forms

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/desk/index"
	"dirdesk/models"
	"dirdesk/ui/list"
	"dirdesk/ui/trouble"
)

// searchPause is how long the text has to stay as it is before a search starts.
const searchPause = 200 * time.Millisecond

// mostFound is how many objects a search gives at most: more are no help.
const mostFound = 200

// search is one search under way, or the last one.
type search struct {
	serial  int // answers of another search are late
	cancel  context.CancelFunc
	busy    bool
	fresh   bool   // results are of this search, not of the one before
	why     string // it failed: in words
	reading desk.Reading
}

// searchDueMsg says that the text has stayed as it is for a while.
type searchDueMsg struct {
	picker *picker
	serial int
}

// foundMsg is one step of a search: what was found until now, a failure, or the end.
type foundMsg struct {
	picker *picker
	serial int
	found  desk.Found
	err    error
	end    bool
	hits   *hits
}

// hits is what a search finds. Each step is fetched by a command of its own.
type hits struct {
	ctx  context.Context //nolint:containedctx // of this one search
	next func() (desk.Found, error, bool)
	stop func()
}

// narrow shows what matches the text, or starts the search for it.
func (p *picker) narrow() tea.Cmd {
	p.find.List = list.List{}
	if p.fixed {
		p.filter()
		return nil
	}
	p.halt()
	p.search.why = ""
	if p.text() == "" {
		p.results = nil
		return nil
	}
	// Until the answer comes, what is known already and still fits is shown.
	p.results = matching(p.results, p.text())
	p.search.busy = true
	return p.env.Later(searchPause, searchDueMsg{p, p.search.serial})
}

func (p *picker) text() string { return strings.TrimSpace(p.find.Line.Value()) }

// halt ends the search under way.
func (p *picker) halt() {
	p.search.serial++
	p.search.busy, p.search.fresh = false, false
	if p.search.cancel != nil {
		p.search.cancel()
		p.search.cancel = nil
	}
}

// filter keeps those of a fixed list that match the text.
func (p *picker) filter() {
	p.results = matching(p.all, p.text())
	p.find.Go(p.find.At(), len(p.results))
}

// matching are the objects that a search for a text would find among these.
func matching(objects []models.Object, text string) []models.Object {
	query := index.ParseQuery(text)
	if query.IsEmpty() {
		return objects
	}
	var all []models.Object
	for _, o := range objects {
		if query.Rank(&o) < index.None {
			all = append(all, o)
		}
	}
	return all
}

func (p *picker) searchDue(msg searchDueMsg) tea.Cmd {
	if msg.picker != p || msg.serial != p.search.serial || p.ctx.Err() != nil {
		return nil
	}
	ctx, cancel := context.WithCancel(p.ctx)
	p.search.cancel = cancel
	door, wanted, serial := p.env.Desk, desk.Search{Text: p.text(), Categories: p.types, Limit: mostFound}, p.search.serial
	return func() tea.Msg {
		h := &hits{ctx: ctx}
		h.next, h.stop = iter.Pull2(door.Find(ctx, wanted))
		return h.fetch(p, serial)
	}
}

// fetch takes the next batch. A search that was given up ends here, as nobody
// may be left to hear of it.
func (h *hits) fetch(p *picker, serial int) tea.Msg {
	found, err, ok := h.next()
	if !ok || err != nil || h.ctx.Err() != nil {
		h.stop()
	}
	if h.ctx.Err() != nil {
		return nil
	}
	return foundMsg{picker: p, serial: serial, found: found, err: err, end: !ok, hits: h}
}

func (p *picker) found(msg foundMsg) tea.Cmd {
	if msg.picker != p {
		return nil
	}
	over := msg.end || msg.err != nil
	if msg.serial != p.search.serial {
		if over {
			return nil
		}
		return func() tea.Msg { msg.hits.stop(); return nil }
	}
	if !msg.end {
		p.search.fresh, p.search.reading = true, msg.found.Reading
		p.take(msg.found.Objects)
	}
	if over {
		p.search.busy = false
		if msg.err != nil {
			p.search.why = trouble.Line("The search failed", msg.err, models.AdviceFor(msg.err))
		}
		return nil
	}
	return func() tea.Msg { return msg.hits.fetch(p, msg.serial) }
}

// take shows what was found, the best first. The cursor stays on its object, once
// it was moved.
func (p *picker) take(objects []models.Object) {
	under, moved := p.under()
	moved = moved && p.find.At() > 0
	p.results = objects
	if shown := p.shown(); moved {
		p.find.Go(slices.IndexFunc(shown, func(o models.Object) bool { return o.DN.Equal(under.DN) }), len(shown))
	}
}

// state is how the search stands, in words.
func (p *picker) state() string {
	n := len(p.results)
	if words := p.search.reading.Words(p.env.Now()); words != "" && p.search.fresh {
		return fmt.Sprintf("%d found, %s", n, words)
	}
	switch {
	case p.search.why != "":
		return p.search.why
	case p.fixed:
		return fmt.Sprintf("%d of %d", n, len(p.all))
	case p.text() == "":
		return ""
	case p.search.busy && n == 0:
		return "searching"
	case p.search.busy:
		return fmt.Sprintf("%d found, searching on", n)
	case n == 0:
		return "nothing found"
	case n >= mostFound:
		return fmt.Sprintf("the first %d: type more", n)
	default:
		return fmt.Sprintf("%d found", n)
	}
}
