package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/ui/action"
	"dirdesk/ui/frame"
	"dirdesk/ui/help"
	"dirdesk/ui/palette"
)

// overlay is what lies over the page and takes every key: help, palette, the
// journal or a raw request.
type overlay interface {
	Update(msg tea.Msg) tea.Cmd
	View() string
}

// headerLines of the page stay in sight above the help.
const headerLines = 1

func (r *Root) openHelp() tea.Cmd {
	width, height := r.topRoom()
	r.top = help.New(&r.theme, r.Actions(), width, height)
	return nil
}

func (r *Root) openPalette() tea.Cmd {
	width, height := r.topRoom()
	r.top = palette.New(&r.theme, r.Actions(), width, height)
	return nil
}

// topRoom is the area of an overlay: all but the header.
func (r *Root) topRoom() (width, height int) {
	return r.width, max(r.height-headerLines, 1)
}

// chosen runs the action that was chosen in an overlay. It is looked up anew:
// what was possible when the overlay was opened may not be any more.
func (r *Root) chosen(a action.Action) tea.Cmd {
	r.top = nil
	if now, ok := action.ByID(r.Actions(), a.ID); ok {
		return r.run(now)
	}
	return nil
}

// drawOverlay lays the overlay over the lower lines of the page.
func (r *Root) drawOverlay(base []string) []string {
	lines := frame.Clip(strings.Split(r.top.View(), "\n"), r.width)
	if len(lines) >= len(base) {
		return frame.Fill(lines, r.width, r.height)[:r.height]
	}
	return append(base[:len(base)-len(lines):len(base)-len(lines)], lines...)
}

// splitLines are the lines of a block.
func splitLines(block string, width int) []string {
	return frame.Clip(strings.Split(block, "\n"), width)
}
