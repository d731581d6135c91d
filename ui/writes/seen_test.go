package writes_test

import (
	"testing"

	"dirdesk/desk"
	"dirdesk/models"
	"dirdesk/ui/connect"
	"dirdesk/ui/uitest"
)

// behind has a change of Anna Schmidt go on behind the page.
func behind(t *testing.T) *uitest.Writing {
	t.Helper()
	s := uitest.Write(t, desk.Open)
	s.Press("X")
	s.Hold()
	s.Press("y")
	return s
}

const disabled = "aschmidt: is now disabled, verified."

// What became of a change is still said when other news comes before a key was
// pressed.
func TestAnOutcomeStaysBesideNewsUntilAKey(t *testing.T) {
	s := behind(t)
	s.Release()
	s.Shows(disabled)
	s.Send(connect.Opened{Backend: s.Dir, Profile: models.Profile{Name: "test", URL: "test://dc1", Account: "anna"}})
	s.Screen.Says(disabled, "Signed in again.")
	s.Press("j", "r")
	s.Hides(disabled)
}

// Keys that are typed into a line that covers the foot say nothing of what stands
// below it.
func TestAnOutcomeThatComesWhileALineIsTypedIsSeenAfterwards(t *testing.T) {
	s := behind(t)
	s.Press("/")
	s.Type("a")
	s.Release()
	s.Type("n")
	s.Hides(disabled)
	s.Press("esc")
	s.Shows(disabled)
	s.Send(connect.Opened{Backend: s.Dir, Profile: models.Profile{Name: "test", URL: "test://dc1", Account: "anna"}})
	s.Screen.Says(disabled, "Signed in again.")
}
