package property

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"dirdesk/models"
)

// valueRow is one value in a list.
type valueRow struct {
	text   string
	stood  bool // it was there; else it is to be added
	struck bool // it is to be taken away
}

// valuesPane is the list of a property's values, to which some are added and of
// which some are struck out. What is sent follows from that.
type valuesPane struct {
	editor   *Editor
	item     *item
	property models.Property
	rows     []valueRow
	// operation is what the person wants, where they do: Replace for "all by
	// these". Where the present values are not known it is always theirs.
	operation models.Operation
	wanted    bool

	at, top int
	room    int
	notice  string
	leaving bool
	start   *models.PropertyChange
}

func newValues(e *Editor, it *item) *valuesPane {
	p := &valuesPane{editor: e, item: it, property: it.property}
	if it.known {
		for _, v := range it.property.Values {
			p.rows = append(p.rows, valueRow{text: v, stood: true})
		}
	} else {
		p.wanted = true
		if it.property.Multi == models.Yes {
			p.operation = models.Append
		}
	}
	if it.change != nil {
		p.resume(*it.change)
	}
	p.start = p.change()
	return p
}

// resume puts an earlier change into the list.
func (p *valuesPane) resume(c models.PropertyChange) {
	if !p.item.known {
		p.operation = c.Operation
		for _, v := range c.Values {
			p.rows = append(p.rows, valueRow{text: v})
		}
		return
	}
	has := func(v string) bool { return slices.Contains(c.Values, v) }
	for i := range p.rows {
		switch c.Operation {
		case models.Replace:
			p.rows[i].struck = !has(p.rows[i].text)
		case models.Remove:
			p.rows[i].struck = has(p.rows[i].text)
		}
	}
	if c.Operation != models.Remove {
		for _, v := range c.Values {
			if !slices.Contains(p.property.Values, v) {
				p.rows = append(p.rows, valueRow{text: v})
			}
		}
	}
	if derived := p.change(); derived != nil && derived.Operation != c.Operation {
		p.operation, p.wanted = c.Operation, true
	}
}

// change is what would be sent; nil for nothing.
func (p *valuesPane) change() *models.PropertyChange {
	var added, struck, left []string
	for _, r := range p.rows {
		switch {
		case r.struck:
			struck = append(struck, r.text)
			continue
		case !r.stood:
			added = append(added, r.text)
		}
		left = append(left, r.text)
	}
	c := models.PropertyChange{Type: p.property.Type, Operation: models.Replace, Values: left}
	switch {
	case !p.item.known && len(added) == 0 && p.operation != models.Replace:
		return nil
	case !p.item.known:
		c.Operation, c.Values = p.operation, added
		if p.item.change == nil && len(added) == 0 && !p.isTouched() {
			return nil
		}
	case len(added) == 0 && len(struck) == 0:
		return nil
	case p.wanted, len(added) > 0 && len(struck) > 0:
	case len(added) > 0 && (p.property.Multi == models.Yes || len(left) > len(added)):
		c.Operation, c.Values = models.Append, added
	case len(added) > 0: // perhaps there can be only one
	case p.property.Multi == models.Yes || len(left) > 0:
		c.Operation, c.Values = models.Remove, struck
	}
	return &c
}

// isTouched reports whether leaving would lose something.
func (p *valuesPane) isTouched() bool {
	if !p.item.known {
		return len(p.rows) > 0
	}
	now := p.change()
	if now == nil || p.start == nil {
		return now != p.start
	}
	return now.Operation != p.start.Operation || !sameText(now.Values, p.start.Values)
}

func (p *valuesPane) resize() {}

func (p *valuesPane) close() {}

func (p *valuesPane) update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	leaving := p.leaving
	p.leaving, p.notice = false, ""
	switch name := key.String(); name {
	case "esc":
		if p.isTouched() && !leaving {
			p.leaving = true
			return nil
		}
		p.editor.pop()
	case "ctrl+s":
		p.accept()
	case "+", "a", "insert":
		return p.add()
	case "enter", "e":
		return p.alter()
	case "x", "d", "space", "delete", "backspace":
		p.strike()
	case "X":
		p.strikeAll()
	case "r":
		p.choose()
	case "up", "k":
		p.move(-1)
	case "down", "j":
		p.move(1)
	case "pgup", "ctrl+b":
		p.move(-max(p.room, 1))
	case "pgdown", "ctrl+f":
		p.move(max(p.room, 1))
	case "home", "g":
		p.at = 0
	case "end", "G":
		p.move(len(p.rows))
	}
	return nil
}

func (p *valuesPane) move(step int) { p.at = max(min(p.at+step, len(p.rows)-1), 0) }

func (p *valuesPane) accept() {
	c := p.change()
	p.editor.pop()
	if c == nil {
		p.item.change = nil
		p.editor.list.narrow(p.editor.items)
		return
	}
	p.editor.take(p.item, *c)
}

// choose goes to another way of sending.
func (p *valuesPane) choose() {
	if p.item.known {
		p.operation, p.wanted = models.Replace, !p.wanted
		return
	}
	p.operation = map[models.Operation]models.Operation{
		models.Append: models.Replace, models.Replace: models.Remove, models.Remove: models.Append,
	}[p.operation]
}

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
	if p.property.Type == models.DNString {
		return p.editor.pick(p.property, true, p.held, func(names []string) {
			for _, name := range names {
				p.put(name, len(p.rows))
			}
			p.at = len(p.rows) - 1
		})
	}
	return p.editor.enter(p.property, "", func(text string) {
		if text != "" {
			p.put(text, len(p.rows))
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
		if text == p.rows[at].text {
			return
		}
		if text != "" && !p.put(text, at+1) {
			return
		}
		p.at = at
		if !p.rows[at].struck {
			p.strike()
		}
	}
	if p.property.Type == models.DNString {
		return p.editor.pick(p.property, false, p.held, func(names []string) { instead(names[0]) })
	}
	return p.editor.enter(p.property, p.rows[at].text, instead)
}

// held says why an object cannot be added.
func (p *valuesPane) held(o models.Object) string {
	for _, r := range p.rows {
		if !r.struck && o.DN.Equal(models.DN(r.text)) {
			return "in the list already"
		}
	}
	return ""
}

// put adds a value at a place; false when it is there already.
func (p *valuesPane) put(text string, place int) bool {
	for i, r := range p.rows {
		switch {
		case r.struck && r.text == text:
			p.rows[i].struck = false
			p.at = i
			return true
		case !r.struck && models.SameValue(p.property.Type, r.text, text) && place > len(p.rows)-1:
			p.at = i
			p.notice = "This value is in the list already."
			return false
		}
	}
	p.rows = slices.Insert(p.rows, place, valueRow{text: text})
	p.at = place
	return true
}
