package browse

import (
	tea "charm.land/bubbletea/v2"

	"dirdesk/desk/rows"
	"dirdesk/ui/frame"
)

// wheelStep is how many rows one notch of the wheel moves.
const wheelStep = 3

// mouse takes the wheel and clicks, which come only when the mouse is on.
func (p *Page) mouse(msg tea.MouseMsg) tea.Cmd {
	if !p.started || p.Typing() {
		return nil
	}
	m := msg.Mouse()
	for _, at := range []pane{treePane, tablePane, detailsPane} {
		if !p.layout.place(at).holds(m.X, m.Y) {
			continue
		}
		switch msg.(type) {
		case tea.MouseWheelMsg:
			return p.wheel(at, m.Button)
		case tea.MouseClickMsg:
			if m.Button == tea.MouseLeft {
				return p.click(at, m.X, m.Y)
			}
		}
	}
	return nil
}

func (p *Page) wheel(at pane, button tea.MouseButton) tea.Cmd {
	by := wheelStep
	switch button {
	case tea.MouseWheelUp:
		by = -wheelStep
	case tea.MouseWheelDown:
	default:
		return nil
	}
	switch {
	case at == treePane:
		p.focus = treePane
		return p.moveTree(by)
	case at == detailsPane:
		p.details.offset = max(p.details.offset+by, 0)
	case p.shown != nil:
		p.shown.table.Scroll(by)
	}
	return nil
}

// click puts the cursor where the pointer is; a click on the cursor opens what
// is there, and one on a heading sorts.
func (p *Page) click(at pane, x, y int) tea.Cmd {
	r := p.layout.place(at)
	x, y = x-r.x, y-r.y-1
	if !p.layout.slim {
		x--
	}
	before := p.focus
	p.focus = at
	switch {
	case at == treePane:
		_, h := frame.Pane{Slim: p.layout.slim}.Inner(r.w, r.h)
		n := p.tree.At(y)
		if n == nil || y >= h {
			return nil
		}
		again := n == p.tree.Cursor() && before == treePane
		p.tree.MoveTo(n)
		if again {
			if n.Open() {
				p.tree.SetOpen(n, false)
				return nil
			}
			return p.unfold(n)
		}
		return p.moveTree(0)
	case at == tablePane && p.shown != nil:
		if column, ok := p.shown.table.Heading(x); y == 0 && ok {
			return p.sortByClick(column)
		}
		row, ok := p.shown.table.RowAt(y)
		if !ok {
			return nil
		}
		if row == p.shown.table.Cursor() && before == tablePane && p.whyNotRight() == "" {
			return p.openCursor()
		}
		p.shown.table.MoveTo(row)
	}
	return nil
}

func (p *Page) sortByClick(column rows.Column) tea.Cmd {
	w := p.shown.wanted
	return p.sortBy(column, w.Column == column && !w.Descending)
}
