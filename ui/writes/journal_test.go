package writes_test

import (
	"os"
	"path/filepath"
	"testing"

	"dirdesk/desk"
	"dirdesk/desk/journal"
	"dirdesk/desk/verdict"
	"dirdesk/models"
	"dirdesk/ui/connect"
	"dirdesk/ui/uitest"
)

// The journal is searched, and shows the changes of one object alone.
func TestTheJournalIsSearched(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Press("X", "y", "j", "U", "y", "J")
	s.Shows("aschmidt", "jmueller", "Verified: 2 changes")
	s.Press("/")
	s.Type("mueller")
	s.Press("enter")
	s.Shows("jmueller", "shown are 1")
	s.Hides("able aschmidt")
	s.Press("/")
	s.Type(" nobody")
	s.Shows("No change fits")
	s.Press("esc", "f")
	s.Shows("shown are 1")
	s.Press("f")
	s.Shows("aschmidt", "jmueller")
}

// What a program that was killed had begun is told of at the start, and settled
// on the journal's page.
func TestWhatWasBegunIsToldOfAndSettled(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open, func(o *uitest.Options) {
		book := o.Desk.Journal
		dir := book.Path() + ".begun"
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		note := `{"id":"crashed","action":"edit","dn":"CN=Anna Schmidt,OU=Berlin,OU=Staff,DC=corp,DC=example,DC=test","name":"aschmidt",` +
			`"fields":[{"field":"description","before":"x","before_known":true,"after":"Head of Finance"}],"outcome":"begun","server":"test://dc1","realm":"corp.example.test"}`
		if err := os.WriteFile(filepath.Join(dir, "crashed.json"), []byte(note), 0o600); err != nil {
			t.Fatal(err)
		}
	})
	s.Send(connect.Opened{Backend: s.Dir, Profile: models.Profile{Name: "test", URL: "test://dc1", Account: "anna"}})
	s.Shows("A change was begun, and nobody wrote down how it")
	s.Press("J")
	s.Shows("begun")
	s.Press("s")
	s.Shows("Settled: every change that was begun has its line now.")
	e, err := journal.Find(s.Journal, "crashed")
	if err != nil || e.Outcome == verdict.Begun || e.Settled == nil {
		t.Errorf("%+v, %v", e, err)
	}
}
