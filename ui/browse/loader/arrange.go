package loader

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk/rows"
)

// rearrangeAfter is how long rows that come while a view is sorted or narrowed
// wait for each other before they are sorted in.
const rearrangeAfter = 300 * time.Millisecond

// arrangeAtOnce is how many rows are sorted on the loop: that takes no time, and
// they need not be shown in another order before.
const arrangeAtOnce = 1000

type arrangedMsg struct {
	task  int
	into  *Rows
	order *rows.Order
	err   error
}

type staleMsg struct{ into *Rows }

// Rearrange sorts and narrows rows as wanted, beside the loop. One that is still
// running is given up: it works on what is wanted no longer.
func (l *Loader) Rearrange(r *Rows) tea.Cmd {
	l.end(r.arranging)
	r.arranging = 0
	wanted, arranged := r.Arrangement()
	if !arranged {
		r.List.Use(nil)
		r.changed(false)
		return nil
	}
	snapshot := r.List.Snapshot()
	wanted.Advanced = l.Advanced
	if snapshot.Loaded() <= arrangeAtOnce {
		if order, err := snapshot.Arrange(l.Context, wanted); err == nil {
			r.use(order)
		}
		return nil
	}
	id, ctx := l.start(l.Context, "")
	r.arranging = id
	return func() tea.Msg {
		order, err := snapshot.Arrange(ctx, wanted)
		return arrangedMsg{id, r, order, err}
	}
}

// use shows the rows in an order.
func (r *Rows) use(order *rows.Order) {
	r.List.Use(order)
	r.changed(true)
}

func (l *Loader) onArranged(msg arrangedMsg) Report {
	if !l.end(msg.task) {
		return Report{}
	}
	msg.into.arranging = 0
	if msg.err != nil {
		return Report{Failed: &Failure{
			What: "Could not sort the rows", Err: msg.err,
			Again: func() tea.Cmd { return l.Rearrange(msg.into) },
		}}
	}
	msg.into.use(msg.order)
	return Report{}
}

// Freshen puts rows that came since into a sorted or narrowed view, a little
// later, so that a stream of pages does not sort again for each.
func (l *Loader) Freshen(r *Rows) tea.Cmd {
	if r.due || r.arranging != 0 || !r.List.Stale() {
		return nil
	}
	r.due = true
	return l.Later(rearrangeAfter, staleMsg{r})
}

func (l *Loader) onStale(msg staleMsg) tea.Cmd {
	if !msg.into.due { // the rows have left the screen
		return nil
	}
	msg.into.due = false
	if !msg.into.List.Stale() {
		return nil
	}
	return l.Rearrange(msg.into)
}

// ShowAdvanced takes the objects of the advanced view in or out, of the tree, of
// the rows on the screen and of those on their way there.
func (l *Loader) ShowAdvanced(show bool, shown *Rows) tea.Cmd {
	l.Advanced = show
	if l.Tree.Nodes != nil {
		l.Tree.Nodes.ShowAdvanced(show)
	}
	if l.Coming != nil {
		l.Coming.List.ShowAdvanced(show)
	}
	if shown == nil {
		return nil
	}
	shown.List.ShowAdvanced(show)
	shown.changed(false)
	return l.Rearrange(shown)
}
