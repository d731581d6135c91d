// Package action is the one list of what a person can do: it feeds the
// dispatch of keys, the help overlay, the palette and docs/keys.md, so none of
// them can say what the others do not.
package action

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"dirdesk/keymap"
	"dirdesk/models"
)

// Action is one thing a person can do on a page.
type Action struct {
	ID     string          // stable name for tests and keymaps: "browse.refresh"
	Keys   []string        // as tea.KeyPressMsg.String() spells them; empty: palette only
	Name   string          // what the palette shows and matches: "refresh this container"
	Short  string          // one or two words for the foot line: "refresh"; empty: not shown there
	Group  string          // heading in the help: "Move", "View", "Connection"
	Object bool            // it is done to the thing under the cursor, or to what is marked
	Also   string          // other words by which it is found, between blanks
	Does   []models.Action // what it can do to a directory
	// Unavailable says why it cannot run now, in words; empty means it can.
	Unavailable string
	// Dim says that it stands in the foot line all the same: the server would refuse
	// it, as was found out while the line was being looked at.
	Dim bool
	// Run does it. Nil while Unavailable is set.
	Run func() tea.Cmd
}

// New makes an action as the table of keys describes it. Why, when not empty,
// says why it cannot run now.
func New(keys keymap.Keys, id, why string, run func() tea.Cmd) Action {
	told := keys.Action(id)
	a := Action{ID: id, Keys: told.Keys, Name: told.Words, Short: told.Short, Group: told.Group, Also: told.Also, Object: told.Object, Unavailable: why}
	if why == "" {
		a.Run = run
	}
	return a
}

// Changes reports whether it is one of those that change something.
func (a Action) Changes() bool { return a.Group == "Change" }

// When gives the reason for which an action cannot run, where it holds.
func When(holds bool, reason string) string {
	if holds {
		return reason
	}
	return ""
}

// Find gives the action that a key runs.
func Find(actions []Action, key string) (Action, bool) {
	i := slices.IndexFunc(actions, func(a Action) bool { return slices.Contains(a.Keys, key) })
	if i < 0 {
		return Action{}, false
	}
	return actions[i], true
}

// ByID gives the action of that name.
func ByID(actions []Action, id string) (Action, bool) {
	i := slices.IndexFunc(actions, func(a Action) bool { return a.ID == id })
	if i < 0 {
		return Action{}, false
	}
	return actions[i], true
}
