package property

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/ui/list"
	"dirdesk/ui/prompt"
)

// valueRow is one value in a list.
type valueRow struct {
	text    string
	stood   bool // it was there; else it is to be added
	removed bool // it is to be taken away
}

// valuesPane is the list of a property's values, to which some are added and of
// which some are removed. What is sent follows from that.
type valuesPane struct {
	still
	editor   *Editor
	keys     keymap.Keys
	list     list.List
	item     *item
	property models.Property
	rows     []valueRow
	// operation is what the person wants, where they do: Replace for "all by
	// these". Where the present values are not known it is always theirs.
	operation models.Operation
	wanted    bool

	seeking *prompt.Prompt // for a value; nil: not asked
	sought  string

	notice  string
	leaving bool
	start   struct { // as it was when the pane was opened
		rows      []valueRow
		operation models.Operation
		wanted    bool
	}
}

func newValues(e *Editor, it *item) *valuesPane {
	p := &valuesPane{editor: e, keys: e.env.Keys.In(keymap.Values), item: it, property: it.property}
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
	p.start.rows, p.start.operation, p.start.wanted = slices.Clone(p.rows), p.operation, p.wanted
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
			p.rows[i].removed = !has(p.rows[i].text)
		case models.Remove:
			p.rows[i].removed = has(p.rows[i].text)
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
	var added, removed, left []string
	for _, r := range p.rows {
		switch {
		case r.removed:
			removed = append(removed, r.text)
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
	case len(added) == 0 && len(removed) == 0:
		return nil
	case p.wanted, len(added) > 0 && len(removed) > 0:
	case len(added) > 0 && (p.property.Multi == models.Yes || len(left) > len(added)):
		c.Operation, c.Values = models.Append, added
	case len(added) > 0: // perhaps there can be only one
	case p.property.Multi == models.Yes || len(left) > 0:
		c.Operation, c.Values = models.Remove, removed
	}
	return &c
}

// isTouched reports whether leaving would lose something.
func (p *valuesPane) isTouched() bool {
	return !slices.Equal(p.rows, p.start.rows) || p.operation != p.start.operation || p.wanted != p.start.wanted
}

func (p *valuesPane) update(msg tea.Msg) tea.Cmd {
	if p.seeking != nil {
		p.seek(msg)
		return nil
	}
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	leaving := p.leaving
	p.leaving, p.notice = false, ""
	switch id := p.keys.ID(key.String()); id {
	case "values.leave":
		if p.isTouched() && !leaving {
			p.leaving = true
			return nil
		}
		p.editor.pop()
	case "values.submit":
		p.accept()
	case "values.add":
		return p.add()
	case "values.edit":
		return p.alter()
	case "values.remove":
		p.remove()
	case "values.all":
		p.removeAll()
	case "values.replace":
		p.choose()
	case "values.find":
		p.seeking = prompt.New("/", "")
	case "values.next":
		if p.sought == "" || !p.next(p.list.At()+1) {
			p.notice = "Nothing is looked for: " + p.keys.Spell("values.find") + " asks for part of a value."
		}
	default:
		p.list.Key(id, len(p.rows))
	}
	return nil
}

// to puts the cursor on a row.
func (p *valuesPane) to(row int) { p.list.Go(row, len(p.rows)) }

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
