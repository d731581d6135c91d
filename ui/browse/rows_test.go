package browse_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"

	"dirdesk/ui/uitest"
)

func TestCopy(t *testing.T) {
	for key, want := range map[string]string{
		"y": "CN=Anna Schmidt,OU=Berlin,OU=Staff,DC=corp,DC=example,DC=test",
		"l": "aschmidt", "m": "aschmidt@example.test",
	} {
		s := uitest.Berlin(t, uitest.Options{})
		s.Press("y", key)
		if s.Clipboard != want {
			t.Errorf("y %s copies %q, want %q", key, s.Clipboard, want)
		}
		s.Send(uv.PrimaryDeviceAttributesEvent{62, 52})
		s.Shows("clipboard: " + want[:min(len(want), 7)])
	}
}

func TestCopyOfWhatIsNotThere(t *testing.T) {
	s := uitest.Berlin(t, uitest.Options{})
	s.Press("G", "y")
	s.Shows("no mail")
	s.Press("m")
	s.Shows("Finance Readers has no mail here.")
	if s.Clipboard != "" {
		t.Errorf("copied %q", s.Clipboard)
	}
}

func TestSort(t *testing.T) {
	s := uitest.Berlin(t, uitest.Options{})
	s.Press("j") // Jörg
	s.Press("s")
	s.Shows("Name ▲", "Sorted by name.", "by name")
	s.Under("Jörg") // the cursor keeps to its object
	s.Press("g")
	s.Under("Anna")
	s.Press("S")
	s.Shows("Name ▼", "by name, reversed")
	s.Press("s", "s", "g")
	s.Shows("State ▲")
	s.Under("disabled")
	for range 4 {
		s.Press("s")
	}
	s.Shows("In the server's order.")
	s.Hides("▲", "▼")
}

func TestSortOfHalfAContainerSaysSo(t *testing.T) {
	s, _ := uitest.Browse(t)
	s.Press("j", "enter", "s")
	s.Shows("only the loaded rows; L loads the rest", "200 of 99,999 loaded")
}

func TestNarrow(t *testing.T) {
	s := uitest.Berlin(t, uitest.Options{})
	s.Press("/")
	s.Type("muller")
	s.Shows("1 of 8 match", `narrowed to "muller"`, "Jörg")
	s.Hides("Anna")
	s.Press("enter")
	s.Under("Jörg")
	s.Shows("1 of 8 match")
	s.Press("esc")
	s.Shows("Anna", "8 objects")
	s.Under("Jörg")
}

// Conditions on columns narrow too. What is not understood
// is said, and narrows nothing.
func TestNarrowByConditions(t *testing.T) {
	s := uitest.Berlin(t, uitest.Options{})
	s.Press("/")
	s.Type("offise:berlin")
	s.Shows("Offise is no column", "8 objects")
	s.Press("enter")
	s.Shows("Offise is no column")
	s.Press("ctrl+u")
	s.Type("kind:user state:locked")
	s.Shows("1 of 8 match", "Jörg")
	s.Press("enter")
	s.Shows("1 of 8 match", `narrowed to "kind:user`)
}

// The cursor is on the first row that matches, whatever it was on before.
func TestNarrowPutsTheCursorOnTheFirstMatch(t *testing.T) {
	s := uitest.Berlin(t, uitest.Options{})
	s.Press("G", "/")
	s.Under("Finance Readers")
	s.Type("an") // Anna, and more behind her
	s.Press("enter")
	s.Under("Anna")
}

func TestNarrowIsGivenUpByEsc(t *testing.T) {
	s := uitest.Berlin(t, uitest.Options{})
	s.Press("/")
	s.Type("zzz")
	s.Shows("Nothing here matches. Esc shows all.")
	s.Press("esc")
	s.Shows("8 objects", "Anna")
}

func TestNarrowTakesLettersThatAreKeysElsewhere(t *testing.T) {
	s := uitest.Berlin(t, uitest.Options{})
	s.Press("/")
	s.Type("q?:")
	if s.Quit {
		t.Error("typing q quit the program")
	}
	s.Shows("Narrow to q?:")
	s.Send(tea.PasteMsg{Content: "paste"})
	s.Shows("Narrow to q?:paste")
}

func TestNarrowInHalfAContainerOffersTheRest(t *testing.T) {
	s, _ := uitest.Browse(t)
	s.Press("j", "enter", "/")
	s.Type("user99998")
	s.Press("enter")
	s.Shows("0 match in 200 of 99,999 loaded", "Nothing matches in what is loaded.", "L loads the rest", "L load all")
	s.Press("L")
	s.Fire()
	s.Shows("1 of 99,999 match", "User 99998")
}

func TestDetailsFollowTheCursor(t *testing.T) {
	s := uitest.Berlin(t, uitest.Options{})
	s.Press("i")
	s.Shows("+49 30", "╭─ Details")
	s.Press("j")
	s.Shows("State        locked")
	s.Press("i")
	s.Hides("Details ─")
}

func TestDetailsTakeTheScreenWhereThereIsNoRoom(t *testing.T) {
	s := uitest.Berlin(t, uitest.Options{Width: 40, Height: 12})
	s.Press("i")
	s.Shows("─ Details", "Anna Schmidt", "aschmidt")
	s.Press("tab", "tab")
	s.Shows("Staff › Berlin")
	for _, back := range []string{"esc", "backspace", "enter", "h"} {
		s.Press("i")
		s.Shows("─ Details")
		s.Press(back)
		s.Shows("Staff › Berlin")
		s.Hides("─ Details")
	}
	s.Press("i", "/")
	s.Shows("Staff › Berlin", "Narrow to")
}

func TestMouseIsOffUntilAskedFor(t *testing.T) {
	s := uitest.Berlin(t, uitest.Options{})
	if s.Root.View().MouseMode != tea.MouseModeNone {
		t.Error("the mouse is taken unasked")
	}
	s.Press("T")
	if s.Root.View().MouseMode != tea.MouseModeCellMotion {
		t.Error("T does not take the mouse")
	}
	s.Shows("The mouse is on")
	s.Send(tea.MouseClickMsg{X: 40, Y: 4, Button: tea.MouseLeft})
	s.Under("Jörg")
	s.Send(tea.MouseWheelMsg{X: 40, Y: 4, Button: tea.MouseWheelDown})
	s.Send(tea.MouseClickMsg{X: 5, Y: 3, Button: tea.MouseLeft})
	s.Under("Staff")
	s.Send(tea.MouseClickMsg{X: 35, Y: 2, Button: tea.MouseLeft})
	s.Shows("Sorted by name")
}

// Where there is little room the boxes of two panes do not touch.
func TestNarrowBoxesDoNotTouch(t *testing.T) {
	for _, width := range []int{60, 70, 79} {
		s, _ := uitest.Browse(t)
		s.Resize(width, 20)
		for line := range strings.Lines(s.Text()) {
			if strings.Contains(line, "││") || strings.Contains(line, "╮╭") || strings.Contains(line, "╯╰") {
				t.Fatalf("%d columns: %s", width, line)
			}
		}
	}
}
