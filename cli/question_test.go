//go:build unix

package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/test/terminaltest"
)

// asking is a person at a terminal with a simulator to change.
type asking struct {
	t      *testing.T
	server *simulator.Server
	home   string
	flags  []string
}

func newAsking(t *testing.T) *asking {
	server := startServer(t, simulator.Options{Objects: 4, Seed: 1})
	home := t.TempDir()
	password := filepath.Join(home, "password")
	if err := os.WriteFile(password, []byte(server.Password().Reveal()), 0o600); err != nil {
		t.Fatal(err)
	}
	return &asking{t: t, server: server, home: home, flags: append(into(server), "--password-file", password)}
}

func (a *asking) run(args ...string) *terminaltest.Test {
	a.t.Helper()
	return terminaltest.Start(a.t, command(a.t, a.home, utf8, append(args, a.flags...)...), 100, 40)
}

// large gives the logon names in OU=Large.
func (a *asking) large() []string {
	a.t.Helper()
	page, err := a.server.Directory().List(models.ListRequest{Base: a.server.LargeDN()})
	if err != nil {
		a.t.Fatal(err)
	}
	var names []string
	for _, o := range page.Objects {
		names = append(names, o.SAMAccountName)
	}
	return names
}

// One user is a yes or no that defaults to no; several are their number, typed.
func TestQuestionsAreInProportion(t *testing.T) {
	t.Parallel()
	a := newAsking(t)
	names := a.large()

	term := a.run("rm", names[0])
	term.WaitFor("delete the user ", "("+names[0]+"), Large", "(deleted)", "[y/N]")
	term.Send("enter")
	term.WaitFor("not confirmed: nothing was changed")
	if code := term.Wait(); code != 1 {
		t.Errorf("exit code %d, want 1", code)
	}

	term = a.run("rm", names[0], names[1])
	term.WaitFor("2 objects", "Type 2 to go on")
	term.Type("y")
	term.Send("enter")
	term.WaitFor("not confirmed: nothing was changed")
	term.Wait()
	if left := a.large(); len(left) != len(names) {
		t.Fatalf("%d of %d are left, and nobody confirmed", len(left), len(names))
	}

	term = a.run("rm", names[0], names[1])
	term.WaitFor("Type 2 to go on")
	term.Type("2")
	term.Send("enter")
	term.WaitFor(names[0]+": is gone", names[1]+": is gone")
	if code := term.Wait(); code != 0 {
		t.Errorf("exit code %d", code)
	}

	term = a.run("user", "edit", names[2], "--phone", "0555")
	term.WaitFor("phone", "→ 0555", "[y/N]")
	term.Type("y")
	term.Send("enter")
	term.WaitFor("phone is now 0555, verified")
	if code := term.Wait(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}

// A password is typed twice, and shown neither time.
func TestNewPasswordIsTypedTwice(t *testing.T) {
	t.Parallel()
	a := newAsking(t)
	const chosen = "Chosen.Harbour.4711"

	term := a.run("user", "create", "jdoe2", "--yes")
	term.WaitFor("New password of jdoe2")
	term.Type(chosen)
	term.Send("enter")
	term.WaitFor("The same again")
	term.Type(chosen + "x")
	term.Send("enter")
	term.WaitFor("differ: nothing was changed")
	if code := term.Wait(); code != 2 {
		t.Errorf("exit code %d, want 2", code)
	}

	term = a.run("user", "create", "jdoe2", "--yes")
	for _, question := range []string{"New password of jdoe2", "The same again"} {
		term.WaitFor(question)
		term.Type(chosen)
		term.Send("enter")
	}
	term.WaitFor("jdoe2: is now in Users, verified")
	if code := term.Wait(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	if strings.Contains(string(term.Output()), chosen) {
		t.Error("the password was echoed")
	}
}

// What several are called is asked on a terminal, before anything is planned; the
// number chooses, and nothing chooses nobody.
func TestWhichOneIsAskedWhereSeveralAreCalledSo(t *testing.T) {
	t.Parallel()
	a := newAsking(t)
	ask := func(answer string) *terminaltest.Test {
		term := a.run("user", "edit", "Anna Gruber", "--phone", "0555")
		term.WaitFor("3 objects are called so", "1  CN=Anna Gruber", "2  CN=Anna Gruber", "(agruber", "Which one? 1 to 3, nothing for none")
		term.Type(answer)
		term.Send("enter")
		return term
	}

	term := ask("2")
	term.WaitFor("phone", "→ 0555", "[y/N]")
	term.Type("y")
	term.Send("enter")
	term.WaitFor("phone is now 0555, verified")
	if code := term.Wait(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	for _, none := range []string{"", "4", "no"} {
		term := ask(none)
		term.WaitFor("none was chosen: nothing was changed")
		if code := term.Wait(); code != 2 {
			t.Errorf("%q: exit code %d", none, code)
		}
	}
}
