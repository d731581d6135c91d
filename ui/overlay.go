package ui

import (
	tea "charm.land/bubbletea/v2"

	"dirdesk/ui/action"
)

// overlay is what lies over the page and takes every key: help or palette.
type overlay interface {
	Update(msg tea.Msg) tea.Cmd
	View(width, height int) string
}

// ranMsg runs an action that was chosen in an overlay.
type ranMsg struct{ action action.Action }

func (r *Root) overlaid(msg tea.Msg) tea.Cmd {
	if key, ok := msg.(tea.KeyPressMsg); ok && key.String() == "esc" {
		r.top = nil
		return nil
	}
	return r.top.Update(msg)
}

func (r *Root) openHelp() tea.Cmd { return nil }

func (r *Root) openPalette() tea.Cmd { return nil }

func (r *Root) drawOverlay(base []string) []string { return base }
