package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/ui/action"
	"dirdesk/ui/frame"
	"dirdesk/ui/help"
	"dirdesk/ui/message"
	"dirdesk/ui/palette"
)

// headerLines of the page stay in sight above the help.
const headerLines = 1

// open lays an overlay over the page.
func (r *Root) open(msg message.Open) (cmd tea.Cmd) {
	r.overlay, cmd = msg.Make(r.overlayRoom())
	return cmd
}

func (r *Root) openHelp() tea.Cmd {
	width, height := r.overlayRoom()
	r.overlay = help.New(&r.theme, r.options.Keymap, r.Actions(), width, height)
	return nil
}

func (r *Root) openPalette() tea.Cmd {
	width, height := r.overlayRoom()
	r.overlay = palette.New(&r.theme, r.options.Keymap, r.Actions(), width, height)
	return nil
}

// overlayRoom is the area of an overlay: all but the header.
func (r *Root) overlayRoom() (width, height int) {
	return r.width, max(r.height-headerLines, 1)
}

// chosen runs the action that was chosen in an overlay. It is looked up anew:
// what was possible when the overlay was opened may not be any more.
func (r *Root) chosen(a action.Action) tea.Cmd {
	r.overlay = nil
	if now, ok := action.ByID(r.Actions(), a.ID); ok {
		return r.run(now)
	}
	return nil
}

// drawOverlay lays the overlay over the lower lines of the page.
func (r *Root) drawOverlay(base []string) []string {
	lines := frame.Clip(strings.Split(r.overlay.View(), "\n"), r.width)
	if len(lines) >= len(base) {
		return frame.Fill(lines, r.width, r.height)[:r.height]
	}
	return append(base[:len(base)-len(lines):len(base)-len(lines)], lines...)
}

// flowRoom is the area of a change: a box over the page, or all below the
// header where it is small.
func (r *Root) flowRoom() (width, height int) {
	if r.width < boxed || r.height < 16 {
		return r.width, max(r.height-headerLines, 0)
	}
	return min(r.width-2, 100), min(r.height-headerLines-2, 34)
}

// drawFlow lays the change over the page. The header stays in sight: it says
// whether changes are allowed.
func (r *Root) drawFlow(base []string) []string {
	if len(base) <= headerLines {
		return base
	}
	head, body := base[:headerLines:headerLines], base[headerLines:]
	lines := strings.Split(r.writes.Flow().View(), "\n")
	if r.width < boxed || r.height < 16 {
		return append(head, frame.Fill(frame.Clip(lines, r.width), r.width, len(body))[:len(body)]...)
	}
	width, _ := r.flowRoom()
	box := frame.Pane{Active: true}.Draw(&r.theme, width+2, len(lines)+2, frame.Clip(lines, width))
	return append(head, frame.Over(body, box, r.width)...)
}
