package journal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"dirdesk/desk/verdict"
	"dirdesk/models"
)

// written gives a journal of four lines, with its lines and its head.
func four(t *testing.T) (j *Journal, lines []string, head string) {
	t.Helper()
	j = opened(t)
	for _, number := range []string{"1", "2", "3", "4"} {
		add(t, j, number)
	}
	return j, linesOf(t, j), read(t, headPath(j.Path()))
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func linesOf(t *testing.T, j *Journal) []string {
	t.Helper()
	return strings.SplitAfter(strings.TrimSuffix(read(t, j.Path()), "\n"), "\n")
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

// What was taken away is told for ever: dirdesk's own next line does not mend it.
func TestWhatWasTakenAwayIsToldForEver(t *testing.T) {
	for _, c := range []struct {
		name string
		cut  func(t *testing.T, j *Journal, lines []string, head string)
		want string
	}{
		{"the last two lines", func(t *testing.T, j *Journal, lines []string, _ string) {
			write(t, j.Path(), strings.Join(lines[:2], ""))
		}, "2 lines were missing here, the head was 4 "},
		{"all lines", func(t *testing.T, j *Journal, _ []string, _ string) {
			write(t, j.Path(), "")
		}, "4 lines were missing here, the head was 4 "},
		{"the file", func(t *testing.T, j *Journal, _ []string, _ string) {
			remove(t, j.Path())
		}, "4 lines were missing here, the head was 4 "},
		{"the end of the last line", func(t *testing.T, j *Journal, lines []string, _ string) {
			write(t, j.Path(), strings.Join(lines, "")[:len(strings.Join(lines, ""))-50])
		}, "1 lines were missing here, the head was 4 "},
		{"the head", func(t *testing.T, j *Journal, _ []string, _ string) {
			remove(t, headPath(j.Path()))
		}, "the file that counts the lines was missing"},
		{"what the head says", func(t *testing.T, j *Journal, _ []string, _ string) {
			write(t, headPath(j.Path()), "")
		}, "the file that counts the lines was missing"},
		{"the head of the last changes", func(t *testing.T, j *Journal, _ []string, head string) {
			add(t, j, "5")
			add(t, j, "6")
			write(t, headPath(j.Path()), head)
		}, "the head was older than the journal here: it was line 4, "},
		{"the head of the last change", func(t *testing.T, j *Journal, _ []string, head string) {
			add(t, j, "5")
			write(t, headPath(j.Path()), head)
		}, "the head was older than the journal here: it was line 4, "},
	} {
		t.Run(c.name, func(t *testing.T) {
			j, lines, head := four(t)
			c.cut(t, j, lines, head)
			for i := range 4 {
				check, err := Verify(t.Context(), j.Path())
				if c.name == "the file" && i == 0 {
					if !errors.Is(err, models.ErrNotFound) {
						t.Errorf("without a file: %v", err)
					}
				} else if text := strings.Join(check.Problems, "\n"); err != nil || !strings.Contains(text, c.want) {
					t.Fatalf("after %d more changes: %q, %v; want %q", i, text, err, c.want)
				}
				add(t, j, "9")
			}
			told := slices.DeleteFunc(readGap(t, j), func(e Entry) bool { return e.Action != LinesMissing })
			if len(told) != 1 || !strings.Contains(told[0].Words, c.want) {
				t.Errorf("the journal tells %+v", told)
			}
		})
	}
}

// readGap gives the entries, whatever else the lines hold.
func readGap(t *testing.T, j *Journal) (all []Entry) {
	t.Helper()
	for e, err := range Read(j.Path()) {
		if err == nil {
			all = append(all, e)
		}
	}
	return all
}

// Nobody is accused of what a program leaves that dies between two of its steps.
func TestAProgramThatDiesLeavesAWholeJournal(t *testing.T) {
	j, lines, before := four(t)
	first, _, _ := strings.Cut(before, "\n")
	last, _ := hashOf([]byte(strings.TrimSuffix(lines[3], "\n")))
	third, _ := hashOf([]byte(strings.TrimSuffix(lines[2], "\n")))
	announced := head{3, third}.String() + head{4, last}.String()
	for name, c := range map[string]struct{ text, head string }{
		"before the line, which it announced": {strings.Join(lines[:3], ""), announced},
		"after the line":                      {strings.Join(lines, ""), announced},
		"in the middle of the line":           {strings.Join(lines[:3], "") + lines[3][:30], announced},
		"before the end of the line":          {strings.TrimSuffix(strings.Join(lines, ""), "\n"), announced},
		"in the middle of the head":           {strings.Join(lines, ""), "0000000" + head{4, last}.String()[7:20] + "\n" + head{4, last}.String()},
		"a version of before, after its line": {strings.Join(lines, ""), head{3, third}.String()},
		"a version of before":                 {strings.Join(lines, ""), first + "\n"},
	} {
		t.Run(name, func(t *testing.T) {
			j := opened(t)
			write(t, j.Path(), c.text)
			write(t, headPath(j.Path()), c.head)
			checked(t, j)
			add(t, j, "9")
			checked(t, j)
			add(t, j, "9")
			checked(t, j)
		})
	}
	checked(t, j)
}

// A line that is longer than any is one problem, and hides nothing else.
func TestALineOfNineMegabytes(t *testing.T) {
	j, lines, _ := four(t)
	e := Entry{ID: NewID(), Action: models.Edit, DN: account, Outcome: verdict.Begun}
	for range 9 << 10 {
		e.Fields = append(e.Fields, Field{Field: "description", After: strings.Repeat("x", 1<<10)})
	}
	if err := j.Append(t.Context(), e); err == nil || !strings.Contains(err.Error(), "several parts") {
		t.Errorf("a change of 9 MB was begun: %v", err)
	}
	left, err := os.ReadDir(begunDir(j.Path()))
	if err != nil || len(left) != 0 {
		t.Errorf("it left %v, %v", left, err)
	}
	checked(t, j)
	// What a server says cannot keep a change from being written down.
	e = Entry{ID: NewID(), Action: models.Edit, DN: account, Outcome: verdict.Failed, Error: strings.Repeat("é\x01", 3<<20)}
	if err := j.Append(t.Context(), e); err != nil {
		t.Error(err)
	}
	checked(t, j)
	write(t, j.Path(), lines[0]+strings.Repeat("z", 9<<20)+"\n"+strings.Join(lines[1:], ""))
	check, err := Verify(t.Context(), j.Path())
	if text := strings.Join(check.Problems, "\n"); err != nil || !strings.Contains(text, "line 2: longer than any") {
		t.Errorf("found %q, %v", text, err)
	}
	if n := len(readGap(t, j)); n != 4 {
		t.Errorf("%d entries can be read, want 4", n)
	}
}

// Where the head cannot be written, nothing is begun.
func TestAHeadThatCannotBeWritten(t *testing.T) {
	j, _, before := four(t)
	remove(t, headPath(j.Path()))
	if err := os.Mkdir(headPath(j.Path()), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := j.Append(t.Context(), Entry{ID: "a", Action: models.Edit, DN: account, Outcome: verdict.Begun}); err == nil {
		t.Error("it was begun")
	}
	if left, err := os.ReadDir(begunDir(j.Path())); err != nil || len(left) != 0 {
		t.Errorf("left %v, %v", left, err)
	}
	remove(t, headPath(j.Path()))
	write(t, headPath(j.Path()), before)
	checked(t, j)
}

// Another program that holds the journal is told of, and Ctrl-C ends the wait.
func TestWaitingForAnotherProgram(t *testing.T) {
	j, _, _ := four(t)
	file, release, err := openLocked(t.Context(), j.Path(), os.O_RDWR)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	said := ""
	ctx = models.WithListener(ctx, models.Listener{Progress: func(words string) { said = words; cancel() }})
	began := time.Now()
	err = j.Append(ctx, Entry{ID: "a", Action: models.Edit, DN: account, Outcome: verdict.Begun})
	if !errors.Is(err, context.Canceled) || !strings.Contains(said, "waiting for the journal") || time.Since(began) < lockQuiet {
		t.Errorf("after %v it said %q and ended with %v", time.Since(began), said, err)
	}
	if _, err := Verify(ctx, j.Path()); !errors.Is(err, context.Canceled) {
		t.Errorf("the check ended with %v", err)
	}
	if err := release(); err != nil || file == nil {
		t.Fatal(err)
	}
	add(t, j, "5")
	if check := checked(t, j); check.Begun != 0 || check.Lines != 5 {
		t.Errorf("check %+v", check)
	}
}

// Where the disk is full, a line that was begun finds the room that its note kept.
func TestADiskThatIsFull(t *testing.T) {
	if runtime.GOOS != "linux" || os.Geteuid() != 0 {
		t.Skip("needs a small file system")
	}
	small := t.TempDir()
	if out, err := exec.CommandContext(t.Context(), "mount", "-t", "tmpfs", "-o", "size=256k,mode=700", "tmpfs", small).CombinedOutput(); err != nil {
		t.Skipf("no small file system: %v: %s", err, out)
	}
	t.Cleanup(func() { _ = exec.CommandContext(context.WithoutCancel(t.Context()), "umount", small).Run() })
	j, err := Open(filepath.Join(small, "journal.jsonl"), nil)
	if err != nil {
		t.Fatal(err)
	}
	add(t, j, "1")
	e := Entry{ID: NewID(), Action: models.Edit, DN: account, Outcome: verdict.Begun}
	for i := range 200 {
		e.Members = append(e.Members, models.DN(fmt.Sprintf("CN=member %d,%s", i, account)))
	}
	if err := j.Append(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	if err := exec.CommandContext(t.Context(), "dd", "if=/dev/zero", "of="+filepath.Join(small, "full"), "bs=4k").Run(); err == nil {
		t.Fatal("the disk is not full")
	}
	if err := j.Append(t.Context(), Entry{ID: "x", Action: models.Edit, DN: account, Outcome: verdict.Begun}); err == nil {
		t.Error("another was begun")
	}
	e.Outcome = verdict.Done
	if err := j.Append(t.Context(), e); err != nil {
		t.Errorf("its line found no room: %v", err)
	}
	if check := checked(t, j); check.Lines != 2 || check.Begun != 0 {
		t.Errorf("check %+v", check)
	}
}
