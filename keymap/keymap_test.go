package keymap_test

import (
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
	m := keymap.Map{"one": {"a"}, "two": {"b", "a"}}
	if m.Check() == nil {
		t.Error("a stands for one and two and nobody noticed")
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
