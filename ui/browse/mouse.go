package browse

import (
	tea "charm.land/bubbletea/v2"

	"dirdesk/ui/browse/navigation"
)

// wheelStep is how many rows one notch of the wheel moves.
const wheelStep = 3

// pointer takes the wheel and clicks, which come only when the mouse is on.
type pointer struct{ walk }

func (m pointer) take(msg tea.MouseMsg) tea.Cmd {
	if !m.started() || m.Typing() {
		return nil
	}
	at := msg.Mouse()
	for _, pane := range []navigation.Pane{navigation.TreePane, navigation.TablePane, navigation.DetailsPane} {
		if !m.layout.place(pane).holds(at.X, at.Y) {
			continue
		}
		switch msg.(type) {
		case tea.MouseWheelMsg:
			return m.wheel(pane, at.Button)
		case tea.MouseClickMsg:
			if at.Button == tea.MouseLeft {
				return m.click(pane, at.X, at.Y)
			}
		}
	}
	return nil
}

func (m pointer) wheel(at navigation.Pane, button tea.MouseButton) tea.Cmd {
	by := wheelStep
	switch button {
	case tea.MouseWheelUp:
		by = -wheelStep
	case tea.MouseWheelDown:
	default:
		return nil
	}
	switch {
	case at == navigation.TreePane:
		m.nav.Focus = at
		return m.moveTree(by)
	case at == navigation.DetailsPane:
		m.layout.text.Scroll(by)
	case m.nav.Shown != nil:
		m.nav.Shown.Table.Scroll(by)
	}
	return nil
}

// click puts the cursor there, opens what is under it, or sorts by a heading.
func (m pointer) click(at navigation.Pane, x, y int) tea.Cmd {
	r := m.layout.place(at)
	x, y = x-r.x, y-r.y-1
	if !m.layout.slim {
		x--
	}
	again := m.nav.Focus == at
	m.nav.Focus = at
	switch {
	case at == navigation.TreePane:
		if _, h := m.layout.inner(at); y < h {
			return m.clickTree(y, again)
		}
	case at == navigation.TablePane && m.nav.Shown != nil:
		return m.clickTable(x, y, again)
	}
	return nil
}

func (m pointer) clickTree(y int, again bool) tea.Cmd {
	n := m.nav.Tree.At(y)
	switch {
	case n == nil:
		return nil
	case n != m.nav.Tree.Cursor() || !again:
		m.nav.Tree.MoveTo(n)
		return m.moveTree(0)
	case n.Open():
		m.nav.Tree.SetOpen(n, false)
		return nil
	}
	return m.load.Tree.Unfold(n)
}

func (m pointer) clickTable(x, y int, again bool) tea.Cmd {
	shown := m.nav.Shown
	if column, ok := shown.Table.Heading(x); y == 0 && ok {
		return m.sortBy(column, shown.Wanted.Column == column && !shown.Wanted.Descending)
	}
	row, ok := shown.Table.RowAt(y)
	switch {
	case !ok:
		return nil
	case row == shown.Table.Cursor() && again && m.nav.WhyNot("go.right") == "":
		return m.openCursor()
	}
	shown.Table.MoveTo(row)
	return nil
}
