package photo_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"dirdesk/models"
	"dirdesk/test/modeltest"
	"dirdesk/theme"
	"dirdesk/ui/forms"
)

func TestAPhotoIsSetFromAFileAfterItWasSeen(t *testing.T) {
	for name, data := range map[string][]byte{"jpg": asJPEG(t, face(20, 20)), "png": asPNG(t, face(20, 20))} {
		r := start(t)
		r.shows("There is no photo.")
		r.choose(file(t, "new."+name, data))
		r.shows("To be: ", "20 x 20", "▀▀▀", "changed")
		m := r.sent()
		if !m.PhotoSet || !bytes.Equal(m.Photo, data) || len(m.Properties) != 0 {
			t.Errorf("%s: sent %d bytes", name, len(m.Photo))
		}
	}
}

func TestOldAndNewStandSideBySide(t *testing.T) {
	r := start(t, holding(asPNG(t, face(16, 16))))
	r.shows("PNG, 16 x 16")
	r.choose(file(t, "n.jpg", asJPEG(t, face(8, 8))))
	r.shows("Now: PNG, 16 x 16", "To be: JPEG, 8 x 8")
	r.Press("u")
	r.shows("PNG, 16 x 16")
	if strings.Contains(r.Screen(), "JPEG") || strings.Contains(r.Screen(), "changed") {
		t.Errorf("the new one is still there:\n%s", r.Screen())
	}
}

func TestAPhotoIsCleared(t *testing.T) {
	r := start(t, holding(asPNG(t, face(16, 16))))
	r.Press("x")
	r.shows("The photo will be cleared.", "changed")
	if m := r.sent(); !m.PhotoSet || len(m.Photo) != 0 {
		t.Errorf("sent %+v", m)
	}
	r = start(t)
	r.Press("x")
	r.shows("There is no photo to clear.")
	r.Press("ctrl+s")
	r.notDone()
	r.shows("Nothing has been changed.")
}

// What the server would not take is refused before anything is sent.
func TestFilesThatAreNoPhotoAreRefusedInWords(t *testing.T) {
	large := append(asJPEG(t, face(8, 8)), make([]byte, 200<<10)...)
	for _, c := range []struct{ path, wrong string }{
		{file(t, "a.txt", []byte("hello")), "This is no JPEG or PNG image that can be read."},
		{file(t, "a.gif", asGIF(t, face(8, 8))), "This is GIF; a photo has to be JPEG or PNG."},
		{file(t, "big.jpg", large), "at most 102,400 fit"},
		{file(t, "huge.png", huge(6000, 5000)), "The image has 6,000 x 5,000 pixels: make it smaller first."},
		{file(t, "cut.png", asPNG(t, face(90, 90))[:90]), "This is no JPEG or PNG image that can be read."},
		{file(t, "empty.png", nil), "The file is empty."},
		{t.TempDir(), "This is a folder."},
		{"/nowhere/at/all.png", "There is no such file."},
		{"", "Type the path of a file."},
	} {
		r := start(t)
		r.choose(c.path)
		r.shows(c.wrong)
		r.Press("esc", "ctrl+s")
		r.notDone()
	}
}

func TestThePresentPhotoAgainIsNoChange(t *testing.T) {
	data := asPNG(t, face(8, 8))
	r := start(t, holding(data))
	r.choose(file(t, "same.png", data))
	r.shows("This is the photo that is there already.")
	r.Press("ctrl+s")
	r.notDone()
}

func TestEscAsksTwiceWhenSomethingWasChanged(t *testing.T) {
	r := start(t, holding(asPNG(t, face(8, 8))))
	r.Press("x", "esc")
	r.shows("Esc again leaves the photo as it is")
	if _, left := modeltest.Caught[forms.Cancelled](r.Driver); left {
		t.Fatal("left at once")
	}
	r.Press("esc")
	if c, left := modeltest.Caught[forms.Cancelled](r.Driver); !left || c.Form != r.page {
		t.Error("not left")
	}
}

func TestARefusedPhotoIsKept(t *testing.T) {
	r := start(t)
	r.choose(file(t, "new.png", asPNG(t, face(8, 8))))
	r.sent()
	r.page.Refuse(&models.Error{Kind: models.ErrDenied, Server: "no\x1b[31m photos"})
	r.shows("Not accepted: permission denied.", "The server says: no", "To be: PNG")
	if strings.Contains(r.page.View(), "no\x1b[31m photos") {
		t.Error("the server's words reach the terminal raw")
	}
}

func TestWhatTheServerHoldsMayBeNoImage(t *testing.T) {
	r := start(t, holding([]byte("\x1b[2Jnot an image")))
	r.shows("16 bytes", "It cannot be shown: no image that can be read.", "x clear")
	if strings.Contains(r.page.View(), "\x1b[2J") {
		t.Error("the bytes reach the terminal")
	}
}

func TestAPhotoThatCannotBeReadIsSaidAndReadAgain(t *testing.T) {
	r := start(t, func(r *rig) { r.album.err = &models.Error{Kind: models.ErrUnreachable} })
	r.shows("The photo could not be read: not reachable.", "r read again")
	r.album.err = nil
	r.Press("r")
	r.shows("There is no photo.")
}

// Late answers and those to a page that was closed change nothing.
func TestLateAnswersAreDropped(t *testing.T) {
	r := start(t, func(r *rig) { r.slow = true })
	r.shows("Reading the photo")
	first := r.page.Init()
	r.album.photo = asPNG(t, face(8, 8))
	late := first()
	r.album.photo = nil
	r.Run(r.page.Init())
	r.Send(late)
	r.shows("There is no photo.")
	r.page.Close()
	if msg := first(); msg != nil {
		t.Errorf("%T comes after the page was closed", msg)
	}
}

func TestAFileThatComesLateIsDropped(t *testing.T) {
	r := start(t)
	path := file(t, "new.png", asPNG(t, face(8, 8)))
	r.Press("s")
	r.Type(path)
	r.Hold = true
	r.Press("enter")
	r.shows("Reading the file")
	r.Press("esc")
	r.Release()
	r.Press("ctrl+s")
	r.notDone()

	r = start(t)
	r.Press("s")
	r.Type(path)
	r.Hold = true
	r.Press("enter", "backspace")
	r.Release()
	r.shows(strings.TrimSuffix(path[len(path)-12:], "g")) // still being typed
	r.Press("esc", "ctrl+s")
	r.notDone()
}

func TestNoChangeWhereItCannotBe(t *testing.T) {
	r := start(t, holding(asPNG(t, face(8, 8))), func(r *rig) { r.album.cannot = "this profile is read-only" })
	r.shows("The photo cannot be changed: this profile is read-only.")
	for _, key := range []string{"s", "x"} {
		r.Press(key)
		r.Press("ctrl+s")
		r.notDone()
	}
}

func TestGoldens(t *testing.T) {
	scenes := map[string]func(*rig){
		"photo": func(*rig) {},
		"ask":   func(r *rig) { r.Press("s"); r.Type("/home/ann/john.jpg") },
		"clear": func(r *rig) { r.Press("x") },
	}
	for name, act := range scenes {
		for _, size := range [][2]int{{80, 24}, {40, 12}} {
			if name == "clear" && size[0] == 80 {
				continue
			}
			t.Run(fmt.Sprintf("%s-%dx%d", name, size[0], size[1]), func(t *testing.T) {
				r := start(t, holding(asPNG(t, face(4, 4))), func(r *rig) { r.width, r.height = size[0], size[1] })
				act(r)
				view := r.page.View()
				if name != "photo" { // the colours once
					view = r.Screen()
				}
				update.Golden(t, fmt.Sprintf("%s-%dx%d", name, size[0], size[1]), view, size[0], size[1])
			})
		}
	}
}

func TestASCIIAndNoColour(t *testing.T) {
	for _, o := range []theme.Options{{ASCII: true}, {NoColor: true}, {ASCII: true, NoColor: true}} {
		r := start(t, holding(asPNG(t, face(8, 8))), func(r *rig) { r.theme = o })
		r.shows("PNG, 8 x 8", "This terminal shows no pictures")
		for _, c := range r.Screen() {
			if o.ASCII && c > '~' {
				t.Errorf("%q is not ASCII", c)
			}
		}
		if view := r.page.View(); o.NoColor && strings.Contains(view, "38;2") {
			t.Error("there is a colour")
		}
	}
}
