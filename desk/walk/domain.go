package walk

import (
	"context"
	"errors"
	"slices"
	"sync"

	"dirdesk/internal/english"
	"dirdesk/internal/guard"
	"dirdesk/models"
)

// mostRequests is how many requests for a domain are under way at once.
const mostRequests = 4

// Progress is how far a domain has been read.
type Progress struct {
	Read  int    // objects
	Total int    // of those that are known of; models.UnknownTotal while none are
	Cut   string // why some are missing; "" when nothing is that is known of
}

// Domain reads everything below a base, once, as a request asks for it. Whether the
// server lists more than one level is seen from its first answer; where it does not,
// container after container is read. Pages grow to what the server answers within half
// a second. take gets the objects as they come, one call at a time.
func Domain(ctx context.Context, backend Lister, req models.ListRequest, take func([]models.Object, Progress)) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	d := &domain{
		backend: backend, take: take, wanted: req.Categories, pace: NewPace(mostRequests), progress: Progress{Total: models.UnknownTotal},
		queue: []models.DN{req.Base}, known: map[string]bool{req.Base.Key(): true}, stop: cancel,
	}
	d.changed.L = &d.mu
	deep, err := d.isDeep(ctx, req.Base)
	if err != nil {
		return err
	}
	if deep {
		return d.read(ctx, models.ListRequest{Base: req.Base, Categories: req.Categories, Filter: req.Filter, Deep: true}, false)
	}
	var workers sync.WaitGroup
	for range mostRequests {
		workers.Go(func() { d.work(ctx) })
	}
	workers.Wait()
	if d.failed == nil {
		d.failed = ctx.Err()
	}
	return d.failed
}

// domain is the state of one reading.
type domain struct {
	backend Lister
	take    func([]models.Object, Progress)
	pace    *Pace
	stop    context.CancelFunc
	wanted  []models.Category // nil: all

	mu       sync.Mutex
	changed  sync.Cond
	progress Progress
	queue    []models.DN // containers to be read
	known    map[string]bool
	reading  int // containers under way
	failed   error
}

// isDeep asks for a page of all levels and looks for an object of a deeper one. A
// server that refuses is read level by level, and fails there if it has to.
func (d *domain) isDeep(ctx context.Context, base models.DN) (bool, error) {
	if d.backend.About().Searches {
		return true, nil
	}
	for page, err := range d.backend.List(ctx, models.ListRequest{Base: base, Limit: firstPage, Deep: true}) {
		if err != nil {
			return false, ctx.Err()
		}
		for i := range page.Objects {
			if at := page.Objects[i].DN; at.IsBelow(base) && !at.Parent().Equal(base) {
				return true, nil
			}
		}
	}
	return false, ctx.Err()
}

// work reads one container after the other until none is left.
func (d *domain) work(ctx context.Context) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for {
		for len(d.queue) == 0 && d.reading > 0 && d.failed == nil {
			d.changed.Wait()
		}
		if len(d.queue) == 0 || d.failed != nil {
			d.changed.Broadcast()
			return
		}
		base := d.queue[0]
		d.queue = d.queue[1:]
		d.reading++
		d.mu.Unlock()
		err := d.read(ctx, models.ListRequest{Base: base, Categories: d.asked()}, true)
		d.mu.Lock()
		d.reading--
		switch {
		case err == nil, errors.Is(err, models.ErrNotFound): // it was deleted meanwhile
		case errors.Is(err, models.ErrDenied):
			d.progress.Cut = english.Quoted(base.RDN().Value) + " may not be read"
		case d.failed == nil:
			d.failed = err
			d.stop()
		}
		d.changed.Broadcast()
	}
}

// asked are the categories that are asked for where the tree is walked: those that
// are wanted, and what holds others.
func (d *domain) asked() []models.Category {
	if d.wanted == nil {
		return nil
	}
	asked := slices.Clone(d.wanted)
	for _, c := range models.ContainerCategories() {
		if !slices.Contains(asked, c) {
			asked = append(asked, c)
		}
	}
	return asked
}

// read reads what a request lists. tree says that the containers among it are to
// be read too.
func (d *domain) read(ctx context.Context, req models.ListRequest, tree bool) (err error) {
	defer guard.AsError(&err)
	total := 0
	for page, err := range Pages(ctx, d.backend, req, Options{Pace: d.pace}) {
		if err != nil {
			return err
		}
		d.took(page, req.Base, &total, tree)
	}
	return nil
}

// took takes a page in.
func (d *domain) took(page models.Page, base models.DN, total *int, tree bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if page.Total != models.UnknownTotal {
		d.progress.Total = max(d.progress.Total, 0) + page.Total - *total
		*total = page.Total
	}
	d.progress.Read += len(page.Objects)
	if page.Cut != "" {
		d.progress.Cut = english.Quoted(base.RDN().Value) + ": " + page.Cut
	}
	for i := range page.Objects {
		if o := &page.Objects[i]; tree && o.Category.HoldsObjects() && !d.known[o.DN.Key()] {
			d.known[o.DN.Key()] = true
			d.queue = append(d.queue, o.DN)
		}
	}
	objects := page.Objects
	if d.wanted != nil {
		objects = slices.DeleteFunc(slices.Clone(objects), func(o models.Object) bool { return !slices.Contains(d.wanted, o.Category) })
	}
	d.take(objects, d.progress)
	d.changed.Broadcast()
}
