package writes_test

import (
	"strings"
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

// The marked go; the one on which the cursor was left is none of them.
func TestNoNeighbourIsUnderTheCursorAfterTheMarkedHaveGone(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Press("space", "space") // and the cursor on the third
	s.Press("m")
	s.Type("OU=Kyiv,OU=Staff," + string(uitest.Base))
	s.Press("enter")
	s.Type("2")
	s.Press("enter")
	s.Shows("2 done")
	nobody(s.Screen)
	s.Press("u")
	s.Type("2")
	s.Press("enter")
	s.Shows("2 done")
	s.Screen.Under("Anna Schmidt") // the last that came back
}

// What is taken back lies in another container: whoever is under the cursor here is
// not meant by the next key.
func TestNobodyIsUnderTheCursorAfterAnUndoElsewhere(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Press("X", "y")
	s.Shows("aschmidt: is now disabled, verified.")
	s.Press("backspace")
	s.Under("Berlin")
	s.Press("u", "y")
	s.Shows("aschmidt: is now enabled, verified.")
	s.Press("D")
	s.Shows("no object is under the cursor")
}

// Who has gone on to somebody else while it was written stays there.
func TestTheCursorOfWhoHasGoneOnStays(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Press("D")
	s.Hold()
	s.Press("y", "j", "j")
	s.Release()
	s.Shows("aschmidt: is gone, verified.")
	s.Screen.Under("Олена Коваль")
}

// A container deleted in the tree leaves none under the cursor that the key could
// delete next.
func TestNothingIsUnderTheCursorAfterADeletionInTheTree(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Press("tab")
	for s.Cursor() == "" || !strings.Contains(s.Cursor(), "Empty") {
		s.Press("j")
	}
	s.Fire()
	s.Press("D")
	s.Shows("What would change")
	s.Press("y")
	s.Shows("is gone, verified.")
	s.Press("D")
	s.Shows("no object is under the cursor")
}
