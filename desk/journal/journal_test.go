package journal

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"dirdesk/desk/verdict"
	"dirdesk/models"
)

const account = models.DN("CN=John Doe,OU=Staff,DC=example,DC=test")

var written = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)

func opened(t *testing.T) *Journal {
	t.Helper()
	j, err := Open(filepath.Join(t.TempDir(), "state", "journal.jsonl"), func() time.Time { return written })
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// add writes down a change of the phone.
func add(t *testing.T, j *Journal, number string) {
	t.Helper()
	e := Entry{
		ID: NewID(), Action: models.Edit, DN: account,
		Fields: []Field{{Field: "telephoneNumber", Before: "555-0199", Known: true, After: number}},
	}
	for _, outcome := range []verdict.Verdict{verdict.Begun, verdict.Done} {
		e.Outcome = outcome
		if err := j.Append(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
}

func readAll(t *testing.T, j *Journal) []Entry {
	t.Helper()
	var all []Entry
	for e, err := range Read(j.Path()) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	return all
}

func checked(t *testing.T, j *Journal) Check {
	t.Helper()
	check, err := Verify(t.Context(), j.Path())
	if err != nil {
		t.Fatal(err)
	}
	if !check.Whole() {
		t.Errorf("the journal is not whole: %q", check.Problems)
	}
	return check
}

func TestJournalIsForItsOwnerOnly(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no permission bits")
	}
	j := opened(t)
	add(t, j, "1")
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
	if _, err := Open(j.Path(), nil); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(j.Path()); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("after opening it again: %v, %v", info.Mode(), err)
	}
}

// A program that dies in the middle of a write leaves it begun.
func TestJournalOfAKilledProgram(t *testing.T) {
	j := opened(t)
	if err := j.Append(t.Context(), Entry{ID: "a", Action: models.Edit, DN: account, Outcome: verdict.Begun}); err != nil {
		t.Fatal(err)
	}
	all := readAll(t, j)
	if len(all) != 1 || all[0].Outcome != verdict.Begun || all[0].Time != written {
		t.Errorf("entries %+v", all)
	}
	if check := checked(t, j); check.Begun != 1 || check.Lines != 0 {
		t.Errorf("check %+v", check)
	}
	// Its line cannot be written: it is at work on it no more, and can be settled.
	if err := errors.Join(os.Remove(j.Path()), os.Mkdir(j.Path(), 0o700)); err != nil {
		t.Fatal(err)
	}
	if err := j.Append(t.Context(), Entry{ID: "a", Action: models.Edit, DN: account, Outcome: verdict.Done}); err == nil {
		t.Fatal("a line was written into a directory")
	}
	if err := errors.Join(os.Remove(j.Path()), os.WriteFile(j.Path(), nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	if left, err := Begun(j.Path()); err != nil || len(left) != 1 {
		t.Errorf("begun are %+v, %v", left, err)
	}
	if err := j.Append(t.Context(), Entry{ID: "a", Action: models.Edit, DN: account, Outcome: verdict.Done}); err != nil {
		t.Fatal(err)
	}
	if all := readAll(t, j); len(all) != 1 || all[0].Outcome != verdict.Done {
		t.Errorf("entries after its end %+v", all)
	}
	if check := checked(t, j); check.Begun != 0 || check.Lines != 1 {
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
		{"the last line taken off", func(l []string) []string { return l[:5] }, "1 lines were missing here, the head was 6 "},
		{"the last lines taken off", func(l []string) []string { return l[:3] }, "3 lines were missing here, the head was 6 "},
		{"two lines swapped", func(l []string) []string { l[1], l[2] = l[2], l[1]; return l }, "line 2: does not follow"},
		{"a line twice", func(l []string) []string { return append(l[:2:2], l[1:]...) }, "line 3: does not follow"},
		{"cut in the middle", func(l []string) []string { l[5] = l[5][:20]; return l }, "line 6: not an entry"},
		{"a strange line", func(l []string) []string { l[3] = "hello"; return l }, "line 4: not an entry"},
	} {
		t.Run(c.name, func(t *testing.T) {
			j := opened(t)
			for _, number := range []string{"1", "2", "3", "4", "5", "6"} {
				add(t, j, "555-000"+number)
			}
			checked(t, j)
			text, err := os.ReadFile(j.Path())
			if err != nil {
				t.Fatal(err)
			}
			lines := c.alter(strings.Split(strings.TrimSpace(string(text)), "\n"))
			if err := os.WriteFile(j.Path(), []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			check, err := Verify(t.Context(), j.Path())
			if err != nil || !strings.Contains(strings.Join(check.Problems, "\n"), c.want) {
				t.Errorf("found %q, %v; want %q", check.Problems, err, c.want)
			}
		})
	}
}

// A line that was cut short after it was written is reported for ever.
func TestJournalGoesOnAfterATornLine(t *testing.T) {
	j := opened(t)
	add(t, j, "1")
	info, err := os.Stat(j.Path())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(j.Path(), info.Size()-40); err != nil {
		t.Fatal(err)
	}
	check, err := Verify(t.Context(), j.Path())
	if err != nil || len(check.Problems) == 0 || !strings.Contains(check.Problems[0], "line 1: cut short") {
		t.Errorf("found %q, %v", check.Problems, err)
	}
	add(t, j, "2")
	check, err = Verify(t.Context(), j.Path())
	if err != nil || len(check.Problems) != 2 || check.Lines != 3 {
		t.Errorf("after the next change: %+v, %v", check, err)
	}
}

func TestJournalThatIsNotThere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "none")
	for range Read(path) {
		t.Error("there is an entry")
	}
	if _, err := Verify(t.Context(), path); !errors.Is(err, models.ErrNotFound) {
		t.Errorf("verify: %v", err)
	}
	if _, err := Find(path, ""); !errors.Is(err, models.ErrNotFound) {
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
		j, err := Open(path, nil)
		if err != nil {
			t.Fatal(err)
		}
		var group sync.WaitGroup
		for range 2 {
			group.Go(func() {
				for range each {
					if err := j.Append(t.Context(), Entry{ID: NewID(), Outcome: verdict.Done}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		group.Wait()
		return
	}
	j := opened(t)
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
	if check := checked(t, j); check.Lines != 3*2*each {
		t.Errorf("%d lines, want %d", check.Lines, 3*2*each)
	}
}
