// Package modeltest drives a part of the screen as a person would, without a
// program, a terminal or a goroutine: a key is a message, and the commands that
// it leads to are run one after another until nothing is left to do.
package modeltest

import (
	"reflect"
	"runtime"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// Part is a piece of the screen under test.
type Part interface {
	Update(tea.Msg) tea.Cmd
	View() string
}

// Driver presses keys and runs what follows.
type Driver struct {
	t    testing.TB
	part Part

	// Hold keeps commands back instead of running them, so that a test can look
	// at the screen in between; Release runs them.
	Hold bool
	held []tea.Cmd
	// Messages are all that the commands gave, in their order.
	Messages []tea.Msg
}

// Start drives a part, whose Init gave the command.
func Start(t testing.TB, part Part, init tea.Cmd) *Driver {
	d := &Driver{t: t, part: part}
	d.Run(init)
	return d
}

// Run runs a command and all that follow from it. The blinking of a cursor,
// which would never end, is left out.
func (d *Driver) Run(cmd tea.Cmd) {
	d.t.Helper()
	queue := []tea.Cmd{cmd}
	for steps := 0; len(queue) > 0; steps++ {
		if steps > 10_000 {
			d.t.Fatal("commands follow one another without end")
		}
		cmd, queue = queue[0], queue[1:]
		switch {
		case cmd == nil, isBlink(cmd):
			continue
		case d.Hold:
			d.held = append(d.held, cmd)
			continue
		}
		msg := cmd()
		if several, ok := commands(msg); ok {
			queue = append(several, queue...)
			continue
		}
		if msg != nil {
			d.Messages = append(d.Messages, msg)
			queue = append(queue, d.part.Update(msg))
		}
	}
}

// Release runs the commands that were held back.
func (d *Driver) Release() {
	d.t.Helper()
	d.Hold = false
	held := d.held
	d.held = nil
	for _, cmd := range held {
		d.Run(cmd)
	}
}

// isBlink knows the timer of bubbles' cursor by its name.
func isBlink(cmd tea.Cmd) bool {
	name := runtime.FuncForPC(reflect.ValueOf(cmd).Pointer()).Name()
	return strings.Contains(name, "cursor.(*Model).Blink")
}

// commands takes a batch or a sequence apart.
func commands(msg tea.Msg) ([]tea.Cmd, bool) {
	v := reflect.ValueOf(msg)
	if !v.IsValid() || v.Kind() != reflect.Slice || v.Type().Elem() != reflect.TypeFor[tea.Cmd]() {
		return nil, false
	}
	cmds := make([]tea.Cmd, v.Len())
	for i := range cmds {
		cmds[i], _ = v.Index(i).Interface().(tea.Cmd)
	}
	return cmds, true
}

// Send gives the part a message.
func (d *Driver) Send(msg tea.Msg) {
	d.t.Helper()
	d.Run(d.part.Update(msg))
}

// Press presses keys by their names: "enter", "shift+tab", "ctrl+c", "x".
func (d *Driver) Press(keys ...string) {
	d.t.Helper()
	for _, name := range keys {
		d.Send(d.key(name))
	}
}

// Type types a text letter by letter.
func (d *Driver) Type(text string) {
	d.t.Helper()
	for _, r := range text {
		d.Send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

func (d *Driver) key(name string) tea.KeyPressMsg {
	d.t.Helper()
	var press tea.KeyPressMsg
	rest := name
	for {
		if after, ok := strings.CutPrefix(rest, "ctrl+"); ok {
			press.Mod, rest = press.Mod|tea.ModCtrl, after
		} else if after, ok := strings.CutPrefix(rest, "shift+"); ok {
			press.Mod, rest = press.Mod|tea.ModShift, after
		} else {
			break
		}
	}
	named := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "backspace": tea.KeyBackspace,
		"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
		"pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "home": tea.KeyHome, "end": tea.KeyEnd, "space": tea.KeySpace,
	}
	switch code, ok := named[rest]; {
	case ok:
		press.Code = code
	case len([]rune(rest)) == 1:
		press.Code = []rune(rest)[0]
		if press.Mod == 0 {
			press.Text = rest
		}
	default:
		d.t.Fatalf("%q is no key that this test knows", name)
	}
	if press.String() != name {
		d.t.Fatalf("the key %q would arrive as %q", name, press.String())
	}
	return press
}

// Screen is what the part shows, without colours.
func (d *Driver) Screen() string { return ansi.Strip(d.part.View()) }

// Caught gives the last message of a type that the commands gave.
func Caught[M any](d *Driver) (M, bool) {
	for i := len(d.Messages) - 1; i >= 0; i-- {
		if m, ok := d.Messages[i].(M); ok {
			return m, true
		}
	}
	var none M
	return none, false
}
