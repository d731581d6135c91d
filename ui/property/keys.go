package property

import (
	"cmp"
	"slices"

	tea "charm.land/bubbletea/v2"

	"dirdesk/internal/terminaltext"
	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/ui/forms"
)

// press takes a key while the sheet itself has them.
func (e *Editor) press(msg tea.KeyPressMsg) tea.Cmd {
	leaving := e.leaving
	e.leaving, e.notice = false, ""
	if e.list.filtering {
		return e.narrowing(msg)
	}
	id := e.keys.ID(msg.String())
	if id == "property.leave" {
		return e.escape(leaving)
	}
	if e.reading && len(e.items) == 0 || e.list.Key(id, len(e.list.shown)) {
		return nil
	}
	switch id {
	case "property.submit":
		return e.submit()
	case "property.filter":
		e.list.filtering = true
	case "property.set":
		e.list.setOnly = !e.list.setOnly
		e.list.narrow(e.items)
	case "property.refresh":
		return e.read()
	case "property.another":
		if e.sheet.Partial == "" {
			e.notice = "All properties that this object can have are in the list."
			return nil
		}
		return e.another()
	}
	if it := e.list.under(); it != nil {
		return e.act(it, id)
	}
	return nil
}

// act does an action on the property under the cursor.
func (e *Editor) act(it *item, id string) tea.Cmd {
	switch id {
	case "property.edit":
		if why := e.locked(it); why != "" {
			e.notice = it.property.Name + " cannot be changed here: " + why + "."
			return nil
		}
		return e.open(it)
	case "property.view":
		e.push(newViewer(e, it))
	case "property.back":
		if it.change == nil {
			e.notice = it.property.Name + " is not changed."
			return nil
		}
		it.change, e.refusal = nil, nil
		e.list.narrow(e.items)
	case "property.clear":
		return e.wipe(it)
	}
	return nil
}

// locked says why a property cannot be changed; "" when it can.
func (e *Editor) locked(it *item) string { return cmp.Or(it.property.Fixed, e.cannot) }

// wipe clears a property.
func (e *Editor) wipe(it *item) tea.Cmd {
	switch {
	case e.locked(it) != "":
		e.notice = it.property.Name + " cannot be changed here: " + e.locked(it) + "."
	case it.flags() != nil:
		e.notice = "Flags are switched one by one: " + e.keys.Spell("property.edit") + " shows them."
	case it.known && len(it.property.Values) == 0 && it.change == nil:
		e.notice = it.property.Name + " is not set."
	default:
		e.take(it, models.PropertyChange{Operation: models.Replace})
	}
	return nil
}

// take puts a change to an item.
func (e *Editor) take(it *item, c models.PropertyChange) {
	it.set(c)
	e.refusal = nil
	e.list.narrow(e.items)
	e.list.find(it.property.Name)
}

// Typed implements forms.Form.
func (e *Editor) Typed() bool { return len(e.changed()) > 0 || len(e.panes) > 0 }

// escape leaves the filter, or the editor. What was changed is not thrown away
// at the first press.
func (e *Editor) escape(again bool) tea.Cmd {
	switch {
	case e.list.filtering || e.list.filter.Value() != "":
		e.list.filtering = false
		e.list.filter.Set("")
		e.list.narrow(e.items)
		return nil
	case e.Typed() && !again:
		e.leaving = true
		return nil
	}
	return func() tea.Msg { return forms.Cancelled{Form: e} }
}

// narrowing takes a key while the filter has them.
func (e *Editor) narrowing(msg tea.KeyPressMsg) tea.Cmd {
	switch id := e.list.keys.ID(msg.String()); id {
	case "filter.keep":
		e.list.filtering = false
	case "filter.submit":
		return e.submit()
	case "line.leave":
		return e.escape(false)
	default:
		if e.list.Key(id, len(e.list.shown)) {
			e.list.filtering = false
			return nil
		}
		e.list.typed(msg, e.items)
	}
	return nil
}

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
