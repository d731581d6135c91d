package uitest

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"dirdesk/desk"
	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/theme"
	"dirdesk/ui"
	"dirdesk/ui/connect"
)

// Screen is the program in a test.
type Screen struct {
	T         testing.TB
	Root      tea.Model
	Connector *Connector
	Clipboard string // last text that was copied
	Quit      bool
	Sent      int // messages that were delivered

	held   bool
	cmds   []tea.Cmd // not run yet
	timers []tea.Msg // asked for later
}

// Options say how the program is started.
type Options struct {
	Backend desk.Backend
	Theme   theme.Options
	Light   bool
	Width   int // 80 when 0
	Height  int // 24 when 0
	Demo    bool
	Mouse   bool
	Keys    map[string][]string // the person's own
	// Desk, when set, says how changes are made; nil: they are not.
	Desk *desk.Options
}

// door makes the desk of a connection; the waits are the test's.
func (o Options) door() func(desk.Backend, models.Profile) (*desk.Desk, error) {
	if o.Desk == nil {
		return nil
	}
	options := *o.Desk
	if options.Now == nil {
		options.Now = Now
	}
	options.Settle, options.SyncPause = []time.Duration{}, time.Millisecond
	return func(b desk.Backend, _ models.Profile) (*desk.Desk, error) { return desk.New(b, options), nil }
}

// Start signs in to a backend and settles.
func Start(t testing.TB, o Options) *Screen {
	t.Helper()
	s := New(t, o)
	s.Send(connect.Opened{Backend: o.Backend, Profile: models.Profile{Name: "test", URL: "test://dc1", Account: "anna"}})
	return s
}

// New is the program with its first size, not signed in yet.
func New(t testing.TB, o Options) *Screen {
	t.Helper()
	s := &Screen{T: t, Connector: &Connector{Backend: o.Backend}}
	if o.Width == 0 {
		o.Width, o.Height = 80, 24
	}
	keys, taken, err := keymap.Default().With(o.Keys)
	if err != nil {
		t.Fatal(err)
	}
	s.Root = ui.New(context.Background(), ui.Options{
		Keymap: keys, Taken: taken,
		Connector: s.Connector, Theme: o.Theme, Demo: o.Demo, Mouse: o.Mouse, Version: "test",
		Now: now(o), Zone: time.UTC, NewDesk: o.door(),
		Later: func(_ time.Duration, msg tea.Msg) tea.Cmd {
			return func() tea.Msg { return timer{msg} }
		},
	})
	if o.Light {
		s.Send(tea.BackgroundColorMsg{Color: ansi.BrightWhite})
	}
	s.Resize(o.Width, o.Height)
	t.Cleanup(func() { // what is held would stay for ever
		for range mostSteps {
			if !s.Step() {
				return
			}
		}
	})
	return s
}

// now is the clock of the desk, where the test has one.
func now(o Options) func() time.Time {
	if o.Desk != nil && o.Desk.Now != nil {
		return o.Desk.Now
	}
	return Now
}

// timer carries a message that is to come later.
type timer struct{ msg tea.Msg }

// Send delivers a message and, unless held, runs what it leads to.
func (s *Screen) Send(msg tea.Msg) {
	s.T.Helper()
	s.deliver(msg)
	if !s.held {
		s.Settle()
	}
}

func (s *Screen) deliver(msg tea.Msg) {
	switch m := msg.(type) {
	case nil:
		return
	case timer:
		s.timers = append(s.timers, m.msg)
		return
	case tea.BatchMsg:
		s.cmds = append(s.cmds, m...)
		return
	case tea.QuitMsg:
		s.Quit = true
		return
	}
	if reflect.TypeOf(msg).String() == "tea.setClipboardMsg" {
		s.Clipboard = fmt.Sprint(msg)
		return
	}
	s.Sent++
	var cmd tea.Cmd
	s.Root, cmd = s.Root.Update(msg)
	if cmd != nil {
		s.cmds = append(s.cmds, cmd)
	}
	_ = s.Root.View() // as the program does after each message
}

// mostSteps ends a test whose commands lead to commands for ever.
const mostSteps = 100_000

// Settle runs commands until none is left. Timers stay.
func (s *Screen) Settle() {
	s.T.Helper()
	for range mostSteps {
		if !s.Step() {
			return
		}
	}
	s.T.Fatal("the screen does not come to rest")
}

// Step runs the oldest command and delivers its message.
func (s *Screen) Step() bool {
	if len(s.cmds) == 0 {
		return false
	}
	cmd := s.cmds[0]
	s.cmds = s.cmds[1:]
	if cmd != nil {
		s.deliver(cmd())
	}
	return true
}

// Hold keeps commands from running, as a slow network does.
func (s *Screen) Hold() { s.held = true }

// Release runs what was held.
func (s *Screen) Release() {
	s.T.Helper()
	s.held = false
	s.Settle()
}

// StepUntil runs commands, although they are held, until the screen shows a
// text.
func (s *Screen) StepUntil(text string) {
	s.T.Helper()
	for range mostSteps {
		if strings.Contains(s.Text(), text) {
			return
		}
		if !s.Step() {
			break
		}
	}
	s.T.Fatalf("%q does not come to the screen:\n%s", text, s.Text())
}

// Waiting is the number of commands that were not run yet.
func (s *Screen) Waiting() int { return len(s.cmds) }

// Fire delivers what was asked for later, once.
func (s *Screen) Fire() {
	s.T.Helper()
	timers := s.timers
	s.timers = nil
	for _, msg := range timers {
		s.deliver(msg)
	}
	if !s.held {
		s.Settle()
	}
}

// FireFirst delivers the oldest of what was asked for later.
func (s *Screen) FireFirst() {
	s.T.Helper()
	if len(s.timers) == 0 {
		s.T.Fatal("nothing was asked for later")
	}
	msg := s.timers[0]
	s.timers = s.timers[1:]
	s.Send(msg)
}

// Timers is the number of messages asked for later.
func (s *Screen) Timers() int { return len(s.timers) }

// Resize changes the size of the terminal.
func (s *Screen) Resize(width, height int) {
	s.T.Helper()
	s.Send(tea.WindowSizeMsg{Width: width, Height: height})
}

// Press presses keys by their names: "j", "enter", "ctrl+d".
func (s *Screen) Press(keys ...string) {
	s.T.Helper()
	for _, key := range keys {
		s.Send(Key(key))
	}
}

// Type types a text.
func (s *Screen) Type(text string) {
	s.T.Helper()
	for _, r := range text {
		s.Send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

// Key makes the message of a key.
func Key(name string) tea.KeyPressMsg {
	special := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown,
		"left": tea.KeyLeft, "right": tea.KeyRight, "home": tea.KeyHome, "end": tea.KeyEnd,
		"pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "backspace": tea.KeyBackspace, "delete": tea.KeyDelete, "f1": tea.KeyF1, "f2": tea.KeyF2,
	}
	key := tea.Key{}
	for {
		if rest, ok := strings.CutPrefix(name, "ctrl+"); ok {
			key.Mod |= tea.ModCtrl
			name = rest
		} else if rest, ok := strings.CutPrefix(name, "shift+"); ok {
			key.Mod |= tea.ModShift
			name = rest
		} else {
			break
		}
	}
	if code, ok := special[name]; ok {
		key.Code = code
	} else {
		key.Code = []rune(name)[0]
		if key.Mod == 0 {
			key.Text = name
		}
	}
	return tea.KeyPressMsg(key)
}

// Raw is the screen with its colours.
func (s *Screen) Raw() string { return s.Root.View().Content }

// Text is the screen as text.
func (s *Screen) Text() string { return ansi.Strip(s.Raw()) }

// Line is the first line of the screen that holds a text; "" for none.
func (s *Screen) Line(text string) string {
	for line := range strings.SplitSeq(s.Text(), "\n") {
		if strings.Contains(line, text) {
			return line
		}
	}
	return ""
}

// Shows fails the test when the screen does not show all the texts.
func (s *Screen) Shows(texts ...string) {
	s.T.Helper()
	for _, text := range texts {
		if !strings.Contains(s.Text(), text) {
			s.T.Fatalf("%q is not on the screen:\n%s", text, s.Text())
		}
	}
}

// Hides fails the test when the screen shows any of the texts.
func (s *Screen) Hides(texts ...string) {
	s.T.Helper()
	for _, text := range texts {
		if strings.Contains(s.Text(), text) {
			s.T.Fatalf("%q is on the screen:\n%s", text, s.Text())
		}
	}
}

// Cursor is the text of the row under the cursor of the focused pane, as it is
// drawn in reverse; "" for none.
func (s *Screen) Cursor() string {
	_, rest, found := strings.Cut(s.Raw(), "\x1b[7m")
	if !found {
		return ""
	}
	row, _, _ := strings.Cut(rest, "\x1b[")
	return strings.TrimSpace(row)
}
