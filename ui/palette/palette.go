// Package palette runs any action by its name: what is typed is matched
// loosely against names and keys, the best match first. What cannot run now is
// listed with the reason and does not run.
package palette

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/sahilm/fuzzy"

	"dirdesk/keymap"
	"dirdesk/theme"
	"dirdesk/ui/action"
	"dirdesk/ui/prompt"
)

// Chosen says that the person wants the action run. It was available when the
// palette was opened: the owner looks it up again by its ID before running it.
type Chosen struct{ Action action.Action }

// Closed says that the person wants nothing run.
type Closed struct{}

// Model is the palette. It takes every key while it is shown.
type Model struct {
	theme   *theme.Theme
	keys    keymap.Keys
	width   int
	height  int
	actions []action.Action
	found   []match
	cursor  int // in found
	top     int // first match in view
	prompt  *prompt.Prompt
}

// match is an action that fits what was typed.
type match struct {
	action action.Action
	marked []int // bytes of the name that were typed
}

// New makes the palette for an area, in cells, of which it takes what it needs
// at the bottom.
func New(th *theme.Theme, keys keymap.Map, actions []action.Action, width, height int) *Model {
	m := &Model{theme: th, keys: keys.In(keymap.Palette), width: width, height: height, actions: actions, prompt: prompt.New(":", "")}
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
		switch m.keys.ID(msg.String()) {
		case "move.up", "find.up":
			m.move(-1)
			return nil
		case "move.down", "find.down":
			m.move(1)
			return nil
		case "move.pageup":
			m.move(-m.rows())
			return nil
		case "move.page":
			m.move(m.rows())
			return nil
		case "line.rub":
			if m.prompt.Value() == "" {
				return closed // as in vi
			}
		}
	}
	switch m.prompt.Update(msg, m.keys) {
	case prompt.Changed:
		m.search()
	case prompt.Left:
		return closed
	case prompt.Entered:
		return m.choose()
	}
	return nil
}

func closed() tea.Msg { return Closed{} }

// choose runs the match under the cursor, or says why it cannot run.
func (m *Model) choose() tea.Cmd {
	if m.cursor >= len(m.found) {
		return nil
	}
	a := m.found[m.cursor].action
	if a.Unavailable != "" {
		m.prompt.Error = "not now: " + a.Unavailable
		return nil
	}
	return func() tea.Msg { return Chosen{a} }
}

func (m *Model) move(by int) {
	m.prompt.Error = ""
	m.cursor = max(min(m.cursor+by, len(m.found)-1), 0)
}

// search finds the actions that fit what was typed, the best first. Nothing
// typed gives all of them.
func (m *Model) search() {
	m.found, m.cursor, m.top = nil, 0, 0
	typed := strings.TrimSpace(m.prompt.Value())
	if typed == "" {
		for _, a := range m.actions {
			m.found = append(m.found, match{action: a})
		}
		return
	}
	texts := make([]string, len(m.actions))
	for i, a := range m.actions {
		texts[i] = strings.Join([]string{
			a.Name, a.Short, a.ID, keymap.SpellAll(a.Keys, m.theme.Options.ASCII), strings.Join(a.Keys, " "),
		}, " ")
	}
	// The matcher takes a blank for a letter to be found: words are matched in
	// their order without it.
	for _, f := range fuzzy.Find(strings.Join(strings.Fields(typed), ""), texts) {
		a := m.actions[f.Index]
		marked := slices.DeleteFunc(f.MatchedIndexes, func(i int) bool { return i >= len(a.Name) })
		m.found = append(m.found, match{a, marked})
	}
	slices.SortStableFunc(m.found, func(a, b match) int { return rank(a, typed) - rank(b, typed) })
}

// rank puts the action with exactly that key first, then those that hold every
// word as it was typed, then those that only fit; of each, what can run now
// comes before what cannot.
func rank(m match, typed string) int {
	if m.action.Unavailable != "" {
		return 2*fit(m, typed) + 1
	}
	return 2 * fit(m, typed)
}

func fit(m match, typed string) int {
	if slices.Contains(m.action.Keys, typed) {
		return 0
	}
	said := strings.ToLower(m.action.Name + " " + m.action.Short + " " + m.action.ID)
	for word := range strings.FieldsSeq(strings.ToLower(typed)) {
		if !strings.Contains(said, word) {
			return 2
		}
	}
	return 1
}
