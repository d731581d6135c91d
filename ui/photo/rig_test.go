package photo_test

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dirdesk/desk"
	"dirdesk/models"
	"dirdesk/test/modeltest"
	"dirdesk/theme"
	"dirdesk/ui/forms"
	"dirdesk/ui/photo"
)

var (
	_ forms.Form   = (*photo.Page)(nil)
	_ photo.Source = (*desk.Desk)(nil)
)

var update = modeltest.UpdateFlag()

const john models.DN = "CN=John Doe,OU=Staff,DC=corp,DC=example,DC=test"

// face is a picture with four corners of different colours.
func face(w, h int) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{R: 200, A: 255}
			if x >= w/2 {
				c = color.NRGBA{G: 200, A: 255}
			}
			if y >= h/2 {
				c.B = 200
			}
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}

func asPNG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asJPEG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asGIF(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := gif.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// album holds the photo as a test wants it.
type album struct {
	forms.Desk
	photo  []byte
	err    error
	limit  int
	asked  int
	cannot string
}

func (a *album) Photo(context.Context, models.Ref) ([]byte, error) {
	a.asked++
	return a.photo, a.err
}

func (a *album) PhotoLimit() int { return a.limit }

func (a *album) Can(models.Action, models.Object) string { return a.cannot }
func (a *album) Refuses(models.Change) string            { return "" }

// rig is a page under test, with a person at its keys.
type rig struct {
	*modeltest.Driver
	t             testing.TB
	page          *photo.Page
	album         *album
	theme         theme.Options
	width, height int
	slow          bool
}

func start(t testing.TB, adjust ...func(*rig)) *rig {
	t.Helper()
	r := &rig{t: t, width: 80, height: 24, album: &album{limit: 100 << 10}}
	for _, f := range adjust {
		f(r)
	}
	th := theme.New(r.theme)
	env := forms.Env{
		Desk: r.album, Theme: &th, Context: t.Context(), Width: r.width, Height: r.height,
		Now: func() time.Time { return time.Time{} }, Zone: time.UTC,
	}
	o := models.Object{DN: john, Name: "John Doe", SAMAccountName: "jdoe", Category: models.Person}
	r.page = photo.New(env, r.album, o)
	t.Cleanup(r.page.Close)
	init := r.page.Init()
	if r.slow {
		init = nil
	}
	r.Driver = modeltest.Start(t, r.page, init)
	return r
}

func holding(data []byte) func(*rig) { return func(r *rig) { r.album.photo = data } }

func (r *rig) shows(texts ...string) {
	r.t.Helper()
	for _, text := range texts {
		if !strings.Contains(strings.Join(strings.Fields(r.Screen()), " "), text) {
			r.t.Fatalf("%q is not on the screen:\n%s", text, r.Screen())
		}
	}
}

// file writes a file and gives its path.
func file(t testing.TB, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// choose sets the photo from a file.
func (r *rig) choose(path string) {
	r.t.Helper()
	r.Press("s")
	r.Type(path)
	r.Press("enter")
}

// sent is what the page ended with.
func (r *rig) sent() models.Modification {
	r.t.Helper()
	r.Press("ctrl+s")
	d, ok := modeltest.Caught[forms.Done](r.Driver)
	if !ok {
		r.t.Fatalf("the page is not done:\n%s", r.Screen())
	}
	if d.Form != r.page || len(d.Changes) != 1 || d.Changes[0].Action != models.Modify || d.Changes[0].DN != john ||
		d.Changes[0].Name != "jdoe" || d.Changes[0].Modification == nil {
		r.t.Fatalf("it ended with %+v", d)
	}
	return *d.Changes[0].Modification
}

func (r *rig) notDone() {
	r.t.Helper()
	if _, ok := modeltest.Caught[forms.Done](r.Driver); ok {
		r.t.Fatalf("the page is done:\n%s", r.Screen())
	}
}
