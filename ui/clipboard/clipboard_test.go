package clipboard_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"

	"dirdesk/models"
	"dirdesk/ui/clipboard"
)

// desktop is a native clipboard.
type desktop struct {
	text   string
	broken bool
}

func (d *desktop) Read() (string, error) { return d.text, d.failure() }

func (d *desktop) Write(text string) error {
	if d.broken {
		return d.failure()
	}
	d.text = text
	return nil
}

func (d *desktop) failure() error {
	if d.broken {
		return errors.New("no display")
	}
	return nil
}

// rig runs commands as the program does; what is asked for later waits.
type rig struct {
	board    *clipboard.Clipboard
	copied   []clipboard.Copied
	terminal string // what was sent by OSC 52
	asked    int    // how often the terminal was asked what it can do
	timers   map[time.Duration]tea.Msg
}

func start(native clipboard.Native) *rig {
	r := &rig{timers: map[time.Duration]tea.Msg{}}
	r.board = clipboard.New(native, func(d time.Duration, msg tea.Msg) tea.Cmd {
		r.timers[d] = msg
		return nil
	})
	return r
}

func (r *rig) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case tea.BatchMsg:
		for _, c := range msg {
			r.run(c)
		}
	case clipboard.Copied:
		r.copied = append(r.copied, msg)
	case tea.RawMsg:
		r.asked++
	default:
		if reflect.TypeOf(msg) != nil && reflect.TypeOf(msg).String() == "tea.setClipboardMsg" {
			r.terminal = fmt.Sprint(msg)
			return
		}
		r.run(r.board.Update(msg))
	}
}

func (r *rig) fire(after time.Duration) { r.run(r.board.Update(r.timers[after])) }

// last is what was said of the only copy.
func (r *rig) last(t *testing.T) clipboard.Copied {
	t.Helper()
	if len(r.copied) != 1 {
		t.Fatalf("said %+v", r.copied)
	}
	return r.copied[0]
}

func TestThroughTheTerminal(t *testing.T) {
	for name, c := range map[string]struct {
		then    func(*rig)
		certain bool
	}{
		"it takes copies":       {func(r *rig) { r.run(r.board.Update(uv.PrimaryDeviceAttributesEvent{62, 22, 52})) }, true},
		"it does not list them": {func(r *rig) { r.run(r.board.Update(uv.PrimaryDeviceAttributesEvent{62, 22})) }, false},
		"it does not answer":    {func(r *rig) { r.fire(500 * time.Millisecond) }, false},
		"it answers too late": {func(r *rig) {
			r.fire(500 * time.Millisecond)
			r.run(r.board.Update(uv.PrimaryDeviceAttributesEvent{62, 52}))
		}, false},
	} {
		r := start(nil)
		r.run(r.board.CopySecret(models.NewSecret("pass-word")))
		if r.terminal != "pass-word" || r.asked != 1 || len(r.copied) != 0 {
			t.Fatalf("%s: sent %q, asked %d times, said %v", name, r.terminal, r.asked, r.copied)
		}
		c.then(r)
		said := r.last(t)
		if said.Certain != c.certain || !said.Secret || strings.Contains(said.Words, "may not have arrived") == c.certain {
			t.Errorf("%s: said %+v", name, said)
		}
		if strings.Contains(said.Words, "pass-word") {
			t.Errorf("%s: the password is in %q", name, said.Words)
		}
		// Over OSC 52 nothing is taken off: it may be something else by then.
		if _, later := r.timers[90*time.Second]; later {
			t.Errorf("%s: the terminal's clipboard is to be emptied", name)
		}
		r.board.Close()
	}
}

func TestOnTheDesktop(t *testing.T) {
	d := &desktop{}
	r := start(d)
	r.run(r.board.CopySecret(models.NewSecret("pass-word")))
	if d.text != "pass-word" || r.terminal != "" || !r.last(t).Certain {
		t.Fatalf("the clipboard holds %q, the terminal got %q, said %v", d.text, r.terminal, r.copied)
	}
	r.fire(90 * time.Second)
	if d.text != "" {
		t.Errorf("the clipboard holds %q still", d.text)
	}
}

func TestWhatSomebodyElseCopiedStays(t *testing.T) {
	d := &desktop{}
	r := start(d)
	r.run(r.board.CopySecret(models.NewSecret("pass-word")))
	d.text = "a shopping list"
	r.fire(90 * time.Second)
	if d.text != "a shopping list" {
		t.Errorf("the clipboard holds %q", d.text)
	}
}

// The later copy of two has its own 90 seconds.
func TestTwoCopies(t *testing.T) {
	d := &desktop{}
	r := start(d)
	r.run(r.board.CopySecret(models.NewSecret("first")))
	first := r.timers[90*time.Second]
	r.run(r.board.CopySecret(models.NewSecret("second")))
	r.run(r.board.Update(first))
	if d.text != "second" {
		t.Fatalf("the clipboard holds %q", d.text)
	}
	r.board.Close()
	if d.text != "" {
		t.Errorf("at the end the clipboard holds %q", d.text)
	}
}

func TestWhatIsNoSecretStays(t *testing.T) {
	d := &desktop{}
	r := start(d)
	r.run(r.board.Copy("the DN", "CN=jdoe"))
	r.board.Close()
	if said := r.last(t); d.text != "CN=jdoe" || said.Words != "Copied the DN to this computer's clipboard: CN=jdoe" {
		t.Errorf("the clipboard holds %q, said %+v", d.text, said)
	}
}

func TestADesktopThatDoesNotAnswer(t *testing.T) {
	r := start(&desktop{broken: true})
	r.run(r.board.CopySecret(models.NewSecret("pass-word")))
	r.run(r.board.Update(uv.PrimaryDeviceAttributesEvent{52}))
	if said := r.last(t); r.terminal != "pass-word" || !said.Certain {
		t.Errorf("the terminal got %q, said %+v", r.terminal, said)
	}
}

func TestOverSSHTheDesktopIsAnothers(t *testing.T) {
	if clipboard.Desktop(func(name string) string {
		return map[string]string{"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22", "DISPLAY": ":0"}[name]
	}) != nil {
		t.Error("the clipboard of the server is taken")
	}
}
