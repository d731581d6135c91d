package palette

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/sahilm/fuzzy"

	"dirdesk/keymap"
	"dirdesk/ui/action"
)

// match is an action that fits what was typed.
type match struct {
	action action.Action
	fit    fit
	marked []int // bytes of the name that were typed
}

// fit is how well an action fits, the best first.
type fit uint8

const (
	byKey   fit = iota // it has exactly that key
	named              // each word that was typed is one of its own
	meant              // or another word for it
	begun              // each begins one of its own words
	hinted             // or another word for it
	within             // each is somewhere in its name
	loosely            // the letters are there, in their order
)

// search finds the actions that fit what was typed, the best first. Nothing
// typed gives all of them, in their order.
func (m *Model) search() {
	typed := strings.TrimSpace(m.find.Line.Value())
	m.found = nil
	for _, a := range m.actions {
		if found := fits(a, typed); typed == "" || found.fit < loosely {
			m.found = append(m.found, found)
		}
	}
	switch {
	case typed == "":
		return
	case len(m.found) == 0:
		m.found = guesses(m.actions, typed)
	}
	slices.SortStableFunc(m.found, func(a, b match) int {
		return cmp.Or(cmp.Compare(a.fit, b.fit), cmp.Compare(later(a.action), later(b.action)))
	})
}

// later is the place of an action among others that fit as well: what cannot run
// now comes last, after what only moves a cursor.
func later(a action.Action) int {
	switch {
	case a.Unavailable != "":
		return 2
	case strings.HasPrefix(a.ID, "move."):
		return 1
	default:
		return 0
	}
}

// fits says how well an action fits what was typed: as well as the word that
// fits it least. What changes something fits only by the beginnings of words.
func fits(a action.Action, typed string) match {
	found := match{action: a, fit: named}
	if slices.ContainsFunc(a.Keys, func(key string) bool { return key == typed || keymap.Spell(key, true) == typed }) {
		found.fit = byKey
		return found
	}
	typed = strings.ToLower(typed)
	if strings.Contains(typed, ".") && strings.HasPrefix(a.ID, typed) {
		return found
	}
	own, other := words(a.Name+" "+a.Short), words(a.Also)
	for word := range strings.FieldsSeq(typed) {
		begins := func(w string) bool { return strings.HasPrefix(w, word) }
		fit := loosely
		switch {
		case slices.Contains(own, word):
			fit = named
		case slices.Contains(other, word):
			fit = meant
		case slices.ContainsFunc(own, begins):
			fit = begun
		case slices.ContainsFunc(other, begins):
			fit = hinted
		case strings.Contains(strings.ToLower(a.Name), word) && !a.Changes():
			fit = within
		}
		found.fit = max(found.fit, fit)
		found.mark(word)
	}
	return found
}

// words are those of a text, in lower case.
func words(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// mark notes where a word stands in the name: at the beginning of one of its
// words, if there is such a place.
func (m *match) mark(word string) {
	name := strings.ToLower(m.action.Name)
	at := cmp.Or(strings.Index(" "+name, " "+word)+1, strings.Index(name, word)+1) - 1
	for i := range word {
		if at >= 0 {
			m.marked = append(m.marked, at+i)
		}
	}
	slices.Sort(m.marked)
}

// guesses are the actions that hold the letters in their order: only what
// changes nothing is offered where nothing fits well.
func guesses(actions []action.Action, typed string) []match {
	harmless := slices.DeleteFunc(slices.Clone(actions), func(a action.Action) bool { return a.Changes() || a.ID == "app.quit" })
	names := make([]string, len(harmless))
	for i, a := range harmless {
		names[i] = a.Name
	}
	var found []match
	// The matcher takes a blank for a letter to be found: words are matched in
	// their order without it.
	for _, f := range fuzzy.Find(strings.Join(strings.Fields(typed), ""), names) {
		found = append(found, match{harmless[f.Index], loosely, f.MatchedIndexes})
	}
	return found
}
