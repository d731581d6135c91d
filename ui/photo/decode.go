package photo

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	_ "image/gif" // some directories hold one
	_ "image/jpeg"
	_ "image/png"
	"strings"

	"golang.org/x/image/draw"

	"dirdesk/internal/english"
)

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
