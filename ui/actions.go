package ui

import (
	tea "charm.land/bubbletea/v2"

	"dirdesk/ui/action"
)

// global are the actions that are there on every page.
func (r *Root) global() []action.Action {
	mouse := action.New(r.keys, "app.mouse", "", r.toggleMouse)
	if r.mouse {
		mouse.Name = "mouse off, to select text"
	}
	return []action.Action{
		action.New(r.keys, "app.help", "", r.openHelp), action.New(r.keys, "app.palette", "", r.openPalette),
		mouse, action.New(r.keys, "app.quit", "", r.writes.Leave),
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
