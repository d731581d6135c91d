package tree

import (
	"strings"

	"dirdesk/theme"
	"dirdesk/ui/frame"
)

// Look is how the tree is drawn this time.
type Look struct {
	Theme   *theme.Theme
	Focused bool
	Spinner string // the present picture of the spinner
	Shown   string // key of the container whose objects the table shows
}

// View draws the part of the tree around the cursor, for a pane: height lines of
// width cells each.
func (t *Tree) View(look Look, pane *frame.Pane, width, height int) []string {
	if width <= 0 || height <= 0 {
		return nil
	}
	return t.list.Draw(pane, len(t.flat), height, 0, func(i int, under bool) string {
		return t.line(look, t.flat[i], under, t.flat[i].key == look.Shown, width)
	})
}

// At gives the node in a line of the view, nil below the last.
func (t *Tree) At(line int) *Node {
	if i := t.list.Top() + line; line >= 0 && i < len(t.flat) {
		return t.flat[i]
	}
	return nil
}

func (t *Tree) line(look Look, n *Node, cursor, shown bool, width int) string {
	th := look.Theme
	indent := n.depth * 2
	if room := width - 12; indent > room {
		indent = max(room, 0) // very deep: keep the names readable
	}
	text := strings.Repeat(" ", indent) + t.glyph(look, n) + " " + th.Safe(n.Name)
	switch {
	case n.State == Failed:
		text += " (not read)"
	case n.Left.isAny() && n.open:
		text += " (not all)"
	}
	text = th.Fit(text, width)
	switch {
	case cursor && look.Focused:
		return th.Ink.Cursor.Render(text)
	case cursor:
		return th.Rest(text)
	case n.State == Failed:
		return th.Ink.Bad.Render(text)
	case shown:
		return th.Ink.Accent.Render(text)
	default:
		return text
	}
}

func (t *Tree) glyph(look Look, n *Node) string {
	g := look.Theme.Glyphs
	switch {
	case n.State == Loading:
		return look.Spinner
	case n.isLeaf(t.advanced):
		return g.Leaf
	case n.open:
		return g.Open
	default:
		return g.Closed
	}
}
