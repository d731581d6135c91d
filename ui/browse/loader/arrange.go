package loader

import (
	"context"
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
	cmd := ask(l.connection, "", func(ctx context.Context) (*rows.Order, error) {
		return snapshot.Arrange(ctx, wanted)
	}, func(order *rows.Order, err error) Report {
		r.arranging = 0
		if err != nil {
			return failure("Could not sort the rows", err, func() tea.Cmd { return l.Rearrange(r) })
		}
		r.use(order)
		return Report{}
	})
	r.arranging = l.last
	return cmd
}

// use shows the rows in an order.
func (r *Rows) use(order *rows.Order) {
	r.List.Use(order)
	r.changed(true)
}

// Freshen puts rows that came since into a sorted or narrowed view, a little
// later, so that a stream of pages does not sort again for each.
func (l *Loader) Freshen(r *Rows) tea.Cmd {
	if r.due || r.arranging != 0 || !r.List.Stale() {
		return nil
	}
	r.due = true
	return l.Later(rearrangeAfter, doMsg(func() Report {
		wanted := r.due && r.List.Stale() // else the rows have left the screen
		r.due = false
		if !wanted {
			return Report{}
		}
		return Report{Next: l.Rearrange(r)}
	}))
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
