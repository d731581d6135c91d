package ui_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dirdesk/desk"
	"dirdesk/desk/journal"
	"dirdesk/models"
	"dirdesk/ui/uitest"
)

// clock is the time of a test, which it moves on itself.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

// writing is a screen over a directory that can be changed, with Berlin's
// objects in sight.
type writing struct {
	*uitest.Screen
	dir     *uitest.Writable
	clock   *clock
	journal string // its path
}

func write(t *testing.T, mode desk.Mode, change ...func(*uitest.Options)) *writing {
	t.Helper()
	w := &writing{dir: uitest.NewWritable(), clock: &clock{uitest.Now()}}
	w.dir.Sync = []models.SyncStatus{{Words: "finish", Known: true, Done: true}}
	w.journal = filepath.Join(t.TempDir(), "journal.jsonl")
	book, err := journal.Open(w.journal, w.clock.now)
	if err != nil {
		t.Fatal(err)
	}
	o := uitest.Options{Backend: w.dir, Desk: &desk.Options{
		Mode: mode, Journal: book, Now: w.clock.now,
		Operator: journal.Operator{Account: "anna", LocalUser: "anna", SSHPeer: "192.0.2.7"}, Ticket: "INC-7",
	}}
	for _, f := range change {
		f(&o)
	}
	w.Screen = uitest.Berlin(t, o)
	return w
}

// wrote fails the test unless these are all the writes that were asked for.
func (w *writing) wrote(calls ...string) {
	w.T.Helper()
	var made []string
	for _, line := range w.dir.Writes {
		call, dn, _ := strings.Cut(line, " CN=")
		name, _, _ := strings.Cut(dn, ",")
		made = append(made, strings.TrimSpace(call+" "+name))
	}
	if !slices.Equal(made, calls) {
		w.T.Fatalf("written was %q, not %q:\n%s", made, calls, w.Text())
	}
}

// describe fills in a new description of the user under the cursor.
func (w *writing) describe(text string) {
	w.T.Helper()
	w.Press("e", "tab", "tab", "tab", "tab", "ctrl+u")
	w.Type(text)
	w.Press("ctrl+s")
}

func TestEditShowsBeforeAndAfterAndSaysWhatWasVerified(t *testing.T) {
	s := write(t, desk.Open)
	s.describe("Head of Sales")
	s.Shows("What would change", "Head of Finance -> Head of Sales", "Edit aschmidt?")
	s.wrote()
	s.Press("enter")
	s.Shows("aschmidt: description is now Head of Sales, verified.")
	s.wrote("edit Anna Schmidt")
	s.Resize(120, 40)
	s.Fire()
	s.Shows("Description  Head of Sales")
}

func TestTheFirstWriteAsksOnceAndDefaultsToNo(t *testing.T) {
	s := write(t, desk.Ask)
	s.Shows("READ-ONLY")
	s.describe("Head of Sales")
	s.Press("enter")
	s.Shows("Allow changes on corp.example.test for 15 minutes?")
	s.Press("enter") // no
	s.Shows("Edit: aschmidt", "Head of Sales", "READ-ONLY")
	s.wrote()
	s.Press("ctrl+s", "enter", "y")
	s.Shows("CHANGES ALLOWED, 15 min left", "verified")
	s.describe("Head of Staff")
	s.Press("enter")
	s.Shows("description is now Head of Staff") // not asked again
}

func TestAMadePasswordTakesFourKeys(t *testing.T) {
	for name, keys := range map[string][]string{
		"set, read-only": {"p", "enter", "y", "v"}, "rescue, read-only": {"R", "y", "y", "v"},
	} {
		s := write(t, desk.Ask)
		s.Press(keys...)
		if s.dir.Password == "" {
			t.Fatalf("%s: no password was set:\n%s", name, s.Text())
		}
		s.Shows(s.dir.Password, "Password of aschmidt", "to be changed at the next logon, verified")
		s.Press("esc")
		s.Hides(s.dir.Password)
		s.Press("J", "enter")
		s.Hides(s.dir.Password)
		s.Shows("INC-7", "192.0.2.7")
	}
}

func TestRescueUnlocksToo(t *testing.T) {
	s := write(t, desk.Open)
	s.Press("j", "R")
	s.Shows("Set a new password for jmueller", "Unlock jmueller")
	s.Press("esc")
	s.wrote()
	s.Press("R")
	s.Type("2")
	s.Press("enter")
	s.wrote("set password Jörg Müller", "unlock Jörg Müller")
	s.Press("v")
	s.Shows(s.dir.Password)
	s.Press("esc")
	if line := s.Line("jmueller"); strings.Contains(line, "locked") {
		t.Errorf("the row still says: %s", line)
	}
}

func TestDeletingOneDefaultsToNo(t *testing.T) {
	for _, key := range []string{"enter", "n", "esc"} {
		s := write(t, desk.Open)
		s.Press("D")
		s.Shows("Delete the user aschmidt?", "y yes   N no")
		s.Press(key)
		s.Shows("Nothing was changed.", "Anna Schmidt")
		s.wrote()
	}
}

func TestNothingIsShownAsGoneBeforeTheServerSaidSo(t *testing.T) {
	s := write(t, desk.Open)
	s.Press("D")
	s.Hold()
	s.Press("y")
	s.Shows("Anna Schmidt", "delete the user aschmidt")
	s.Press("j") // going on meanwhile
	s.Release()
	s.Shows("aschmidt: is gone, verified.", "7 objects")
	s.Hides("Anna Schmidt")
	s.Screen.Under("Jörg")
}

func TestDeletingSeveralTakesTheirNumber(t *testing.T) {
	s := write(t, desk.Open)
	s.Press("space", "j", "space", "D")
	s.Shows("Delete 2 objects?", "Type 2 to go on:")
	s.Press("y", "enter")
	s.Shows("that is not the number")
	s.wrote()
	s.Press("backspace", "2", "enter")
	s.wrote("delete Anna Schmidt", "delete Олена Коваль")
	s.Shows("2 done. w tells each.", "6 objects")
	s.Press("w")
	s.Shows("aschmidt: is gone, verified", "okoval: is gone, verified")
}

func TestDeletingAFullContainerTakesTheNumber(t *testing.T) {
	s := write(t, desk.Open)
	s.Press("backspace", "D")
	s.Shows("9 objects will be gone.", "Type 9 to go on:")
	s.Press("9", "enter")
	s.Shows("is gone, verified")
	if line := s.Line("Berlin"); strings.Contains(line, "OU") || strings.Contains(line, "·") {
		t.Errorf("Berlin is still there: %s", line)
	}
}

func TestANewUserIsSyncedByItself(t *testing.T) {
	s := write(t, desk.Open)
	s.Press("n")
	s.Shows("New, in Berlin")
	s.Press("u")
	s.Type("Zoe")
	s.Press("tab")
	s.Type("Zimmer")
	s.Press("ctrl+s")
	s.Shows("Create the user zzimmer", "zzimmer@corp.example.test")
	s.Hold()
	s.Press("enter")
	s.StepUntil("Password of zzimmer")
	s.Press("esc")
	s.StepUntil("not yet in DSM")
	s.Shows("syncing to DSM")
	s.Release()
	s.Shows("Synced: zzimmer can be used in DSM now")
	s.Hides("not yet in DSM")
	s.Screen.Under("zzimmer")
	s.wrote("create user zzimmer", "sync")
}

func TestNewGroupAndOU(t *testing.T) {
	s := write(t, desk.Open)
	s.Press("n", "g")
	s.Type("Lunch")
	s.Press("ctrl+s", "enter")
	s.Shows("Lunch: is now in Berlin, verified")
	s.Screen.Under("Lunch")
	s.Press("n", "o")
	s.Type("Archive")
	s.Press("ctrl+s", "enter")
	s.Shows("Archive: is now in Berlin, verified", "▸ Berlin") // it holds a container now, so the tree can be opened there
	s.Screen.Under("Archive")
}

func TestEnableDisableRenameMove(t *testing.T) {
	s := write(t, desk.Open)
	s.Press("X", "y")
	s.Shows("aschmidt: is now disabled, verified.")
	if line := s.Line("Anna Schmidt"); !strings.Contains(line, "disabled") {
		t.Errorf("the row is %q", line)
	}
	s.Press("X")
	s.Shows("Enable aschmidt?")
	s.Press("esc", "N", "ctrl+u")
	s.Type("Anna Meyer")
	s.Press("ctrl+s", "enter")
	s.Screen.Under("Anna Meyer")
	s.Press("m")
	s.Type("OU=Kyiv,OU=Staff," + string(uitest.Base))
	s.Press("enter", "enter")
	s.Hides("Anna Meyer  ")
	s.Shows("7 objects")
}

func TestRowsAreReadAnewOverAStreamToo(t *testing.T) {
	s := write(t, desk.Open, func(o *uitest.Options) { o.Backend.(*uitest.Writable).Facts.Seekable = false })
	s.Press("X", "y")
	if line := s.Line("Anna Schmidt"); !strings.Contains(line, "disabled") {
		t.Errorf("the row is %q", line)
	}
	s.Press("j", "j", "space", "D", "y")
	s.Shows("jmueller: is gone, verified.", "7 objects")
	s.Hides("Jörg", "marked,")
	s.Press("n", "g")
	s.Type("Lunch")
	s.Press("ctrl+s", "enter")
	s.Screen.Under("Lunch")
}
