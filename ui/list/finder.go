package list

import (
	tea "charm.land/bubbletea/v2"

	"dirdesk/keymap"
	"dirdesk/ui/prompt"
)

// Finder is a list that is narrowed by what is typed above it.
type Finder struct {
	List
	Line *prompt.Prompt
	Keys keymap.Keys // of a scope that uses keymap.Find
}

// Update takes a key or a paste: it moves the cursor among all rows, or goes
// into the line.
func (f *Finder) Update(msg tea.Msg, all int) prompt.Outcome {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		id := f.Keys.ID(key.String())
		switch id {
		case "find.up":
			id = "move.up"
		case "find.down":
			id = "move.down"
		}
		if f.Key(id, all) {
			f.Line.Error = ""
			return prompt.Moved
		}
	}
	return f.Line.Update(msg, f.Keys)
}
