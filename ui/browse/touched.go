package browse

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/models"
	"dirdesk/ui/tree"
)

// Touched is what a change did to an object, for what is on the screen.
type Touched struct {
	DN      models.DN // as it was
	Parents []models.DN
	// Structure says that objects came, went or got another name; else only the
	// values of the object are others.
	Structure bool
	// Containers says that those may have been containers.
	Containers bool
	// To is the name that the object has now; "" when it kept its own.
	To models.DN
	// Show is a new object, which the cursor goes to; "" for none.
	Show models.DN
}

// mostReadAnew is how many rows are read anew one by one; of more, the
// container is read anew.
const mostReadAnew = 8

// rowMsg is an object that was read anew after it was changed.
type rowMsg struct {
	task   int
	object models.Object
	err    error
}

// Refresh reads anew what was changed. Nothing else makes a row look otherwise:
// it shows what the directory says. read reads one object.
func (p *Page) Refresh(all []Touched, read func(context.Context, models.DN) (models.Object, error)) tea.Cmd {
	p.details.forget()
	var cmds []tea.Cmd
	var rows []models.DN
	whole := false
	var cursor models.DN
	for _, t := range all {
		if t.To != "" && !t.To.Equal(t.DN) {
			cmds = append(cmds, p.follow(t.DN, t.To))
		}
		if t.Show != "" && p.shown != nil && p.shown.base.Equal(t.Show.Parent()) {
			cursor = t.Show
		}
		if !t.Structure {
			if p.shown != nil && p.shown.list.Get(t.DN) != nil {
				rows = append(rows, t.DN)
			}
			p.outdate(t.DN.Parent())
			continue
		}
		for _, parent := range t.Parents {
			p.outdate(parent)
			whole = whole || p.shown != nil && p.shown.base.Equal(parent)
			if t.Containers {
				cmds = append(cmds, p.regrow(parent))
			}
		}
		if p.shown != nil && (p.shown.base.Equal(t.DN) || p.shown.base.IsBelow(t.DN)) && t.Containers {
			cmds = append(cmds, p.leaveGone(t.DN))
			whole = false
		}
	}
	if whole || len(rows) > mostReadAnew {
		cmds = append(cmds, p.readAnew(cursor))
	} else {
		for _, dn := range rows {
			cmds = append(cmds, p.readRow(dn, read))
		}
	}
	return batch(append(cmds, p.settle())...)
}

// outdate keeps rows that are not on the screen from being shown as they were.
func (p *Page) outdate(base models.DN) {
	key := base.Key()
	for _, steps := range []*[]step{&p.history.past, &p.history.future} {
		for i := range *steps {
			if s := &(*steps)[i]; s.rows != nil && s.rows.key == key {
				s.rows.read = time.Time{}
			}
		}
	}
}

// readAnew reads the shown container anew. The cursor goes to an object or,
// without one, stays on its own.
func (p *Page) readAnew(cursor models.DN) tea.Cmd {
	if p.coming != nil { // the person is on the way elsewhere
		return nil
	}
	c := p.shown
	o := openOptions{how: refresh, row: c.table.Cursor(), quiet: true}
	if object := c.table.Object(); object != nil {
		o.cursor = object.DN
	}
	if cursor != "" {
		o.cursor, o.seek = cursor, true
	}
	return p.open(c.base, o)
}

// leaveGone goes up from a container that is not there any more.
func (p *Page) leaveGone(dn models.DN) tea.Cmd {
	return p.open(dn.Parent(), openOptions{quiet: true})
}

// regrow reads the tree below a container anew, where it was read before.
func (p *Page) regrow(parent models.DN) tea.Cmd {
	if n := p.tree.Find(parent); n != nil && n.State == tree.Ready {
		return p.loadChildren(n)
	}
	return nil
}

func (p *Page) readRow(dn models.DN, read func(context.Context, models.DN) (models.Object, error)) tea.Cmd {
	t, ctx := p.tasks.start(p.env.Context, "")
	t.quiet = true
	return func() tea.Msg {
		o, err := read(ctx, dn)
		return rowMsg{t.id, o, err}
	}
}

func (p *Page) onRow(msg rowMsg) tea.Cmd {
	if !p.tasks.alive(msg.task) {
		return nil
	}
	p.tasks.end(msg.task)
	if msg.err != nil || p.shown == nil {
		return nil // what was changed was read back already, and is said; the row stays as old as it is
	}
	p.shown.list.Replace(msg.object)
	p.shown.table.Changed()
	if p.shown.list.Stale() {
		return p.rearrange()
	}
	return nil
}
