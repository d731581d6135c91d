package keymap_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"dirdesk/keymap"
)

func TestDefaultHasNoKeyTwice(t *testing.T) {
	if err := keymap.Default().Check(); err != nil {
		t.Error(err)
	}
}

func TestCheckFindsAKeyTwice(t *testing.T) {
	m := keymap.Default()
	m["change.new"] = []string{"j"}
	if m.Check() == nil {
		t.Error("j moves down and makes something new, and nobody noticed")
	}
}

// What deletes or takes a person's access away is a capital letter: nobody who
// walks about presses one by accident.
func TestWhatHarmsIsACapitalLetter(t *testing.T) {
	m := keymap.Default()
	for _, id := range []string{"change.delete", "change.enable", "change.rescue"} {
		for _, key := range m.Keys(id) {
			if key != strings.ToUpper(key) || key == strings.ToLower(key) {
				t.Errorf("%s runs %s", key, id)
			}
		}
	}
}

func TestEveryActionIsInTheTableOnceAndHasWords(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range keymap.Scopes() {
		for _, a := range s.Actions {
			if seen[a.ID] || a.Words == "" {
				t.Errorf("%s stands twice in the table, or has no words", a.ID)
			}
			seen[a.ID] = true
		}
	}
}

func TestAKeyThatIsChangedHoldsInEveryList(t *testing.T) {
	m, taken, err := keymap.Default().With(map[string][]string{"move.down": {"n", "ctrl+n", "down"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, scope := range []keymap.ScopeName{keymap.Page, keymap.Journal, keymap.Members, keymap.Choice, keymap.Properties, keymap.Values, keymap.Facts, keymap.Menu} {
		keys := m.In(scope)
		if keys.ID("n") != "move.down" || keys.ID("j") != "" {
			t.Errorf("%s: n is %q and j is %q", scope, keys.ID("n"), keys.ID("j"))
		}
	}
	// Where text is typed, a letter is part of it.
	if keys := m.In(keymap.Help); keys.ID("n") != "" || keys.ID("ctrl+n") != "move.down" {
		t.Errorf("help: n is %q, ctrl+n is %q", keys.ID("n"), keys.ID("ctrl+n"))
	}
	if !slices.ContainsFunc(taken, func(t keymap.Taken) bool {
		return t.Key == "n" && t.By == "move.down" && t.From == "change.new"
	}) {
		t.Errorf("that n made something new is not said: %v", taken)
	}
	// A key that was its own before takes nothing.
	if slices.ContainsFunc(taken, func(t keymap.Taken) bool { return t.Key == "down" }) || m.In(keymap.Choice).ID("down") != "form.next" {
		t.Errorf("down is taken: %v", taken)
	}
}

func TestAScopesOwnActionComesFirst(t *testing.T) {
	keys := keymap.Default().In(keymap.Journal)
	for key, want := range map[string]string{
		"enter": "journal.open", "q": "overlay.close", "J": "overlay.close", "j": "move.down", "u": "journal.undo", "z": "",
	} {
		if got := keys.ID(key); got != want {
			t.Errorf("%s runs %q, want %q", key, got, want)
		}
	}
	if got := keys.Keys("overlay.close"); !slices.Equal(got, []string{"esc", "q"}) {
		t.Errorf("the journal says that %v close it", got)
	}
}

// The key that opened an overlay closes it, also when it is another.
func TestTheKeyThatOpensCloses(t *testing.T) {
	m, _, err := keymap.Default().With(map[string][]string{"change.journal": {"f7"}})
	if err != nil {
		t.Fatal(err)
	}
	if keys := m.In(keymap.Journal); keys.ID("f7") != "overlay.close" || keys.ID("J") != "" {
		t.Errorf("f7 is %q, J is %q", keys.ID("f7"), keys.ID("J"))
	}
}

func TestWhatCannotBeSetIsSaid(t *testing.T) {
	for _, c := range []struct {
		own   map[string][]string
		id    string
		index int
		want  string
	}{
		{map[string][]string{"move.dwn": {"n"}}, "move.dwn", -1, "no action move.dwn"},
		{map[string][]string{"move.down": {"n", "Ctrl-S"}}, "move.down", 1, `"Ctrl-S" is no key`},
		{map[string][]string{"move.down": {"z"}, "view.sort": {"s", "z"}}, "view.sort", 1, "both move.down and view.sort"},
		{map[string][]string{"journal.undo": {"z"}, "move.down": {"z"}}, "move.down", 0, "both journal.undo and move.down (Journal)"},
		{map[string][]string{"line.accept": {"y"}}, "line.accept", 0, "part of what is typed"},
		{map[string][]string{"form.leave": {}}, "form.leave", -1, "would have no key"},
		{map[string][]string{"photo.set": {"esc"}}, "photo.set", 0, "would have no key"},
		{map[string][]string{"view.sort": {"ctrl+c"}}, "view.sort", 0, "quits"},
	} {
		_, _, err := keymap.Default().With(c.own)
		var fault *keymap.Fault
		if !errors.As(err, &fault) || fault.ID != c.id || fault.Index != c.index || !strings.Contains(fault.Words, c.want) {
			t.Errorf("%v: %#v, want %s[%d] %s", c.own, err, c.id, c.index, c.want)
		}
	}
}

func TestHintsNameTheKeysThatHold(t *testing.T) {
	m, _, err := keymap.Default().With(map[string][]string{"journal.undo": {"ctrl+z"}, "journal.open": {}})
	if err != nil {
		t.Fatal(err)
	}
	got := m.In(keymap.Journal).Hints("  ", "journal.open", "shows", "journal.undo", "takes it back", "move.up|move.down", ": scroll")
	if want := "Ctrl-Z takes it back  Up or Down: scroll"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestSpell(t *testing.T) {
	for key, want := range map[string]string{
		"ctrl+d": "Ctrl-D", "pgdown": "PgDn", "up": "↑", "G": "G", "esc": "Esc", "ctrl+left": "Ctrl-←",
		"shift+tab": "Shift-Tab", "-": "-", "+": "+", "f1": "F1", "/": "/", "ctrl++": "Ctrl-+", "alt+é": "Alt-É",
	} {
		if got := keymap.Spell(key, false); got != want {
			t.Errorf("Spell(%q) = %q, want %q", key, got, want)
		}
	}
	if got := keymap.Spell("left", true); got != "Left" {
		t.Errorf("in ASCII the left arrow is %q, want Left", got)
	}
}
