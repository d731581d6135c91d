package help_test

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"dirdesk/keymap"
	"dirdesk/test/modeltest"
	"dirdesk/theme"
	"dirdesk/ui/action"
	"dirdesk/ui/help"
	"dirdesk/ui/message"
)

var goldens = modeltest.UpdateFlag()

func open(t *testing.T, o theme.Options, width, height int) *modeltest.Driver {
	t.Helper()
	th := theme.New(o)
	return modeltest.Start(t, help.New(&th, keymap.Default(), modeltest.Actions(), "", width, height), nil)
}

func TestTypingNarrowsAndEnterRuns(t *testing.T) {
	d := open(t, theme.Options{}, 80, 24)
	d.Type("refr")
	if s := d.Screen(); !strings.Contains(s, "refresh this container") || strings.Contains(s, "one row") || !strings.Contains(s, "1 of 9") {
		t.Errorf("not narrowed:\n%s", s)
	}
	d.Press("enter")
	if c, ok := modeltest.Caught[message.Chosen](d); !ok || c.Action.ID != "view.refresh" {
		t.Errorf("chosen %+v, %v", c.Action.ID, ok)
	}
}

func TestFindsByKeyGroupAndSeveralWords(t *testing.T) {
	for typed, want := range map[string]string{
		"Ctrl-A": "view.advanced", "ctrl+a": "view.advanced", "row down": "move.down", "down one": "move.down",
		"view adv": "view.advanced", "QUIT": "app.quit",
	} {
		d := open(t, theme.Options{}, 80, 24)
		d.Type(typed)
		d.Press("enter")
		if c, _ := modeltest.Caught[message.Chosen](d); c.Action.ID != want {
			t.Errorf("%q runs %q, want %q\n%s", typed, c.Action.ID, want, d.Screen())
		}
	}
}

func TestWhatCannotRunSaysWhy(t *testing.T) {
	d := open(t, theme.Options{}, 80, 24)
	d.Send(tea.PasteMsg{Content: "mail\n"})
	d.Press("enter")
	if _, ran := modeltest.Caught[message.Chosen](d); ran {
		t.Error("an action that cannot run was chosen")
	}
	if s := d.Screen(); !strings.Contains(s, "not now: Ren\uFFFD[31mé has no mail") {
		t.Errorf("no reason:\n%s", s)
	}
}

func TestNothingFound(t *testing.T) {
	d := open(t, theme.Options{}, 80, 24)
	d.Type("xyzzy")
	d.Press("down", "enter")
	if s := d.Screen(); !strings.Contains(s, "no key and no action") || len(d.Messages) != 0 {
		t.Errorf("messages %v\n%s", d.Messages, s)
	}
}

func TestCloses(t *testing.T) {
	for _, keys := range [][]string{{"esc"}, {"?"}, {"a", "esc"}} {
		d := open(t, theme.Options{}, 80, 24)
		d.Press(keys...)
		if _, ok := modeltest.Caught[message.Closed](d); !ok {
			t.Errorf("%v does not close", keys)
		}
	}
}

func TestTheCursorStaysInView(t *testing.T) {
	var actions []action.Action
	for i := range 200 {
		actions = append(actions, action.Action{ID: fmt.Sprint(i), Name: fmt.Sprintf("action %03d", i), Group: "G"})
	}
	th := theme.New(theme.Options{})
	d := modeltest.Start(t, help.New(&th, keymap.Default(), actions, "", 60, 20), nil)
	for i := range 150 {
		d.Press("down")
		if !strings.Contains(d.Screen(), fmt.Sprintf("action %03d", i+1)) {
			t.Fatalf("row %d is out of sight:\n%s", i+1, d.Screen())
		}
	}
	d.Press("pgup", "pgup", "up", "pgdown", "enter")
	if c, _ := modeltest.Caught[message.Chosen](d); !strings.Contains(d.Screen(), c.Action.Name) || c.Action.ID == "150" {
		t.Errorf("chose %s:\n%s", c.Action.Name, d.Screen())
	}
}

func TestGoldens(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {40, 12}} {
		d := open(t, theme.Options{}, size[0], size[1])
		d.Press("down", "down")
		goldens.Golden(t, fmt.Sprintf("help-%dx%d", size[0], size[1]), d.Screen(), size[0], size[1])
	}
	d := open(t, theme.Options{ASCII: true}, 80, 24)
	d.Type("back")
	screen := d.Screen()
	goldens.Golden(t, "ascii-80x24", screen, 80, 24)
	if i := strings.IndexFunc(screen, func(r rune) bool { return r > 0x7e }); i >= 0 {
		t.Errorf("more than ASCII: %q", screen[i:])
	}
	for _, size := range [][2]int{{1, 1}, {3, 2}, {12, 3}, {300, 80}} {
		d.Send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		lines := strings.Split(d.Screen(), "\n")
		if len(lines) != size[1] || len(lines[0]) != size[0] {
			t.Errorf("at %v: %d lines of %d", size, len(lines), len(lines[0]))
		}
	}
}
