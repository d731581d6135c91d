//go:build unix

package terminaltest

import (
	"bytes"
	"fmt"
	"strings"
	"time"
)

// Screen is the text on the screen, a line for each row, without spaces at the
// ends of the lines.
func (t *Terminal) Screen() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.screen()
}

func (t *Terminal) screen() string {
	var b strings.Builder
	for y := range t.emulator.Height() {
		var line strings.Builder
		for x := 0; x < t.emulator.Width(); {
			cell := t.emulator.CellAt(x, y)
			switch {
			case cell == nil || cell.Content == "":
				line.WriteByte(' ')
				x++
			default:
				line.WriteString(cell.Content)
				x += max(cell.Width, 1)
			}
		}
		b.WriteString(strings.TrimRight(line.String(), " "))
		b.WriteByte('\n')
	}
	return b.String()
}

// BytesWritten is the number of bytes that the program has written so far.
func (t *Terminal) BytesWritten() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.output)
}

// Output is all that the program has written so far, as it came.
func (t *Terminal) Output() []byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	return bytes.Clone(t.output)
}

// Clipboard is what the program has last put there by OSC 52.
func (t *Terminal) Clipboard() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.clipboard
}

// Title is the window's title.
func (t *Terminal) Title() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.title
}

// AltScreen reports whether the alternate screen is shown.
func (t *Terminal) AltScreen() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.altScreen
}

// CursorShown reports whether the cursor is visible.
func (t *Terminal) CursorShown() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.cursor
}

// Exited gives the exit code of a program that has ended: -1 when a signal
// ended it.
func (t *Terminal) Exited() (code int, ok bool) {
	select {
	case <-t.exited:
		t.mu.Lock()
		defer t.mu.Unlock()
		return t.code, true
	default:
		return 0, false
	}
}

// Restored reports whether a program that has ended left the terminal as it
// found it: its modes (echo, line editing), the main screen, a visible cursor, the
// title.
func (t *Terminal) Restored() error {
	if _, ok := t.Exited(); !ok {
		return fmt.Errorf("the program is still running")
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case !t.restored:
		return fmt.Errorf("the terminal's modes are not what they were: keys may not be echoed")
	case t.altScreen:
		return fmt.Errorf("the alternate screen is still shown")
	case t.title != "" || len(t.titles) > 0:
		return fmt.Errorf("the title is %q still, and %d are kept", t.title, len(t.titles))
	case !t.cursor:
		return fmt.Errorf("the cursor is still hidden")
	}
	return nil
}

// Await waits until the condition holds, looking at it whenever the program has
// written or has ended. It fails after limit, and when the program has ended and
// the condition does not hold, with what was on the screen.
func (t *Terminal) Await(what string, limit time.Duration, condition func() bool) error {
	deadline := time.NewTimer(limit)
	defer deadline.Stop()
	for {
		t.mu.Lock()
		changed := t.changed
		t.mu.Unlock()
		_, ended := t.Exited()
		if condition() {
			return nil
		}
		if ended {
			return t.dump("the program ended before " + what)
		}
		select {
		case <-changed:
		case <-deadline.C:
			return t.dump(fmt.Sprintf("%s did not come within %s", what, limit))
		}
	}
}

// Settle waits until the program has written nothing for a while, counted from
// the call at the earliest, so that what a key costs can be counted. Wait for
// what the key does first: a slow program is silent too.
func (t *Terminal) Settle(quiet, limit time.Duration) error {
	start := time.Now()
	deadline := start.Add(limit)
	for {
		t.mu.Lock()
		changed, since := t.changed, min(time.Since(t.lastWrite), time.Since(start))
		t.mu.Unlock()
		if since >= quiet {
			return nil
		}
		if time.Now().After(deadline) {
			return t.dump("the screen did not settle")
		}
		timer := time.NewTimer(quiet - since)
		select {
		case <-changed:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// dump is an error with the screen in it.
func (t *Terminal) dump(what string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	border := "+" + strings.Repeat("-", t.emulator.Width()) + "+"
	return fmt.Errorf("%s\n%s\n%s%s", what, border, t.screen(), border)
}
