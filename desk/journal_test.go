package desk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"dirdesk/models"
)

func newJournal(t *testing.T) *Journal {
	t.Helper()
	j, err := OpenJournal(filepath.Join(t.TempDir(), "state", "journal.jsonl"), func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// journaled is a desk that writes down.
func journaled(b Backend, j *Journal) *Desk {
	return New(b, Options{
		Mode: Open, Journal: j, Settle: []time.Duration{}, Ticket: "INC-7", Now: func() time.Time { return now },
		Operator: Operator{Account: "admin", LocalUser: "kim", SSHPeer: "192.0.2.7"},
	})
}

func entries(t *testing.T, j *Journal) []Entry {
	t.Helper()
	var all []Entry
	for e, err := range ReadJournal(j.Path()) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	return all
}

func whole(t *testing.T, j *Journal) JournalCheck {
	t.Helper()
	check, err := VerifyJournal(j.Path())
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
	e.ID, e.Prev, e.Hash = "", "", ""
	want := Entry{
		Time: now, Operator: Operator{"admin", "kim", "192.0.2.7"}, Backend: "a world", Server: "world://here", Realm: "example.test",
		Ticket: "INC-7", Action: models.Edit, DN: doe, Name: "jdoe", Category: models.Person,
		Fields:  []EntryField{{Field: "telephoneNumber", Before: "555-0199", Known: true, After: "555-0100"}},
		Outcome: Done, Verified: true, Words: "jdoe: phone is now 555-0100, verified",
	}
	if fmt.Sprint(e) != fmt.Sprint(want) {
		t.Errorf("entry\n%+v, want\n%+v", e, want)
	}
	if all[1].Outcome != Failed || !strings.Contains(all[1].Error, "denied") {
		t.Errorf("of a refusal: %+v", all[1])
	}
	if all[2].NewDN != staff.Child("CN", "Jon Doe") {
		t.Errorf("new name %q", all[2].NewDN)
	}
	if check := whole(t, j); check.Lines != 3 || check.Begun != 0 {
		t.Errorf("check %+v", check)
	}
}

func TestJournalIsForItsOwnerOnly(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no permission bits")
	}
	j := newJournal(t)
	apply(t, journaled(newWorld(), j), phone(doe, "1"))
	for _, path := range []string{j.Path(), headPath(j.Path())} { // the notes of what was begun are gone
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", filepath.Base(path), info.Mode())
		}
	}
	if err := os.Chmod(j.Path(), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenJournal(j.Path(), nil); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(j.Path()); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("after opening it again: %v, %v", info.Mode(), err)
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
		if out.Verdict != NotTried || !strings.Contains(out.Words, "journal cannot be written") {
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
	if outcomes[0].Verdict != Done || !strings.Contains(outcomes[0].Words, "the journal says only that it was begun") {
		t.Errorf("first: %s: %s", outcomes[0].Verdict, outcomes[0].Words)
	}
	if outcomes[1].Verdict != NotTried || len(w.sent) != 1 {
		t.Errorf("second: %s; sent %v", outcomes[1].Verdict, w.sent)
	}
}

// A program that dies in the middle of a write leaves it begun.
func TestJournalOfAKilledProgram(t *testing.T) {
	j := newJournal(t)
	if err := j.Append(Entry{ID: "a", Action: models.Edit, DN: doe, Outcome: Begun}); err != nil {
		t.Fatal(err)
	}
	all := entries(t, j)
	if len(all) != 1 || all[0].Outcome != Begun || all[0].Time != now {
		t.Errorf("entries %+v", all)
	}
	if check := whole(t, j); check.Begun != 1 || check.Lines != 0 {
		t.Errorf("check %+v", check)
	}
	if err := j.Append(Entry{ID: "a", Action: models.Edit, DN: doe, Outcome: Done}); err != nil {
		t.Fatal(err)
	}
	if all := entries(t, j); len(all) != 1 || all[0].Outcome != Done {
		t.Errorf("entries after its end %+v", all)
	}
	if check := whole(t, j); check.Begun != 0 || check.Lines != 1 {
		t.Errorf("check after its end %+v", check)
	}
}

// Whatever is done to the lines is found.
func TestVerifyFindsWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		name  string
		alter func(lines []string) []string
		want  string
	}{
		{"a value altered", func(l []string) []string { l[2] = strings.Replace(l[2], "555-0003", "555-9999", 1); return l }, "line 3: altered"},
		{"a hash altered", func(l []string) []string { l[2] = strings.Replace(l[2], `"hash":"`, `"hash":"0`, 1); return l }, "line 3: not an entry"},
		{"a line taken out", func(l []string) []string { return append(l[:2:2], l[3:]...) }, "line 3: does not follow"},
		{"the first lines taken out", func(l []string) []string { return l[2:] }, "line 1: lines before it are missing"},
		{"the last line taken off", func(l []string) []string { return l[:5] }, "1 lines are missing at the end"},
		{"the last lines taken off", func(l []string) []string { return l[:3] }, "3 lines are missing at the end"},
		{"two lines swapped", func(l []string) []string { l[1], l[2] = l[2], l[1]; return l }, "line 2: does not follow"},
		{"a line twice", func(l []string) []string { return append(l[:2:2], l[1:]...) }, "line 3: does not follow"},
		{"cut in the middle", func(l []string) []string { l[5] = l[5][:20]; return l }, "line 6: not an entry"},
		{"a strange line", func(l []string) []string { l[3] = "hello"; return l }, "line 4: not an entry"},
	} {
		t.Run(c.name, func(t *testing.T) {
			j := newJournal(t)
			d := journaled(newWorld(), j)
			for _, number := range []string{"1", "2", "3", "4", "5", "6"} {
				apply(t, d, phone(doe, "555-000"+number))
			}
			whole(t, j)
			text, err := os.ReadFile(j.Path())
			if err != nil {
				t.Fatal(err)
			}
			lines := c.alter(strings.Split(strings.TrimSpace(string(text)), "\n"))
			if err := os.WriteFile(j.Path(), []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			check, err := VerifyJournal(j.Path())
			if err != nil || !strings.Contains(strings.Join(check.Problems, "\n"), c.want) {
				t.Errorf("found %q, %v; want %q", check.Problems, err, c.want)
			}
		})
	}
}

// A line that a crash cut short is reported, and what comes after it is whole.
func TestJournalGoesOnAfterATornLine(t *testing.T) {
	j := newJournal(t)
	d := journaled(newWorld(), j)
	apply(t, d, phone(doe, "1"))
	info, err := os.Stat(j.Path())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(j.Path(), info.Size()-40); err != nil {
		t.Fatal(err)
	}
	check, err := VerifyJournal(j.Path())
	if err != nil || len(check.Problems) == 0 || !strings.Contains(check.Problems[0], "line 1: cut short") {
		t.Errorf("found %q, %v", check.Problems, err)
	}
	apply(t, d, phone(doe, "2"))
	check, err = VerifyJournal(j.Path())
	if err != nil || len(check.Problems) != 1 || check.Lines != 2 {
		t.Errorf("after the next change: %+v, %v", check, err)
	}
}

func TestJournalThatIsNotThere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "none")
	for range ReadJournal(path) {
		t.Error("there is an entry")
	}
	if _, err := VerifyJournal(path); !errors.Is(err, models.ErrNotFound) {
		t.Errorf("verify: %v", err)
	}
	if _, err := FindEntry(path, ""); !errors.Is(err, models.ErrNotFound) {
		t.Errorf("find: %v", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Error("reading made it")
	}
}

// Several programs, each with several goroutines, write one unbroken chain.
func TestJournalOfSeveralProcesses(t *testing.T) {
	const path = "DESK_TEST_JOURNAL"
	const each = 25
	if path := os.Getenv(path); path != "" {
		j, err := OpenJournal(path, nil)
		if err != nil {
			t.Fatal(err)
		}
		var group sync.WaitGroup
		for range 2 {
			group.Go(func() {
				for range each {
					if err := j.Append(Entry{ID: newID(), Outcome: Done}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		group.Wait()
		return
	}
	j := newJournal(t)
	var group sync.WaitGroup
	for range 3 {
		group.Go(func() {
			command := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestJournalOfSeveralProcesses$")
			command.Env = append(os.Environ(), path+"="+j.Path())
			if out, err := command.CombinedOutput(); err != nil {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
	group.Wait()
	if check := whole(t, j); check.Lines != 3*2*each {
		t.Errorf("%d lines, want %d", check.Lines, 3*2*each)
	}
}
