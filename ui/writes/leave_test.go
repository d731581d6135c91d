package writes_test

import (
	"testing"

	"dirdesk/desk"
	"dirdesk/ui/uitest"
)

// Ctrl-C quits, but not over what would be lost by it: there it asks as Esc does.
func TestCtrlCAsksBeforeSomethingIsLost(t *testing.T) {
	s := uitest.Write(t, desk.Open)
	s.Press("e", "ctrl+u")
	s.Type("Annika")
	s.Press("ctrl+c")
	if s.Quit {
		t.Fatal("what was typed is lost")
	}
	s.Shows("Annika", "Esc")
	s.Press("ctrl+c") // as Esc pressed again
	s.Hides("Annika")
	if s.Quit {
		t.Fatal("it quit with the form")
	}
	s.Press("ctrl+c")
	if !s.Quit {
		t.Errorf("it does not quit where nothing is lost:\n%s", s.Text())
	}

	s = uitest.Write(t, desk.Open)
	s.Press("e", "ctrl+c") // nothing was typed
	if !s.Quit {
		t.Errorf("it does not quit from a form that is as it was:\n%s", s.Text())
	}

	s = uitest.Write(t, desk.Open)
	s.Press("p", "enter", "enter", "v")
	s.Shows(s.Dir.Password)
	s.Press("ctrl+c")
	if s.Quit {
		t.Error("the password that is shown is lost")
	}
}
