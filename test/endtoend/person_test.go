//go:build unix && !samba

package endtoend

import (
	"testing"

	"dirdesk/simulator"
	"dirdesk/test/terminaltest"
)

// Enter opens somebody's page, and Esc goes back to the row that it was.
func TestEnterOpensThePageOfAPerson(t *testing.T) {
	t.Parallel()
	server := serve(t, simulator.Options{})
	h := newHome(t)
	term := terminaltest.Start(t, h.command(h.arguments(t, server)...), 100, 30)
	term.WaitFor("example.test", "Conformance")
	goTo(term, server.BaseDN().Child("OU", "Conformance").Child("OU", "States"))
	term.WaitFor("Locked", "disabled")
	term.Send("/")
	term.WaitFor("Narrow to")
	term.Type("locked")
	term.WaitFor("1 of ")
	term.Send("enter")
	term.WaitGone("Narrow to")
	term.Send("enter")
	term.WaitFor("They cannot log on", "Cause", "locked", "Telephone", "Unknown")
	term.Send("esc")
	term.WaitFor("1 of ", "Logon name")
	quit(t, term)
}
