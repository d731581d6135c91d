//go:build unix

package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dirdesk/simulator"
	"dirdesk/simulator/adaxes"
	"dirdesk/test/terminaltest"
)

// Without anything to sign in with, the token is asked for, and nobody sees it;
// who has none is asked for an account.
func TestTokenIsAskedForWithoutEcho(t *testing.T) {
	t.Parallel()
	server := startServer(t, simulator.Options{Objects: 3, Seed: 1})
	args := []string{"info", "-c", strings.Replace(server.AdaxesURL(), "https://", "adaxes://", 1), "--fingerprint", server.Fingerprint()}
	term := terminaltest.Start(t, command(t, t.TempDir(), utf8, args...), 120, 30)
	term.WaitFor("no keyring", "Access token for adaxes://127.0.0.1:")
	term.Type(server.AdaxesToken().Reveal())
	term.Send("enter")
	term.WaitFor("base DN", string(server.BaseDN()), "access token")
	if code := term.Wait(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	if strings.Contains(string(term.Output()), server.AdaxesToken().Reveal()) {
		t.Error("the token was echoed")
	}

	term = terminaltest.Start(t, command(t, t.TempDir(), utf8, args...), 120, 30)
	term.WaitFor("Access token for")
	term.Send("enter")
	term.WaitFor("Account on adaxes://")
	term.Type(server.AdaxesUsername())
	term.Send("enter")
	term.WaitFor("Password of " + server.AdaxesUsername())
	term.Type(server.AdaxesPassword().Reveal())
	term.Send("enter")
	term.WaitFor("base DN", server.AdaxesUsername())
	if code := term.Wait(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	if strings.Contains(string(term.Output()), server.AdaxesPassword().Reveal()) {
		t.Error("the password was echoed")
	}
}

// A change of properties is asked for in words before it is made.
func TestSetAsksFirst(t *testing.T) {
	t.Parallel()
	server := startServer(t, simulator.Options{Objects: 3, Seed: 1})
	home := t.TempDir()
	args := append(tokenOf(t, home, server), "set", "krbtgt", "description=nobody's")
	for _, c := range []struct {
		answer string
		code   int
	}{{"", 1}, {"n", 1}, {"y", 0}} {
		answer, code := c.answer, c.code
		term := terminaltest.Start(t, command(t, home, utf8, args...), 120, 30)
		term.WaitFor("modify description of krbtgt", "→ nobody's", "? [y/N]")
		term.Type(answer)
		term.Send("enter")
		if code == 0 {
			term.WaitFor("description is now nobody's, verified")
		} else {
			term.WaitFor("not confirmed: nothing was changed")
		}
		if got := term.Wait(); got != code {
			t.Errorf("%q: exit code %d, want %d", answer, got, code)
		}
	}
}

// What the server goes on with by itself is waited for, and it is said how long,
// in one line that goes away again.
func TestServerAtWork(t *testing.T) {
	t.Parallel()
	server := startServer(t, simulator.Options{Objects: 3, Seed: 1})
	server.AdaxesRule(adaxes.Rule{Kind: adaxes.Async, Takes: 1600 * time.Millisecond, Terms: []string{"info"}})
	home := t.TempDir()
	args := append(tokenOf(t, home, server), "set", "krbtgt", "info=slow", "--yes")
	term := terminaltest.Start(t, command(t, home, append(utf8, shortPauses+"=yes"), args...), 120, 30)
	term.WaitFor("the server is at work on it")
	term.WaitFor("info is now slow, verified")
	term.WaitGone("at work")
	if code := term.Wait(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}

// tokenOf gives the flags that lead to the Adaxes side of a simulator.
func tokenOf(t *testing.T, home string, server *simulator.Server) []string {
	t.Helper()
	path := filepath.Join(home, "token")
	if err := os.WriteFile(path, []byte(server.AdaxesToken().Reveal()), 0o600); err != nil {
		t.Fatal(err)
	}
	return []string{
		"-c", strings.Replace(server.AdaxesURL(), "https://", "adaxes://", 1),
		"--fingerprint", server.Fingerprint(), "--token-file", path,
	}
}
