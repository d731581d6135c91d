package desk

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dirdesk/desk/journal"
	"dirdesk/desk/verdict"
	"dirdesk/models"
)

func newJournal(t *testing.T) *journal.Journal {
	t.Helper()
	j, err := journal.Open(filepath.Join(t.TempDir(), "state", "journal.jsonl"), func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// journaled is a desk that writes down.
func journaled(b Backend, j *journal.Journal) *Desk {
	return New(b, Options{
		Mode: Open, Journal: j, Settle: []time.Duration{}, Ticket: "INC-7", Now: func() time.Time { return now },
		Operator: journal.Operator{Account: "admin", LocalUser: "kim", SSHPeer: "192.0.2.7"},
	})
}

func entries(t *testing.T, j *journal.Journal) []journal.Entry {
	t.Helper()
	var all []journal.Entry
	for e, err := range journal.Read(j.Path()) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	return all
}

func whole(t *testing.T, j *journal.Journal) journal.Check {
	t.Helper()
	check, err := journal.Verify(t.Context(), j.Path())
	if err != nil {
		t.Fatal(err)
	}
	if !check.Whole() {
		t.Errorf("the journal is not whole: %q", check.Problems)
	}
	return check
}

// Who, what, when, before, after and outcome of every change.
func TestJournalHoldsEveryChange(t *testing.T) {
	w, j := newWorld(), newJournal(t)
	d := journaled(w, j)
	out := apply(t, d, phone(doe, "555-0100"))[0]
	w.trouble = deny
	apply(t, d, models.Change{Action: models.Delete, DN: roe})
	w.trouble = fine
	apply(t, d, models.Change{Action: models.Rename, DN: doe, NewName: "Jon Doe"})
	all := entries(t, j)
	if len(all) != 3 {
		t.Fatalf("%d entries, want 3: %+v", len(all), all)
	}
	e := all[0]
	if e.ID != out.Entry || e.ID == "" {
		t.Errorf("id %q, outcome says %q", e.ID, out.Entry)
	}
	if e.Plan == "" || e.Plan == all[1].Plan {
		t.Errorf("plans %q and %q", e.Plan, all[1].Plan)
	}
	e.ID, e.Plan, e.Prev, e.Hash = "", "", "", ""
	want := journal.Entry{
		Time: now, Operator: journal.Operator{Account: "admin", LocalUser: "kim", SSHPeer: "192.0.2.7"}, Backend: "a world", Server: "world://here", Realm: "example.test",
		Ticket: "INC-7", Action: models.Edit, DN: doe, Name: "jdoe", Category: models.Person,
		Fields:  []journal.Field{{Field: "telephoneNumber", Before: "555-0199", Known: true, After: "555-0100"}},
		Outcome: verdict.Done, Verified: true, Words: "jdoe: phone is now 555-0100, verified",
	}
	if fmt.Sprint(e) != fmt.Sprint(want) {
		t.Errorf("entry\n%+v, want\n%+v", e, want)
	}
	if all[1].Outcome != verdict.Failed || !strings.Contains(all[1].Error, "denied") {
		t.Errorf("of a refusal: %+v", all[1])
	}
	if all[2].NewDN != staff.Child("CN", "Jon Doe") {
		t.Errorf("new name %q", all[2].NewDN)
	}
	if check := whole(t, j); check.Lines != 3 || check.Begun != 0 {
		t.Errorf("check %+v", check)
	}
}

// A journal that cannot be written stops the write before it is sent.
func TestNoWriteWithoutJournal(t *testing.T) {
	w, j := newWorld(), newJournal(t)
	d := journaled(w, j)
	if err := errors.Join(os.Remove(j.Path()), os.Mkdir(j.Path(), 0o700)); err != nil {
		t.Fatal(err)
	}
	for _, out := range apply(t, d, phone(doe, "1"), phone(roe, "2")) {
		if out.Verdict != verdict.NotTried || !strings.Contains(out.Words, "journal cannot be written") {
			t.Errorf("%s: %s", out.Verdict, out.Words)
		}
	}
	if len(w.sent) != 0 {
		t.Errorf("sent %v", w.sent)
	}
}

// A journal that breaks during a write stops the next one, and hides nothing of
// what was done.
func TestJournalBreaksMeanwhile(t *testing.T) {
	w, j := newWorld(), newJournal(t)
	w.before = func(models.Action) {
		if err := errors.Join(os.Remove(j.Path()), os.Mkdir(j.Path(), 0o700)); err != nil {
			t.Error(err)
		}
	}
	outcomes := apply(t, journaled(w, j), phone(doe, "1"), phone(roe, "2"))
	if outcomes[0].Verdict != verdict.Done || !strings.Contains(outcomes[0].Words, "the journal says only that it was begun") || outcomes[0].Unrecorded == nil {
		t.Errorf("first: %s: %s", outcomes[0].Verdict, outcomes[0].Words)
	}
	if outcomes[1].Verdict != verdict.NotTried || len(w.sent) != 1 {
		t.Errorf("second: %s; sent %v", outcomes[1].Verdict, w.sent)
	}
}
