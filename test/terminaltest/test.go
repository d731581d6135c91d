//go:build unix

package terminaltest

import (
	"os/exec"
	"strings"
	"testing"
	"time"
)

// Limit is how long a test waits for something that should come at once. It is
// long because the machine may be busy.
const Limit = 20 * time.Second

// Test is a Terminal whose waits fail the test, with the screen in the message.
type Test struct {
	*Terminal
	t testing.TB
}

// Start runs the program for the length of a test; see [Open].
func Start(t testing.TB, command *exec.Cmd, cols, rows int) *Test {
	t.Helper()
	terminal, err := Open(command, cols, rows)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := terminal.Close(); err != nil {
			t.Error(err)
		}
	})
	return &Test{Terminal: terminal, t: t}
}

// WaitFor waits until each of the texts is on the screen, and gives the screen.
func (t *Test) WaitFor(texts ...string) string {
	t.t.Helper()
	var screen string
	t.WaitUntil(strings.Join(texts, ", "), func(now string) bool {
		for _, text := range texts {
			if !strings.Contains(now, text) {
				return false
			}
		}
		screen = now
		return true
	})
	return screen
}

// WaitGone waits until none of the texts is on the screen.
func (t *Test) WaitGone(texts ...string) {
	t.t.Helper()
	t.WaitUntil("a screen without "+strings.Join(texts, ", "), func(screen string) bool {
		for _, text := range texts {
			if strings.Contains(screen, text) {
				return false
			}
		}
		return true
	})
}

// WaitUntil waits for a condition on the screen's text; what names it.
func (t *Test) WaitUntil(what string, condition func(screen string) bool) {
	t.t.Helper()
	if err := t.Await(what, Limit, func() bool { return condition(t.Screen()) }); err != nil {
		t.t.Fatal(err)
	}
}

// Send presses keys; see [Terminal.Send].
func (t *Test) Send(keys ...string) {
	t.t.Helper()
	if err := t.Terminal.Send(keys...); err != nil {
		t.t.Fatal(err)
	}
}

// Resize changes the terminal's size.
func (t *Test) Resize(cols, rows int) {
	t.t.Helper()
	if err := t.Terminal.Resize(cols, rows); err != nil {
		t.t.Fatal(err)
	}
}

// Settle waits until nothing was written for a tenth of a second.
func (t *Test) Settle() {
	t.t.Helper()
	if err := t.Terminal.Settle(100*time.Millisecond, Limit); err != nil {
		t.t.Fatal(err)
	}
}

// Wait waits for the program's end and gives its exit code.
func (t *Test) Wait() int {
	t.t.Helper()
	err := t.Await("its end", Limit, func() bool {
		_, ended := t.Exited()
		return ended
	})
	if err != nil {
		t.t.Fatal(err)
	}
	code, _ := t.Exited()
	return code
}
