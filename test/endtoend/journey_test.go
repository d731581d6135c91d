//go:build unix && !samba

package endtoend

import (
	"strings"
	"testing"

	"dirdesk/test/terminaltest"
)

// The first journey of docs/journeys.md: a caller is locked out. Five keys and four
// letters find them, say what keeps them out, let them in, and have the password on
// the clipboard. Over DSM alone the same keys say truly that it cannot unlock.
func TestTheCallerIsLockedOut(t *testing.T) {
	t.Parallel()
	for way, unlocks := range map[string]bool{"company": true, "ldap": true, "adaxes": true, "synology": false} {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			h := newHome(t)
			term := terminaltest.Start(t, h.command("--demo="+way, "--objects", "20"), 110, 34)
			term.WaitFor("corp.example.com", "Staff")
			term.Send("f")
			term.WaitFor("Find ")
			term.Type("fpic")
			term.Send("enter")
			term.WaitFor("Found: fpic", "fpichler", "1 object ─")
			term.Send("R")
			term.WaitFor("Cannot log on: locked", "Set a new password for ", "(fpichler)")
			if !unlocks {
				term.WaitFor("stays LOCKED: DSM's documented calls cannot unlock")
			}
			term.Send("enter")
			term.WaitFor("Password of fpichler")
			term.Send("y")
			term.WaitFor("terminal's clipboard")
			password := term.Clipboard()
			if len(password) < 12 || strings.Contains(password, "fpichler") {
				t.Errorf("%q was copied", password)
			}
			// And the text for the ticket, which is no secret.
			term.Send("t")
			if err := term.Await("the ticket", terminaltest.Limit, func() bool { return term.Clipboard() != password }); err != nil {
				t.Fatal(err)
			}
			text := term.Clipboard()
			for _, words := range []string{"(fpichler)", "Was wrong: locked", "Done: fpichler: ", "By: ", "When: "} {
				if !strings.Contains(text, words) {
					t.Errorf("no %q in the text for the ticket:\n%s", words, text)
				}
			}
			if strings.Contains(text, password) || strings.Contains(text, "is now unlocked") != unlocks && way != "adaxes" {
				t.Errorf("the text for the ticket is\n%s", text)
			}
			term.Send("esc")
			term.WaitGone("Password of")
			quit(t, term)
		})
	}
}
