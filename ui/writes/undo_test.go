package writes_test

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"dirdesk/desk"
	"dirdesk/desk/journal"
	"dirdesk/models"
	"dirdesk/ui/uitest"
)

func TestUndoShowsThePlanAndTakesBack(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Press("u")
	s.Shows("Take the last change back: nothing was changed")
	s.Describe("Head of Sales")
	s.Press("enter", "u")
	s.Shows("Head of Sales -> Head of Finance")
	s.Press("enter")
	s.Shows("description is now Head of Finance, verified.")
	s.Press("u")
	s.Shows("Every change of this session was taken back already", "This cannot be taken back")
}

func TestUndoFromTheJournal(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Describe("One")
	s.Press("enter", "X", "y", "J")
	s.Shows("Verified: 2 changes", "done      disable aschmidt", "done      edit aschmidt", "[INC-7]")
	s.Press("j", "enter")
	s.Shows("Head of Finance -> One", "done, verified", "192.0.2.7")
	s.Press("u")
	s.Shows("One -> Head of Finance")
	s.Press("enter", "J")
	s.Shows("edit aschmidt (taken back)", "Verified: 3 changes")
	s.Press("j", "j", "u")
	s.Shows("it was taken back already")
	s.Press("esc")
	s.Wrote("edit Anna Schmidt", "disable Anna Schmidt", "edit Anna Schmidt")
}

func TestWhatCannotBeTakenBackSaysSo(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Press("p", "enter", "v", "esc", "u")
	s.Shows("This cannot be taken back", "password")
	s.Press("enter")
	s.Wrote("set password Anna Schmidt")
}

func TestADeletedUserCanBeMadeAnewWithItsGroups(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Press("+")
	s.Type("finance")
	s.Fire() // the search waits for a pause in the typing
	s.Press("enter", "enter")
	s.Shows("verified")
	s.Press("D", "y", "u")
	s.Shows("This cannot be taken back", "Make a new user with the same fields")
	s.Press("y")
	s.Shows("Create the user Anna Schmidt (aschmidt)", "Head of Finance")
	s.Press("enter")
	s.Shows("Add aschmidt to Finance Readers")
	s.Press("enter", "v")
	s.Shows("Password of aschmidt", s.Dir.Password)
	s.Press("esc")
	s.Wrote("add members Finance Readers", "delete Anna Schmidt", "create user aschmidt", "sync", "add members Finance Readers")
}

func TestDecliningTheGroupsStillShowsThePassword(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Press("+")
	s.Type("finance")
	s.Fire()
	s.Press("enter", "enter", "D", "y", "u", "y", "enter")
	s.Shows("Add aschmidt to Finance Readers")
	s.Press("esc", "v")
	s.Shows("Password of aschmidt", s.Dir.Password)
}

func TestARawRequestIsAskedForAndItsAnswerIsSafe(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Ask)
	s.Press(":")
	s.Type("raw request")
	s.Press("enter")
	s.Shows("Raw request", "Sent as typed")
	s.Type(`[{"api":"A","method":"b`)
	s.Press("ctrl+s")
	s.Shows("This is no JSON.")
	s.Type(`"}]`)
	s.Press("ctrl+s")
	s.Shows("Allow changes on corp.example.test")
	s.Press("y", "ctrl+s")
	s.Shows("Send this to the server as it stands?")
	s.Press("y")
	s.Shows(`"api": "A"`, `"success": true`)
	s.Press("esc", "esc", "J")
	s.Shows("raw request A.b")
}

func TestASyncByHandAndOneThatFails(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Press("Y")
	s.Shows("Synced: DSM knows the domain's accounts")
	s.Wrote("sync")
	s.Dir.Sync = []models.SyncStatus{{Words: "asleep"}, {Words: "finish", Known: true, Done: true}}
	s.Hold()
	s.Press("Y")
	s.StepUntil(`DSM says "asleep"`)
	s.Release()
	s.Shows("Synced")
	if n := strings.Count(strings.Join(s.Dir.Writes, " "), "sync"); n != 2 {
		t.Errorf("%d syncs were started", n)
	}
}

func TestASyncThatIsRefusedOrSilent(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Dir.SyncErr = &models.Error{Kind: models.ErrBusy, Action: "sync", Code: "2626", Advice: "One is running: wait for it."}
	s.Press("Y")
	s.Shows("The sync to DSM did not finish: busy (2626). One is running: wait for it. Y ", "starts another")
	s.Dir.SyncErr = nil
	s.Hold()
	s.Press("Y")
	s.Shows("syncing to DSM, 0s")
	s.Clock.At = s.Clock.At.Add(42 * time.Second)
	s.Shows("no answer for 42s")
	s.Press("Y")
	s.Shows("a sync is under way")
	s.Release()
	s.Hides("syncing to DSM")
}

func TestAnAlteredJournalSaysSo(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Describe("One")
	s.Press("enter")
	text, err := os.ReadFile(s.Journal)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(s.Journal, bytes.Replace(text, []byte(`"after":"One"`), []byte(`"after":"Two"`), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	s.Press("J")
	s.Shows("ALTERED")
	s.Hides("no line is missing")
}

// What a colleague wrote since is put back only by a yes for this one object.
func TestUndoAsksBeforeItOverwritesWhatIsNewer(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	anna := models.DN("CN=Anna Schmidt,OU=Berlin,OU=Staff," + string(uitest.Base))
	s.Describe("One")
	s.Press("enter")
	s.Dir.Update(anna, func(o *models.Object) { o.Description = "Theirs" })
	s.Press("u")
	s.Shows("There is a newer value", "Anna Schmidt (aschmidt), Staff", "description is Theirs now. Put the", "old Head of Finance over it?", "y yes   N no")
	s.Press("enter") // which is no
	s.Shows("Not possible", "it is Theirs now", "Nothing would be changed")
	s.Press("esc", "u", "y")
	s.Shows("Theirs -> Head of Finance")
	s.Dir.Update(anna, func(o *models.Object) { o.Description = "Theirs again" })
	s.Press("enter")
	s.Shows("description was changed meanwhile")
	s.Press("u")
	s.Shows("description is Theirs again now")
	s.Press("y", "enter")
	s.Shows("description is now Head of Finance, verified")
}

// An entry that does not say which object it was is a question of its own, that
// names who is there.
func TestUndoOfAnEntryThatNamesNobodyAsks(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Describe("One")
	s.Press("enter")
	book, err := journal.Open(s.Journal, nil)
	if err != nil {
		t.Fatal(err)
	}
	for e, err := range journal.Read(s.Journal) {
		if err != nil {
			t.Fatal(err)
		}
		e.ID, e.Plan, e.GUID, e.Domain, e.Prev, e.Hash = journal.NewID(), "", "", "", "", ""
		if err := book.Append(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	s.Press("J", "u")
	s.Shows("One -> Head of Finance")
	s.Press("enter")
	s.Shows("It is not known which object this was", "there now: user Anna Schmidt", "CN=Anna Schmidt,OU=Berlin", "on all the same?")
	s.Press("enter")
	s.Shows("Nothing was changed.")
	s.Press("J", "u", "enter", "y")
	s.Shows("description is now Head of Finance, verified")
}
