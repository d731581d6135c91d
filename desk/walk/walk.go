// Package walk reads a container to its end, with several requests under way at
// once where the server allows it. Begin at [Pages].
package walk

import (
	"cmp"
	"context"
	"hash/maphash"
	"iter"
	"sync"

	"dirdesk/internal/allowance"
	"dirdesk/models"
)

// Options says how [Pages] reads. The zero value is good.
type Options struct {
	PageSize    int // objects to ask for at once; 0: what the backend prefers, or 1,000
	Concurrency int // requests under way at once, where the backend can seek; 0: 4
	// Pace, if set, says both instead, for several walks together.
	Pace *Pace
	// Report, if set, is filled in as the walk goes on. It may be read where
	// the pages are consumed, and after the last.
	Report *Report
}

// Report is what a walk has met so far.
type Report struct {
	Requests   int // List calls begun
	Objects    int // delivered
	Duplicates int // left out because they had been delivered before
	Total      int // by the server's latest word, models.UnknownTotal before it
	// Changed says that the container was changed by somebody while it was
	// read, so that objects may be missing: it should be read again.
	Changed bool
	// Cut says in words that the container holds more than the server gives, and
	// why; "" when nothing is missing.
	Cut string
}

const (
	defaultPageSize    = 1000
	defaultConcurrency = 4
	// repeatsAllowed is how many pages in a row may hold nothing new before the
	// server is taken to be repeating itself.
	repeatsAllowed = 2
)

// Lister lists one level of a directory, as desk.Backend says it.
type Lister interface {
	About() models.About
	List(ctx context.Context, req models.ListRequest) iter.Seq2[models.Page, error]
}

// Pages reads a container to its end, or as far as req says. Where the backend
// can seek, several pages are asked for at once; they are delivered in the
// server's order all the same. No object is delivered twice. The offsets of
// the pages count what was delivered, so that they follow one another without
// gaps from req.Offset on, and the pages can be added to a rows.Listing.
//
// An empty container gives one empty page. The first error ends the walk; it
// is a *PartialError, which says how far the walk got. When the caller stops
// ranging, what is under way is cancelled and waited for.
func Pages(ctx context.Context, backend Lister, req models.ListRequest, options Options) iter.Seq2[models.Page, error] {
	return func(yield func(models.Page, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		about := backend.About()
		w := newWalk(backend, req, options, about)
		defer w.running.Wait()
		defer cancel()
		var err error
		if about.Seekable {
			err = w.seek(ctx, yield)
		} else {
			err = w.stream(ctx, yield)
		}
		if err != nil && !w.stopped {
			yield(models.Page{Offset: w.offset(), Total: w.report.Total}, w.partial(err))
		}
	}
}

// walk is the state of one walk, which belongs to the consumer's goroutine.
type walk struct {
	backend     Lister
	req         models.ListRequest
	pageSize    int
	concurrency int
	pace        *Pace
	report      *Report
	seen        seen
	allowed     allowance.Allowance
	repeats     int
	delivered   bool   // at least one page
	cut         string // as the consumer was told
	stopped     bool   // by the consumer
	running     sync.WaitGroup
}

func newWalk(backend Lister, req models.ListRequest, options Options, about models.About) *walk {
	w := &walk{
		backend: backend, req: req, pace: options.Pace, allowed: allowance.Allowance{Rows: about.MaxRows}, report: cmp.Or(options.Report, new(Report)),
		pageSize:    cmp.Or(max(options.PageSize, 0), max(about.PageSize, 0), defaultPageSize),
		concurrency: cmp.Or(max(options.Concurrency, 0), defaultConcurrency),
		seen:        seen{names: map[[2]uint64]struct{}{}, seeds: [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}},
	}
	*w.report = Report{Total: models.UnknownTotal}
	return w
}

// stream takes the pages as the backend gives them.
func (w *walk) stream(ctx context.Context, yield func(models.Page, error) bool) error {
	w.report.Requests++
	for page, err := range w.backend.List(ctx, w.req) {
		if err != nil {
			return err
		}
		if err := w.deliver(page, yield); err != nil || w.stopped {
			return err
		}
	}
	return w.finish(ctx, yield)
}

// seek asks for pages by their offset, the first alone to learn the total.
func (w *walk) seek(ctx context.Context, yield func(models.Page, error) bool) error {
	next, end := w.req.Offset, w.req.Offset+1
	var queue []*fetch
	for {
		for next < end && len(queue) < w.concurrency {
			f := w.start(ctx, next)
			queue = append(queue, f)
			next += f.limit
		}
		if len(queue) == 0 {
			return w.finish(ctx, yield)
		}
		<-queue[0].done
		f := queue[0]
		queue = queue[1:]
		f.panicked.Raise()
		if f.err != nil {
			return f.err
		}
		for _, page := range f.pages {
			if err := w.deliver(page, yield); err != nil || w.stopped {
				return err
			}
		}
		end = w.endAfter(f, next, end)
	}
}

// endAfter is the first offset not worth asking for, as a finished fetch tells.
func (w *walk) endAfter(f *fetch, next, end int) int {
	switch {
	case f.count == 0:
		end = min(end, f.offset) // whatever the total says
	case w.report.Total != models.UnknownTotal:
		end = w.report.Total
	case f.count >= f.limit:
		end = next + 1
	}
	if w.req.Limit > 0 {
		end = min(end, w.req.Offset+w.req.Limit)
	}
	return end
}

// deliver hands a page to the consumer, without what it had before.
func (w *walk) deliver(page models.Page, yield func(models.Page, error) bool) error {
	w.noteTotal(page)
	fresh := w.seen.without(page.Objects)
	duplicates := len(page.Objects) - len(fresh)
	if page.Cut != "" {
		w.report.Cut = page.Cut
	}
	if duplicates > 0 {
		w.report.Duplicates += duplicates
		w.report.Changed = true
	}
	if len(fresh) == 0 {
		if duplicates > 0 {
			w.repeats++
		}
		if w.repeats > repeatsAllowed {
			return &models.Error{
				Kind: models.ErrProtocol, Action: "list", Object: string(w.req.Base),
				Advice: "The server keeps sending the same objects. Try again; if it stays, read the container in another way.",
			}
		}
		return nil
	}
	w.repeats = 0
	for i, o := range fresh {
		if err := w.allowed.Take(allowance.Weight(o)); err != nil {
			if i > 0 {
				w.hand(fresh[:i], yield)
			}
			return err
		}
	}
	w.hand(fresh, yield)
	return nil
}

func (w *walk) hand(objects []models.Object, yield func(models.Page, error) bool) {
	page := models.Page{Objects: objects, Offset: w.offset(), Total: w.report.Total, Cut: w.report.Cut}
	w.delivered, w.cut = true, w.report.Cut
	w.report.Objects += len(objects)
	w.stopped = !yield(page, nil)
}

func (w *walk) offset() int { return w.req.Offset + w.report.Objects }

func (w *walk) noteTotal(page models.Page) {
	if page.Total == models.UnknownTotal {
		return
	}
	if w.report.Total != models.UnknownTotal && w.report.Total != page.Total {
		w.report.Changed = true
	}
	w.report.Total = page.Total
}

// finish delivers the one page of an empty answer.
func (w *walk) finish(ctx context.Context, yield func(models.Page, error) bool) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if !w.delivered && w.report.Total == models.UnknownTotal {
		w.report.Total = 0
	}
	if !w.delivered || w.report.Cut != w.cut {
		w.hand(nil, yield)
	}
	return nil
}
