//go:build unix

package terminaltest

import (
	"image/color"

	uv "github.com/charmbracelet/ultraviolet"
)

// Cell is a character on the screen as it looks. A nil colour is the terminal's
// own.
type Cell struct {
	Text      string // a grapheme; " " for nothing
	Width     int    // cells it takes: 1 or 2
	Fg, Bg    color.Color
	Bold      bool
	Faint     bool
	Italic    bool
	Underline bool
	Reverse   bool
}

// Cells is the screen row by row. A wide character is one Cell, so that a row
// can hold fewer Cells than the screen has columns.
func (t *Terminal) Cells() [][]Cell {
	t.mu.Lock()
	defer t.mu.Unlock()
	rows := make([][]Cell, t.emulator.Height())
	for y := range rows {
		for x := 0; x < t.emulator.Width(); {
			c := cellOf(t.emulator.CellAt(x, y))
			rows[y] = append(rows[y], c)
			x += c.Width
		}
	}
	return rows
}

func cellOf(from *uv.Cell) Cell {
	if from == nil {
		return Cell{Text: " ", Width: 1}
	}
	c := Cell{
		Text: from.Content, Width: max(from.Width, 1), Fg: from.Style.Fg, Bg: from.Style.Bg,
		Bold:      from.Style.Attrs&uv.AttrBold != 0,
		Faint:     from.Style.Attrs&uv.AttrFaint != 0,
		Italic:    from.Style.Attrs&uv.AttrItalic != 0,
		Reverse:   from.Style.Attrs&uv.AttrReverse != 0,
		Underline: from.Style.Underline != uv.UnderlineNone,
	}
	if c.Text == "" {
		c.Text = " "
	}
	return c
}
