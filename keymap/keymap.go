// Package keymap says which keys run which action, as a value that is handed
// down: nothing else in the program spells a key. [Scopes] is the table of all
// actions, [Map] has the keys of each, and [Map.In] gives the keys of one scope
// to the page, form or overlay that takes them.
//
// Keys are spelled as tea.KeyPressMsg.String() gives them: "G", "ctrl+d",
// "space", "pgdown".
package keymap

import "slices"

// Map gives the keys of each action by the action's ID. A key that is not
// the action's in [Default] was set by the person, and is won from actions that
// have it by default.
type Map map[string][]string

// Default is the built-in map: mnemonic letters, vi keys beside the arrows. What
// deletes is a capital letter, far from those that only look.
func Default() Map {
	m := Map{}
	for _, s := range Scopes() {
		for _, a := range s.Actions {
			m[a.ID] = a.Keys
		}
	}
	return m
}

// Keys are those of one action; none for an action that only the palette runs.
func (m Map) Keys(id string) []string { return m[id] }

// In gives the keys that hold in a scope. Where two actions want one key, a
// person's own setting comes before a default, and the scope's own actions
// before those it shares with others.
func (m Map) In(name ScopeName) Keys {
	_, all := tabled()
	return m.in(all, name)
}

func (m Map) in(all scopes, name ScopeName) Keys {
	k := Keys{scope: all[name], actions: map[string]Action{}, ids: map[string]string{}, keys: map[string][]string{}}
	chain := all.chain(name)
	for _, own := range []bool{true, false} { // what the person added first
		for _, a := range chain {
			k.actions[a.ID] = a
			for _, key := range m[a.ID] {
				if slices.Contains(a.Keys, key) != own {
					k.take(a, key)
				}
			}
		}
	}
	for _, id := range k.scope.OpenedBy {
		for _, key := range m[id] {
			k.take(k.actions[k.scope.Closes], key)
		}
	}
	// An action has its keys in the order in which the map lists them.
	for id, keys := range k.keys {
		k.keys[id] = slices.DeleteFunc(slices.Clone(m[id]), func(key string) bool { return !slices.Contains(keys, key) })
	}
	return k
}

// Keys are those that hold in one scope. The zero value has none.
type Keys struct {
	scope   Scope
	actions map[string]Action
	ids     map[string]string   // by key
	keys    map[string][]string // by ID
}

func (k *Keys) take(a Action, key string) {
	if _, taken := k.ids[key]; taken || k.scope.Typing && !a.letters && Types(key) {
		return // a letter is a part of the text
	}
	k.ids[key] = a.ID
	k.keys[a.ID] = append(k.keys[a.ID], key)
}

// ID is the action that a key runs in the scope, "" for none.
func (k Keys) ID(key string) string { return k.ids[key] }

// Keys are those of one action that hold in the scope.
func (k Keys) Keys(id string) []string { return k.keys[id] }

// Action is what the table says of an action, with the keys that hold here.
func (k Keys) Action(id string) Action {
	a := k.actions[id]
	a.ID, a.Keys = id, k.keys[id]
	return a
}
