package ui_test

import (
	"strings"
	"testing"

	"dirdesk/desk"
	"dirdesk/ui/uitest"
)

// What people call a thing finds it in the palette, whatever the program calls
// it, and the best match stands first.
func TestThePaletteKnowsWhatPeopleCallThings(t *testing.T) {
	t.Parallel()
	w := uitest.Write(t, desk.Open)
	for typed, want := range map[string]string{
		"search": "find people", "find": "find people", "caller": "find people", "filter": "narrow the loaded rows",
		"unlock": "unlock", "export": "tell the command that exports", "csv": "tell the command that exports",
		"move": "move to another container", "undo": "take the last change back", "create": "make a new user",
		"reset": "set a password", "disable": "disable the account", "keys": "list every key",
	} {
		w.Press(":")
		w.Type(typed)
		if got := w.Line("> "); !strings.Contains(got, "> "+want) {
			t.Errorf("%q offers %q first, want %q", typed, got, want)
		}
		w.Press("esc")
	}
	w.Wrote()
}

// What only resembles a change is none that anybody asked for.
func TestThePaletteOffersNoChangeForAPoorMatch(t *testing.T) {
	t.Parallel()
	w := uitest.Write(t, desk.Open)
	for _, typed := range []string{"dlt", "lock", "elete", "able", "et", "xprt", "mv", "pswd", "ename"} {
		w.Press(":")
		w.Type(typed)
		w.Hides("delete", "unlock", "disable the account", "set a password", "rename", "move to another", "expires")
		w.Press("esc")
	}
	w.Wrote()
}
