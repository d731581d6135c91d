package property

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/keymap"
	"dirdesk/ui/prompt"
)

// seek takes a key while a value is looked for by part of it: a group may have
// thousands of members.
func (p *valuesPane) seek(msg tea.Msg) {
	switch p.seeking.Update(msg, p.editor.env.Keys.In(keymap.Line)) {
	case prompt.Left, prompt.Entered:
		p.sought, p.seeking = p.seeking.Value(), nil
	case prompt.Changed:
		p.sought = p.seeking.Value()
		if !p.next(p.list.At()) {
			p.seeking.Error = "no value fits"
		}
	}
}

// next puts the cursor on the next value that fits, from a row on and then from
// the first; false when none does.
func (p *valuesPane) next(from int) bool {
	text := strings.ToLower(p.sought)
	for i := range p.rows {
		at := (from + i) % len(p.rows)
		r := p.rows[at].text
		if strings.Contains(strings.ToLower(r), text) ||
			strings.Contains(strings.ToLower(p.editor.words.value(p.property, r)), text) {
			p.to(at)
			return true
		}
	}
	return false
}
