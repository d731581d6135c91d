package keymap

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Taken says that a person's setting took a key from a default.
type Taken struct {
	Key  string
	By   string // the action that has it now
	From string // the action that had it
}

// Said are sentences for a person, one for each key.
func Said(taken []Taken) []string {
	var all []string
	for i, t := range taken {
		if i > 0 && taken[i-1].Key == t.Key && taken[i-1].By == t.By {
			all[len(all)-1] = strings.TrimSuffix(all[len(all)-1], ".") + ", " + t.From + "."
			continue
		}
		all = append(all, fmt.Sprintf("The key %s is %s now, and no longer %s.", Spell(t.Key, true), t.By, t.From))
	}
	return all
}

// Fault is what is wrong with a person's setting.
type Fault struct {
	ID    string // of the action
	Index int    // of the key in its list; -1 for the action itself
	Words string
}

// Error says it.
func (f *Fault) Error() string { return f.Words }

// With gives the map with a person's own keys: each list replaces the default.
// The error is a *Fault.
func (m Map) With(own map[string][]string) (Map, []Taken, error) {
	actions := map[string]bool{}
	for id := range m {
		actions[id] = true
	}
	merged := maps.Clone(m)
	if len(own) == 0 {
		return merged, nil, nil
	}
	for _, id := range slices.Sorted(maps.Keys(own)) {
		if !actions[id] {
			return nil, nil, &Fault{id, -1, fmt.Sprintf("there is no action %s; dirdesk keys lists them", id)}
		}
		for i, key := range own[id] {
			if !isKey(key) {
				return nil, nil, &Fault{id, i, fmt.Sprintf("%q is no key; write for example ctrl+s, G, f2, space or pgdown", key)}
			}
		}
		merged[id] = slices.Clone(own[id])
	}
	taken, err := merged.compare(m, own)
	return merged, taken, err
}

// compare finds the keys that a person's settings take from defaults, and what
// cannot be.
func (m Map) compare(before Map, own map[string][]string) ([]Taken, error) {
	table, all := tabled()
	var taken []Taken
	for _, s := range table {
		if fault := m.collision(all, s, own); fault != nil {
			return nil, fault
		}
		now, then := m.in(all, s.Name), before.in(all, s.Name)
		for _, a := range all.chain(s.Name) {
			lost := func(key string) bool { return now.ids[key] != a.ID && now.ids[key] != "" }
			for _, key := range then.keys[a.ID] {
				if _, set := own[a.ID]; set || !lost(key) {
					continue
				}
				t := Taken{key, now.ids[key], a.ID}
				if !slices.ContainsFunc(taken, func(o Taken) bool { return o == t }) {
					taken = append(taken, t)
				}
			}
			if a.exit && len(then.keys[a.ID]) > 0 && len(now.keys[a.ID]) == 0 {
				return nil, stranded(own, then.keys[a.ID], a, s)
			}
		}
	}
	slices.SortFunc(taken, func(a, b Taken) int {
		return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.By, b.By), cmp.Compare(a.From, b.From))
	})
	return taken, nil
}

// stranded is the fault of the setting that leaves an action without a key,
// though nothing else leads out of its scope.
func stranded(own map[string][]string, keys []string, a Action, s Scope) *Fault {
	words := fmt.Sprintf("%s (%s: %s) would have no key, and nothing else leads out", a.ID, s.Title, a.Words)
	if _, set := own[a.ID]; set {
		return &Fault{a.ID, -1, words}
	}
	for _, id := range slices.Sorted(maps.Keys(own)) {
		for i, key := range own[id] {
			if slices.Contains(keys, key) {
				return &Fault{id, i, words}
			}
		}
	}
	return &Fault{a.ID, -1, words}
}

// collision finds two of a person's own keys that mean two things in one scope,
// and a letter where text is typed.
func (m Map) collision(all scopes, s Scope, own map[string][]string) *Fault {
	owner := map[string]string{}
	quit := m["app.quit"]
	for _, a := range all.chain(s.Name) {
		if _, set := own[a.ID]; !set {
			continue
		}
		for i, key := range own[a.ID] {
			other, twice := owner[key]
			local := slices.ContainsFunc(s.Actions, func(b Action) bool { return b.ID == a.ID })
			switch {
			case twice && other != a.ID && !(slices.Contains(a.Keys, key) && slices.Contains(all.keys(other), key)):
				return &Fault{a.ID, i, fmt.Sprintf("the key %q stands for both %s and %s (%s)", key, other, a.ID, s.Title)}
			case local && s.Typing && !a.letters && Types(key):
				return &Fault{a.ID, i, fmt.Sprintf("the key %q is part of what is typed there (%s)", key, s.Title)}
			case a.ID != "app.quit" && !Types(key) && slices.Contains(quit, key):
				return &Fault{a.ID, i, fmt.Sprintf("the key %q quits, wherever it is pressed: give app.quit another one first", key)}
			}
			owner[key] = a.ID
		}
	}
	return nil
}

// Check reports keys that stand for two actions of one scope, or of the page.
func (m Map) Check() error {
	table, all := tabled()
	for _, s := range table {
		actions := s.Actions
		if s.Name == Page {
			actions = all.chain(Page)
		}
		owner := map[string]string{}
		for _, a := range actions {
			for _, key := range m[a.ID] {
				if other, taken := owner[key]; taken {
					return fmt.Errorf("the key %q stands for both %s and %s", key, other, a.ID)
				}
				owner[key] = a.ID
			}
		}
	}
	return nil
}
