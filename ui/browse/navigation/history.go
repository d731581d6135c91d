package navigation

import (
	"time"

	"dirdesk/models"
	"dirdesk/ui/browse/loader"
	"dirdesk/ui/browse/place"
)

const (
	stepsKept = 100         // steps that back and forward go
	viewsKept = 6           // of these, how many keep their rows
	freshFor  = time.Minute // rows younger than this are shown again as they are
)

// Step is a place that was on the screen.
type Step struct {
	Place  place.Place
	intent loader.Intent // puts the cursor where it was
	view   *View         // nil once it was let go
}

// history is where back and forward go.
type history struct{ past, future []Step }

// visit notes that old was left for something new.
func (h *history) visit(old *View) {
	if old != nil {
		h.past = push(h.past, old)
		h.future = nil
	}
}

// Offer lets back go to a place that was not on the screen yet.
func (h *history) Offer(at place.Place) { h.past = append(h.past, Step{Place: at}) }

func (h *history) wentBack(old *View) {
	h.past = pop(h.past)
	h.future = push(h.future, old)
}

func (h *history) wentForward(old *View) {
	h.future = pop(h.future)
	h.past = push(h.past, old)
}

func push(steps []Step, old *View) []Step {
	steps = append(steps, Step{old.Place, old.where(), old})
	if len(steps) > stepsKept {
		steps = steps[1:]
	}
	if i := len(steps) - 1 - viewsKept; i >= 0 {
		steps[i].view = nil
	}
	return steps
}

func pop(steps []Step) []Step { return steps[:max(len(steps)-1, 0)] }

// Drop forgets the steps to a place that is gone.
func (h *history) Drop(gone place.Place) {
	for _, steps := range []*[]Step{&h.past, &h.future} {
		if n := len(*steps); n > 0 && place.Same((*steps)[n-1].Place, gone) {
			*steps = pop(*steps)
		}
	}
}

// Outdate keeps rows that are not on the screen from being shown as they were,
// where those of a container are among them.
func (h *history) Outdate(parent models.DN) {
	for s := range h.steps {
		if s.view != nil && s.Place.Lists(parent) {
			s.view.ReadAt = time.Time{}
		}
	}
}

// rename takes a new name to the steps. The rows below it have names that are
// not theirs any more: they are read anew when they are gone back to.
func (h *history) rename(old, to models.DN) {
	for s := range h.steps {
		if at, renamed := s.Place.Renamed(old, to); renamed {
			s.Place, s.view = at, nil
		}
		s.intent.Cursor, _ = place.Rebase(s.intent.Cursor, old, to)
	}
}

func (h *history) steps(yield func(*Step) bool) {
	for _, steps := range [][]Step{h.past, h.future} {
		for i := range steps {
			if !yield(&steps[i]) {
				return
			}
		}
	}
}

// Before is the step that back goes to; nil for none.
func (h *history) Before() *Step { return last(h.past) }

// After is the place that forward goes to.
func (h *history) After() *Step { return last(h.future) }

func last(steps []Step) *Step {
	if len(steps) == 0 {
		return nil
	}
	return &steps[len(steps)-1]
}

// Intent is how the place of the step is shown again.
func (s *Step) Intent(how loader.How) loader.Intent {
	intent := s.intent
	intent.How = how
	return intent
}

// Fresh is the view of the step; nil where its rows are gone or too old.
func (s *Step) Fresh(now time.Time) *View {
	if s.view == nil || models.Elapsed(s.view.ReadAt, now) > freshFor {
		return nil
	}
	return s.view
}
