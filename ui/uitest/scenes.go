package uitest

import (
	"strings"
	"testing"

	"dirdesk/models"
)

// Large is a container of 99,999 people.
const Large models.DN = "OU=Large," + Base

// Browse starts with the top of a directory on the screen.
func Browse(t testing.TB) (*Screen, *Directory) {
	t.Helper()
	d := NewDirectory()
	return Start(t, Options{Backend: d}), d
}

// Berlin starts with the objects of OU=Berlin on the screen.
func Berlin(t testing.TB, o Options) *Screen {
	t.Helper()
	if o.Backend == nil {
		o.Backend = NewDirectory()
	}
	s := Start(t, o)
	for !strings.Contains(s.Cursor(), "Staff") { // a stream is sorted
		s.Press("j")
	}
	s.Press("enter", "enter") // Staff, then Berlin
	return s
}

// Under fails the test unless the cursor of the focused pane is on a row that
// holds the text.
func (s *Screen) Under(text string) {
	s.T.Helper()
	if !strings.Contains(s.Cursor(), text) {
		s.T.Fatalf("the cursor is on %q, not on %q:\n%s", s.Cursor(), text, s.Text())
	}
}

// Says fails the test when the screen does not hold the texts, however they are
// broken into lines.
func (s *Screen) Says(texts ...string) {
	s.T.Helper()
	for _, text := range texts {
		if !strings.Contains(strings.Join(strings.Fields(s.Text()), " "), text) {
			s.T.Fatalf("%q is not on the screen:\n%s", text, s.Text())
		}
	}
}
