//go:build unix && !samba

package endtoend

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"dirdesk/simulator"
	"dirdesk/test/terminaltest"
)

// What the program may write for one step of the cursor at 120x40. Over a slow
// line these are what a person waits for.
const (
	maxBytesPerRow    = 350  // measured: 240, with the details that follow the cursor
	maxBytesPerScroll = 1000 // measured: 710, or 790 where the scroll bar moves
)

func TestBytesPerCursorDown(t *testing.T) {
	t.Parallel()
	server := serve(t, simulator.Options{})
	term := browse(t, server, 120, 40)
	goTo(term, server.BaseDN().Child("OU", "Conformance").Child("OU", "Paging"))
	term.WaitFor("Page User 000", "300 objects")
	term.Settle()
	for row := 2; row <= 60; row++ {
		before := term.BytesWritten()
		term.Send("j")
		term.WaitFor(fmt.Sprintf("row %d ", row))
		term.Settle()
		cost, allowed := term.BytesWritten()-before, maxBytesPerRow
		if !strings.Contains(term.Screen(), "Page User 000") { // it has scrolled
			allowed = maxBytesPerScroll
		}
		if cost > allowed {
			t.Errorf("going down to row %d took %d bytes, want at most %d", row, cost, allowed)
		}
	}
	before := term.BytesWritten()
	term.Settle()
	if idle := term.BytesWritten() - before; idle > 0 {
		t.Errorf("with nothing to do it wrote %d bytes", idle)
	}
	quit(t, term)
}

// Names in the directory hold escape sequences, control characters and
// bidirectional overrides. None reaches the terminal, wherever it is shown.
func TestHostileNamesAreNotObeyed(t *testing.T) {
	t.Parallel()
	server := serve(t, simulator.Options{})
	term := browse(t, server, 160, 45)
	names := server.BaseDN().Child("OU", "Conformance").Child("OU", "Names")
	red := names.Child("OU", "\x1b[31mred\x1b[0m\x1b]0;owned\x07")
	goTo(term, names)
	term.WaitFor("red", "csi", "lines")
	goTo(term, red.Child("CN", red.RDN().Value))
	term.WaitFor("› ", "red", "1 object")
	term.Send("i") // the details show display name and description too
	term.WaitFor("CN=")
	term.Send("y")
	term.WaitFor("Esc closes")
	term.Send("esc")
	term.WaitFor("? help") // sent at once, the next letter would make one key of the two
	goTo(term, names.Child("OU", "over\u202eride\u202c"))
	term.WaitFor("over")
	term.Send("q")
	term.Wait()
	checkNothingObeyed(t, term)
}

func TestCopy(t *testing.T) {
	t.Parallel()
	server := serve(t, simulator.Options{})
	term := browse(t, server, 100, 30)
	ada := server.BaseDN().Child("OU", "Conformance").Child("OU", "Kinds").Child("CN", "Ada Lovelace")
	goTo(term, ada)
	term.WaitFor("Ada Lovelace", "› Kinds ─")
	for key, want := range map[string]string{"d": string(ada), "l": "cf-user-12", "m": "ada@example.test"} {
		term.Send("y")
		term.WaitFor("logon name", "mail")
		term.Send(key)
		if err := term.Await("the copy of "+want, terminaltest.Limit, func() bool { return term.Clipboard() == want }); err != nil {
			t.Fatalf("%v\nthe clipboard holds %q", err, term.Clipboard())
		}
	}
	quit(t, term)
}

var colour = regexp.MustCompile(`\x1b\[[0-9;:]*(3[0-9]|4[0-9]|9[0-7]|10[0-7])[0-9;:]*m`)

// NO_COLOR, set to anything, means no colour. Bold, faint and reverse stay.
func TestNoColour(t *testing.T) {
	t.Parallel()
	server := serve(t, simulator.Options{})
	for _, variable := range []string{"NO_COLOR=yes", "NO_COLOR="} {
		h := newHome(t, variable)
		term := terminaltest.Start(t, h.command(h.arguments(t, server)...), 100, 30)
		term.WaitFor("example.test", "Conformance")
		goTo(term, server.BaseDN().Child("OU", "Conformance").Child("OU", "States"))
		term.WaitFor("Locked", "disabled")
		term.Settle()
		coloured := colour.Match(term.Output())
		if want := variable == "NO_COLOR="; coloured != want {
			t.Errorf("%s: colours %v, want %v", variable, coloured, want)
		}
		quit(t, term)
	}
}

// Where the locale is not UTF-8, or on demand, the program itself draws with
// ASCII only.
func TestASCII(t *testing.T) {
	t.Parallel()
	server := serve(t, simulator.Options{})
	for name, start := range map[string]struct {
		variable string
		flags    []string
	}{"locale": {"LC_ALL=C", nil}, "flag": {"LC_ALL=C.UTF-8", []string{"--ascii"}}} {
		h := newHome(t, start.variable)
		term := terminaltest.Start(t, h.command(append(h.arguments(t, server), start.flags...)...), 100, 30)
		screen := term.WaitFor("example.test", "Conformance")
		term.Send("enter")
		term.Send("?")
		screen += term.WaitFor("type to narrow", "go to the next pane")
		if i := strings.IndexFunc(screen, func(r rune) bool { return r >= utf8.RuneSelf }); i >= 0 {
			t.Errorf("%s: %q is drawn:\n%s", name, []rune(screen[i:])[0], screen)
		}
		term.Send("esc")
		term.WaitGone("type to")
		quit(t, term)
	}
}

// The password is nowhere a person or another program could see it.
func TestPasswordIsNotShown(t *testing.T) {
	t.Parallel()
	server := serve(t, simulator.Options{})
	term := browse(t, server, 100, 30)
	term.Send("I")
	term.WaitFor("TLS 1.3")
	term.Settle()
	if bytes.Contains(term.Output(), []byte(server.Password().Reveal())) {
		t.Error("the password was written to the terminal")
	}
}
