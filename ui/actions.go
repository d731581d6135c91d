package ui

import (
	tea "charm.land/bubbletea/v2"

	"dirdesk/ui/action"
)

// global are the actions that are there on every page.
func (r *Root) global() []action.Action {
	add := func(id, short, name string, run func() tea.Cmd) action.Action {
		return action.Action{
			ID: id, Keys: r.options.Keymap.Keys(id), Name: name, Short: short, Group: "Program", Run: run,
		}
	}
	mouse := "take the mouse: wheel and clicks"
	if r.mouse {
		mouse = "let the mouse go, to select text"
	}
	return []action.Action{
		add("app.help", "help", "list every key that works here", r.openHelp),
		add("app.palette", "", "run any action by its name", r.openPalette),
		add("app.mouse", "", mouse, r.toggleMouse),
		add("app.quit", "quit", "quit", r.quit),
	}
}

// Actions are all that can be done now.
func (r *Root) Actions() []action.Action {
	global := r.global()
	if r.page == nil {
		return global
	}
	return append(r.page.Actions(), global...)
}

func (r *Root) toggleMouse() tea.Cmd {
	r.mouse = !r.mouse
	if r.mouse {
		r.page.Tell("The mouse is on: wheel and clicks work, selecting text needs Shift in most terminals.")
	} else {
		r.page.Tell("The mouse is off: text can be selected.")
	}
	return nil
}
