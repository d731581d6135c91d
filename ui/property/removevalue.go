package property

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"dirdesk/models"
)

// remove takes a value away, or takes that back. One that was to be added is
// gone.
func (p *valuesPane) remove() {
	if p.list.At() >= len(p.rows) {
		return
	}
	if !p.rows[p.list.At()].stood {
		p.rows = slices.Delete(p.rows, p.list.At(), p.list.At()+1)
		p.to(p.list.At())
		return
	}
	p.rows[p.list.At()].removed = !p.rows[p.list.At()].removed
}

// removeAll removes all that were there, or none when all are.
func (p *valuesPane) removeAll() {
	all := true
	for _, r := range p.rows {
		all = all && (r.removed || !r.stood)
	}
	for i := range p.rows {
		if p.rows[i].stood {
			p.rows[i].removed = !all
		}
	}
}

// add asks for a value to add; objects can be picked by several at once.
func (p *valuesPane) add() tea.Cmd {
	if p.property.Type.Editor() == models.EditObject {
		return p.editor.pick(p.property, true, p.held(), func(names []string) {
			for _, name := range names {
				p.put(name, len(p.rows), -1)
			}
			p.to(len(p.rows) - 1)
		})
	}
	return p.editor.enter(p.property, "", func(text string) {
		if text != "" {
			p.put(text, len(p.rows), -1)
		}
	})
}

// alter asks for another value in the place of one.
func (p *valuesPane) alter() tea.Cmd {
	if p.list.At() >= len(p.rows) {
		return p.add()
	}
	at := p.list.At()
	instead := func(text string) {
		switch {
		case text == p.rows[at].text:
		case text == "" && !p.rows[at].removed, text != "" && p.put(text, at+1, at) && !p.rows[at].removed:
			p.to(at)
			p.remove()
		}
	}
	if p.property.Type.Editor() == models.EditObject {
		return p.editor.pick(p.property, false, p.held(), func(names []string) { instead(names[0]) })
	}
	return p.editor.enter(p.property, p.rows[at].text, instead)
}

// held gives why an object cannot be added. There may be thousands of names, of
// which each is read once.
func (p *valuesPane) held() func(o models.Object) string {
	there := make(map[string]bool, len(p.rows))
	for _, r := range p.rows {
		if !r.removed {
			there[models.DN(r.text).Key()] = true
		}
	}
	return func(o models.Object) string {
		if there[o.DN.Key()] {
			return "in the list already"
		}
		return ""
	}
}

// put adds a value at a place, instead of another where that is a row; false
// when it is there already.
func (p *valuesPane) put(text string, place, instead int) bool {
	for i, r := range p.rows {
		switch {
		case i == instead:
		case !r.removed && models.SameValue(p.property.Type, r.text, text):
			p.notice = "This value is in the list already."
			p.to(i)
			return false
		case r.removed && r.text == text:
			p.rows[i].removed = false
			p.to(i)
			return true
		}
	}
	p.rows = slices.Insert(p.rows, place, valueRow{text: text})
	p.to(place)
	return true
}
