package action_test

import (
	"testing"

	"dirdesk/ui/action"
)

func TestSpell(t *testing.T) {
	for key, want := range map[string]string{
		"ctrl+d": "Ctrl-D", "pgdown": "PgDn", "up": "↑", "G": "G", "esc": "Esc",
		"shift+tab": "Shift-Tab", "-": "-", "+": "+", "f1": "F1", "/": "/",
	} {
		if got := action.Spell(key, false); got != want {
			t.Errorf("Spell(%q) = %q, want %q", key, got, want)
		}
	}
	if got := action.Spell("left", true); got != "Left" {
		t.Errorf("in ASCII the left arrow is %q, want Left", got)
	}
}

func TestFind(t *testing.T) {
	actions := []action.Action{{ID: "one", Keys: []string{"a", "b"}}, {ID: "two"}}
	if a, ok := action.Find(actions, "b"); !ok || a.ID != "one" {
		t.Errorf("b runs %q, %v", a.ID, ok)
	}
	if _, ok := action.Find(actions, "c"); ok {
		t.Error("c runs something")
	}
	if _, ok := action.ByID(actions, "two"); !ok {
		t.Error("an action without a key cannot be found by its name")
	}
}
