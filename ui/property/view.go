package property

import (
	"fmt"
	"strings"

	"dirdesk/internal/english"
	"dirdesk/internal/terminaltext"
	"dirdesk/models"
	"dirdesk/ui/forms"
	"dirdesk/ui/list"
)

// Widths of the columns, in cells.
const (
	nameRoom   = 24
	typeRoom   = 17
	wideWidth  = 72 // from which the types have a column
	roomyWidth = 92 // from which names have more room
	slimWidth  = 50 // below which names are cut short
	roomyLines = 18 // from which there is room for more than two lines below the list
)

// View implements forms.Form.
func (e *Editor) View() string {
	if top := e.top(); top != nil {
		return top.view()
	}
	return e.env.Page(forms.Page{
		Title: e.title, Right: e.counted(), Refused: e.refusal, Body: e.body, Notes: e.notes, Keys: e.hints(), Wide: true,
	})
}

// body is the filter and the rows around the cursor.
func (e *Editor) body(width, room int) []string {
	th := e.env.Theme
	switch {
	case e.reading && len(e.items) == 0:
		return []string{"  " + th.Ink.Muted.Render("Reading the properties "+th.Glyphs.Loading)}
	case len(e.failed) > 0 && len(e.items) == 0:
		return wrapped(e.failed, width, th.Ink.Bad.Render)
	}
	lines := []string{e.bar(width)}
	l := &e.list
	lines = append(lines, e.scrolled(&l.List, len(l.shown), max(room-1, 1), func(i int, under bool) string {
		return e.row(l.shown[i], under, width-2)
	})...)
	if len(l.shown) == 0 {
		lines = append(lines, "  "+th.Ink.Muted.Render(terminaltext.Cut("No property fits.", width-2, "")))
	}
	return lines
}

// scrolled draws the rows of a list that are in sight, and marks those beyond
// which there are more.
func (e *Editor) scrolled(l *list.List, all, room int, row func(i int, under bool) string) []string {
	th := e.env.Theme
	first, last := l.Window(all, room)
	lines := make([]string, 0, last-first)
	for i := first; i < last; i++ {
		line := row(i, i == l.At())
		switch {
		case i == first && first > 0:
			line += " " + th.Ink.Muted.Render(th.Glyphs.Up)
		case i == last-1 && last < all:
			line += " " + th.Ink.Muted.Render(th.Glyphs.Down)
		}
		lines = append(lines, line)
	}
	return lines
}

// bar is the line above the rows: the filter, and how many there are.
func (e *Editor) bar(width int) string {
	th := e.env.Theme
	note := fmt.Sprintf("%d of %s", len(e.list.shown), english.Count(len(e.items), "property"))
	if e.list.setOnly {
		note += ", set ones only"
	}
	if e.reading {
		note = "refreshing " + th.Glyphs.Loading
	} else if len(e.failed) > 0 {
		note = "not refreshed"
	}
	note = terminaltext.Cut(note, max(width-14, 0), th.Glyphs.Ellipsis)
	room := max(width-terminaltext.Width(note)-2, 1)
	left := strings.Repeat(" ", room)
	switch {
	case e.list.filtering:
		left = th.Ink.Accent.Render("/ ") + e.list.filter.Field(th, max(room-2, 1), false)
	case e.list.filter.Value() != "":
		left = th.Ink.Accent.Render("/ ") + th.Fit(e.list.filter.Value(), max(room-2, 1))
	}
	return left + "  " + th.Ink.Muted.Render(note)
}

// row is one property: a mark, its name, its type, its values or what is to
// become of them.
func (e *Editor) row(it *item, focused bool, width int) string {
	th := e.env.Theme
	names, types := nameRoom, 0
	switch {
	case width >= roomyWidth:
		names, types = 36, typeRoom+1
	case width >= wideWidth:
		types = typeRoom + 1
	case width < slimWidth:
		names = 14
	}
	mark := " "
	switch {
	case it.change != nil:
		mark = "*"
	case it.property.Fixed != "":
		mark = "-"
	}
	name := th.Fit(it.property.Name, names)
	kind := ""
	if types > 0 {
		kind = th.Fit(typeWords(it), types-1) + " "
	}
	room := max(width-names-types-5, 1)
	value, ink := it.brief, th.Ink.Text
	switch {
	case it.change != nil:
		value, ink = e.words.change(it), th.Ink.Good
	case it.property.Fixed != "" || len(it.property.Values) == 0:
		ink = th.Ink.Muted
	}
	head := "  "
	if focused {
		head = th.Ink.Accent.Render("> ")
		name = th.Ink.Cursor.Render(name)
	} else if it.property.Fixed != "" {
		name = th.Ink.Muted.Render(name)
	}
	return head + mark + " " + name + " " + th.Ink.Muted.Render(kind) + ink.Render(th.Fit(value, room))
}

// typeWords is the type in words.
func typeWords(it *item) string {
	if it.flags() != nil {
		return "flags"
	}
	return it.property.Type.Label()
}

// kindWords is the type in words, and whether it holds several.
func kindWords(it *item) string {
	kind := typeWords(it)
	if it.property.Multi == models.Yes {
		kind += ", several"
	}
	return kind
}

// notes are what is to be known of the property under the cursor.
func (e *Editor) notes(width int) []string {
	th := e.env.Theme
	most := 2
	if e.env.Height >= roomyLines {
		most = 5
	}
	var lines []string
	add := func(ink func(string) string, text string) {
		lines = append(lines, wrapped([]string{th.Safe(text)}, width, ink)...)
	}
	switch it := e.list.under(); {
	case e.leaving:
		add(th.Ink.Bad.Render, e.keys.Spell("property.leave")+" again throws away "+english.Count(len(e.changed()), "change")+"; any other key goes on.")
	case e.notice != "":
		add(th.Ink.Warning.Render, e.notice)
	case it != nil:
		e.about(it, most, add)
	}
	if len(e.failed) > 0 && len(e.items) > 0 {
		lines = append(lines, wrapped(e.failed, width, th.Ink.Bad.Render)...)
	}
	if e.cannot != "" && len(lines) < most {
		add(th.Ink.Muted.Render, "Nothing can be changed: "+e.cannot+".")
	}
	if e.sheet.Partial != "" && len(lines) < most {
		lines = append(lines, "  "+th.Ink.Muted.Render(th.Cut("There may be more: "+partial(e.sheet), width-2)))
	}
	if len(lines) == 0 {
		lines = []string{""}
	}
	if most > 2 {
		lines = append([]string{""}, lines...)
		most++
	}
	return lines[:min(len(lines), most)]
}

// partial says why the sheet may not have all, as a sentence.
func partial(sheet models.PropertySheet) string { return strings.TrimRight(sheet.Partial, ". ") + "." }

// about says what is known of an item and what is sent.
func (e *Editor) about(it *item, most int, add func(ink func(string) string, text string)) {
	th := e.env.Theme
	p := it.property
	label := p.Name + " (" + kindWords(it) + "): "
	if c := it.change; c != nil {
		text := "Sends " + sent(*c)
		if !c.Masked && len(c.Values) == 1 {
			text += ": " + e.words.whole(p, c.Values[0])
		}
		add(th.Ink.Good.Render, text+".")
		label = "As it is now (" + kindWords(it) + "): "
	}
	if p.Fixed != "" {
		add(th.Ink.Muted.Render, p.Name+" cannot be changed here: "+p.Fixed+".")
		label = ""
	}
	for i, v := range p.Values {
		if i == most {
			break
		}
		add(th.Ink.Muted.Render, label+e.words.whole(p, v))
		label = ""
	}
	if len(p.Values) == 0 {
		add(th.Ink.Muted.Render, label+it.brief)
	}
}

// wrapped breaks safe texts into lines of an ink.
func wrapped(texts []string, width int, ink func(string) string) []string {
	var lines []string
	for _, text := range texts {
		for _, line := range terminaltext.Wrap(text, width-2) {
			lines = append(lines, "  "+ink(line))
		}
	}
	return lines
}
