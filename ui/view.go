package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/ui/frame"
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
	if r.page == nil || r.page.Info().Realm == "" {
		return "dirdesk"
	}
	return "dirdesk " + r.theme.Glyphs.Separator + " " + r.theme.Safe(r.page.Info().Realm)
}

func (r *Root) draw() []string {
	if r.width <= 0 || r.height <= 0 {
		return nil
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
