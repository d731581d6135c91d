package property

import (
	"slices"

	"dirdesk/internal/terminaltext"
	"dirdesk/keymap"
)

// hint is an action and what it does, for the foot.
type hint struct {
	id    string // as keymap.Keys.Hints takes it
	words string
	// spare says how soon it is left out where room is short, the lowest first;
	// nobody is lost without what can be guessed. 0: it stays.
	spare int
}

// fitting joins as many hints as there is room for.
func fitting(keys keymap.Keys, hints []hint, width int) string {
	hints = slices.Clone(hints)
	for {
		var pairs []string
		least := -1
		for i, h := range hints {
			pairs = append(pairs, h.id, h.words)
			if h.spare > 0 && (least < 0 || h.spare < hints[least].spare) {
				least = i
			}
		}
		text := keys.Hints("  ", pairs...)
		if least < 0 || terminaltext.Width(text) <= width {
			return text
		}
		hints = slices.Delete(hints, least, least+1)
	}
}

// hints are the keys that do something just now.
func (e *Editor) hints() string {
	it, keys, leave := e.list.under(), e.keys, hint{"property.leave", "leave", 0}
	var hints []hint
	add := func(when bool, h hint) {
		if when {
			hints = append(hints, h)
		}
	}
	switch {
	case e.reading && len(e.items) == 0:
		return fitting(keys, []hint{leave}, e.env.Width)
	case len(e.items) == 0:
		return fitting(keys, []hint{{"property.refresh", "refresh", 0}, leave}, e.env.Width)
	case e.list.filtering:
		return e.list.keys.Hints("  ", "filter.keep", "to the list", "line.leave", "all")
	}
	free := it != nil && e.locked(it) == ""
	add(free, hint{"property.edit", "edit", 0})
	add(free && it.flags() == nil && (len(it.property.Values) > 0 || !it.known), hint{"property.clear", "clear", 3})
	add(it != nil && it.change != nil, hint{"property.back", "undo", 7})
	add(it != nil, hint{"property.view", "view", 2})
	add(true, hint{"property.filter", "filter", 6})
	add(e.list.setOnly, hint{"property.set", "all", 1})
	add(!e.list.setOnly, hint{"property.set", "set only", 1})
	add(e.sheet.Partial != "", hint{"property.another", "another", 4})
	add(len(e.refusal) > 0, hint{"property.refresh", "refresh", 5})
	add(len(e.changed()) > 0, hint{"^property.submit", "review", 0})
	if e.list.filter.Value() != "" {
		leave.words = "all"
	}
	return fitting(keys, append(hints, leave), e.env.Width)
}
