package uitest

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dirdesk/desk"
	"dirdesk/desk/journal"
	"dirdesk/models"
)

// Clock is the time of a test, which it moves on itself.
type Clock struct{ At time.Time }

func (c *Clock) now() time.Time { return c.At }

// Writing is a screen over a directory that can be changed, with Berlin's
// objects in sight.
type Writing struct {
	*Screen
	Dir     *Writable
	Clock   *Clock
	Journal string // its path
}

// Write starts a screen on which changes are allowed as the mode says.
func Write(t *testing.T, mode desk.Mode, change ...func(*Options)) *Writing {
	t.Helper()
	w := &Writing{Dir: NewWritable(), Clock: &Clock{Now()}}
	w.Dir.Sync = []models.SyncStatus{{Words: "finish", Known: true, Done: true}}
	w.Journal = filepath.Join(t.TempDir(), "journal.jsonl")
	book, err := journal.Open(w.Journal, w.Clock.now)
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Backend: w.Dir, Desk: &desk.Options{
		Mode: mode, Journal: book, Now: w.Clock.now,
		Operator: journal.Operator{Account: "anna", LocalUser: "anna", SSHPeer: "192.0.2.7"}, Ticket: "INC-7",
	}}
	for _, f := range change {
		f(&o)
	}
	w.Screen = Berlin(t, o)
	return w
}

// Wrote fails the test unless these are all the writes that were asked for.
func (w *Writing) Wrote(calls ...string) {
	w.T.Helper()
	var made []string
	for _, line := range w.Dir.Writes {
		call, dn, _ := strings.Cut(line, " CN=")
		name, _, _ := strings.Cut(dn, ",")
		made = append(made, strings.TrimSpace(call+" "+name))
	}
	if !slices.Equal(made, calls) {
		w.T.Fatalf("written was %q, not %q:\n%s", made, calls, w.Text())
	}
}

// Describe fills in a new description of the user under the cursor.
func (w *Writing) Describe(text string) {
	w.T.Helper()
	w.Press("e", "tab", "tab", "tab", "tab", "ctrl+u")
	w.Type(text)
	w.Press("ctrl+s")
}
