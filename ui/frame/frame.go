// Package frame draws the boxes that the panes live in. Everything on the
// screen is a block: a list of lines, each exactly as many cells wide as the
// block, so that blocks can be put together without measuring them again.
package frame

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"dirdesk/internal/terminaltext"
	"dirdesk/theme"
)

// Pane is a box with a name. Its texts must be safe to print already.
type Pane struct {
	Title  string // in the upper edge
	Note   string // at the right of the upper edge
	Foot   string // in the lower edge
	Thumb  [2]int // first and last content line that the scroll bar covers
	Scroll bool   // show the scroll bar, in the right edge
	Active bool   // the keys go here
	Slim   bool   // too little room for a box: only an upper rule
}

// Inner is the room for content in a box of the given outer size.
func (p Pane) Inner(width, height int) (int, int) {
	if p.Slim {
		return max(width, 0), max(height-1, 0)
	}
	return max(width-2, 0), max(height-2, 0)
}

// Draw puts the content into the box. Lines beyond the room are left out,
// missing ones are blank. Each content line must be as wide as the room.
func (p Pane) Draw(th *theme.Theme, width, height int, content []string) []string {
	if width <= 0 || height <= 0 {
		return nil
	}
	if p.Slim {
		return p.slim(th, width, height, content)
	}
	if width < 2 || height < 2 {
		return Fill(nil, width, height)
	}
	edge, b := th.Ink.Border, th.Glyphs.Border
	if p.Active {
		edge = th.Ink.Focused
	}
	inner, room := p.Inner(width, height)
	block := make([]string, 0, height)
	block = append(block, edge.Render(b.TopLeft)+p.rule(th, inner, p.Title, p.Note)+edge.Render(b.TopRight))
	left, right, thumb := edge.Render(b.Left), edge.Render(b.Right), th.Ink.Accent.Render(th.Glyphs.ScrollThumb)
	blank := strings.Repeat(" ", inner)
	for i := range room {
		line := blank
		if i < len(content) {
			line = content[i]
		}
		end := right
		if p.Scroll && i >= p.Thumb[0] && i <= p.Thumb[1] {
			end = thumb
		}
		block = append(block, left+line+end)
	}
	return append(block, edge.Render(b.BottomLeft)+p.rule(th, inner, "", p.Foot)+edge.Render(b.BottomRight))
}

// rule is a horizontal edge with a text at the left and one at the right. The
// right one wins where there is no room for both.
func (p Pane) rule(th *theme.Theme, width int, left, right string) string {
	edge, dash := th.Ink.Border, th.Glyphs.Border.Top
	titleStyle := th.Ink.Title
	if p.Active {
		edge, titleStyle = th.Ink.Focused, th.Ink.Accent
	}
	leftText, rightText := "", ""
	if right != "" && width >= 6 {
		rightText = " " + terminaltext.Cut(right, width-4, th.Glyphs.Ellipsis) + " "
	}
	if room := width - terminaltext.Width(rightText) - 4; left != "" && room >= 3 {
		leftText = " " + terminaltext.Cut(left, room, th.Glyphs.Ellipsis) + " "
	}
	if dash == "" {
		dash = "-"
	}
	rest := max(width-terminaltext.Width(leftText)-terminaltext.Width(rightText), 0)
	start, end := 0, 0
	if leftText != "" && rest > 0 {
		start, rest = 1, rest-1
	}
	if rightText != "" && rest > 0 {
		end, rest = 1, rest-1
	}
	return edge.Render(strings.Repeat(dash, start)) + titleStyle.Render(leftText) +
		edge.Render(strings.Repeat(dash, rest)) + th.Ink.Muted.Render(rightText) + edge.Render(strings.Repeat(dash, end))
}

func (p Pane) slim(th *theme.Theme, width, height int, content []string) []string {
	note := p.Note
	if p.Foot != "" {
		note = p.Foot
	}
	block := append(make([]string, 0, height), p.rule(th, width, p.Title, note))
	for _, line := range content {
		if len(block) == height {
			break
		}
		block = append(block, line)
	}
	return Fill(block, width, height)
}

// Fill adds blank lines below, up to a height.
func Fill(block []string, width, height int) []string {
	blank := strings.Repeat(" ", max(width, 0))
	for len(block) < height {
		block = append(block, blank)
	}
	return block
}

// Beside puts two blocks of the same height next to each other, with a gap in
// between.
func Beside(left, right []string, gap int) []string {
	if len(left) == 0 {
		return right
	}
	if len(right) == 0 {
		return left
	}
	block, between := make([]string, min(len(left), len(right))), strings.Repeat(" ", gap)
	for i := range block {
		block[i] = left[i] + between + right[i]
	}
	return block
}

// Thumb says which of room lines a scroll bar covers, for a view of room rows
// from top on, out of all. Scroll is false when everything is in view.
func Thumb(top, room, all int) (lines [2]int, scroll bool) {
	if room <= 0 || all <= room {
		return [2]int{}, false
	}
	size := max(room*room/all, 1)
	first := int(int64(top) * int64(room-size) / int64(all-room))
	first = max(min(first, room-size), 0)
	return [2]int{first, first + size - 1}, true
}

// Width is the number of cells that a styled line takes.
func Width(styled string) int { return ansi.StringWidth(styled) }

// Clip makes every line exactly width cells wide.
func Clip(lines []string, width int) []string {
	for i, line := range lines {
		if w := Width(line); w > width {
			lines[i] = ansi.Truncate(line, width, "")
		} else if w < width {
			lines[i] = pad(line, width)
		}
	}
	return lines
}

// Over lays a box over the middle of a block whose lines are width cells wide.
func Over(block, box []string, width int) []string {
	if len(box) == 0 || len(box) > len(block) {
		return block
	}
	wide := Width(box[0])
	if wide > width {
		return block
	}
	x, y := (width-wide)/2, (len(block)-len(box))/2
	out := append([]string(nil), block...)
	for i, line := range box {
		under := out[y+i]
		out[y+i] = pad(ansi.Truncate(under, x, ""), x) + "\x1b[m" + line + "\x1b[m" + tail(under, x+wide, width)
	}
	return out
}

// pad fills a line up, as after a wide character that was cut in two.
func pad(s string, width int) string {
	return s + strings.Repeat(" ", max(width-Width(s), 0))
}

// tail is a line of width cells from a cell on, with a blank for the second
// half of a wide character.
func tail(line string, from, width int) string {
	rest := ansi.TruncateLeft(line, from, "")
	if Width(rest) > width-from {
		rest = ansi.TruncateLeft(line, from+1, "")
	}
	return strings.Repeat(" ", max(width-from-Width(rest), 0)) + rest
}

// Scrolled puts the mark of the scroll bar beside a list of all rows, of which
// room are in sight from top on, below the lines above it in the pane.
func (p *Pane) Scrolled(top, room, all, above int) {
	p.Thumb, p.Scroll = Thumb(top, room, all)
	p.Thumb[0] += above
	p.Thumb[1] += above
}

// Overlay draws a pane over the whole of an area, without its box where there is
// little room. The content is drawn in the room above one line, in which the
// keys stand.
func (p Pane) Overlay(th *theme.Theme, width, height int, draw func(p *Pane, width, room int) (content []string, keys string)) string {
	if width < 1 || height < 1 {
		return ""
	}
	p.Active, p.Slim = true, width < slimWidth || height < slimHeight
	w, h := p.Inner(width, height)
	if w < 1 || h < 1 {
		return strings.Join(Fill(nil, width, height), "\n")
	}
	content, keys := draw(&p, w, h-1)
	content = Fill(Clip(content[:min(len(content), h-1)], w), w, h-1)
	return strings.Join(p.Draw(th, width, height, append(content, keys)), "\n")
}

// Below these sizes an overlay has no box, in cells.
const (
	slimWidth  = 50
	slimHeight = 16
)
