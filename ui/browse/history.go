package browse

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/models"
)

const (
	stepsKept = 100         // steps that back and forward go
	rowsKept  = 6           // of these, how many keep their rows
	freshFor  = time.Minute // rows younger than this are shown again as they are
)

// step is a container that was on the screen.
type step struct {
	base   models.DN
	cursor models.DN
	row    int
	rows   *container // nil once it was let go
}

// history is where back and forward go.
type history struct{ past, future []step }

func stepOf(c *container) step {
	s := step{base: c.base, row: c.table.Cursor(), rows: c}
	if o := c.table.Object(); o != nil {
		s.cursor = o.DN
	}
	return s
}

// visit notes that old was left for something new.
func (h *history) visit(old *container) {
	if old == nil {
		return
	}
	h.past = push(h.past, stepOf(old))
	h.future = nil
}

func (h *history) wentBack(old *container) {
	h.past = pop(h.past)
	h.future = push(h.future, stepOf(old))
}

func (h *history) wentForward(old *container) {
	h.future = pop(h.future)
	h.past = push(h.past, stepOf(old))
}

func push(steps []step, s step) []step {
	steps = append(steps, s)
	if len(steps) > stepsKept {
		steps = steps[1:]
	}
	if i := len(steps) - 1 - rowsKept; i >= 0 {
		steps[i].rows = nil
	}
	return steps
}

func pop(steps []step) []step {
	if len(steps) == 0 {
		return steps
	}
	return steps[:len(steps)-1]
}

// drop forgets the steps to a container that is gone.
func (h *history) drop(base models.DN) {
	for _, steps := range []*[]step{&h.past, &h.future} {
		if n := len(*steps); n > 0 && (*steps)[n-1].base.Equal(base) {
			*steps = pop(*steps)
		}
	}
}

// goBack and goForward show the container of a step again: at once where its
// rows are still here and fresh, else by reading it.
func (p *Page) goBack() tea.Cmd { return p.travel(p.history.past, back) }

func (p *Page) goForward() tea.Cmd { return p.travel(p.history.future, forward) }

func (p *Page) travel(steps []step, direction how) tea.Cmd {
	s := steps[len(steps)-1]
	o := openOptions{how: direction, cursor: s.cursor, row: s.row}
	if s.rows == nil || p.env.Now().Sub(s.rows.read) > freshFor {
		return p.open(s.base, o)
	}
	p.cancelOpening()
	read := s.rows.read
	s.rows.list.ShowAdvanced(p.advanced)
	cmd := p.arrive(&opening{container: s.rows, openOptions: o})
	p.shown.read = read
	p.shown.table.Changed()
	return cmd
}
