//go:build unix

package endtoend

import (
	"bytes"
	"strings"
	"testing"

	"dirdesk/models"
	"dirdesk/test/terminaltest"
)

// tableOf waits until the table, and not just the tree, shows a container.
func tableOf(term *terminaltest.Test, name string) {
	term.WaitUntil("the table of "+name, func(screen string) bool {
		for line := range strings.Lines(screen) {
			if strings.Contains(line, name+" ─") && strings.Contains(line, " object") {
				return true
			}
		}
		return false
	})
}

// findSomebody finds a user of the fixture of desktest by five keys and four
// letters, goes to their container, and comes back to what was found and to where
// it began.
func findSomebody(term *terminaltest.Test) {
	term.Send("f")
	term.WaitFor("Find ")
	term.Type("deep")
	term.Send("enter")
	term.WaitFor("Found: deep ─", "Deep User", "cf-user-1", "Level 3", "1 object ─")
	term.Send("o")
	tableOf(term, "› Level 3")
	term.Send("[")
	term.WaitFor("Found: deep ─", "Deep User")
	term.Send("[")
	tableOf(term, "─ Conformance")
}

// walkDown does the main job on the fixture of desktest: down three OUs to a
// user, with nothing but what the screen shows, and up again.
func walkDown(t *testing.T, term *terminaltest.Test) {
	t.Helper()
	open := func(name string, below ...string) {
		t.Helper()
		term.Send("/")
		term.WaitFor("Narrow to")
		term.Type(name)
		term.WaitUntil(name+" alone in the table", func(screen string) bool {
			return strings.Contains(screen, "1 of ") && strings.Contains(screen, name)
		})
		term.Send("enter", "enter")
		tableOf(term, name)
		term.WaitFor(below...)
	}
	open("Conformance", "Advanced", "Paging")
	open("Level 1", "Level 2")
	term.Send("enter")
	term.WaitFor("Level 3")
	term.Send("enter")
	term.WaitFor("Deep User", "cf-user-1", "ok")
	term.Send("i")
	term.WaitFor("deep@example.test", "CN=Deep User,OU=Level 3")
	term.Send("i")
	term.WaitGone("deep@example.test")
	term.Send("backspace")
	term.WaitFor("› Level 2 ─")
	term.Send("backspace")
	tableOf(term, "› Level 1")
	term.Send("backspace")
	tableOf(term, "─ Conformance")
	findSomebody(term)
}

// goTo has the program go to a DN that is pasted.
func goTo(term *terminaltest.Test, dn models.DN) {
	term.Send("o")
	term.WaitFor("Go to")
	term.Send("ctrl+u")
	term.Paste(string(dn))
	term.Send("enter")
}

// quit leaves the program and checks what it leaves behind.
func quit(t *testing.T, term *terminaltest.Test) {
	t.Helper()
	term.Send("q")
	if code := term.Wait(); code != 0 {
		t.Errorf("exit code %d\n%s", code, term.Screen())
	}
	if err := term.Restored(); err != nil {
		t.Error(err)
	}
}

// checkNothingObeyed looks for what the fixture's names would have a terminal
// do, in all that the program has written.
func checkNothingObeyed(t *testing.T, term *terminaltest.Test) {
	t.Helper()
	output := term.Output()
	for _, never := range []string{"\x1b[31mred", "\x1b]0;owned", "\x9d0;owned", "\u202e", "\u202c", "\u200b", "\ufeff", "\u009b", "\x9b31m", "\x07 back", "\x08space"} {
		if at := bytes.Index(output, []byte(never)); at >= 0 {
			t.Errorf("%q reached the terminal: %q", never, output[max(0, at-40):min(len(output), at+40)])
		}
	}
	if strings.Contains(term.Title(), "owned") {
		t.Errorf("the window is called %q", term.Title())
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
