package ui_test

import (
	"slices"
	"strings"
	"testing"

	"dirdesk/desk"
	"dirdesk/keymap"
	"dirdesk/ui"
	"dirdesk/ui/action"
	"dirdesk/ui/uitest"
)

func actionsOf(s *uitest.Screen) []action.Action { return s.Root.(*ui.Root).Actions() }

// paletteOnly are the actions that are too rare, or too sharp, for a key.
func paletteOnly() []string {
	return []string{"mark.clear", "view.export", "change.mustchange", "change.protect", "change.request"}
}

// The keymap's table of the page and the actions of the page are about the same.
func TestEveryKeyHasItsActionAndTheOtherWayRound(t *testing.T) {
	t.Parallel()
	s, _ := uitest.Browse(t)
	var ids, want []string
	for _, a := range actionsOf(s) {
		ids = append(ids, a.ID)
		if len(a.Keys) == 0 && !slices.Contains(paletteOnly(), a.ID) {
			t.Errorf("%s has no key in the default keymap", a.ID)
		}
	}
	var page keymap.Scope
	for _, scope := range keymap.Scopes() {
		if scope.Name == keymap.Page {
			page = scope
		}
		if !slices.Contains(page.Uses, scope.Name) {
			continue
		}
		for _, a := range scope.Actions {
			want = append(want, a.ID)
		}
	}
	slices.Sort(ids)
	slices.Sort(want)
	if !slices.Equal(ids, want) {
		t.Errorf("the actions are %v,\nthe keymap is for %v", ids, want)
	}
}

// An action that cannot run has a reason and no function; one that can has a
// function.
func TestActionsSayWhyTheyCannotRun(t *testing.T) {
	t.Parallel()
	for name, keys := range scenes() {
		s := uitest.Berlin(t, uitest.Options{})
		s.Press(keys...)
		for _, a := range actionsOf(s) {
			if (a.Unavailable == "") != (a.Run != nil) {
				t.Errorf("%s: %s has the reason %q and a function: %v", name, a.ID, a.Unavailable, a.Run != nil)
			}
			if a.Name == "" || a.Group == "" {
				t.Errorf("%s: %s has no name or no group", name, a.ID)
			}
		}
	}
}

// Every key in the help does something when it is pressed: it runs, or says at
// the foot why it cannot.
func TestEveryKeyInTheHelpIsDispatched(t *testing.T) {
	t.Parallel()
	for name, begin := range map[string]func() *uitest.Screen{
		"reading": func() *uitest.Screen { s, _ := uitest.Browse(t); return s },
		"writing": func() *uitest.Screen { return uitest.Write(t, desk.Open).Screen },
	} {
		t.Run(name, func(t *testing.T) { everyKey(t, begin) })
	}
}

func everyKey(t *testing.T, begin func() *uitest.Screen) {
	for _, a := range actionsOf(begin()) {
		for _, key := range a.Keys {
			s := begin()
			before, sent := s.Raw(), s.Sent
			s.Press(key)
			if a.ID == "view.escape" && a.Unavailable != "" {
				if s.Raw() != before {
					t.Errorf("%s where nothing is to be left does something:\n%s", key, s.Text())
				}
				continue
			}
			if a.Unavailable != "" {
				// The message may be broken into lines.
				if text := strings.Join(strings.Fields(s.Text()), " "); !strings.Contains(text, a.Unavailable) {
					t.Errorf("%s (%s) does not say %q:\n%s", key, a.ID, a.Unavailable, s.Text())
				}
				continue
			}
			// A key at its end changes nothing; it must then still be known.
			if s.Raw() == before && !s.Quit && s.Sent == sent+1 && !strings.HasPrefix(a.ID, "move.") && a.ID != "go.left" {
				t.Errorf("%s (%s) does nothing", key, a.ID)
			}
		}
	}
}

func TestHelpAndPaletteRunActions(t *testing.T) {
	t.Parallel()
	s := uitest.Berlin(t, uitest.Options{})
	s.Press("?")
	s.Type("reverse")
	s.Press("enter")
	s.Shows("In the server's order, reversed", "Finance Readers")
	s.Press(":")
	s.Type("advanced")
	s.Press("enter")
	s.Shows("Advanced objects are shown.")
}

// A key that nobody has says so, until the next one; what was said before it
// comes back.
func TestUnknownKeysSayThatTheyDoNothing(t *testing.T) {
	t.Parallel()
	s := uitest.Berlin(t, uitest.Options{})
	s.Press("s")
	before := s.Text()
	for _, key := range []string{"d", "z", "x", "Q"} {
		s.Press(key)
		s.Shows(key + " does nothing here, ? lists the keys.")
	}
	if s.Press("down", "up"); s.Text() != before {
		t.Errorf("a key that nobody has did something:\n%s", s.Text())
	}
}

func TestQuit(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"q", "ctrl+c"} {
		s, _ := uitest.Browse(t)
		if s.Press(key); !s.Quit {
			t.Errorf("%s does not quit", key)
		}
	}
	s, _ := uitest.Browse(t)
	if s.Press("/", "ctrl+c"); !s.Quit {
		t.Error("ctrl+c does not quit while typing")
	}
}

func TestTitleAndScreenOnEveryPath(t *testing.T) {
	t.Parallel()
	s := uitest.New(t, uitest.Options{Backend: uitest.NewDirectory()})
	if v := s.Root.View(); !v.AltScreen || v.WindowTitle != "dirdesk" {
		t.Errorf("before the sign-in: alternate screen %v, title %q", v.AltScreen, v.WindowTitle)
	}
	s, _ = uitest.Browse(t)
	for _, key := range []string{"", "?", "esc", ":", "esc", "I", "esc", "/"} {
		if key != "" {
			s.Press(key)
		}
		if v := s.Root.View(); !v.AltScreen || v.WindowTitle != "dirdesk · corp.example.test" {
			t.Errorf("after %q: alternate screen %v, title %q", key, v.AltScreen, v.WindowTitle)
		}
	}
}
