package config

import (
	"reflect"
	"strings"
	"testing"

	"dirdesk/models"
)

func TestOwnKeysAreReadHoweverTheyAreWritten(t *testing.T) {
	want := map[string][]string{"move.down": {"n", "down"}, "form.submit": {"f10"}}
	for _, text := range []string{
		"[keys]\n\"move.down\" = [\"n\", \"down\"]\n\"form.submit\" = [\"f10\"]\n",
		"[keys]\nmove.down = ['n', 'down']\nform.submit = 'f10'\n",
		"[keys.move]\ndown = ['n', 'down']\n[keys.form]\nsubmit = ['f10']\n",
		"keys = {move = {down = ['n', 'down']}, \"form.submit\" = ['f10']}\n",
	} {
		if c, err := Load(write(t, text)); err != nil || !reflect.DeepEqual(c.Keys, want) {
			t.Errorf("%s gives %v, %v", text, c.Keys, err)
		}
	}
}

func TestMistakesAmongOwnKeysAreNamedWithLineAndColumn(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"[keys]\n\"move.dwn\" = ['n']\n", "line 2, column 1: there is no action move.dwn"},
		{"[keys]\n  move.dwn = ['n']\n", "line 2, column 3: there is no action move.dwn"},
		{"[keys]\n\"move.down\" = ['n',\n  'Ctrl-S']\n", `line 3, column 3: "Ctrl-S" is no key`},
		{"[keys]\n\"move.down\" = ['n']\n\"view.sort\" = ['s', 'n']\n", `line 3, column 21: the key "n" stands for both move.down and view.sort`},
		{"[keys]\n\"journal.undo\" = ['z']\n\"move.down\" = ['z']\n", `line 3, column 16: the key "z" stands for both journal.undo and move.down`},
		{"[keys]\n\"form.leave\" = []\n", "line 2, column 1: form.leave (Forms: leave, changing nothing) would have no key"},
		{"[keys]\n\"move.down\" = [3]\n", "line 2, column 16: 3 is no key"},
		{"[keys]\n\"move.down\" = 'ctrl+'\n", `line 2, column 15: "ctrl+" is no key`},
		{"keys = {move = {down = ['n', 'x1']}}\n", `line 1, column 30: "x1" is no key`},
		{"[keys]\nmove.down = ['n']\n\"move.down\" = ['m']\n", "the keys of move.down are given twice"},
		{"keys = 3\n", "line 1, column"},
	} {
		if _, err := Load(write(t, c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q:\n got %v\nwant %s", c.text, err, c.want)
		}
	}
}

// A profile that is saved leaves the person's keys as they are, also where the
// file has to be written anew.
func TestSavingAProfileKeepsOwnKeys(t *testing.T) {
	for _, text := range []string{
		"[keys]\n\"move.down\" = ['n'] # as I am used to\n",
		"keys = {\"move.down\" = ['n']}\nprofiles = {a = {url = 'u'}}\n",
	} {
		path := write(t, text)
		if err := SaveProfile(path, models.Profile{Name: "office", URL: "ldaps://dc1"}); err != nil {
			t.Fatal(err)
		}
		c, err := Load(path)
		if _, there := c.Profile("office"); err != nil || !there || !reflect.DeepEqual(c.Keys, map[string][]string{"move.down": {"n"}}) {
			t.Errorf("after saving into %q: %+v, %v", text, c, err)
		}
	}
}
