package property

import (
	"cmp"

	tea "charm.land/bubbletea/v2"

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

// escape leaves the filter, or the editor. What was changed is not thrown away
// at the first press.
func (e *Editor) escape(again bool) tea.Cmd {
	switch {
	case e.list.filtering || e.list.filter.Value() != "":
		e.list.filtering = false
		e.list.filter.Set("")
		e.list.narrow(e.items)
		return nil
	case len(e.changed()) > 0 && !again:
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
