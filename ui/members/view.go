package members

import (
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/internal/english"
	"dirdesk/internal/terminaltext"
	"dirdesk/models"
	"dirdesk/ui/frame"
	"dirdesk/ui/trouble"
)

// Sizes, in cells.
const (
	slimWidth  = 50
	slimHeight = 16
)

func (m *Model) lost(err error) tea.Cmd {
	if !errors.Is(err, models.ErrSession) && !errors.Is(err, models.ErrCredentials) {
		return nil
	}
	return func() tea.Msg { return Lost{err} }
}

func (m *Model) pane() frame.Pane {
	o := m.options
	name := o.Group.Name
	if name == "" {
		name = o.Group.DN.RDN().Value
	}
	return frame.Pane{
		Title: o.Theme.Safe("Members of " + name), Note: m.counted(), Active: true,
		Slim: o.Width < slimWidth || o.Height < slimHeight,
	}
}

// counted says how many there are, and which.
func (m *Model) counted() string {
	l := m.shown()
	if !l.read {
		return ""
	}
	words := english.Number(len(l.dns)) + " direct"
	if m.indirect {
		words = english.Number(len(l.dns)) + " with those through groups"
	}
	return words
}

// rows is how many members are in sight.
func (m *Model) rows() int {
	_, h := m.pane().Inner(m.options.Width, m.options.Height)
	return max(h-1, 1) // the keys are below
}

// View draws as many lines as the area has rows, each of its width.
func (m *Model) View() string {
	o := m.options
	if o.Width < 1 || o.Height < 1 {
		return ""
	}
	pane := m.pane()
	width, height := pane.Inner(o.Width, o.Height)
	if width < 1 || height < 1 {
		return strings.Join(frame.Fill(nil, o.Width, o.Height), "\n")
	}
	room := m.rows()
	all := len(m.shown().dns)
	m.top = min(m.top, m.cursor, max(all-room, 0))
	m.top = max(m.top, m.cursor-room+1, 0)
	pane.Thumb, pane.Scroll = frame.Thumb(m.top, room, all)
	content := m.lines(width, room)
	content = frame.Fill(content, width, height-1)
	content = append(content[:max(height-1, 0)], m.keys(width))
	return strings.Join(pane.Draw(o.Theme, o.Width, o.Height, content), "\n")
}

// lines are the members in sight, or why there are none.
func (m *Model) lines(width, room int) []string {
	th, l := m.options.Theme, m.shown()
	if l.err != nil {
		var lines []string
		for _, line := range terminaltext.Wrap(th.Safe(trouble.Line("The members could not be read", l.err, trouble.Advice(l.err), "r tries again")), max(width-2, 1)) {
			lines = append(lines, th.Ink.Bad.Render(terminaltext.Fit(" "+line, width, "")))
		}
		return lines
	}
	switch {
	case !l.read:
		return []string{th.Ink.Muted.Render(th.Fit(" Asking the server who is in the group.", width))}
	case len(l.dns) == 0:
		return []string{th.Ink.Muted.Render(th.Fit(" Nobody is in this group, but perhaps by primary group.", width))}
	}
	names := min(max(width*2/5, 16), width)
	if width <= names+8 { // no room for more than the names
		names = width
	}
	var lines []string
	for i := m.top; i < min(m.top+room, len(l.dns)); i++ {
		dn := l.dns[i]
		name := dn.RDN().Value
		if name == "" {
			name = string(dn)
		}
		head, rest := th.Fit(" "+name, names), ""
		if width > names {
			rest = th.Fit("  "+string(dn.Parent()), width-names)
		}
		if i == m.cursor {
			lines = append(lines, th.Ink.Cursor.Render(head+rest))
			continue
		}
		lines = append(lines, head+th.Ink.Muted.Render(rest))
	}
	return lines
}

func (m *Model) keys(width int) string {
	th := m.options.Theme
	if m.wrong != "" {
		return th.Ink.Warning.Render(th.Fit(" "+english.Own(m.wrong).Capital()+".", width))
	}
	other := "Tab: with those through groups"
	if m.indirect {
		other = "Tab: only direct ones"
	}
	text := " Enter goes there   " + other + "   Esc closes"
	if terminaltext.Width(text) > width {
		text = " Enter goes there  Tab others  Esc closes"
	}
	return th.Ink.Muted.Render(terminaltext.Fit(text, width, ""))
}
