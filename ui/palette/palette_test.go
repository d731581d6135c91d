package palette_test

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"dirdesk/keymap"
	"dirdesk/test/modeltest"
	"dirdesk/theme"
	"dirdesk/ui/message"
	"dirdesk/ui/palette"
)

var goldens = modeltest.UpdateFlag()

func open(t *testing.T, o theme.Options, width, height int) (*palette.Model, *modeltest.Driver) {
	t.Helper()
	th := theme.New(o)
	m := palette.New(&th, keymap.Default(), modeltest.Actions(), width, height)
	return m, modeltest.Start(t, m, nil)
}

func TestRunsTheBestMatch(t *testing.T) {
	for typed, want := range map[string]string{
		"refresh": "view.refresh", "rfsh": "view.refresh", "adv obj": "view.advanced", "quit": "app.quit",
		"G": "move.last", "r": "view.refresh", "ctrl+a": "view.advanced", "close": "connection.close", "LAST ROW": "move.last",
		"view.adv": "view.advanced", "cont": "view.refresh",
	} {
		_, d := open(t, theme.Options{}, 80, 24)
		d.Type(typed)
		d.Press("enter")
		if c, _ := modeltest.Caught[message.Chosen](d); c.Action.ID != want {
			t.Errorf("%q runs %q, want %q\n%s", typed, c.Action.ID, want, d.Screen())
		}
	}
}

func TestArrowsChoose(t *testing.T) {
	_, d := open(t, theme.Options{}, 80, 24)
	d.Press("down", "down", "up", "enter")
	if c, _ := modeltest.Caught[message.Chosen](d); c.Action.ID != "move.up" {
		t.Errorf("runs %q", c.Action.ID)
	}
}

func TestWhatCannotRunSaysWhy(t *testing.T) {
	_, d := open(t, theme.Options{}, 80, 24)
	d.Send(tea.PasteMsg{Content: "copy the mail\n"})
	if s := d.Screen(); !strings.Contains(s, "copy the mail address (Ren\uFFFD[31mé has no mail address)") {
		t.Errorf("no reason in the list:\n%s", s)
	}
	d.Press("enter")
	if _, ran := modeltest.Caught[message.Chosen](d); ran || !strings.Contains(d.Screen(), "not now: Ren\uFFFD") {
		t.Errorf("ran %v:\n%s", ran, d.Screen())
	}
}

func TestCloses(t *testing.T) {
	for _, keys := range [][]string{{"esc"}, {"x", "esc"}, {"x", "backspace", "backspace"}} {
		_, d := open(t, theme.Options{}, 80, 24)
		d.Press(keys...)
		if _, ok := modeltest.Caught[message.Closed](d); !ok {
			t.Errorf("%v does not close", keys)
		}
	}
}

func TestNothingFound(t *testing.T) {
	_, d := open(t, theme.Options{}, 80, 24)
	d.Type("xyzzy")
	d.Press("down", "pgdown", "enter")
	if len(d.Messages) != 0 || !strings.Contains(d.Screen(), "no action is called that") {
		t.Errorf("messages %v\n%s", d.Messages, d.Screen())
	}
}

func TestGoldens(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {40, 12}} {
		m, d := open(t, theme.Options{}, size[0], size[1])
		d.Press("down")
		goldens.Golden(t, fmt.Sprintf("all-%dx%d", size[0], size[1]), d.Screen(), size[0], m.Height())
		d.Type("co")
		goldens.Golden(t, fmt.Sprintf("found-%dx%d", size[0], size[1]), d.Screen(), size[0], m.Height())
	}
	m, d := open(t, theme.Options{ASCII: true}, 80, 24)
	if i := strings.IndexFunc(d.Screen(), func(r rune) bool { return r > 0x7e }); i >= 0 {
		t.Errorf("more than ASCII: %q", d.Screen()[i:])
	}
	for _, size := range [][2]int{{1, 1}, {3, 2}, {9, 3}, {300, 80}} {
		d.Send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		lines := strings.Split(d.Screen(), "\n")
		if len(lines) != m.Height() || m.Height() > size[1] {
			t.Errorf("at %v: %d lines, Height %d", size, len(lines), m.Height())
		}
		for _, line := range lines {
			if len(line) != size[0] {
				t.Errorf("at %v: %q", size, line)
			}
		}
	}
}
