package writes_test

import (
	"strings"
	"testing"

	"dirdesk/desk"
	"dirdesk/ui/uitest"
)

// An object that is renamed through its property keeps the cursor.
func TestTheCursorFollowsARename(t *testing.T) {
	t.Parallel()
	s := serve(t, desk.Open)
	s.becomes("name", "Zoe Schmidt")
	s.Shows("Rename Anna Schmidt (aschmidt), Staff › Berlin, to Zoe Schmidt", "Anna Schmidt -> Zoe Schmidt")
	s.Press("enter")
	s.Shows("aschmidt: is now called Zoe Schmidt, verified.")
	s.Screen.Under("Zoe Schmidt")
	s.Hides("Anna Schmidt ")
	s.Press("y", "y")
	if want := "CN=Zoe Schmidt,OU=Berlin,OU=Staff," + string(uitest.Base); s.Clipboard != want {
		t.Errorf("the row is %q, want %q", s.Clipboard, want)
	}
	s.Press("i")
	s.Fire()
	s.Shows("│ Zoe Schmidt")
	// And back again.
	s.Press("i", "u")
	s.Shows("Zoe Schmidt -> Anna Schmidt")
	s.Press("enter")
	s.Shows("is now called Anna Schmidt")
	s.Screen.Under("Anna Schmidt")
}

// A container that is renamed keeps its place in the tree, its rows on the
// screen, the marks on them, and the way back to it.
func TestAContainerThatIsRenamedIsFollowed(t *testing.T) {
	t.Parallel()
	s := serve(t, desk.Open)
	s.Press("j", "space") // Eve
	s.Shows("1 marked")
	s.Press("shift+tab") // to the tree, at Berlin
	s.Fire()
	s.Screen.Under("Berlin")
	s.becomes("name", "Mitte")
	s.Press("enter")
	s.Shows("Berlin: is now called Mitte, verified.", "Staff › Mitte", "1 marked, 8 objects", "· Mitte")
	s.Hides("· Berlin", "Could not")
	s.Screen.Under("Mitte")
	s.Press("tab", "g", "y", "y")
	if want := "CN=Anna Schmidt,OU=Mitte,OU=Staff," + string(uitest.Base); s.Clipboard != want {
		t.Errorf("the first row is %q, want %q", s.Clipboard, want)
	}
	s.Press("backspace")
	s.Screen.Under("Mitte")
	s.Press("[")
	s.Shows("Staff › Mitte", "8 objects")
	s.Hides("Could not")
	// And what is marked can still be changed.
	s.Press("X", "y")
	s.Shows("eve: is now disabled, verified.")
	s.Hides("1 marked")
}

// What is above the shown container can be renamed too, and so can what the
// tree knows below.
func TestAContainerAboveIsRenamed(t *testing.T) {
	t.Parallel()
	s := serve(t, desk.Open)
	s.Press("shift+tab", "k") // Staff
	s.Press("l")              // unfolded already: to its first child
	s.Press("h")              // and back to Staff
	s.becomes("name", "People")
	s.Press("enter")
	s.Shows("Staff: is now called People, verified.", "People", "· Berlin", "Kyiv")
	s.Hides("▾ Staff")
	s.Press("j", "enter")
	s.Shows("People › Berlin", "8 objects")
	s.Press("[")
	s.Press("]")
	s.Shows("People › Berlin", "8 objects")
	s.Hides("Could not")
}

// A rename by its own action is followed in the same way.
func TestAPlainRenameOfAContainerIsFollowed(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Press("backspace")
	s.Screen.Under("Berlin")
	s.Press("N", "ctrl+u")
	s.Type("Mitte")
	s.Press("ctrl+s", "enter")
	s.Shows("· Mitte")
	s.Screen.Under("Mitte")
	if strings.Contains(s.Text(), "· Berlin") {
		t.Errorf("the tree has the old name:\n%s", s.Text())
	}
	s.Press("[") // to where it was before it was renamed
	s.Shows("Staff › Mitte", "8 objects")
	s.Hides("Could not")
}
