package keymap_test

import (
	"slices"
	"testing"

	"dirdesk/keymap"
)

func TestDefaultHasNoKeyTwice(t *testing.T) {
	if err := keymap.Default().Check(); err != nil {
		t.Error(err)
	}
}

func TestCheckFindsAKeyTwice(t *testing.T) {
	m := keymap.Map{"one": {"a"}, "two": {"b", "a"}}
	if m.Check() == nil {
		t.Error("a stands for one and two and nobody noticed")
	}
}

// Keys that will write stay free, so that nobody learns them for something
// harmless first.
func TestWritingKeysStayFree(t *testing.T) {
	reserved := []string{"n", "e", "p", "d", "D", "u", "R", "U", "X", "space"}
	for id, keys := range keymap.Default() {
		for _, key := range keys {
			if slices.Contains(reserved, key) {
				t.Errorf("%s uses %q, which is kept for writing", id, key)
			}
		}
	}
}
