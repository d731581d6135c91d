package browse_test

import (
	"context"
	"strings"
	"testing"

	"dirdesk/models"
	"dirdesk/ui/uitest"
)

// down answers every request as a server does that cannot be reached.
func down(models.ListRequest) error {
	return &models.Error{Kind: models.ErrUnreachable, Action: "list", Server: "connection refused"}
}

func TestFailureToOpenKeepsTheRowsAndIsRetried(t *testing.T) {
	s, d := uitest.Browse(t)
	d.Fail = down
	s.Press("enter")
	s.Shows("Could not open Staff: not reachable. r tries again, ! tells more.", "Large", "r try again")
	d.Fail = nil
	s.Press("r")
	s.Shows("─ Staff ──", "Berlin")
	s.Hides("Could not")
}

func TestFailedPageIsMarkedAndRetried(t *testing.T) {
	s, d := inLarge(t, true)
	d.Fail = down
	s.Press("G")
	s.Shows("not loaded; r tries again", "Rows 99,901 to 99,999 of Large are not loaded: not reachable.")
	d.Forget()
	s.Press("k", "k", "k")
	if n := len(d.Requests()); n != 0 {
		t.Errorf("moving over rows that failed asked for them %d times by itself", n)
	}
	s.Press("g")
	s.Shows("User 00000") // what was there is there still
	d.Fail = nil
	s.Press("G", "r")
	s.Shows("User 99998")
	s.Hides("not loaded")
}

// What is tried again leaves the cursor where it has gone meanwhile.
func TestTryingAgainLeavesTheCursor(t *testing.T) {
	s, d := inLarge(t, true)
	d.Fail = down
	s.Press("r")
	s.Shows("Could not refresh Large")
	s.Press("j", "j")
	s.Shows("row 3 ")
	d.Fail = nil
	s.Press("r")
	s.Hides("Could not")
	s.Shows("row 3 ")
}

func TestFailureTellsTheServersWords(t *testing.T) {
	s, d := uitest.Browse(t)
	d.Fail = down
	s.Press("enter", "!")
	s.Shows("What went wrong", "connection refused", "Check the host")
	s.Press("esc")
	s.Shows("Could not open Staff")
}

func TestServersWordsAreMadeSafe(t *testing.T) {
	s, d := uitest.Browse(t)
	d.Fail = func(models.ListRequest) error {
		return &models.Error{Kind: models.ErrServer, Code: "\x1b]0;owned\x07", Server: "\x1b[2Jboo"}
	}
	s.Press("enter", "!")
	if raw := s.Raw(); strings.Contains(raw, "\x1b[2J") || strings.Contains(raw, "\x1b]0;") {
		t.Errorf("the server's escape sequences reach the terminal: %q", raw)
	}
}

func TestTreeNodeThatFailedIsRetried(t *testing.T) {
	s, d := uitest.Browse(t)
	s.Press("tab", "j")
	d.Fail = down
	s.Press("l")
	s.Shows("Staff (not read)", "Could not read the tree below Staff: not reachable.")
	d.Fail = nil
	s.Press("r")
	s.Shows("▾ Staff", "Berlin")
	s.Hides("(not read)", "Could not")
}

func TestDomainThatDoesNotAnswer(t *testing.T) {
	d := uitest.NewDirectory()
	d.Fail = down
	s := uitest.Start(t, uitest.Options{Backend: d})
	s.Shows("Could not ask for the domain: not reachable.", "r asks again")
	d.Fail = nil
	s.Press("r")
	s.Shows("─ corp.example.test ──")
}

// teller is a directory that knows more of an object than its listing says.
type teller struct {
	*uitest.Directory
	asked []models.DN
	err   error
}

func (d *teller) Get(_ context.Context, ref models.Ref) (models.Object, error) {
	d.asked = append(d.asked, ref.DN)
	o := models.Object{DN: ref.DN, Name: ref.DN.RDN().Value, Category: models.Person, Disabled: models.No, Locked: models.Yes}
	o.Account = &models.Account{
		LockedSince: uitest.Now().Add(-18 * 60e9), LockedUntil: uitest.Now().Add(12 * 60e9),
		MemberOf: []models.DN{"CN=Printers,OU=Groups," + uitest.Base},
	}
	return o, d.err
}

func TestDetailsAskForMoreOnceTheCursorRests(t *testing.T) {
	d := &teller{Directory: uitest.NewDirectory()}
	s := uitest.Berlin(t, uitest.Options{Backend: d, Width: 160, Height: 48})
	s.Press("j", "j", "k") // passing by asks nothing
	if len(d.asked) != 0 {
		t.Errorf("asked for %v before the cursor rested", d.asked)
	}
	s.Fire()
	if len(d.asked) != 1 || !strings.HasPrefix(string(d.asked[0]), "CN=Jörg") {
		t.Errorf("asked for %v, want Jörg only", d.asked)
	}
	s.Shows("locked since 11:42, opens", "in 12 min", "Printers")
}

func TestDetailsThatCannotBeReadSaySo(t *testing.T) {
	d := &teller{Directory: uitest.NewDirectory(), err: &models.Error{Kind: models.ErrDenied, Action: "read"}}
	s := uitest.Berlin(t, uitest.Options{Backend: d, Width: 160, Height: 48})
	s.Fire()
	s.Shows("not read: read: permission", "aschmidt@example.test")
}
