package ui_test

import (
	"strings"
	"testing"

	"dirdesk/desk"
	"dirdesk/ui/uitest"
)

// At 80 columns the foot names what a help desk needs all day before the rest.
func TestTheFootNamesFirstWhatAHelpDeskNeeds(t *testing.T) {
	t.Parallel()
	w := uitest.Write(t, desk.Open)
	first := func(want ...string) {
		t.Helper()
		lines := strings.Split(strings.TrimRight(w.Text(), "\n"), "\n")
		keys := strings.Fields(lines[len(lines)-1])
		if !strings.HasPrefix(strings.Join(keys, " "), strings.Join(want, " ")) {
			t.Errorf("the foot begins with %q, want %q", keys[:2*len(want)], want)
		}
	}
	first("f find", "/ narrow", "p password", "R rescue")
	w.Press("j") // who is locked
	first("U unlock", "f find", "/ narrow", "p password")
	w.Resize(60, 20)
	w.Shows("U unlock", "/ narrow", "p password")
}

// Panes without boxes do not touch: the end of a long name on the left is not
// read together with the kind on the right.
func TestPanesWithoutBoxesDoNotTouch(t *testing.T) {
	t.Parallel()
	d := uitest.NewDirectory()
	d.Add(uitest.Base, uitest.Container("OU", uitest.Base, "A name as long as the whole tree"))
	for _, size := range [][2]int{{60, 14}, {80, 14}, {160, 14}} {
		s := uitest.Start(t, uitest.Options{Backend: d, Width: size[0], Height: size[1]})
		line := []rune(s.Line("▸ A name"))
		if tree := max(size[0]/5, 22); line[tree] != ' ' || line[tree-1] == ' ' {
			t.Errorf("at %v the panes touch: %q", size, string(line))
		}
	}
}

// The list of keys begins with what can be done to the thing under the cursor.
func TestTheHelpBeginsWithTheThingUnderTheCursor(t *testing.T) {
	t.Parallel()
	w := uitest.Write(t, desk.Open)
	w.Press("j", "?")
	text := w.Text()
	for _, before := range []string{"What can be done to Jörg Müller", "set a password", "rescue the account", "disable the account"} {
		if i := strings.Index(text, before); i < 0 || i > strings.Index(text+"Panes", "Panes") {
			t.Errorf("%q does not stand at the begin:\n%s", before, text)
		}
	}
	w.Press("esc", "space", "space", "?")
	w.Shows("What can be done to 2 marked objects")
	w.Press("esc", "shift+tab", "?")
	w.Shows("What can be done to Berlin")
}
