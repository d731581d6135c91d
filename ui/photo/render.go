package photo

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/gif" // some directories hold one
	_ "image/jpeg"
	_ "image/png"
	"strconv"
	"strings"

	"golang.org/x/image/draw"

	"dirdesk/internal/english"
	"dirdesk/theme"
)

// half is a block in the upper half of a cell: its own colour is the upper
// pixel, and the background the lower one. A terminal's cells are about twice as
// high as wide, so that the pixels come out square.
const half = "▀"

// Render draws an image in at most cols x rows cells, its proportions kept. The
// lines are joined by line breaks and may be of fewer cells. Where the theme has
// no colours or no such character, it says in words what the image is. It takes
// as long as decoding does: call it in a command.
func Render(data []byte, cols, rows int, th *theme.Theme) (string, error) {
	img, facts, err := decode(data)
	if err != nil {
		return "", err
	}
	if !canDraw(th) || cols < 1 || rows < 1 {
		return facts.String(), nil
	}
	return strings.Join(cells(img, cols, rows, th.Options.Dark), "\n"), nil
}

// canDraw reports whether a theme can show a picture.
func canDraw(th *theme.Theme) bool { return !th.Options.NoColor && !th.Options.ASCII }

// cells draws an image as lines of half blocks. What is transparent is black on
// a dark background and white on a light one.
func cells(img image.Image, cols, rows int, dark bool) []string {
	cols, rows = min(cols, mostSide), min(rows, mostSide/2)
	b := img.Bounds()
	w, h := fit(b.Dx(), b.Dy(), cols, 2*rows)
	small := image.NewRGBA(image.Rect(0, 0, w, h))
	ground := color.RGBA{A: 255}
	if !dark {
		ground = color.RGBA{255, 255, 255, 255}
	}
	draw.Draw(small, small.Bounds(), image.NewUniform(ground), image.Point{}, draw.Src)
	draw.BiLinear.Scale(small, small.Bounds(), img, b, draw.Over, nil)
	lines := make([]string, 0, (h+1)/2)
	for y := 0; y < h; y += 2 {
		lines = append(lines, line(small, y))
	}
	return lines
}

// line draws two rows of pixels. A colour is written only where it changes: over
// SSH every byte counts.
func line(img *image.RGBA, y int) string {
	var b strings.Builder
	last := ""
	for x := range img.Bounds().Dx() {
		style := "\x1b[38;2;" + rgb(img.RGBAAt(x, y))
		if y+1 < img.Bounds().Dy() {
			style += ";48;2;" + rgb(img.RGBAAt(x, y+1))
		}
		if style != last {
			b.WriteString(style + "m")
			last = style
		}
		b.WriteString(half)
	}
	b.WriteString("\x1b[m")
	return b.String()
}

func rgb(c color.RGBA) string {
	return strconv.Itoa(int(c.R)) + ";" + strconv.Itoa(int(c.G)) + ";" + strconv.Itoa(int(c.B))
}

// Limits of an image.
const (
	mostPixels = 25_000_000 // that are decoded: more take too much memory and time
	mostSide   = 480        // of what is kept to be drawn, in pixels
)

// Errors of an image that cannot be shown.
var (
	ErrNoImage  = errors.New("no image that can be read")
	ErrTooLarge = errors.New("an image of more than 25 million pixels")
)

// Facts are what is to be known of an image without seeing it.
type Facts struct {
	Format        string // "JPEG", "PNG", "GIF"
	Width, Height int    // in pixels
	Bytes         int
}

// String says the facts in words.
func (f Facts) String() string {
	if f.Format == "" {
		return english.Count(f.Bytes, "byte")
	}
	return fmt.Sprintf("%s, %d x %d, %s", f.Format, f.Width, f.Height, english.Count(f.Bytes, "byte"))
}

// Inspect reads what an image says of itself, without decoding it. The facts
// have the size in bytes even where there is an error: ErrNoImage or
// ErrTooLarge.
func Inspect(data []byte) (Facts, error) {
	facts := Facts{Bytes: len(data)}
	config, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || config.Width < 1 || config.Height < 1 {
		return facts, ErrNoImage
	}
	facts.Format, facts.Width, facts.Height = strings.ToUpper(format), config.Width, config.Height
	if config.Width > mostPixels/config.Height {
		return facts, ErrTooLarge
	}
	return facts, nil
}

// decode gives an image no larger than can be of use on a terminal.
func decode(data []byte) (image.Image, Facts, error) {
	facts, err := Inspect(data)
	if err != nil {
		return nil, facts, err
	}
	whole, _, err := image.Decode(bytes.NewReader(data))
	if err != nil || whole.Bounds().Empty() {
		return nil, facts, ErrNoImage
	}
	b := whole.Bounds()
	if b.Dx() <= mostSide && b.Dy() <= mostSide {
		return whole, facts, nil
	}
	w, h := fit(b.Dx(), b.Dy(), mostSide, mostSide)
	small := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.ApproxBiLinear.Scale(small, small.Bounds(), whole, b, draw.Src, nil)
	return small, facts, nil
}

// fit gives the largest size within a frame that keeps the proportions; each
// side is 1 at least.
func fit(w, h, frameW, frameH int) (int, int) {
	if w*frameH > h*frameW {
		return frameW, max(h*frameW/w, 1)
	}
	return max(w*frameH/h, 1), frameH
}
