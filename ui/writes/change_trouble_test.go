package writes_test

import (
	"strings"
	"testing"
	"time"

	"dirdesk/desk"
	"dirdesk/models"
	"dirdesk/ui/connect"
	"dirdesk/ui/uitest"
)

func TestARefusedFormKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Dir.Refuse = func(string, models.DN) error {
		return &models.Error{Kind: models.ErrDenied, Action: "edit", Server: "insufficient rights"}
	}
	s.Describe("Head of Sales")
	s.Press("enter")
	s.Shows("Edit: aschmidt", "Head of Sales", "Not accepted: permission denied", "insufficient rights")
	s.Dir.Refuse = nil
	s.Press("ctrl+s", "enter")
	s.Shows("description is now Head of Sales, verified.")
	s.Wrote("edit Anna Schmidt", "edit Anna Schmidt")
}

func TestAFormThatIsRefusedBehindThePageWaits(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Dir.Refuse = func(string, models.DN) error { return &models.Error{Kind: models.ErrDenied, Action: "edit"} }
	s.Describe("Head of Sales")
	s.Hold()
	s.Press("enter")
	s.Shows("Esc: go on working meanwhile")
	s.Press("esc", "j")
	s.Release()
	s.Shows("w goes back to the form", "Anna Schmidt")
	s.Screen.Under("Jörg")
	s.Press("D")
	s.Shows("Delete: a change is not finished; w goes back to it.")
	s.Press("w")
	s.Shows("Edit: aschmidt", "Head of Sales")
}

func TestALostAnswerIsReadBackAndNotSentAgain(t *testing.T) {
	t.Parallel()
	lost := &models.Error{Kind: models.ErrUnknownOutcome, Action: "edit"}
	s := uitest.Write(t, desk.Open)
	s.Dir.Lose = func(string, models.DN) error { return lost }
	s.Describe("Head of Sales")
	s.Press("enter")
	s.Shows("Head of Sales", "verified")
	s.Wrote("edit Anna Schmidt")
}

func TestAnOutcomeThatNobodyKnowsIsSaidToBeSo(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Dir.Lose = func(string, models.DN) error {
		s.Dir.Blind = func(models.DN) error { return &models.Error{Kind: models.ErrUnreachable, Action: "read"} }
		return &models.Error{Kind: models.ErrUnknownOutcome, Action: "delete"}
	}
	s.Press("D", "y")
	s.Shows("nobody knows whether it was done")
	s.Hides("is gone")
	s.Wrote("delete Anna Schmidt")
	s.Press("J")
	s.Shows("unknown   delete aschmidt")
}

func TestStoppingABulkBetweenTwoObjects(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Press("space", "space", "space", "D", "3")
	s.Hold()
	s.Press("enter")
	s.StepUntil("1 of 3")
	s.Shows("Esc stops", "█")
	s.Press("esc")
	s.Shows("Stopping after this one")
	s.Release()
	// The next one was on its way already when Esc was pressed, or was not.
	if n := len(s.Dir.Writes); n > 2 {
		t.Errorf("%d were written after Esc", n)
	}
	s.Shows("not tried", "Not tried", "okoval")
	s.Press("esc")
	s.Shows("marked")
	if !strings.Contains(s.Line("okoval"), "*") {
		t.Errorf("what was not tried is not marked any more:\n%s", s.Text())
	}
}

func TestFailedOnesStayMarkedAndTheSummaryTellsEach(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Dir.Refuse = func(_ string, dn models.DN) error {
		if dn.RDN().Value == "Jörg Müller" {
			return &models.Error{Kind: models.ErrDenied, Action: "delete"}
		}
		return nil
	}
	s.Press("space", "space", "D", "2", "enter")
	s.Shows("1 done, 1 failed", "Failed     jmueller", "permission denied", "Done       aschmidt: is gone")
	s.Press("enter")
	s.Shows("1 marked, 7 objects", "1 done, 1 failed. w tells each.")
	s.Press("w")
	s.Shows("Failed     jmueller")
}

func TestReadOnlySaysWhyAtEveryKey(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Never)
	for _, key := range []string{"n", "e", "p", "R", "D", "X", "u", "W", "+", "m", "space", "Y"} {
		s.Press(key)
		s.Shows("read-only", "READ-ONLY")
	}
	s.Wrote()
	s.Press(":")
	s.Type("raw request")
	s.Press("enter")
	s.Shows("not now: this connection is read-only")
}

func TestTheWindowClosesByItself(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Ask)
	s.Press("W", "y")
	s.Shows("CHANGES ALLOWED, 15 min left")
	s.Clock.At = s.Clock.At.Add(9*time.Minute + time.Second)
	s.Fire()
	s.Shows("CHANGES ALLOWED, 6 min left")
	s.Describe("Head of Sales")
	s.Clock.At = s.Clock.At.Add(7 * time.Minute)
	s.Press("enter") // too late: asked anew
	s.Shows("Allow changes on corp.example.test")
	s.Wrote()
	s.Press("esc", "esc", "esc")
	s.Fire()
	s.Shows("READ-ONLY", "The time for changes is over")
	s.Press("W", "y", "W")
	s.Shows("READ-ONLY", "Read-only again.")
}

func TestMarksFollowTheirObjects(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Press("space")
	s.Shows("1 marked, 8 objects")
	s.Screen.Under("Jörg")
	s.Press("space", "s", "S", "r") // sorted, reversed, read anew
	s.Shows("2 marked")
	for _, name := range []string{"Anna Schmidt", "Jörg Müller"} {
		if !strings.Contains(s.Line(name), "* user") {
			t.Errorf("%s is not marked:\n%s", name, s.Text())
		}
	}
	s.Press("/")
	s.Type("slee")
	s.Press("enter", "X")
	s.Shows("Disable Anna Schmidt (aschmidt)", "Disable Jörg Müller (jmueller)")
	s.Press("esc", "esc") // shows all again
	s.Shows("2 marked")
	s.Press("esc")
	s.Shows("Took 2 marks away.")
	s.Hides("marked,")
}

func TestMarksSurvivePaging(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Press("o", "ctrl+u")
	s.Type("OU=Large," + string(uitest.Base))
	s.Press("enter", "space", "G", "space", "g")
	s.Shows("2 marked, ")
	s.Press("G", "g")
	if !strings.Contains(s.Line("User 00000"), "*") {
		t.Errorf("the first is not marked any more:\n%s", s.Text())
	}
	s.Press("e")
	s.Shows("Edit the values: 2 are marked, and this is for one at a time.")
	s.Press("D")
	s.Shows("Delete the user User 00000 (user00000), Large", "Delete the user User 99998 (user99998), Large")
}

func TestWhatTheConnectionCannotDoIsListedWithTheReason(t *testing.T) {
	t.Parallel()
	d := uitest.NewDirectory()
	s := uitest.Berlin(t, uitest.Options{Backend: d, Desk: &desk.Options{Mode: desk.Open}})
	s.Press("e")
	s.Shows("Edit the values: this connection cannot edit this kind of object.")
	s.Press("J")
	s.Shows("no journal is kept")
	s.Press("?")
	s.Type("unlock")
	s.Shows("cannot unlock")
}

func TestQuittingWaitsForTheWriteUnderWay(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Press("space", "space", "D", "2")
	s.Hold()
	s.Press("enter")
	s.StepUntil("1 of 2")
	s.Press("q")
	if s.Quit {
		t.Fatal("it left in the middle of a write")
	}
	s.Release()
	if !s.Quit {
		t.Errorf("it does not leave when the write is finished:\n%s", s.Text())
	}
}

func TestAFormOutlivesTheConnection(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Dir.Refuse = func(string, models.DN) error { return &models.Error{Kind: models.ErrSession, Action: "edit"} }
	s.Describe("Head of Sales")
	s.Press("enter")
	s.Shows("Signed out")
	again := uitest.NewWritable()
	s.Dir = again
	s.Send(connect.Opened{Backend: again, Profile: models.Profile{Name: "test", URL: "test://dc1", Account: "anna"}})
	s.Shows("Edit: aschmidt", "Head of Sales")
	s.Press("ctrl+s", "enter")
	s.Shows("description is now Head of Sales, verified.")
	s.Wrote("edit Anna Schmidt")
}

func TestWhatBecameOfAChangeBehindThePageIsSaid(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Press("p")
	s.Hold()
	s.Press("enter")
	s.StepUntil("go on working meanwhile")
	s.Press("esc", "j")
	s.Release()
	s.Shows("has a new password", "shows the password.", "w go back")
	s.Hides(s.Dir.Password)
	s.Press("j", "w", "v")
	s.Shows("Password of aschmidt", s.Dir.Password)
}

// Who leaves while a made password waits behind the page sees it first.
func TestLeavingShowsAPasswordThatNobodyHasSeen(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Press("p")
	s.Hold()
	s.Press("enter")
	s.StepUntil("go on working meanwhile")
	s.Press("esc")
	s.Release()
	s.Press("q")
	if s.Quit {
		t.Fatal("it left, and nobody knows the password")
	}
	s.Press("v")
	s.Shows("Password of aschmidt", s.Dir.Password)
	s.Press("esc", "q")
	if !s.Quit {
		t.Errorf("it does not leave when the password was seen:\n%s", s.Text())
	}
}
