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

// View draws the program. It may be asked before the terminal said its size.
func (r *Root) View() tea.View {
	view := tea.NewView(strings.Join(r.draw(), "\n"))
	view.AltScreen = true
	view.WindowTitle = r.title()
	if r.mouse {
		view.MouseMode = tea.MouseModeCellMotion
	}
	return view
}

func (r *Root) title() string {
	if r.lock.Locked() || r.page == nil || r.page.Info().Realm == "" {
		return "dirdesk"
	}
	return "dirdesk " + r.theme.Glyphs.Separator + " " + r.theme.Safe(r.page.Info().Realm)
}

func (r *Root) draw() []string {
	if r.width <= 0 || r.height <= 0 {
		return nil
	}
	if r.lock.Locked() {
		return r.lock.View(&r.theme, r.width, r.height)
	}
	var base []string
	if r.page != nil {
		base = r.page.View(&r.theme, r.global())
	}
	switch {
	case r.signIn == nil && r.writes.Flow().Open():
		return r.drawFlow(base)
	case r.signIn != nil && base == nil:
		return frame.Fill(frame.Clip(strings.Split(r.signIn.View(), "\n"), r.width), r.width, r.height)[:r.height]
	case r.signIn != nil:
		base[len(base)-1] = strings.Repeat(" ", r.width) // its keys do not work now
		return r.over(base, "Signed out", strings.Split(r.signIn.View(), "\n"))
	case r.overlay != nil:
		return r.drawOverlay(base)
	}
	return base
}

// boxed is the least room around an overlay; below it an overlay has it all.
const boxed = 64

// signInRoom is the area of the sign-in: everything, or a box over the page.
func (r *Root) signInRoom() (width, height int) {
	if r.page == nil || r.width < boxed || r.height < 16 {
		return r.width, r.height
	}
	return min(r.width-6, 74), min(r.height-6, 20)
}

// over lays lines in a box over the page, or in its place where it is small.
func (r *Root) over(base []string, title string, lines []string) []string {
	width := 0
	for _, line := range lines {
		width = max(width, frame.Width(line))
	}
	if len(lines) >= r.height-1 || width >= r.width-1 {
		return frame.Fill(frame.Clip(lines, r.width), r.width, r.height)[:r.height]
	}
	pane := frame.Pane{Title: title, Active: true}
	box := pane.Draw(&r.theme, width+2, len(lines)+2, lines)
	return frame.Over(base, box, r.width)
}

// headerLines of the page stay in sight above the help.
const headerLines = 1

// open lays an overlay over the page.
func (r *Root) open(msg message.Open) (cmd tea.Cmd) {
	r.overlay, cmd = msg.Make(r.overlayRoom())
	return cmd
}

func (r *Root) openHelp() tea.Cmd {
	width, height := r.overlayRoom()
	r.overlay = help.New(&r.theme, r.options.Keymap, r.Actions(), r.page.Subject(), width, height)
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

// Hide hides a password that is shown. The terminal is about to be given back.
func (r *Root) Hide() { r.writes.Update(message.Hide{}) }
