package help

import (
	"strings"

	"dirdesk/internal/english"
	"dirdesk/internal/terminaltext"
	"dirdesk/ui/frame"
)

// Sizes, in cells.
const (
	slimWidth  = 50 // below it, and below slimHeight, no box
	slimHeight = 16
	keyWidth   = 18 // most room for the keys of an action
)

// line is a line of the list: of an entry, or a heading.
type line struct {
	left, right string // the keys, and what they do
	entry       int    // in shown; -1 for a heading
	dim         bool
}

func (m *Model) pane() frame.Pane {
	return frame.Pane{Title: "Keys", Active: true, Slim: m.width < slimWidth || m.height < slimHeight}
}

// View draws the overlay: as many lines as the area has rows, each of its
// width.
func (m *Model) View() string {
	if m.width < 1 || m.height < 1 {
		return ""
	}
	pane := m.pane()
	width, rows := pane.Inner(m.width, m.height)
	lines := m.lines(width)
	room := max(rows-1, 0)
	m.follow(lines, room)
	content := []string{m.find.Line.View(m.theme, width)}
	for _, l := range lines[m.top:min(m.top+room, len(lines))] {
		content = append(content, m.draw(l, width))
	}
	if len(m.shown) == 0 {
		content = append(content, m.theme.Muted.Render(m.theme.Fit("no key and no action is called that", width)))
	}
	pane.Thumb, pane.Scroll = frame.Thumb(m.top, room, len(lines))
	pane.Note = m.theme.Safe(m.count())
	pane.Foot = m.find.Keys.Hints(", ", "line.accept", "runs it", "line.leave", "closes")
	if width < 1 || rows < 1 {
		return strings.Join(frame.Fill(nil, m.width, m.height), "\n")
	}
	return strings.Join(pane.Draw(m.theme, m.width, m.height, content), "\n")
}

func (m *Model) count() string {
	if len(m.shown) == len(m.entries) {
		return ""
	}
	return english.Number(len(m.shown)) + " of " + english.Number(len(m.entries))
}

// lines lays the list out: a heading for each group, the keys, the name, and
// the reason of what cannot run, beside the name or below it.
func (m *Model) lines(width int) []line {
	keys := 0
	for _, i := range m.shown {
		keys = max(keys, terminaltext.Width(m.entries[i].keys))
	}
	keys = min(keys, keyWidth, width/3)
	var lines []line
	group := ""
	for n, i := range m.shown {
		e := m.entries[i]
		if e.action.Group != group || n == 0 {
			if group = e.action.Group; n > 0 && !m.pane().Slim {
				lines = append(lines, line{entry: -1})
			}
			lines = append(lines, line{left: m.theme.Cut(group, width), entry: -1})
		}
		left := " " + m.theme.Fit(e.keys, keys) + "  "
		room := max(width-terminaltext.Width(left), 1)
		name := e.action.Name
		reason := e.action.Unavailable
		if reason == "" {
			lines = append(lines, line{left, m.theme.Cut(name, room), n, false})
			continue
		}
		if both := m.theme.Safe(name + " (" + reason + ")"); terminaltext.Width(both) <= room {
			lines = append(lines, line{left, both, n, true})
			continue
		}
		lines = append(lines, line{left, m.theme.Cut(name, room), n, true})
		indent := strings.Repeat(" ", terminaltext.Width(left))
		for _, more := range terminaltext.Wrap("("+m.theme.Safe(reason)+")", room) {
			lines = append(lines, line{indent, more, n, true})
		}
	}
	return lines
}

// follow scrolls so far that all lines of the entry under the cursor are in
// view, with its heading where it is the group's first.
func (m *Model) follow(lines []line, room int) {
	first, last := -1, 0
	for i, l := range lines {
		if l.entry == m.find.At() {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first > 0 && lines[first-1].entry < 0 {
		first--
	}
	if last >= m.top+room {
		m.top = last - room + 1
	}
	if first < m.top {
		m.top = first
	}
	m.top = max(min(m.top, len(lines)-room), 0)
}

func (m *Model) draw(l line, width int) string {
	t := m.theme
	plain := l.left + l.right
	if l.entry == m.find.At() && strings.HasPrefix(l.left, " ") && strings.TrimSpace(l.left) != "" {
		plain = ">" + plain[1:] // where reverse video does not show
	}
	switch {
	case l.entry < 0:
		return t.Title.Render(l.left) + strings.Repeat(" ", max(width-terminaltext.Width(l.left), 0))
	case l.entry == m.find.At():
		return t.Cursor.Render(t.Fit(plain, width))
	case l.dim:
		return t.Muted.Render(t.Fit(plain, width))
	default:
		return t.Key.Render(l.left) + t.Text.Render(t.Fit(l.right, max(width-terminaltext.Width(l.left), 0)))
	}
}
