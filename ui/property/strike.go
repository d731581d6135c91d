package property

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"dirdesk/models"
)

// strike takes a value away, or takes that back. One that was to be added is
// gone.
func (p *valuesPane) strike() {
	if p.at >= len(p.rows) {
		return
	}
	if !p.rows[p.at].stood {
		p.rows = slices.Delete(p.rows, p.at, p.at+1)
		p.move(0)
		return
	}
	p.rows[p.at].struck = !p.rows[p.at].struck
}

// strikeAll strikes all that were there, or none when all are.
func (p *valuesPane) strikeAll() {
	all := true
	for _, r := range p.rows {
		all = all && (r.struck || !r.stood)
	}
	for i := range p.rows {
		if p.rows[i].stood {
			p.rows[i].struck = !all
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
			p.at = len(p.rows) - 1
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
	if p.at >= len(p.rows) {
		return p.add()
	}
	at := p.at
	instead := func(text string) {
		switch {
		case text == p.rows[at].text:
		case text == "" && !p.rows[at].struck, text != "" && p.put(text, at+1, at) && !p.rows[at].struck:
			p.at = at
			p.strike()
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
		if !r.struck {
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
		case !r.struck && models.SameValue(p.property.Type, r.text, text):
			p.at, p.notice = i, "This value is in the list already."
			return false
		case r.struck && r.text == text:
			p.rows[i].struck = false
			p.at = i
			return true
		}
	}
	p.rows = slices.Insert(p.rows, place, valueRow{text: text})
	p.at = place
	return true
}
