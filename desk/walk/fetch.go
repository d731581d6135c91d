package walk

import (
	"context"
	"fmt"
	"hash/maphash"
	"iter"

	"dirdesk/internal/guard"
	"dirdesk/models"
)

// fetch is one request for a run of places. Its results may be read once done
// is closed.
type fetch struct {
	offset, limit int
	done          chan struct{}

	pages []models.Page
	count int // objects in the pages
	err   error

	panicked *guard.Panic // raised where the results are taken
}

// start begins to read a page's worth from an offset.
func (w *walk) start(ctx context.Context, offset int) *fetch {
	req := w.req
	req.Offset, req.Limit = offset, w.pageSize
	if w.pace != nil {
		req.Limit = w.pace.pageSize()
		req.AtOnce = req.Limit
	}
	if w.req.Limit > 0 {
		req.Limit = min(req.Limit, w.req.Offset+w.req.Limit-offset)
	}
	f := &fetch{offset: offset, limit: req.Limit, done: make(chan struct{})}
	w.report.Requests++
	w.running.Go(func() {
		defer close(f.done)
		f.panicked = guard.Catch(func() {
			if w.pace != nil {
				w.pace.request(f, func() { f.read(w.backend.List(ctx, req)) })
				return
			}
			f.read(w.backend.List(ctx, req))
		})
	})
	return f
}

func (f *fetch) read(pages iter.Seq2[models.Page, error]) {
	for page, err := range pages {
		if err != nil {
			f.err = err
			return
		}
		f.pages = append(f.pages, page)
		f.count += len(page.Objects)
	}
}

// seen knows the objects that were delivered, by a hash of 128 bits each.
type seen struct {
	names   map[[2]uint64]struct{}
	seeds   [2]maphash.Seed
	scratch []byte
}

// without gives the objects that are new, and notes them. Where all are, it is
// the same slice.
func (s *seen) without(objects []models.Object) []models.Object {
	for i := range objects {
		if s.isNew(objects[i].DN) {
			continue
		}
		fresh := append([]models.Object(nil), objects[:i]...)
		for _, object := range objects[i+1:] {
			if s.isNew(object.DN) {
				fresh = append(fresh, object)
			}
		}
		return fresh
	}
	return objects
}

func (s *seen) isNew(dn models.DN) bool {
	if dn == "" {
		return true
	}
	s.scratch = dn.AppendKey(s.scratch[:0])
	name := [2]uint64{maphash.Bytes(s.seeds[0], s.scratch), maphash.Bytes(s.seeds[1], s.scratch)}
	if _, ok := s.names[name]; ok {
		return false
	}
	s.names[name] = struct{}{}
	return true
}

// PartialError ends a walk that did not reach its end.
type PartialError struct {
	Base  models.DN
	Read  int // objects delivered before it
	Total int // of the container, or models.UnknownTotal
	Err   error
}

func (w *walk) partial(err error) error {
	return &PartialError{Base: w.req.Base, Read: w.report.Objects, Total: w.report.Total, Err: err}
}

// Error gives text of the directory too, which is not safe to print raw.
func (e *PartialError) Error() string { return e.Err.Error() + " (" + e.Progress() + ")" }

// Progress says in words how far the walk got.
func (e *PartialError) Progress() string {
	switch {
	case e.Read == 0:
		return "nothing was read"
	case e.Total == models.UnknownTotal:
		return fmt.Sprintf("%d objects were read before", e.Read)
	default:
		return fmt.Sprintf("%d of %d objects were read before", e.Read, e.Total)
	}
}

// Unwrap gives the cause.
func (e *PartialError) Unwrap() error { return e.Err }
