package desk

import (
	"context"
	"sync"

	"dirdesk/desk/walk"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// walked remembers what was read of the tree where the server knows no names, so that
// a second name costs no second walk. It goes on where it stopped. It is safe for use by
// several goroutines.
type walked struct {
	mu      sync.Mutex
	begun   bool
	queue   []models.DN // containers that are still to be read; of the first:
	offset  int         // how much of it was read
	objects []models.Object
	cut     string
}

// each calls for every object of the domain, those that are remembered first, until it
// is told to stop.
func (w *walked) each(ctx context.Context, in *directory, goOn func(*models.Object) bool) (cut string, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for i := range w.objects {
		if !goOn(&w.objects[i]) {
			return w.cut, nil
		}
	}
	if !w.begun {
		info, err := in.backend.Info(ctx)
		if err != nil {
			return "", err
		}
		w.begun, w.queue = true, []models.DN{info.BaseDN}
	}
	for stopped := false; len(w.queue) > 0; w.queue, w.offset = w.queue[1:], 0 {
		for page, err := range walk.Pages(ctx, in.backend, models.ListRequest{Base: w.queue[0], Offset: w.offset}, walk.Options{}) {
			if err != nil {
				return w.cut, err
			}
			if page.Cut != "" {
				w.cut = english.Quoted(w.queue[0].RDN().Value) + ": " + page.Cut
			}
			for i := range page.Objects {
				o := &page.Objects[i]
				if o.Category.HoldsObjects() {
					w.queue = append(w.queue, o.DN)
				}
				in.remember(o.DN, page.Offset+i)
				w.objects = append(w.objects, *o)
				stopped = !goOn(o) || stopped
			}
			w.offset = page.Offset + len(page.Objects)
			if stopped {
				return w.cut, nil
			}
		}
	}
	return w.cut, nil
}

// forget has the next look begin anew: something was changed.
func (w *walked) forget() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.begun, w.queue, w.offset, w.objects, w.cut = false, nil, 0, nil, ""
}
