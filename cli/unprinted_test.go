package cli

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"syscall"
	"testing"

	"dirdesk/desk"
	"dirdesk/desk/verdict"
)

// brokenOut is an output that nothing can be written to.
type brokenOut struct {
	err   error
	tried int
}

func (b *brokenOut) Write([]byte) (int, error) {
	b.tried++
	return 0, b.err
}

// What was agreed to is done although it cannot be printed, and the exit code tells
// what became of it: who closed the pipe has seen enough, a full disk is said, and
// nobody gets a password that nobody can see.
func TestOutcomesThatCannotBePrinted(t *testing.T) {
	passwords := []string{"user", "passwd", "lmayr", "idvorakova", "--generate", "--show-password"}
	for _, test := range []struct {
		name  string
		args  []string
		fails error
		code  int
		tried int // how often something was to be printed: outcomes, and the texts for the ticket
		words []string
	}{
		{"a pipe that was closed", []string{"user", "disable", "lmayr", "idvorakova"}, syscall.EPIPE, 0, 2, nil},
		{"a pipe that was closed before a refusal", []string{"user", "unlock", "nobody"}, syscall.EPIPE, 1, 0, []string{"nobody"}},
		{"a full disk", []string{"user", "disable", "lmayr", "idvorakova"}, syscall.ENOSPC, 1, 2, []string{"could not be printed"}},
		{"a full disk, and json", []string{"user", "disable", "lmayr", "idvorakova", "--format", "json"}, syscall.ENOSPC, 1, 1, []string{"could not be printed"}},
		{"passwords", passwords, syscall.EPIPE, 1, 2, []string{"1 done, 0 failed, 0 unknown, 1 not tried", "nobody has seen the password"}},
		{"passwords as json", append([]string{"--format", "json"}, passwords...), syscall.ENOSPC, 1, 1, []string{"nobody has seen the password"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var said bytes.Buffer
			out := &brokenOut{err: test.fails}
			home := t.TempDir()
			code := Main(append(test.args, "--demo=ldap", "--objects", "3", "--yes"), Streams{In: strings.NewReader(""), Out: out, Err: &said, Getenv: func(name string) string {
				return map[string]string{"XDG_STATE_HOME": home, "XDG_CONFIG_HOME": home, "HOME": home}[name]
			}})
			if code != test.code || out.tried != test.tried {
				t.Errorf("exit code %d, want %d; %d outputs, want %d:\n%s", code, test.code, out.tried, test.tried, said.String())
			}
			for _, words := range test.words {
				if !strings.Contains(said.String(), words) {
					t.Errorf("%q is not said:\n%s", words, said.String())
				}
			}
		})
	}
}

// A change that the journal has no line of is not fine, although it was made.
func TestExitOfAChangeThatIsNotWrittenDown(t *testing.T) {
	var said bytes.Buffer
	p := newProgram(Streams{Out: io.Discard, Err: &said, Getenv: func(string) string { return "" }}, connectionFlags{})
	r := p.newChange().newReport(1)
	r.add(desk.Outcome{Verdict: verdict.Done, Words: "x", Unrecorded: errors.New("the journal cannot be written")})
	r.end()
	if code := p.report(r.verdict()); code != 1 || !strings.Contains(said.String(), "the journal cannot be written") {
		t.Errorf("exit code %d: %s", code, said.String())
	}
}
