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
	"dirdesk/ui/list"
	"dirdesk/ui/message"
	"dirdesk/ui/prompt"
)

// Model is the overlay. It takes every key while it is shown.
type Model struct {
	theme   *theme.Theme
	width   int
	height  int
	entries []entry // grouped, in the order of the table
	shown   []int   // those that match what was typed
	find    list.Finder
	top     int // first line in view
}

// entry is an action with the text that is searched.
type entry struct {
	action action.Action
	keys   string
	search string
}

// New makes the overlay for an area, in cells. It begins with what can be done to
// the subject, the thing under the cursor. Other actions of a group stand
// together, groups and actions in the order of the table.
func New(th *theme.Theme, keys keymap.Map, actions []action.Action, subject string, width, height int) *Model {
	m := &Model{theme: th, width: width, height: height}
	m.find = list.Finder{Line: prompt.New("Find", ""), Keys: keys.In(keymap.Help)}
	m.find.Line.Hint = "type to narrow"
	done := "What can be done to " + subject
	groups, grouped := []string{done}, slices.Clone(actions)
	for i := range grouped {
		a := &grouped[i]
		if subject != "" && a.Object && a.Unavailable == "" {
			a.Group = done
		}
		if !slices.Contains(groups, a.Group) {
			groups = append(groups, a.Group)
		}
	}
	for _, group := range groups {
		for i, a := range grouped {
			if a.Group != group {
				continue
			}
			spelled := cmp.Or(keymap.SpellAll(a.Keys, th.Options.ASCII), ":") // one without keys is found by its name
			m.entries = append(m.entries, entry{a, spelled, strings.ToLower(
				strings.Join([]string{spelled, strings.Join(a.Keys, " "), a.Name, a.Short, actions[i].Group, a.Also}, " "))})
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
		key := msg.String()
		if m.find.Keys.ID(key) == "help.close" && (m.find.Line.Value() == "" || !keymap.Types(key)) {
			return message.Send(message.Closed{})
		}
	}
	return m.find.Run(msg, len(m.shown), func(i int) action.Action { return m.entries[m.shown[i]].action }, m.narrow)
}

// narrow keeps the entries that hold every word that was typed.
func (m *Model) narrow() {
	words := strings.Fields(strings.ToLower(m.find.Line.Value()))
	m.shown = m.shown[:0]
	for i, e := range m.entries {
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(e.search, w) }) {
			m.shown = append(m.shown, i)
		}
	}
	m.top = 0
}
