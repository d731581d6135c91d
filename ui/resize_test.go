package ui_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"dirdesk/models"
	"dirdesk/theme"
	"dirdesk/ui/uitest"
)

// fits fails the test unless the screen is exactly as big as the terminal.
func fits(t *testing.T, s *uitest.Screen, width, height int, what string) {
	t.Helper()
	lines := strings.Split(s.Raw(), "\n")
	if len(lines) != height {
		t.Fatalf("%s at %dx%d has %d lines", what, width, height, len(lines))
	}
	for i, line := range lines {
		if w := ansi.StringWidth(line); w != width {
			t.Fatalf("%s at %dx%d: line %d is %d wide: %q", what, width, height, i, w, ansi.Strip(line))
		}
	}
}

// scenes are the states in which a terminal may be resized.
func scenes() map[string][]string {
	return map[string][]string{
		"rows":     nil,
		"tree":     {"tab"},
		"details":  {"i", "tab", "j"},
		"narrow":   {"/", "m", "u"},
		"go to":    {"o", "x", "enter"},
		"copy":     {"y"},
		"domain":   {"I"},
		"sorted":   {"s", "S", "a"},
		"big, end": {"backspace", "backspace", "j", "enter", "G"},
		"message":  {"backspace", "backspace", "backspace"},
	}
}

// Every size from the smallest to 300x80, walked up and down again.
func TestEverySizeFits(t *testing.T) {
	t.Parallel()
	for name, keys := range scenes() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := uitest.Berlin(t, uitest.Options{})
			s.Press(keys...)
			for width := 1; width <= 300; width += 1 + width/3 {
				for height := 1; height <= 80; height += 1 + height/3 {
					s.Resize(width, height)
					fits(t, s, width, height, name)
				}
			}
			s.Resize(80, 24)
			fits(t, s, 80, 24, name)
			plain := uitest.Berlin(t, uitest.Options{Theme: theme.Options{ASCII: true}, Width: 61, Height: 17})
			plain.Press(keys...)
			fits(t, plain, 61, 17, name+" in ASCII")
		})
	}
}

func TestOverlaysFitEverySize(t *testing.T) {
	t.Parallel()
	for _, keys := range [][]string{{"?"}, {"?", "s"}, {":"}, {":", "s"}} {
		s := uitest.Berlin(t, uitest.Options{})
		s.Press(keys...)
		for width := 1; width <= 200; width += 1 + width/3 {
			for height := 1; height <= 60; height += 1 + height/3 {
				s.Resize(width, height)
				fits(t, s, width, height, strings.Join(keys, " "))
			}
		}
	}
}

func TestSignInFitsEverySize(t *testing.T) {
	t.Parallel()
	d := uitest.NewDirectory()
	s := uitest.Berlin(t, uitest.Options{Backend: d})
	d.Fail = func(models.ListRequest) error { return &models.Error{Kind: models.ErrSession, Action: "list"} }
	s.Press("r")
	s.Hold() // the form's cursor would blink in real time
	for width := 1; width <= 200; width += 1 + width/3 {
		for height := 1; height <= 60; height += 1 + height/3 {
			s.Resize(width, height)
			fits(t, s, width, height, "sign-in")
		}
	}
}

func TestResizeKeepsTheCursor(t *testing.T) {
	t.Parallel()
	s, _ := uitest.Browse(t)
	s.Press("j", "enter", "G", "k")
	for _, size := range [][2]int{{40, 12}, {20, 5}, {300, 80}, {1, 1}, {80, 24}} {
		s.Resize(size[0], size[1])
	}
	s.Under("User 99997")
}

func TestBeforeTheFirstSizeNothingIsDrawn(t *testing.T) {
	t.Parallel()
	s := uitest.Start(t, uitest.Options{Backend: uitest.NewDirectory(), Width: -1, Height: -1})
	if s.Raw() != "" {
		t.Errorf("drawn without a size: %q", s.Raw())
	}
}

// At 40x12 everything can be reached, one pane at a time.
func TestSmallScreenWalks(t *testing.T) {
	t.Parallel()
	s := uitest.Start(t, uitest.Options{Backend: uitest.NewDirectory(), Width: 40, Height: 12})
	s.Press("enter", "enter", "j", "j")
	s.Shows("Staff › Berlin", "Олена")
	s.Press("shift+tab")
	s.Shows("─ Tree", "▾ Staff")
	s.Press("tab", "i")
	s.Shows("─ Details", "disabled", "okoval")
	s.Press("i")
	s.Shows("Staff › Berlin")
	s.Press("?")
	s.Shows("Find")
}
