package action_test

import (
	"testing"

	"dirdesk/ui/action"
)

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
