package ui_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"dirdesk/models"
	"dirdesk/ui/uitest"
)

// under fails the test unless the cursor of the focused pane is on a row that
// holds the text.
func under(t *testing.T, s *uitest.Screen, text string) {
	t.Helper()
	if !strings.Contains(s.Cursor(), text) {
		t.Fatalf("the cursor is on %q, not on %q:\n%s", s.Cursor(), text, s.Text())
	}
}

func start(t *testing.T) (*uitest.Screen, *uitest.Directory) {
	t.Helper()
	d := uitest.NewDirectory()
	return uitest.Start(t, uitest.Options{Backend: d}), d
}

func TestOpenAndGoUp(t *testing.T) {
	for _, up := range []string{"backspace", "-", "h", "left"} {
		t.Run(up, func(t *testing.T) {
			s, _ := start(t)
			under(t, s, "Staff")
			s.Press("enter", "j", "l")
			s.Shows("Staff › Kyiv", "This container is empty.")
			s.Press(up)
			s.Shows("Staff ───")
			under(t, s, "Kyiv")
			s.Press(up)
			under(t, s, "Staff")
		})
	}
}

func TestGoingUpAtTheTopSaysWhyNot(t *testing.T) {
	s, _ := start(t)
	s.Press("backspace")
	s.Shows("Go up to the parent: this is the top.")
}

func TestBackAndForward(t *testing.T) {
	s, d := start(t)
	s.Press("enter", "enter", "j") // Berlin, on its second row
	s.Press("[")
	under(t, s, "Berlin")
	s.Press("[")
	under(t, s, "Staff")
	d.Forget()
	s.Press("]", "]")
	s.Shows("Staff › Berlin")
	under(t, s, "Jörg")
	if n := len(d.Requests()); n != 0 {
		t.Errorf("going forward to rows read a moment ago made %d requests", n)
	}
	s.Press("]")
	s.Shows("Go forward: there is nothing to go forward to.")
}

func TestBackToAContainerThatIsGone(t *testing.T) {
	s, d := start(t)
	s.Press("enter", "enter")
	for range 10 { // push the rows of Staff out of memory
		s.Press("o", "ctrl+u")
		s.Type(string("CN=Users," + uitest.Base))
		s.Press("enter", "backspace")
	}
	gone := uitest.Base.Child("OU", "Staff").Key()
	d.Fail = func(r models.ListRequest) error {
		if r.Base.Key() == gone {
			return &models.Error{Kind: models.ErrNotFound, Action: "list"}
		}
		return nil
	}
	for range 21 {
		s.Press("[")
	}
	s.Shows("Could not open Staff: no such object.")
	s.Press("[")
	s.Shows("corp.example.test ──", "5 objects")
}

func TestTreeUnfoldsAndTheTableFollowsAtRest(t *testing.T) {
	s, d := start(t)
	s.Press("tab", "j")
	d.Forget()
	s.Press("j", "j", "k", "k") // passing by loads nothing
	if n := len(d.Requests()); n != 0 {
		t.Errorf("moving through the tree made %d requests before it rested", n)
	}
	s.Fire()
	s.Shows("─ Staff ───")
	if n := len(d.Requests()); n != 1 {
		t.Errorf("resting on a node made %d requests, want one", n)
	}
	s.Press("l")
	s.Shows("▾ Staff", "Berlin", "Kyiv")
	s.Press("l")
	s.Fire()
	s.Shows("Staff › Berlin")
	s.Press("h") // to the parent
	under(t, s, "Staff")
	s.Press("h") // folds
	s.Shows("▸ Staff")
	s.Press("enter")
	under(t, s, "Berlin")
}

func TestOpeningInTheTableShowsTheWayInTheTree(t *testing.T) {
	s, _ := start(t)
	s.Press("enter", "enter", "tab")
	under(t, s, "Berlin")
	s.Shows("▾ Staff")
}

func TestFollowingInTheTreeIsOneStepOfTheHistory(t *testing.T) {
	s, _ := start(t)
	s.Press("tab", "j")
	s.Fire()
	s.Press("j")
	s.Fire()
	s.Press("j")
	s.Fire()
	s.Shows("─ Users ───", "Administrator")
	s.Press("[")
	s.Shows("─ corp.example.test ──")
}

func TestAdvancedObjects(t *testing.T) {
	s, _ := start(t)
	s.Hides("System")
	s.Shows("1 advanced object hidden")
	s.Press("G")
	under(t, s, "Empty")
	s.Press("a")
	s.Shows("System", "Advanced objects are shown.")
	under(t, s, "Empty") // the cursor keeps to its object
	s.Press("a")
	s.Hides("System ")
}

func TestGoToDN(t *testing.T) {
	for name, c := range map[string]struct{ dn, shows, cursor string }{
		"a container":        {"ou=KYIV, ou=staff," + string(uitest.Base), "Staff › Kyiv", ""},
		"an object in one":   {"CN=Jörg Müller,OU=Berlin,OU=Staff," + string(uitest.Base), "Staff › Berlin", "Jörg"},
		"an escaped comma":   {`CN=Lee\, Sam,OU=Berlin,OU=Staff,` + string(uitest.Base), "Staff › Berlin", "Lee"},
		"the domain":         {string(uitest.Base), "─ corp.example.test ──", "Staff"},
		"advanced container": {"CN=System," + string(uitest.Base), "─ System ──", ""},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := start(t)
			s.Press("o", "ctrl+u")
			s.Send(tea.PasteMsg{Content: c.dn + "\n"})
			s.Press("enter")
			s.Shows(c.shows)
			if c.cursor != "" {
				under(t, s, c.cursor)
			}
		})
	}
}

func TestGoToDNKeepsTheTextBesideItsError(t *testing.T) {
	for text, want := range map[string]string{
		"nonsense":                         `Not a distinguished name: "nonsense"`,
		"OU=x,DC=other,DC=test":            "This name is not below DC=corp,DC=example,DC=test.",
		"OU=x,OU=y," + string(uitest.Base): "No object has this name.",
	} {
		s, _ := start(t)
		s.Press("o", "ctrl+u")
		s.Type(text)
		s.Press("enter")
		s.Shows(want, "Go to DN "+text)
		s.Press("backspace")
		s.Hides(want)
		s.Press("esc")
		s.Shows("Enter open")
	}
}

func TestGoToDNStartsFromWhereOneIs(t *testing.T) {
	s, _ := start(t)
	s.Press("enter", "j", "ctrl+g")
	s.Shows("Go to DN OU=Kyiv,OU=Staff,DC=corp,DC=example,DC=test")
}

func TestGoToAnObjectDeepInABigContainer(t *testing.T) {
	s, _ := start(t)
	s.Press("o", "ctrl+u")
	s.Type("CN=User 45678,OU=Large," + string(uitest.Base))
	s.Press("enter")
	under(t, s, "User 45678")
}

func TestGoToAnObjectThatIsNotThere(t *testing.T) {
	s, _ := start(t)
	s.Press("o", "ctrl+u")
	s.Type("CN=Nobody,OU=Berlin,OU=Staff," + string(uitest.Base))
	s.Press("enter")
	s.Shows("Staff › Berlin", "Nobody is not in Berlin")
}

func TestCopy(t *testing.T) {
	for key, want := range map[string]string{
		"y": "CN=Anna Schmidt,OU=Berlin,OU=Staff,DC=corp,DC=example,DC=test",
		"l": "aschmidt", "m": "aschmidt@example.test",
	} {
		s := berlin(t, uitest.Options{})
		s.Press("y", key)
		if s.Clipboard != want {
			t.Errorf("y %s copies %q, want %q", key, s.Clipboard, want)
		}
		s.Shows("clipboard: " + want[:min(len(want), 7)])
	}
}

func TestCopyOfWhatIsNotThere(t *testing.T) {
	s := berlin(t, uitest.Options{})
	s.Press("G", "y")
	s.Shows("no mail")
	s.Press("m")
	s.Shows("Finance Readers has no mail here.")
	if s.Clipboard != "" {
		t.Errorf("copied %q", s.Clipboard)
	}
}

func TestSort(t *testing.T) {
	s := berlin(t, uitest.Options{})
	s.Press("j") // Jörg
	s.Press("s")
	s.Shows("Name ▲", "Sorted by name.", "by name")
	under(t, s, "Jörg") // the cursor keeps to its object
	s.Press("g")
	under(t, s, "Anna")
	s.Press("S")
	s.Shows("Name ▼", "by name, reversed")
	s.Press("s", "s", "g")
	s.Shows("State ▲")
	under(t, s, "disabled")
	for range 4 {
		s.Press("s")
	}
	s.Shows("In the server's order.")
	s.Hides("▲", "▼")
}

func TestSortOfHalfAContainerSaysSo(t *testing.T) {
	s, _ := start(t)
	s.Press("j", "enter", "s")
	s.Shows("only the loaded rows; L loads the rest", "200 of 99,999 loaded")
}

func TestNarrow(t *testing.T) {
	s := berlin(t, uitest.Options{})
	s.Press("/")
	s.Type("muller")
	s.Shows("1 of 8 match", `narrowed to "muller"`, "Jörg")
	s.Hides("Anna")
	s.Press("enter")
	under(t, s, "Jörg")
	s.Shows("1 of 8 match")
	s.Press("esc")
	s.Shows("Anna", "8 objects")
	under(t, s, "Jörg")
}

func TestNarrowIsGivenUpByEsc(t *testing.T) {
	s := berlin(t, uitest.Options{})
	s.Press("/")
	s.Type("zzz")
	s.Shows("Nothing here matches. Esc shows all.")
	s.Press("esc")
	s.Shows("8 objects", "Anna")
}

func TestNarrowTakesLettersThatAreKeysElsewhere(t *testing.T) {
	s := berlin(t, uitest.Options{})
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
	s, _ := start(t)
	s.Press("j", "enter", "/")
	s.Type("user99998")
	s.Press("enter")
	s.Shows("0 match in 200 of 99,999 loaded", "Nothing matches in what is loaded.", "L loads the rest", "L load all")
	s.Press("L")
	s.Fire()
	s.Shows("1 of 99,999 match", "User 99998")
}

func TestDetailsFollowTheCursor(t *testing.T) {
	s := berlin(t, uitest.Options{})
	s.Press("i")
	s.Shows("+49 30", "╭─ Details")
	s.Press("j")
	s.Shows("State        locked")
	s.Press("i")
	s.Hides("Details ─")
}

func TestDetailsTakeTheScreenWhereThereIsNoRoom(t *testing.T) {
	s := berlin(t, uitest.Options{Width: 40, Height: 12})
	s.Press("enter")
	s.Shows("─ Details", "Anna Schmidt", "aschmidt")
	s.Press("tab", "tab")
	s.Shows("Staff › Berlin")
}

func TestMouseIsOffUntilAskedFor(t *testing.T) {
	s := berlin(t, uitest.Options{})
	if s.Root.View().MouseMode != tea.MouseModeNone {
		t.Error("the mouse is taken unasked")
	}
	s.Press("M")
	if s.Root.View().MouseMode != tea.MouseModeCellMotion {
		t.Error("M does not take the mouse")
	}
	s.Shows("The mouse is on")
	s.Send(tea.MouseClickMsg{X: 40, Y: 4, Button: tea.MouseLeft})
	under(t, s, "Jörg")
	s.Send(tea.MouseWheelMsg{X: 40, Y: 4, Button: tea.MouseWheelDown})
	s.Send(tea.MouseClickMsg{X: 5, Y: 3, Button: tea.MouseLeft})
	under(t, s, "Staff")
	s.Send(tea.MouseClickMsg{X: 35, Y: 2, Button: tea.MouseLeft})
	s.Shows("Sorted by name")
}

func TestQuit(t *testing.T) {
	for _, key := range []string{"q", "ctrl+c"} {
		s, _ := start(t)
		if s.Press(key); !s.Quit {
			t.Errorf("%s does not quit", key)
		}
	}
	s, _ := start(t)
	if s.Press("/", "ctrl+c"); !s.Quit {
		t.Error("ctrl+c does not quit while typing")
	}
}

func TestTitleAndScreenOnEveryPath(t *testing.T) {
	s := uitest.New(t, uitest.Options{Backend: uitest.NewDirectory()})
	if v := s.Root.View(); !v.AltScreen || v.WindowTitle != "dirdesk" {
		t.Errorf("before the sign-in: alternate screen %v, title %q", v.AltScreen, v.WindowTitle)
	}
	s, _ = start(t)
	for _, key := range []string{"", "?", "esc", ":", "esc", "I", "esc", "/"} {
		if key != "" {
			s.Press(key)
		}
		if v := s.Root.View(); !v.AltScreen || v.WindowTitle != "dirdesk · corp.example.test" {
			t.Errorf("after %q: alternate screen %v, title %q", key, v.AltScreen, v.WindowTitle)
		}
	}
}
