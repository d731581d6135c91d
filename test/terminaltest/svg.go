//go:build unix

package terminaltest

import (
	"encoding/xml"
	"fmt"
	"image/color"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Palette is how a picture shows the colours that a program leaves to the
// terminal.
type Palette struct {
	Fg, Bg color.Color
	ANSI   [16]color.Color
}

func rgb(hex uint32) color.Color {
	return color.RGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xff}
}

func palette(fg, bg uint32, basic [16]uint32) Palette {
	p := Palette{Fg: rgb(fg), Bg: rgb(bg)}
	for i, hex := range basic {
		p.ANSI[i] = rgb(hex)
	}
	return p
}

// Dark is a palette for a dark background.
func Dark() Palette {
	return palette(0xd8dee9, 0x1d2129, [16]uint32{
		0x3b4252, 0xe06c75, 0x98c379, 0xe5c07b, 0x61afef, 0xc678dd, 0x56b6c2, 0xd8dee9,
		0x6b7588, 0xff7b86, 0xb5e890, 0xffd68a, 0x82c4ff, 0xe29bf5, 0x74d4e0, 0xffffff,
	})
}

// Light is a palette for a light background.
func Light() Palette {
	return palette(0x2a2f3a, 0xfbfbf9, [16]uint32{
		0x2a2f3a, 0xb3261e, 0x2e7d32, 0x8a6100, 0x1f5fbf, 0x8e24aa, 0x00767a, 0xd0d3da,
		0x5c6370, 0xd32f2f, 0x388e3c, 0xa87900, 0x2f74db, 0xa53fc2, 0x0a8f94, 0xffffff,
	})
}

// Size of a cell in a picture, in pixels.
const (
	cellWidth  = 9
	cellHeight = 19
	baseline   = 14
	margin     = 10
)

// SVG draws the screen as a picture.
func (t *Terminal) SVG(p Palette) string {
	rows := t.Cells()
	cols := 0
	for _, c := range rows[0] {
		cols += c.Width
	}
	width, height := cols*cellWidth+2*margin, len(rows)*cellHeight+2*margin
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" `+
		`font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="15" xml:space="preserve">`+"\n",
		width, height, width, height)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" rx="6" fill="%s"/>`+"\n", width, height, hexOf(p.Bg))
	for y, row := range rows {
		p.drawRow(&b, row, margin+y*cellHeight)
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// drawRow draws runs of cells that look the same. Each run is stretched to its
// width, so that the columns hold whatever font the viewer has.
func (p Palette) drawRow(b *strings.Builder, row []Cell, y int) {
	x := margin
	for i := 0; i < len(row); {
		end := i + 1
		for end < len(row) && sameLook(row[i], row[end]) {
			end++
		}
		width, text := 0, ""
		for _, c := range row[i:end] {
			width += c.Width * cellWidth
			text += c.Text
		}
		fg, bg := p.colours(row[i])
		if bg != p.Bg {
			fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`+"\n", x, y, width, cellHeight, hexOf(bg))
		}
		if strings.TrimSpace(text) != "" {
			fmt.Fprintf(b, `<text x="%d" y="%d" textLength="%d" lengthAdjust="spacingAndGlyphs" fill="%s"%s>%s</text>`+"\n",
				x, y+baseline, width, hexOf(fg), look(row[i]), escape(text))
		}
		x += width
		i = end
	}
}

// sameLook reports whether two cells can be drawn as one text. Wide characters
// stand alone: fonts do not agree on how wide they are.
func sameLook(a, b Cell) bool {
	a.Text, b.Text = "", ""
	return a == b && a.Width == 1
}

func look(c Cell) string {
	var attributes string
	if c.Bold {
		attributes += ` font-weight="bold"`
	}
	if c.Italic {
		attributes += ` font-style="italic"`
	}
	if c.Underline {
		attributes += ` text-decoration="underline"`
	}
	if c.Faint {
		attributes += ` opacity="0.6"`
	}
	return attributes
}

// colours gives a cell's colours as this palette has them.
func (p Palette) colours(c Cell) (fg, bg color.Color) {
	fg, bg = p.colour(c.Fg, p.Fg), p.colour(c.Bg, p.Bg)
	if c.Reverse {
		fg, bg = bg, fg
	}
	return fg, bg
}

func (p Palette) colour(c, otherwise color.Color) color.Color {
	switch c := c.(type) {
	case nil:
		return otherwise
	case ansi.BasicColor:
		return p.ANSI[c&15]
	case ansi.IndexedColor:
		if c < 16 {
			return p.ANSI[c]
		}
	}
	return c
}

func hexOf(c color.Color) string {
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}

func escape(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a strings.Builder takes all
	return b.String()
}
