//go:build unix && !samba

package endtoend

import (
	"strings"
	"syscall"
	"testing"

	"dirdesk/simulator"
	"dirdesk/test/terminaltest"
)

// Somebody who has just cloned it sees a company, and gets the terminal back.
func TestDemo(t *testing.T) {
	t.Parallel()
	term := terminaltest.Start(t, newHome(t).command("--demo", "--objects", "200"), 100, 30)
	term.WaitFor("corp.example.com", "Staff", "Large", "? help")
	if !term.AltScreen() {
		t.Error("it does not use the alternate screen")
	}
	quit(t, term)
	if screen := strings.TrimSpace(term.Screen()); screen != "" {
		t.Errorf("it leaves text behind:\n%s", screen)
	}
}

func TestWalk(t *testing.T) {
	t.Parallel()
	server := serve(t, simulator.Options{})
	term := browse(t, server, 100, 30)
	walkDown(t, term)
	quit(t, term)
}

func TestGoToANameAndBack(t *testing.T) {
	t.Parallel()
	server := serve(t, simulator.Options{})
	term := browse(t, server, 100, 30)
	names := server.BaseDN().Child("OU", "Conformance").Child("OU", "Names")
	goTo(term, names.Child("OU", "Comma, Inc.").Child("CN", "Comma, Inc."))
	term.WaitFor("› Comma, Inc. ─")
	goTo(term, server.BaseDN().Child("OU", "Nowhere"))
	term.WaitFor("Nowhere is not in example.test", "─ example.test ─")
	goTo(term, names)
	term.WaitFor("Иван Петров", "› Names ─")
	term.Send("[")
	term.WaitFor("─ example.test ─")
	term.Send("[")
	term.WaitFor("› Comma, Inc. ─")
	term.Send("]", "]")
	term.WaitFor("› Names ─")
	quit(t, term)
}

// A big container: its size is known at once, and its end is reached with a
// handful of requests.
func TestEndOfABigContainer(t *testing.T) {
	t.Parallel()
	server := serve(t, simulator.Options{Objects: 20_000, Seed: 1})
	h := newHome(t)
	term := terminaltest.Start(t, h.command(h.arguments(t, server)...), 100, 30)
	term.WaitFor("corp.example.com", "Large")
	goTo(term, server.LargeDN())
	term.WaitFor("of 20,000 loaded")
	before := server.Requests()
	term.Send("G")
	term.WaitFor("row 20,000")
	term.WaitUntil("the last rows", func(screen string) bool { return strings.Count(screen, "user  ") > 10 })
	if asked := server.Requests() - before; asked > 5 {
		t.Errorf("%d requests to reach the end", asked)
	}
	term.Send("g")
	term.WaitFor("row 1 ")
	quit(t, term)
}

func TestNarrowWithoutAccents(t *testing.T) {
	t.Parallel()
	server := serve(t, simulator.Options{})
	term := browse(t, server, 100, 30)
	goTo(term, server.BaseDN().Child("OU", "Conformance").Child("OU", "Names"))
	term.WaitFor("› Names ─", "Comma, Inc.")
	term.Send("/")
	term.WaitFor("Narrow to")
	term.Type("zoe angstrom")
	term.WaitUntil("one row", func(screen string) bool {
		return strings.Contains(screen, "Zoë Ångström-Łuczak") && !strings.Contains(screen, "Comma, Inc.")
	})
	term.Send("esc")
	term.WaitFor("30 objects", "semi;colon")
	quit(t, term)
}

// At every size the program shows where it is and how to leave.
func TestResize(t *testing.T) {
	t.Parallel()
	term := browse(t, serve(t, simulator.Options{}), 80, 24)
	for _, size := range [][2]int{{40, 12}, {300, 80}, {120, 40}, {41, 13}, {80, 24}} {
		term.Resize(size[0], size[1])
		term.WaitUntil("a screen of that size", func(screen string) bool {
			lines := strings.Split(strings.TrimRight(screen, "\n"), "\n")
			return strings.Contains(screen, "Conformance") && len(lines) >= size[1]-1 && strings.Contains(lines[len(lines)-1], "help")
		})
	}
	quit(t, term)
}

// A signal ends it as a key does.
func TestTerminated(t *testing.T) {
	t.Parallel()
	term := browse(t, serve(t, simulator.Options{}), 80, 24)
	if err := term.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	term.Wait()
	if err := term.Restored(); err != nil {
		t.Error(err)
	}
}
