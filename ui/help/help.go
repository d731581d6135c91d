// Package help is the overlay that lists every key that works here, and those
// that do not work right now with the reason. What is typed narrows the list;
// Enter runs the action under the cursor, so that a key once found need not be
// remembered.
package help

import (
	"cmp"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/keymap"
	"dirdesk/theme"
	"dirdesk/ui/action"
	"dirdesk/ui/prompt"
)

// Chosen says that the person wants the action run. It was available when the
// help was opened: the owner looks it up again by its ID before running it.
type Chosen struct{ Action action.Action }

// Closed says that the person is done reading.
type Closed struct{}

// Model is the overlay. It takes every key while it is shown.
type Model struct {
	theme   *theme.Theme
	keys    keymap.Keys
	width   int
	height  int
	entries []entry // grouped, in the order of the table
	shown   []int   // those that match what was typed
	cursor  int     // in shown
	top     int     // first line in view
	filter  *prompt.Prompt
}

// entry is an action with the text that is searched.
type entry struct {
	action action.Action
	keys   string
	search string
}

// New makes the overlay for an area, in cells. Actions of a group stand
// together, groups and actions in the order of the table.
func New(th *theme.Theme, keys keymap.Map, actions []action.Action, width, height int) *Model {
	m := &Model{theme: th, keys: keys.In(keymap.Help), width: width, height: height, filter: prompt.New("Find", "")}
	m.filter.Hint = "type to narrow"
	var groups []string
	for _, a := range actions {
		if !slices.Contains(groups, a.Group) {
			groups = append(groups, a.Group)
		}
	}
	for _, group := range groups {
		for _, a := range actions {
			if a.Group != group {
				continue
			}
			spelled := cmp.Or(keymap.SpellAll(a.Keys, th.Options.ASCII), ":") // one without keys is found by its name
			m.entries = append(m.entries, entry{a, spelled, strings.ToLower(
				strings.Join([]string{spelled, strings.Join(a.Keys, " "), a.Name, a.Short, a.Group}, " "))})
		}
	}
	m.narrow()
	return m
}

// Update takes a message. A tea.WindowSizeMsg must carry the size of the area.
func (m *Model) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
		return nil
	case tea.KeyPressMsg:
		switch m.keys.ID(msg.String()) {
		case "move.up", "find.up":
			m.move(-1)
			return nil
		case "move.down", "find.down":
			m.move(1)
			return nil
		case "move.pageup":
			m.move(-m.page())
			return nil
		case "move.page":
			m.move(m.page())
			return nil
		case "help.close":
			if m.filter.Value() == "" || !keymap.Types(msg.String()) {
				return closed
			}
		}
	}
	switch m.filter.Update(msg, m.keys) {
	case prompt.Changed:
		m.narrow()
	case prompt.Left:
		return closed
	case prompt.Entered:
		return m.choose()
	}
	return nil
}

func closed() tea.Msg { return Closed{} }

// choose runs what is under the cursor, or says why it cannot run.
func (m *Model) choose() tea.Cmd {
	if m.cursor >= len(m.shown) {
		return nil
	}
	a := m.entries[m.shown[m.cursor]].action
	if a.Unavailable != "" {
		m.filter.Error = "not now: " + a.Unavailable
		return nil
	}
	return func() tea.Msg { return Chosen{a} }
}

// narrow keeps the entries that hold every word that was typed.
func (m *Model) narrow() {
	words := strings.Fields(strings.ToLower(m.filter.Value()))
	m.shown = m.shown[:0]
	for i, e := range m.entries {
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(e.search, w) }) {
			m.shown = append(m.shown, i)
		}
	}
	m.cursor, m.top = 0, 0
}

func (m *Model) move(by int) {
	m.filter.Error = ""
	m.cursor = max(min(m.cursor+by, len(m.shown)-1), 0)
}
