package action

import "slices"

// Find gives the action that a key runs.
func Find(actions []Action, key string) (Action, bool) {
	i := slices.IndexFunc(actions, func(a Action) bool { return slices.Contains(a.Keys, key) })
	if i < 0 {
		return Action{}, false
	}
	return actions[i], true
}

// ByID gives the action of that name.
func ByID(actions []Action, id string) (Action, bool) {
	i := slices.IndexFunc(actions, func(a Action) bool { return a.ID == id })
	if i < 0 {
		return Action{}, false
	}
	return actions[i], true
}
