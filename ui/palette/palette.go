// Package palette runs any action by its name: what is typed is matched with
// its words, other words for it and its keys, the best match first. What cannot
// run now is listed with the reason and does not run.
package palette

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/internal/terminaltext"
	"dirdesk/keymap"
	"dirdesk/theme"
	"dirdesk/ui/action"
	"dirdesk/ui/frame"
	"dirdesk/ui/list"
	"dirdesk/ui/message"
	"dirdesk/ui/prompt"
)

// Model is the palette. It takes every key while it is shown.
type Model struct {
	theme   *theme.Theme
	width   int
	height  int
	actions []action.Action
	found   []match
	find    list.Finder
}

// New makes the palette for an area, in cells, of which it takes what it needs
// at the bottom.
func New(th *theme.Theme, keys keymap.Map, actions []action.Action, width, height int) *Model {
	m := &Model{theme: th, width: width, height: height, actions: actions}
	m.find = list.Finder{Line: prompt.New(":", ""), Keys: keys.In(keymap.Palette)}
	m.search()
	return m
}

// Update takes a message. A tea.WindowSizeMsg must carry the size of the area.
func (m *Model) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
		return nil
	case tea.KeyPressMsg:
		if m.find.Keys.ID(msg.String()) == "line.rub" && m.find.Line.Value() == "" {
			return message.Send(message.Closed{}) // as in vi
		}
	}
	return m.find.Run(msg, len(m.found), func(i int) action.Action { return m.found[i].action }, m.search)
}

// most is how many matches are shown at once.
const most = 12

// Height is how many rows the palette takes, at the bottom of its area.
func (m *Model) Height() int {
	return min(m.rows()+2, max(m.height, 0))
}

// rows is the room for matches, the same whatever is typed, so that the list
// does not jump.
func (m *Model) rows() int {
	return max(min(most, len(m.actions), m.height-2), 1)
}

// View draws the palette: Height lines, each as wide as the area.
func (m *Model) View() string {
	if m.width < 1 || m.height < 1 {
		return ""
	}
	pane := frame.Pane{Title: "Run an action", Foot: m.find.Keys.Hints(", ", "line.accept", "runs it", "line.leave", "closes"), Active: true, Slim: true}
	rows := m.rows()
	content := []string{m.find.Line.View(m.theme, m.width)}
	first, last := m.find.Window(len(m.found), rows)
	for i := first; i < last; i++ {
		content = append(content, m.row(m.found[i], i == m.find.At()))
	}
	if len(m.found) == 0 {
		content = append(content, m.theme.Muted.Render(m.theme.Fit("no action is called that", m.width)))
	}
	height := m.Height()
	return strings.Join(pane.Draw(m.theme, m.width, height, frame.Fill(content, m.width, height-1)), "\n")
}

// row is a match: its name, the reason when it cannot run, its keys at the
// right.
func (m *Model) row(f match, under bool) string {
	t := m.theme
	marker := "  "
	if under {
		marker = "> "
	}
	keys := keymap.SpellAll(f.action.Keys, t.Options.ASCII)
	keys = t.Cut(keys, m.width/4)
	room := max(m.width-len(marker)-terminaltext.Width(keys)-1, 0)
	text := t.Safe(f.action.Name)
	if f.action.Unavailable != "" {
		text += " (" + t.Safe(f.action.Unavailable) + ")"
	}
	fitted := t.Fit(text, room)
	switch {
	case m.width <= len(marker)+terminaltext.Width(keys):
		return t.Fit(marker+text, m.width)
	case under:
		return t.Cursor.Render(marker + fitted + " " + keys)
	case f.action.Unavailable != "":
		return t.Muted.Render(marker + fitted + " " + keys)
	case text != f.action.Name:
		return marker + fitted + " " + t.Key.Render(keys)
	}
	return marker + m.highlight(fitted, f.marked) + " " + t.Key.Render(keys)
}

// highlight underlines the letters that were typed. The text must start as the
// name does.
func (m *Model) highlight(text string, marked []int) string {
	var b strings.Builder
	plain := 0
	for _, i := range marked {
		if i < plain || i >= len(text) || text[i] >= 0x80 {
			continue
		}
		b.WriteString(text[plain:i])
		b.WriteString(m.theme.Match.Render(text[i : i+1]))
		plain = i + 1
	}
	b.WriteString(text[plain:])
	return b.String()
}
