//go:build unix && !samba

package endtoend

import (
	"strings"
	"testing"
	"time"

	"dirdesk/simulator"
	"dirdesk/simulator/fault"
	"dirdesk/test/terminaltest"
)

// The plug is pulled: what was read stays, the screen says the truth and what
// to do, keys work, and one key tries again.
func TestLostConnection(t *testing.T) {
	t.Parallel()
	server := serve(t, simulator.Options{})
	term := browse(t, server, 100, 30)
	goTo(term, server.BaseDN().Child("OU", "Conformance").Child("OU", "Paging"))
	term.WaitFor("Page User 000", "300 objects")
	must(t, server.Stop())
	term.Send("r")
	term.WaitFor("nothing listens at", "r try again")
	term.WaitFor("Page User 000")
	term.Send("j")
	term.WaitFor("row 2")
	term.Send("?")
	term.WaitFor("type to narrow", "go to the next pane")
	term.Send("esc")
	term.WaitGone("type to narrow")
	term.WaitFor("row 2")
	must(t, server.Resume())
	term.Send("r")
	term.WaitGone("nothing listens", "tries again")
	term.WaitFor("Page User 000", "300 objects")
	quit(t, term)
}

// The session ends on the server: nobody notices.
func TestLostSession(t *testing.T) {
	t.Parallel()
	server := serve(t, simulator.Options{})
	term := browse(t, server, 100, 30)
	server.ExpireSessions()
	goTo(term, server.BaseDN().Child("OU", "Conformance").Child("OU", "Level 1"))
	term.WaitFor("Level 2")
	quit(t, term)
}

// While a slow server thinks, the keyboard works, and Esc gives up.
func TestSlowServer(t *testing.T) {
	t.Parallel()
	server := serve(t, simulator.Options{})
	term := browse(t, server, 100, 30)
	server.Inject(fault.Spec{Kind: fault.Slow, Slow: time.Hour, API: fault.Any, Method: "list"})
	paging := server.BaseDN().Child("OU", "Conformance").Child("OU", "Paging")
	goTo(term, paging)
	term.WaitFor("Esc stops")
	term.Send("?")
	term.WaitFor("type to narrow", "go to the next pane")
	term.Send("esc")
	term.WaitGone("type to narrow")
	term.Send("esc")
	term.WaitUntil("that it stopped", func(screen string) bool {
		return strings.Contains(screen, "topped") || strings.Contains(screen, "ancelled")
	})
	server.ClearFaults()
	goTo(term, paging)
	term.WaitFor("Page User 000")
	quit(t, term)
}

// While a slow server searches, the keyboard works: what is typed is seen, and a key
// that comes before the answer hits nobody.
func TestFindOverASlowLine(t *testing.T) {
	t.Parallel()
	server := serve(t, simulator.Options{})
	term := browse(t, server, 100, 30)
	server.Inject(fault.Spec{Kind: fault.Slow, Slow: time.Hour, API: fault.Any, Method: "list"})
	term.Send("f")
	term.Type("deep")
	term.WaitFor("Find deep")
	term.Send("backspace")
	term.WaitGone("Find deep")
	term.Type("p")
	term.Send("enter", "R")
	term.WaitFor("no object is under the")
	term.Send("?")
	term.WaitFor("type to narrow")
	term.Send("esc", "esc")
	term.WaitFor("Stopped")
	server.ClearFaults()
	term.Send("r")
	term.WaitFor("Found: deep ─", "Deep User")
	quit(t, term)
}

// A refusal names what was refused, and nothing else is lost.
func TestDenied(t *testing.T) {
	t.Parallel()
	server := serve(t, simulator.Options{})
	term := browse(t, server, 100, 30)
	server.Inject(fault.Spec{Kind: fault.Deny, Code: 105, API: fault.Any, Method: "list"})
	goTo(term, server.BaseDN().Child("OU", "Conformance").Child("OU", "Level 1"))
	term.WaitFor("Could not go to", "may not do this (105)", "try again")
	server.ClearFaults()
	term.Send("r")
	term.WaitFor("Level 2")
	quit(t, term)
}

// A certificate that nobody vouches for is shown. Refused, nothing is sent;
// trusted, it is not asked about again; changed, it is refused.
func TestCertificateQuestion(t *testing.T) {
	t.Parallel()
	server := serve(t, simulator.Options{})
	h := newHome(t)
	shown := strings.ToUpper(strings.TrimPrefix(server.Fingerprint(), "sha256:"))[:8]
	ask := func() *terminaltest.Test {
		term := terminaltest.Start(t, h.command(h.withoutPin(t, server)...), 100, 30)
		term.WaitFor("Certificate not verified", "SHA-256", "Trust it for")
		return term
	}
	hasFingerprint := func(screen string) bool {
		return strings.Contains(strings.NewReplacer(" ", "", ":", "").Replace(screen), shown)
	}

	refusing := ask()
	refusing.WaitUntil("the fingerprint", hasFingerprint)
	before := server.Requests()
	refusing.Send("esc")
	refusing.WaitFor("Not connected", "refused")
	if sent := server.Requests() - before; sent != 0 {
		t.Errorf("%d requests were sent", sent)
	}
	refusing.Send("ctrl+c")
	refusing.Wait()
	must(t, refusing.Restored())

	trusting := ask()
	trusting.Send("down", "enter")
	trusting.WaitFor("example.test", "Conformance")
	quit(t, trusting)

	again := terminaltest.Start(t, h.command(h.withoutPin(t, server)...), 100, 30)
	again.WaitFor("example.test", "Conformance")
	quit(t, again)

	must(t, server.NewCertificate())
	must(t, server.Stop())
	must(t, server.Resume())
	before = server.Requests()
	changed := terminaltest.Start(t, h.command(h.withoutPin(t, server)...), 100, 30)
	changed.WaitFor("HAS CHANGED")
	if sent := server.Requests() - before; sent != 0 {
		t.Errorf("%d requests were sent to a changed certificate", sent)
	}
	changed.Send("ctrl+c")
	changed.Wait()
	must(t, changed.Restored())
}
