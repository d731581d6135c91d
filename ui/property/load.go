package property

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/models"
	"dirdesk/ui/trouble"
)

// sheetMsg is the sheet as the server tells it.
type sheetMsg struct {
	editor *Editor
	turn   int
	sheet  models.PropertySheet
	err    error
}

// read asks for the sheet. What was changed already is kept.
func (e *Editor) read() tea.Cmd {
	e.turn++
	e.reading, e.failed, e.notice = true, nil, ""
	ctx, source, ref, turn := e.ctx, e.source, e.object.Ref(), e.turn
	return func() tea.Msg {
		sheet, err := source.Properties(ctx, ref)
		if ctx.Err() != nil {
			return nil
		}
		return sheetMsg{e, turn, sheet, err}
	}
}

func (e *Editor) received(msg sheetMsg) tea.Cmd {
	if msg.editor != e || msg.turn != e.turn {
		return nil
	}
	e.reading = false
	if msg.err != nil {
		for _, text := range []string{trouble.Line("The properties could not be read", msg.err), models.AdviceFor(msg.err)} {
			if text != "" {
				e.failed = append(e.failed, e.env.Theme.Safe(text))
			}
		}
		return nil
	}
	e.fill(msg.sheet)
	return nil
}

// fill takes a sheet over. Changes stay, and are about what is there now.
func (e *Editor) fill(sheet models.PropertySheet) {
	under := ""
	if it := e.list.under(); it != nil {
		under = it.property.Name
	}
	kept := map[string]*item{}
	for _, it := range e.items {
		if it.change != nil || !it.known {
			kept[strings.ToLower(it.property.Name)] = it
		}
	}
	e.sheet = sheet
	e.items = make([]*item, 0, len(sheet.Properties))
	for _, p := range sheet.Properties {
		it := &item{property: guarded(p), known: true}
		if old := kept[strings.ToLower(p.Name)]; old != nil {
			if it.property.Fixed == "" {
				it.change = old.change
			}
			delete(kept, strings.ToLower(p.Name))
		}
		e.items = append(e.items, it)
	}
	for _, it := range kept {
		e.items = append(e.items, it)
	}
	e.arrange()
	e.list.narrow(e.items)
	e.list.find(under)
}

// guarded hides what is in a property that holds a password, whatever the server
// tells of it.
func guarded(p models.Property) models.Property {
	if models.PasswordProperty(p.Name) {
		p.Values = nil
		p.Fixed = cmp.Or(p.Fixed, "it holds a password, which is set as one")
	}
	return p
}

// arrange puts the set ones first and prepares what is shown of each.
func (e *Editor) arrange() {
	slices.SortStableFunc(e.items, func(a, b *item) int {
		if x, y := len(a.property.Values) > 0, len(b.property.Values) > 0; x != y {
			if x {
				return -1
			}
			return 1
		}
		return cmp.Compare(strings.ToLower(a.property.Name), strings.ToLower(b.property.Name))
	})
	for _, it := range e.items {
		it.prepare(e.words)
	}
}

// describe asks about a property that is not in the sheet.
func (e *Editor) describe(ctx context.Context, name string) (models.Property, error) {
	return e.source.Property(ctx, name, e.object.Category)
}

// Refuse implements forms.Form: the server did not accept the changes. They are
// all kept, and the cursor goes to the property that the refusal names.
func (e *Editor) Refuse(err error) {
	e.leaving, e.notice = false, ""
	for len(e.panes) > 0 {
		e.pop()
	}
	e.refusal = e.env.Refusal(err)
	if it := e.suspect(err); it != nil {
		e.list.filtering = false
		if !e.list.find(it.property.Name) {
			e.list.filter.Set("")
			e.list.narrow(e.items)
			e.list.find(it.property.Name)
		}
	}
}

// suspect is the changed property that a refusal names; nil where it names none.
// The only one that was changed is it anyhow.
func (e *Editor) suspect(err error) *item {
	changed := e.changed()
	if len(changed) == 1 {
		return changed[0]
	}
	said := err.Error()
	var known *models.Error
	if errors.As(err, &known) {
		said += " " + known.Server + " " + known.Advice
		if known.Err != nil {
			said += " " + known.Err.Error()
		}
	}
	said = strings.ToLower(said)
	for _, it := range changed {
		if names(said, strings.ToLower(it.property.Name)) {
			return it
		}
	}
	return nil
}

// names reports whether a name stands in a text as a word of its own: "sn" is
// part of many.
func names(text, name string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], name)
		if i < 0 {
			return false
		}
		start, end := from+i, from+i+len(name)
		if (start == 0 || !isWord(text[start-1])) && (end == len(text) || !isWord(text[end])) {
			return true
		}
		from = start + 1
	}
}

func isWord(c byte) bool {
	return c == '-' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_'
}
