package property

import (
	"cmp"

	tea "charm.land/bubbletea/v2"

	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/ui/forms"
	"dirdesk/ui/prompt"
)

// press takes a key while the sheet itself has them.
func (e *Editor) press(msg tea.KeyPressMsg) tea.Cmd {
	leaving := e.leaving
	e.leaving, e.notice = false, ""
	key := msg.String()
	if key == "esc" {
		return e.escape(leaving)
	}
	if e.reading && len(e.items) == 0 {
		return nil
	}
	if e.list.filtering {
		return e.narrowing(msg)
	}
	if step, ok := e.list.step(key); ok {
		e.list.move(step)
		return nil
	}
	switch key {
	case "ctrl+s":
		return e.submit()
	case "/":
		e.list.filtering = true
	case "s":
		e.list.setOnly = !e.list.setOnly
		e.list.narrow(e.items)
	case "r":
		return e.read()
	case "+":
		if e.sheet.Partial == "" {
			e.notice = "All properties that this object can have are in the list."
			return nil
		}
		return e.another()
	}
	if it := e.list.under(); it != nil {
		return e.act(it, key)
	}
	return nil
}

// act does what a key does to the property under the cursor.
func (e *Editor) act(it *item, key string) tea.Cmd {
	switch key {
	case "enter", "e":
		if why := e.locked(it); why != "" {
			e.notice = it.property.Name + " cannot be changed here: " + why + "."
			return nil
		}
		return e.open(it)
	case "v":
		e.push(newViewer(e, it))
	case "u", "backspace":
		if it.change == nil {
			e.notice = it.property.Name + " is not changed."
			return nil
		}
		it.change, e.refusal = nil, nil
		e.list.narrow(e.items)
	case "x", "delete":
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
		e.notice = "Flags are switched one by one: Enter shows them."
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
	switch msg.String() {
	case "enter", "tab":
		e.list.filtering = false
	case "down", "up", "pgdown", "pgup":
		e.list.filtering = false
		step, _ := e.list.step(msg.String())
		e.list.move(step)
	case "ctrl+s":
		return e.submit()
	default:
		if e.list.filter.Update(msg, e.env.Keys.In(keymap.Filter)) == prompt.Changed {
			e.list.narrow(e.items)
			e.list.best()
		}
	}
	return nil
}
