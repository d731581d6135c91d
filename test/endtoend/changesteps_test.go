//go:build unix

package endtoend

import (
	"bytes"
	"encoding/base64"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dirdesk/desk/journal"
	"dirdesk/desk/verdict"
	"dirdesk/models"
	"dirdesk/test/terminaltest"
)

// person sits at the screen and changes things.
type person struct {
	*terminaltest.Test
	t         *testing.T
	home      *home
	passwords []string // that went through the program
	shown     []string // those of them that were asked to be shown
}

func changing(t *testing.T, h *home, arguments ...string) *person {
	t.Helper()
	arguments = append(arguments, "--log", filepath.Join(h.dir, "log.jsonl"))
	return &person{Test: terminaltest.Start(t, h.command(arguments...), 120, 40), t: t, home: h}
}

// allow answers the question before the first change.
func (p *person) allow(realm string) {
	p.t.Helper()
	p.WaitFor("Allow changes on " + realm + " for 15 minutes?")
	p.Send("y")
}

// choose narrows the rows to one and puts the cursor there.
func (p *person) choose(name string) {
	p.t.Helper()
	p.Send("/")
	p.WaitFor("Narrow to")
	p.Type(name)
	p.WaitUntil(name+" alone in the table", func(screen string) bool {
		return strings.Contains(screen, "1 of ") && strings.Contains(screen, name)
	})
	p.Send("enter")
	p.WaitGone("Narrow to")
}

// newUser fills in the form and gives the made password, which is copied from
// the screen after it.
func (p *person) newUser(first, last, logon, realm string, asked bool) string {
	p.t.Helper()
	p.Send("n")
	p.WaitFor("New, in")
	p.Send("u")
	p.WaitFor("First name")
	p.Type(first)
	p.Send("tab")
	p.Type(last)
	p.WaitFor(logon, "free")
	p.Send("ctrl+s")
	p.WaitFor("What would change", "Create the user ", "("+logon+"), ")
	p.Send("enter")
	if asked {
		p.allow(realm)
	}
	return p.takePassword(logon, true)
}

// takePassword copies the made password, has it shown or not, and leaves it.
func (p *person) takePassword(logon string, show bool) string {
	p.t.Helper()
	p.WaitFor("Password of "+logon, "v shows it")
	p.Send("y")
	if err := p.Await("the clipboard", terminaltest.Limit, func() bool { return p.isFresh(p.Clipboard()) }); err != nil {
		p.t.Fatal(err)
	}
	password := p.Clipboard()
	p.passwords = append(p.passwords, password)
	if show {
		p.shown = append(p.shown, password)
		p.Send("v")
		p.WaitFor(password)
	}
	if !show {
		p.WaitFor("terminal's clipboard") // which is certain by then
	}
	p.Send("esc")
	p.WaitGone("Password of " + logon)
	return password
}

func (p *person) isFresh(text string) bool {
	return text != "" && !slices.Contains(p.passwords, text)
}

// describe edits the description of the user under the cursor.
func (p *person) describe(logon, text string) {
	p.t.Helper()
	p.Send("e")
	p.WaitFor("Edit: "+logon, "Description")
	p.WaitUntil("the cursor on the description", func(screen string) bool {
		if strings.Contains(screen, "> Description") {
			return true
		}
		p.Send("tab")
		p.Settle()
		return false
	})
	p.Send("ctrl+u")
	p.Type(text)
	p.WaitFor(text)
	p.Send("ctrl+s")
	p.WaitFor("What would change", "Edit ", logon, "it   Esc: back")
	p.Send("enter")
}

// checkNothingLeft looks for the passwords in all that the program has left: its
// files, the screen, and what it wrote to the terminal without being asked.
func (p *person) checkNothingLeft() {
	p.t.Helper()
	if len(p.passwords) == 0 {
		p.t.Fatal("there was no password")
	}
	files := 0
	err := filepath.WalkDir(p.home.dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Name() == "password" { // --password-file
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		for _, password := range p.passwords {
			for _, form := range []string{password, base64.StdEncoding.EncodeToString([]byte(password))} {
				if bytes.Contains(text, []byte(form)) {
					p.t.Errorf("%s holds the password %q", path, form)
				}
			}
		}
		return nil
	})
	if err != nil {
		p.t.Error(err)
	}
	if files == 0 {
		p.t.Error("no file was written: there is no journal")
	}
	for _, password := range p.passwords {
		if strings.Contains(p.Screen(), password) {
			p.t.Errorf("the password %q is on the screen", password)
		}
		if !slices.Contains(p.shown, password) && bytes.Contains(p.Output(), []byte(password)) {
			p.t.Errorf("the password %q was on the screen, and nobody asked for it", password)
		}
	}
}

// checkJournal compares the changes that were written down, without the syncs.
func (p *person) checkJournal(want ...models.Action) {
	p.t.Helper()
	check, err := journal.Verify(p.t.Context(), p.journal())
	if err != nil || !check.Whole() {
		p.t.Errorf("the journal: %v %v", err, check.Problems)
	}
	var got []models.Action
	for e, err := range journal.Read(p.journal()) {
		if err != nil {
			p.t.Fatal(err)
		}
		if e.Action != models.SyncDomain {
			got = append(got, e.Action)
		}
		if e.Outcome != verdict.Done {
			p.t.Errorf("%s %s is %s in the journal", e.Action, e.DN, e.Outcome)
		}
	}
	if !slices.Equal(got, want) {
		p.t.Errorf("the journal tells of %v, want %v", got, want)
	}
	state, err := os.Stat(p.journal())
	if err != nil || state.Mode().Perm() != 0o600 {
		p.t.Errorf("the journal: %v, %v", state, err)
	}
}

// journal is the file in which the changes stand.
func (p *person) journal() string {
	return filepath.Join(p.home.dir, "state", "dirdesk", "journal.jsonl")
}
