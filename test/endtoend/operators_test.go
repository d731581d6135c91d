//go:build unix && !samba

package endtoend

import (
	"strings"
	"testing"

	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/test/terminaltest"
)

// Two people at two terminals: while the question of one waits, the other gives the
// name to somebody else, or writes another value. The yes changes neither.
func TestTwoOperators(t *testing.T) {
	t.Parallel()
	server := serve(t, simulator.Options{})
	anna, kim := newHome(t), newHome(t)
	deep := models.DN("CN=Deep User,OU=Level 3,OU=Level 2,OU=Level 1,OU=Conformance," + string(server.Directory().BaseDN()))
	start := func(h *home, words ...string) *terminaltest.Test {
		return terminaltest.Start(t, h.command(append(append(words, "-c"), h.arguments(t, server)...)...), 110, 40)
	}
	does := func(words ...string) {
		t.Helper()
		term := start(kim, append(words, "--yes")...)
		if code := term.Wait(); code != 0 {
			t.Fatalf("the other operator: exit code %d\n%s", code, term.Screen())
		}
	}
	stays := func(waiting *terminaltest.Test, says string) {
		t.Helper()
		waiting.Send("y", "enter")
		if code := waiting.Wait(); code == 0 || !strings.Contains(strings.Join(strings.Fields(waiting.Screen()), " "), says) {
			t.Errorf("exit code %d, not %q:\n%s", code, says, waiting.Screen())
		}
	}

	does("user", "edit", string(deep), "--phone", "start")
	waiting := start(anna, "user", "edit", string(deep), "--phone", "A-3")
	waiting.WaitFor("start", "A-3", "[y/N]")
	does("user", "edit", string(deep), "--phone", "B-2")
	stays(waiting, "phone was changed meanwhile: it is B-2 now")

	does("user", "edit", string(deep), "--phone", "A-3")
	waiting = start(anna, "rm", string(deep))
	waiting.WaitFor("Deep User", "[y/N]")
	does("rm", string(deep))
	does("user", "create", "deep2", "--generate", "--in", string(deep.Parent()))
	waiting.Send("y", "enter")
	if code := waiting.Wait(); code == 0 {
		t.Errorf("what is gone was deleted:\n%s", waiting.Screen())
	}
	if _, err := server.Directory().Get("CN=deep2," + deep.Parent()); err != nil {
		t.Errorf("whoever was made meanwhile: %v", err)
	}
}
