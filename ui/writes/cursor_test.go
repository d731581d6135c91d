package writes_test

import (
	"testing"

	"dirdesk/desk"
	"dirdesk/ui/uitest"
)

// nobody fails the test unless the cursor is on no object, so that a key that
// changes something finds nothing.
func nobody(s *uitest.Screen) {
	s.T.Helper()
	s.Press("X")
	s.Shows("no object is under the cursor")
	s.Press("D", "p", "R", "U", "N")
	s.Hides("What would change", "New password", "rename")
}

// Where the object under the cursor goes, no neighbour takes its place.
func TestNoNeighbourIsUnderTheCursorAfterADeletion(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Press("D", "y")
	s.Shows("aschmidt: is gone, verified.")
	nobody(s.Screen)
	s.Press("r")
	nobody(s.Screen)
	s.Press("j")
	s.Screen.Under("Jörg Müller")
	s.Wrote("delete Anna Schmidt")
}

// A moved object leaves nothing under the cursor; taken back, it is there again.
func TestTheCursorFollowsWhatIsTakenBack(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Press("j", "m")
	s.Type("OU=Kyiv,OU=Staff," + string(uitest.Base))
	s.Press("enter", "enter")
	s.Shows("jmueller: ", "verified")
	nobody(s.Screen)
	s.Press("u", "y")
	s.Screen.Under("Jörg Müller")
	s.Press("g", "X", "y", "G")
	s.Shows("aschmidt: is now disabled, verified.")
	s.Press("u", "y")
	s.Screen.Under("Anna Schmidt")
}

// What does not match any more after a change is not under the cursor, and
// neither is the next that matches.
func TestNoNeighbourIsUnderTheCursorInANarrowedView(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Press("/")
	s.Type("ok")
	s.Press("enter")
	s.Screen.Under("Anna Schmidt") // the first match
	s.Press("X", "y")
	s.Fire()
	s.Shows("aschmidt: is now disabled, verified.")
	nobody(s.Screen)
	s.Wrote("disable Anna Schmidt")
}
