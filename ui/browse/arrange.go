package browse

import (
	"fmt"
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
	into  *container
	order *rows.Order
	err   error
}

type staleMsg struct{ into *container }

// rearrange sorts and narrows the shown rows as wanted, beside the loop. One
// that is still running is given up: it works on what is wanted no longer.
func (p *Page) rearrange() tea.Cmd {
	c := p.shown
	if c == nil {
		return nil
	}
	p.tasks.end(c.arranging)
	c.arranging = 0
	wanted, arranged := c.arrangement()
	if !arranged {
		c.list.Use(nil)
		c.table.Changed()
		return nil
	}
	snapshot := c.list.Snapshot()
	wanted.Advanced = p.advanced
	if snapshot.Loaded() <= arrangeAtOnce {
		if order, err := snapshot.Arrange(p.env.Context, wanted); err == nil {
			p.useOrder(c, order)
		}
		return nil
	}
	t, ctx := p.tasks.start(p.env.Context, "")
	t.quiet = true
	c.arranging = t.id
	return func() tea.Msg {
		order, err := snapshot.Arrange(ctx, wanted)
		return arrangedMsg{t.id, c, order, err}
	}
}

// useOrder shows the rows of a container in an order.
func (p *Page) useOrder(c *container, order *rows.Order) {
	atTop := c.untouched && c.table.Cursor() == 0
	c.untouched = false
	c.list.Use(order)
	c.table.Changed()
	if atTop {
		c.table.MoveTo(0)
	}
}

func (p *Page) onArranged(msg arrangedMsg) tea.Cmd {
	if !p.tasks.alive(msg.task) {
		return nil
	}
	p.tasks.end(msg.task)
	msg.into.arranging = 0
	if msg.err != nil {
		return p.fail("Could not sort the rows", msg.err, p.rearrange)
	}
	p.useOrder(msg.into, msg.order)
	return nil
}

// freshen puts rows that came since into a sorted or narrowed view, a little
// later, so that a stream of pages does not sort again for each.
func (p *Page) freshen() tea.Cmd {
	c := p.shown
	if c == nil || c.due || c.arranging != 0 || !c.list.Stale() {
		return nil
	}
	c.due = true
	return p.env.Later(rearrangeAfter, staleMsg{c})
}

func (p *Page) onStale(msg staleMsg) tea.Cmd {
	msg.into.due = false
	if msg.into != p.shown || !msg.into.list.Stale() {
		return nil
	}
	return p.rearrange()
}

// sortColumns is the round that the sort key makes.
func (c *container) sortColumns() []rows.Column {
	return []rows.Column{
		c.natural, rows.ByName, rows.ByLogonName, rows.ByState,
		rows.ByKind, rows.ByDescription, rows.ByMail,
	}
}

func columnWords(c rows.Column) string {
	switch c {
	case rows.ByKindAndName:
		return "kind and name"
	case rows.ByName:
		return "name"
	case rows.ByKind:
		return "kind"
	case rows.ByLogonName:
		return "logon name"
	case rows.ByState:
		return "state"
	case rows.ByMail:
		return "mail"
	case rows.ByDescription:
		return "description"
	default:
		return "the server's order"
	}
}

func (p *Page) nextSort() tea.Cmd {
	round := p.shown.sortColumns()
	for i, c := range round {
		if c == p.shown.wanted.Column {
			return p.sortBy(round[(i+1)%len(round)], false)
		}
	}
	return p.sortBy(p.shown.natural, false)
}

func (p *Page) sortBy(column rows.Column, descending bool) tea.Cmd {
	p.shown.wanted.Column, p.shown.wanted.Descending = column, descending
	text := "Sorted by " + columnWords(column)
	if column == rows.ServerOrder {
		text = "In the server's order"
	}
	if descending {
		text += ", reversed"
	}
	if !p.shown.list.IsComplete() && p.shown.arranged() {
		text += fmt.Sprintf(": only the loaded rows; %s loads the rest", p.key("view.load"))
	} else if why := p.shown.cut(); why != "" {
		text += ": only the rows that are shown, and there are more: " + why
	}
	p.say(tonePlain, text+".")
	return p.rearrange()
}

// setNarrow keeps the rows that hold a text.
func (p *Page) setNarrow(text string) tea.Cmd {
	p.shown.wanted.Narrow = text
	return p.rearrange()
}
