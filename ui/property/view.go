package property

import (
	"fmt"
	"strings"

	"dirdesk/internal/terminaltext"
	"dirdesk/models"
	"dirdesk/ui/forms"
)

// Widths of the columns, in cells.
const (
	nameRoom   = 28
	typeRoom   = 20
	wideWidth  = 72 // from which the types have a column
	slimWidth  = 50 // below which names are cut short
	roomyLines = 18 // from which there is room for more than two lines below the list
)

// View implements forms.Form.
func (e *Editor) View() string {
	if top := e.top(); top != nil {
		return top.view()
	}
	return e.env.Page(forms.Page{
		Title: e.title, Right: e.counted(), Refused: e.refusal, Body: e.body, Notes: e.notes, Keys: e.keys(),
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
	l.room = max(room-1, 1)
	l.top = max(min(l.top, l.at, len(l.shown)-l.room), 0)
	if l.at >= l.top+l.room {
		l.top = l.at - l.room + 1
	}
	last := min(l.top+l.room, len(l.shown))
	for i, it := range l.shown[l.top:last] {
		line := e.row(it, l.top+i == l.at, width-2)
		switch {
		case i == 0 && l.top > 0:
			line += " " + th.Ink.Muted.Render(th.Glyphs.Up)
		case l.top+i == last-1 && last < len(l.shown):
			line += " " + th.Ink.Muted.Render(th.Glyphs.Down)
		}
		lines = append(lines, line)
	}
	if len(l.shown) == 0 {
		lines = append(lines, "  "+th.Ink.Muted.Render(terminaltext.Cut("No property fits.", width-2, "")))
	}
	return lines
}

// bar is the line above the rows: the filter, and how many there are.
func (e *Editor) bar(width int) string {
	th := e.env.Theme
	note := fmt.Sprintf("%d of %s", len(e.list.shown), count(len(e.items), "property"))
	note = strings.Replace(note, "propertys", "properties", 1)
	if e.list.setOnly {
		note += ", set ones only"
	}
	if e.reading {
		note = "reading anew " + th.Glyphs.Loading
	} else if len(e.failed) > 0 {
		note = "not read anew"
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
		kind = th.Fit(kindWords(it), types-1) + " "
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

// kindWords is the type in words, and whether it holds several.
func kindWords(it *item) string {
	kind := it.property.Type.Words()
	if it.flags() != nil {
		kind = "flags"
	}
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
		add(th.Ink.Bad.Render, "Esc again throws away "+count(len(e.changed()), "change")+"; any other key goes on.")
	case e.notice != "":
		add(th.Ink.Warning.Render, e.notice)
	case it != nil:
		e.about(it, most, add)
	}
	if len(e.failed) > 0 && len(e.items) > 0 {
		lines = append(lines, wrapped(e.failed, width, th.Ink.Bad.Render)...)
	}
	if e.sheet.Partial != "" && len(lines) < most {
		add(th.Ink.Muted.Render, "There may be more: "+e.sheet.Partial+".")
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

// about says what is known of an item and what is sent.
func (e *Editor) about(it *item, most int, add func(ink func(string) string, text string)) {
	th := e.env.Theme
	p := it.property
	if it.change != nil {
		add(th.Ink.Good.Render, "Sends "+sent(*it.change)+". It was: "+it.brief)
	}
	text := p.Name + " (" + kindWords(it) + "): "
	if p.Fixed != "" {
		add(th.Ink.Muted.Render, p.Name+" cannot be changed here: "+p.Fixed+".")
		text = ""
	}
	if most <= 2 && it.change != nil {
		return
	}
	for i, v := range p.Values {
		if i == most {
			break
		}
		add(th.Ink.Muted.Render, text+e.words.whole(p, v))
		text = ""
	}
	if len(p.Values) == 0 {
		add(th.Ink.Muted.Render, text+it.brief)
	}
}

// keys are those that do something just now.
func (e *Editor) keys() string {
	it := e.list.under()
	slim := e.env.Width < slimWidth
	switch {
	case e.reading && len(e.items) == 0:
		return "Esc leave"
	case len(e.items) == 0:
		return "r read again  Esc leave"
	case e.list.filtering:
		return "type to filter  Enter to the list  Esc all"
	case slim:
		return "Enter edit  / filter  ^S done  Esc leave"
	}
	var keys []string
	if it != nil && it.property.Fixed == "" {
		keys = append(keys, "Enter edit")
		if it.flags() == nil && (len(it.property.Values) > 0 || !it.known) {
			keys = append(keys, "x clear")
		}
	}
	if it != nil && it.change != nil {
		keys = append(keys, "u undo")
	}
	if it != nil {
		keys = append(keys, "v view")
	}
	keys = append(keys, "/ filter", "s set only")
	if e.list.setOnly {
		keys[len(keys)-1] = "s all"
	}
	if e.sheet.Partial != "" {
		keys = append(keys, "+ another")
	}
	if len(e.changed()) > 0 {
		keys = append(keys, "^S review")
	}
	return strings.Join(append(keys, "Esc leave"), "  ")
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
