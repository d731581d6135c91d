//go:build unix && !samba

package endtoend

import (
	"bytes"
	"strings"
	"testing"

	"dirdesk/simulator"
	"dirdesk/test/terminaltest"
)

// Nothing but the address is known: the form asks for a token, which is a secret.
func TestAdaxesForm(t *testing.T) {
	t.Parallel()
	server := serve(t, simulator.Options{})
	h := newHome(t)
	term := terminaltest.Start(t, h.command(strings.Replace(server.AdaxesURL(), "https://", "adaxes://", 1), "--fingerprint", server.Fingerprint()), 100, 30)
	term.WaitFor("Access token")
	term.Type(server.AdaxesToken().Reveal())
	term.Send("enter", "enter", "enter") // no account, no password
	term.WaitFor("Keep the token in this computer's keyring")
	term.Send("down", "enter") // there is none: signed in all the same
	term.WaitFor("example.test", "Conformance", "no keyring")
	quit(t, term)
	if bytes.Contains(term.Output(), []byte(server.AdaxesToken().Reveal())) {
		t.Error("the access token was on the screen")
	}
}

// An account and its password do as well; a wrong one says how many tries are
// left.
func TestAdaxesFormWithAnAccount(t *testing.T) {
	t.Parallel()
	server := serve(t, simulator.Options{})
	h := newHome(t)
	term := terminaltest.Start(t, h.command(strings.Replace(server.AdaxesURL(), "https://", "adaxes://", 1),
		"--fingerprint", server.Fingerprint(), "--account", server.AdaxesUsername()), 100, 30)
	term.WaitFor("Password")
	term.Type("not-it")
	term.Send("enter")
	term.WaitFor("attempts are left")
	term.Type(server.AdaxesPassword().Reveal())
	term.Send("enter")
	term.WaitFor("example.test", "Conformance", server.AdaxesUsername())
	quit(t, term)
	if bytes.Contains(term.Output(), []byte(server.AdaxesPassword().Reveal())) {
		t.Error("the password was on the screen")
	}
}
