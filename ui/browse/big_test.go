package browse_test

import (
	"strings"
	"testing"

	"dirdesk/models"
	"dirdesk/ui/uitest"
)

// inLarge starts with 99,999 people on the screen and no requests counted.
func inLarge(t testing.TB, seekable bool) (*uitest.Screen, *uitest.Directory) {
	t.Helper()
	d := uitest.NewDirectory()
	d.Facts.Seekable = seekable
	s := uitest.Start(t, uitest.Options{Backend: d})
	s.Press("j")
	d.Forget()
	s.Press("enter")
	return s, d
}

func TestFirstPagePaintsAfterOneRoundTrip(t *testing.T) {
	d := uitest.NewDirectory()
	s := uitest.Start(t, uitest.Options{Backend: d})
	s.Press("j")
	s.Hold()
	d.Forget()
	s.Press("enter")
	s.Shows("Staff", "Users") // the old rows stay meanwhile
	for s.Waiting() > 0 && s.Line("User 00000") == "" {
		s.Step()
	}
	if n := len(d.Requests()); n != 1 {
		t.Errorf("the first page was painted after %d requests, want 1", n)
	}
	s.Shows("100 of 99,999 loaded")
}

func TestLastOfManyCostsFewRequests(t *testing.T) {
	s, d := inLarge(t, true)
	d.Forget()
	s.Press("G")
	s.Shows("User 99998", "row 99,999")
	if n := len(d.Requests()); n > 2 {
		t.Errorf("going to the last of 99,999 made %d requests", n)
	}
	for _, r := range d.Requests() {
		if r.Limit > 200 || r.Limit == 0 {
			t.Errorf("going to the last asked for %d objects at once", r.Limit)
		}
	}
	s.Press("g")
	s.Under("User 00000")
}

func TestPagesAreFetchedAheadOfTheCursor(t *testing.T) {
	s, _ := inLarge(t, true)
	for range 40 { // twenty rows at a time: nothing may be missing on arrival
		s.Hold()
		s.Press("pgdown")
		if strings.Contains(s.Cursor(), "···") {
			t.Fatalf("walked into rows that were not there:\n%s", s.Text())
		}
		s.Release()
	}
}

func TestPagesAreFetchedAheadUpwardsToo(t *testing.T) {
	s, _ := inLarge(t, true)
	s.Press("G")
	for range 40 {
		s.Hold()
		s.Press("pgup")
		if strings.Contains(s.Cursor(), "···") {
			t.Fatalf("walked into rows that were not there:\n%s", s.Text())
		}
		s.Release()
	}
}

func TestFastKeysDoNotQueueRequests(t *testing.T) {
	s, d := inLarge(t, true)
	s.Hold()
	d.Forget()
	for range 500 {
		s.Press("pgdown")
	}
	s.Press("g", "G", "g", "G", "g")
	waiting := s.Waiting()
	if waiting > 6 {
		t.Errorf("505 keys left %d commands waiting", waiting)
	}
	s.Release()
	if n := len(d.Requests()); n > 8 {
		t.Errorf("505 keys on a slow line made %d requests", n)
	}
	s.Under("User 00000")
}

func TestRowsThatAreNotThereYetShowAsLoading(t *testing.T) {
	s, _ := inLarge(t, true)
	s.Hold()
	s.Press("G")
	s.Shows("···", "of 99,999 loaded")
	s.Release()
	s.Shows("User 99998")
	s.Hides("···")
}

func TestLoadTheRest(t *testing.T) {
	s, d := inLarge(t, true)
	s.Press("k", "j", "j")
	d.Forget()
	s.Press("L")
	s.Shows("99,999 objects")
	s.Under("User 00002")
	if n := len(d.Requests()); n > 1100 {
		t.Errorf("reading 99,999 objects made %d requests", n)
	}
	s.Press("L")
	s.Shows("Load the rest of this container: all of it is loaded.")
}

func TestLoadingTheRestIsStoppedByEsc(t *testing.T) {
	s, _ := inLarge(t, true)
	s.Hold()
	s.Press("L")
	for range 12 {
		s.Step()
	}
	s.Press("esc")
	s.Release()
	s.Shows("Stopped reading the rest of Large.", "of 99,999 loaded")
	s.Hides("99,999 objects")
	if s.Timers() > 1 { // the spinner's last turn at most
		t.Errorf("%d timers run on though nothing does", s.Timers())
	}
}

func TestStreamsWhereTheServerCannotSeek(t *testing.T) {
	d := uitest.NewDirectory()
	d.Facts.Seekable = false
	d.Chunk = 100
	d.Fill(uitest.Large, 5000)
	s := uitest.Start(t, uitest.Options{Backend: d})
	s.Press("j")
	d.Forget()
	s.Hold()
	s.Press("enter")
	for s.Line("300 loaded, more coming") == "" && s.Step() {
	}
	s.Shows("300 loaded, more coming")
	s.Press("esc")
	s.Shows("300 loaded, not all")
	s.Release()
	s.Shows("300 loaded, not all")
	s.Press("L")
	s.Shows("5,000 objects")
	if n := len(d.Requests()); n != 2 {
		t.Errorf("a stream, and another for the rest, made %d requests", n)
	}
}

// A page that was on the wire when Esc was pressed does not set the reading
// going again.
func TestStoppedStreamStaysStopped(t *testing.T) {
	d := uitest.NewDirectory()
	d.Facts.Seekable, d.Deaf, d.Chunk = false, true, 100
	s := uitest.Start(t, uitest.Options{Backend: d})
	s.Press("j")
	s.Hold()
	s.Press("enter")
	for s.Line("300 loaded, more coming") == "" && s.Step() {
	}
	s.Press("esc")
	s.Release()
	s.Shows("300 loaded, not all")
}

func TestStreamIsCompleteAtItsEnd(t *testing.T) {
	s, d := inLarge(t, false)
	s.Shows("99,999 objects")
	s.Press("G")
	s.Under("User 99998")
	if n := len(d.Requests()); n != 1 {
		t.Errorf("one stream made %d requests", n)
	}
}

func TestRefreshKeepsRowsAndCursor(t *testing.T) {
	for _, seekable := range []bool{true, false} {
		s, d := inLarge(t, seekable)
		s.Press("G", "k", "k")
		s.Under("User 99996")
		s.Hold()
		s.Press("r")
		s.Shows("User 99996") // the old rows stay while the new ones load
		d.Fill(uitest.Large, 100_000)
		for range 20 {
			s.Step()
			s.Shows("User 99996")
		}
		s.Release()
		s.Under("User 99996")
		if seekable {
			s.Shows("of 100,000 loaded")
		} else {
			s.Shows("100,000 objects")
		}
	}
}

func TestRefreshFollowsTheObjectNotTheRow(t *testing.T) {
	d := uitest.NewDirectory()
	base := uitest.Base.Child("OU", "Staff").Child("OU", "Berlin")
	s := uitest.Berlin(t, uitest.Options{Backend: d})
	s.Press("j", "j", "j")
	s.Under("山田")
	people := uitest.People(base)
	d.Add(base, append([]models.Object{uitest.Person(base, "Aaron New", "aaron")}, people...)...)
	s.Press("r")
	s.Shows("Aaron New", "9 objects")
	s.Under("山田")
}

func TestLateAnswersAreDropped(t *testing.T) {
	d := uitest.NewDirectory()
	d.Deaf = true // answers come although they were cancelled
	s := uitest.Start(t, uitest.Options{Backend: d})
	s.Hold()
	s.Press("enter")      // Staff
	s.Press("j", "enter") // no: Large
	s.Release()
	s.Shows("─ Large ──", "of 99,999 loaded")
	s.Hides("Berlin  ", "Staff ───")
	s.Press("[")
	s.Shows("─ corp.example.test ──") // Staff was never there
}

func TestEscCancelsWhatIsOpening(t *testing.T) {
	for _, deaf := range []bool{false, true} {
		d := uitest.NewDirectory()
		d.Deaf = deaf
		s := uitest.Start(t, uitest.Options{Backend: d})
		s.Hold()
		s.Press("enter")
		s.Fire()
		s.Shows("opening Staff, Esc stops", "Esc stop")
		s.Press("esc")
		s.Release()
		s.Shows("Stopped opening Staff.", "─ corp.example.test ──")
		s.Press("r") // does it again
		s.Shows("─ Staff ──")
	}
}

func TestIdleScreenAsksForNothing(t *testing.T) {
	s, _ := inLarge(t, true)
	for range 5 {
		s.Fire()
	}
	sent := s.Sent
	s.Fire()
	if s.Timers() != 0 || s.Sent != sent {
		t.Errorf("an idle screen has %d timers running", s.Timers())
	}
}
