package photo_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"dirdesk/theme"
	"dirdesk/ui/photo"
)

func render(t testing.TB, data []byte, cols, rows int, o theme.Options) string {
	t.Helper()
	th := theme.New(o)
	text, err := photo.Render(data, cols, rows, &th)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// measure is how many cells a drawing takes; all its lines are of one width.
func measure(t testing.TB, text string) (cols, rows int) {
	t.Helper()
	lines := strings.Split(text, "\n")
	for _, line := range lines {
		if w := ansi.StringWidth(line); cols != 0 && w != cols {
			t.Errorf("a line of %d cells among those of %d", w, cols)
		} else {
			cols = w
		}
	}
	return cols, len(lines)
}

// Two pixels to a cell: the upper is the colour of the block, the lower that of
// its background.
func TestACellIsTwoPixels(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 2, 2))
	img.Set(0, 0, color.NRGBA{255, 0, 0, 255})
	img.Set(1, 0, color.NRGBA{0, 255, 0, 255})
	img.Set(0, 1, color.NRGBA{0, 0, 255, 255})
	img.Set(1, 1, color.NRGBA{9, 8, 7, 255})
	want := "\x1b[38;2;255;0;0;48;2;0;0;255m▀\x1b[38;2;0;255;0;48;2;9;8;7m▀\x1b[m"
	if got := render(t, asPNG(t, img), 2, 1, theme.Options{Dark: true}); got != want {
		t.Errorf("drawn as %q, want %q", got, want)
	}
}

// One colour is written once, not for every cell.
func TestAColourIsWrittenWhereItChanges(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 40, 2))
	text := render(t, asPNG(t, img), 40, 1, theme.Options{Dark: true})
	if n := strings.Count(text, "\x1b[38"); n != 1 {
		t.Errorf("the colour is written %d times", n)
	}
}

// Transparent parts are as the terminal's background is.
func TestTransparentIsTheBackground(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 1, 2))
	for dark, want := range map[bool]string{true: "38;2;0;0;0", false: "38;2;255;255;255"} {
		if got := render(t, asPNG(t, img), 1, 1, theme.Options{Dark: dark}); !strings.Contains(got, want) {
			t.Errorf("dark %v is drawn as %q", dark, got)
		}
	}
}

func TestProportionsAreKept(t *testing.T) {
	for _, c := range []struct{ w, h, cols, rows, wantCols, wantRows int }{
		{100, 100, 40, 20, 40, 20},   // square, two pixels to a cell
		{100, 100, 40, 10, 20, 10},   // the height is short
		{200, 100, 40, 20, 40, 10},   // wide
		{100, 200, 40, 20, 20, 20},   // high
		{1000, 10, 40, 20, 40, 1},    // very wide
		{10, 1000, 40, 20, 1, 20},    // very high
		{3, 3, 9, 9, 9, 5},           // grown; nine pixels are four cells and a half
		{2000, 1000, 40, 20, 40, 10}, // made smaller before
	} {
		text := render(t, asPNG(t, image.NewNRGBA(image.Rect(0, 0, c.w, c.h))), c.cols, c.rows, theme.Options{Dark: true})
		if cols, rows := measure(t, text); cols != c.wantCols || rows != c.wantRows {
			t.Errorf("%dx%d in %dx%d takes %dx%d, want %dx%d", c.w, c.h, c.cols, c.rows, cols, rows, c.wantCols, c.wantRows)
		}
	}
}

func TestADrawingFitsItsRoom(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w, h := rapid.IntRange(1, 60).Draw(rt, "w"), rapid.IntRange(1, 60).Draw(rt, "h")
		cols, rows := rapid.IntRange(1, 30).Draw(rt, "cols"), rapid.IntRange(1, 30).Draw(rt, "rows")
		text := render(t, asPNG(t, face(w, h)), cols, rows, theme.Options{})
		if c, r := measure(t, text); c < 1 || c > cols || r < 1 || r > rows {
			rt.Errorf("%dx%d in %dx%d takes %dx%d", w, h, cols, rows, c, r)
		}
	})
}

func TestWordsWhereNothingCanBeDrawn(t *testing.T) {
	data := asJPEG(t, face(64, 48))
	for _, o := range []theme.Options{{NoColor: true}, {ASCII: true}} {
		got := render(t, data, 20, 10, o)
		if !strings.HasPrefix(got, "JPEG, 64 x 48, ") || strings.Contains(got, "\x1b") || strings.Contains(got, "\n") {
			t.Errorf("with %+v it is %q", o, got)
		}
	}
	if got := render(t, data, 0, 0, theme.Options{}); !strings.HasPrefix(got, "JPEG") {
		t.Errorf("without room it is %q", got)
	}
}

// huge is the head of a PNG that says it is very large; there is next to nothing
// in it.
func huge(w, h uint32) []byte {
	var b bytes.Buffer
	b.WriteString("\x89PNG\r\n\x1a\n")
	head := binary.BigEndian.AppendUint32([]byte("IHDR"), w)
	head = append(binary.BigEndian.AppendUint32(head, h), 8, 2, 0, 0, 0)
	b.Write(binary.BigEndian.AppendUint32(nil, uint32(len(head)-4)))
	b.Write(head)
	b.Write(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(head)))
	return b.Bytes()
}

func TestWhatCannotBeShown(t *testing.T) {
	th := theme.New(theme.Options{})
	whole := asPNG(t, face(10, 10))
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"nothing":    {nil, photo.ErrNoImage},
		"text":       {[]byte("hello"), photo.ErrNoImage},
		"cut short":  {whole[:len(whole)-20], photo.ErrNoImage},
		"huge":       {huge(5001, 5000), photo.ErrTooLarge},
		"huger":      {huge(1<<31-1, 1<<31-1), photo.ErrNoImage}, // the decoder refuses it itself
		"just under": {huge(5000, 5000), photo.ErrNoImage},       // allowed, but there is nothing in it
	} {
		if _, err := photo.Render(c.data, 10, 10, &th); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// No image, whatever it is, breaks the screen.
func FuzzRender(f *testing.F) {
	for _, seed := range [][]byte{asPNG(f, face(4, 4)), asJPEG(f, face(9, 3)), asGIF(f, face(3, 9)), huge(100, 100), {}} {
		f.Add(seed, 10, 5)
	}
	var small bytes.Buffer
	if err := png.Encode(&small, image.NewGray16(image.Rect(0, 0, 2, 2))); err != nil {
		f.Fatal(err)
	}
	f.Add(small.Bytes(), 1, 1)
	th := theme.New(theme.Options{})
	f.Fuzz(func(t *testing.T, data []byte, cols, rows int) {
		cols, rows = cols%64, rows%64 // measuring a large drawing takes long
		if facts, err := photo.Inspect(data); err == nil && facts.Width*facts.Height > 1<<20 {
			t.Skip("large enough to be slow")
		}
		text, err := photo.Render(data, cols, rows, &th)
		if err != nil || cols < 1 || rows < 1 {
			return
		}
		if c, r := measure(t, text); c > cols || r > rows {
			t.Errorf("takes %dx%d of %dx%d", c, r, cols, rows)
		}
	})
}
