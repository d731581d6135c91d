package config

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"dirdesk/keymap"
)

// ownKeys reads the table [keys]: an action with its list of keys, or one key.
// The dot of an action may stand in quotes or not, so that a table may hold
// tables. What cannot be is said with its place.
func ownKeys(read map[string]any, at places) (map[string][]string, error) {
	if len(read) == 0 {
		return nil, nil
	}
	own := map[string][]string{}
	if err := flatten(own, "", read, at); err != nil {
		return nil, err
	}
	_, _, err := keymap.Default().With(own)
	if fault, ok := errors.AsType[*keymap.Fault](err); ok {
		return nil, fmt.Errorf("%s: %s", at.ofKey(fault.ID, fault.Index), fault.Words)
	}
	return own, err
}

// flatten gathers the lists of a table and of those in it.
func flatten(own map[string][]string, before string, read map[string]any, at places) error {
	for _, name := range slices.Sorted(maps.Keys(read)) {
		id := before + name
		if below, isTable := read[name].(map[string]any); isTable {
			if err := flatten(own, id+".", below, at); err != nil {
				return err
			}
			continue
		}
		if _, twice := own[id]; twice {
			return fmt.Errorf("%s: the keys of %s are given twice", at.ofKey(id, -1), id)
		}
		list, isList := read[name].([]any)
		if !isList {
			list = []any{read[name]} // one key
		}
		own[id] = make([]string, len(list))
		for i, v := range list {
			key, isText := v.(string)
			if !isText {
				return fmt.Errorf(`%s: %v is no key; write for example "ctrl+s", or ["n", "down"]`, at.ofKey(id, i), v)
			}
			own[id][i] = key
		}
	}
	return nil
}
