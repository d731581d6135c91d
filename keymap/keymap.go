// Package keymap says which keys run which action, as a value that is handed
// down. Keys are spelled as tea.KeyPressMsg.String() gives them: "G", "ctrl+d",
// "space", "pgdown".
package keymap

import (
	"fmt"
	"maps"
	"slices"
)

// Map gives the keys of each action by the action's ID.
type Map map[string][]string

// Default is the built-in map: mnemonic letters, vi keys beside the arrows. What
// deletes is a capital letter, far from those that only look.
func Default() Map {
	return Map{
		"move.up":     {"up", "k"},
		"move.down":   {"down", "j"},
		"move.first":  {"g", "home"},
		"move.last":   {"G", "end"},
		"move.pageup": {"pgup", "ctrl+b"},
		"move.page":   {"pgdown", "ctrl+f"},
		"move.halfup": {"ctrl+u"},
		"move.half":   {"ctrl+d"},

		"go.open":    {"enter"},
		"go.right":   {"right", "l"},
		"go.left":    {"left", "h"},
		"go.up":      {"backspace", "-"},
		"go.back":    {"["},
		"go.forward": {"]"},
		"go.dn":      {"o", "ctrl+g"},
		"go.home":    {"~"},
		"pane.next":  {"tab"},
		"pane.prev":  {"shift+tab"},

		"view.refresh":  {"r"},
		"view.load":     {"L"},
		"view.narrow":   {"/"},
		"view.sort":     {"s"},
		"view.reverse":  {"S"},
		"view.advanced": {"a"},
		"view.details":  {"i"},
		"view.domain":   {"I"},
		"view.copy":     {"y"},
		"view.members":  {"v"},
		"view.error":    {"!"},
		"view.escape":   {"esc"},

		"mark.toggle": {"space"},

		"change.new":      {"n"},
		"change.edit":     {"e"},
		"change.all":      {"A"},
		"change.photo":    {"f"},
		"change.licences": {"M"},
		"change.password": {"p"},
		"change.rescue":   {"R"},
		"change.unlock":   {"U"},
		"change.enable":   {"X"},
		"change.join":     {"+"},
		"change.part":     {"_"},
		"change.move":     {"m"},
		"change.rename":   {"N", "f2"},
		"change.expiry":   {"E"},
		"change.mail":     {"P"},
		"change.delete":   {"D"},
		"change.undo":     {"u"},
		"change.journal":  {"J"},
		"change.resume":   {"w"},
		"change.allow":    {"W"},
		"change.sync":     {"Y"},

		"app.help":    {"?", "f1"},
		"app.palette": {":"},
		"app.mouse":   {"T"},
		"app.quit":    {"q", "ctrl+c"},
	}
}

// Keys are those of one action; none for an action that only the palette runs.
func (m Map) Keys(id string) []string { return m[id] }

// Check reports keys that stand for two actions.
func (m Map) Check() error {
	owner := map[string]string{}
	for _, id := range slices.Sorted(maps.Keys(m)) {
		for _, key := range m[id] {
			if other, taken := owner[key]; taken {
				return fmt.Errorf("the key %q stands for both %s and %s", key, other, id)
			}
			owner[key] = id
		}
	}
	return nil
}
