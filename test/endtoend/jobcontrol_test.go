//go:build unix && !samba

package endtoend

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"dirdesk/test/terminaltest"
)

// A signal ends the program; the terminal is as it was, its title too.
func TestSignalsGiveTheTerminalBack(t *testing.T) {
	t.Parallel()
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGABRT} {
		term := terminaltest.Start(t, newHome(t).command("--demo"), 80, 24)
		term.WaitFor("corp.example.com", "Staff")
		must(t, term.Signal(signal))
		term.Wait()
		if err := term.Restored(); err != nil {
			t.Errorf("%s: %v", signal, err)
		}
		if strings.Contains(term.Screen(), "goroutine") || strings.Contains(term.Screen(), "Staff") {
			t.Errorf("after %s the screen shows:\n%s", signal, term.Screen())
		}
	}
}

// Ctrl-Z and kill -TSTP stop the program in a shell; fg comes back to all of it.
func TestStoppedByTheShell(t *testing.T) {
	t.Parallel()
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("there is no bash, whose job control this is about")
	}
	h := newHome(t, "PS1=shell> ", "PROMPT_COMMAND=", "HISTFILE=/dev/null")
	command := h.command("--demo")
	program := "sh -c 'echo $$ >pid; exec " + command.Path + " --demo'\r"
	command.Path, command.Args = bash, []string{bash, "--norc", "--noprofile", "-i"}
	term := terminaltest.Start(t, command, 80, 24)
	term.WaitFor("shell>")
	term.Type(`printf '\033]2;mine\007'; clear; ` + program)
	stopped := func(what string) {
		t.Helper()
		term.WaitFor("Stopped")
		if err := term.Await("the title after "+what, terminaltest.Limit, func() bool { return term.Title() == "mine" }); err != nil {
			t.Error(err)
		}
		if term.AltScreen() || !term.CursorShown() {
			t.Errorf("%s: the shell has the second screen %v, its cursor %v", what, term.AltScreen(), term.CursorShown())
		}
		term.Type("clear; fg\r")
		term.WaitFor("corp.example.com", "Staff", "? help")
		if !strings.HasPrefix(term.Title(), "dirdesk") {
			t.Errorf("%s: back again the title is %q", what, term.Title())
		}
		term.Send("down", "down")
		term.WaitFor("Staff")
	}
	term.WaitFor("corp.example.com", "Staff", "? help")
	term.Send("ctrl+z")
	stopped("Ctrl-Z")
	term.Send("?")
	term.WaitFor("type to narrow")
	term.Send("ctrl+z") // it works everywhere
	term.WaitFor("Stopped")
	term.Type("clear; fg\r")
	term.WaitFor("type to narrow")
	term.Send("esc")
	term.WaitGone("type to narrow")
	must(t, syscall.Kill(pidIn(t, h), syscall.SIGTSTP))
	stopped("kill -TSTP")
	must(t, syscall.Kill(pidIn(t, h), syscall.SIGSTOP)) // that cannot be heard of
	term.WaitFor("Stopped")
	term.Type("clear; fg\r")
	term.WaitGone("Stopped") // until then the screen from before stands below it
	term.WaitFor("corp.example.com", "Staff", "? help")
	term.Send("ctrl+l", "q")
	term.WaitFor("shell>")
	term.Type("exit\r")
	term.Wait()
}

// pidIn is the number of the program that the shell runs.
func pidIn(t *testing.T, h *home) int {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(h.dir, "pid"))
	must(t, err)
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	must(t, err)
	return pid
}

// Where nothing can be drawn it is said, and nothing is drawn.
func TestATerminalThatCannotDraw(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"TERM=dumb", "TERM="} {
		term := terminaltest.Start(t, newHome(t, kind).command("--demo"), 80, 24)
		if code := term.Wait(); code != 2 {
			t.Errorf("%s: exit code %d", kind, code)
		}
		if screen := term.Screen(); !strings.Contains(screen, "TERM") || !strings.Contains(screen, "dirdesk ls") {
			t.Errorf("%s says:\n%s", kind, screen)
		}
		if strings.Contains(string(term.Output()), "\x1b") {
			t.Errorf("%s: escape sequences were sent: %q", kind, term.Output())
		}
	}
}
