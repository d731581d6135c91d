package property

import (
	"dirdesk/models"
	"dirdesk/ui/forms"
)

func (p *flagPane) view() string {
	e := p.editor
	take, back := hint{"value.accept", "take it", 0}, hint{"value.leave", "back", 0}
	hints := []hint{{"flags.toggle", "switch", 0}, {"flags.back", "untouched", 1}, take, back}
	switch f := p.flags[p.rows[p.list.At()]]; {
	case f.Fixed != "":
		hints = []hint{take, back}
	case f.Choice != "":
		hints[0].words = "choose"
	}
	return e.env.Page(forms.Page{
		Title: e.env.Theme.Safe(p.item.property.Name + ": flags"), Refused: e.refusal,
		Body: p.body, Notes: p.notes, Keys: fitting(p.keys, hints, e.env.Width),
	})
}

func (p *flagPane) body(width, room int) []string {
	return p.editor.scrolled(&p.list, len(p.rows), room, func(i int, under bool) string {
		return p.row(p.flags[p.rows[i]], under, width-2)
	})
}

func (p *flagPane) row(f models.NamedFlag, focused bool, width int) string {
	th := p.editor.env.Theme
	on, known := p.isOn(f)
	box := "[ ]"
	switch {
	case !known:
		box = "[?]"
	case on:
		box = "[x]"
	}
	if f.Choice != "" {
		box = map[string]string{"[ ]": "( )", "[x]": "(*)", "[?]": "(?)"}[box]
	}
	touched := " "
	ink := th.Ink.Text
	switch {
	case p.mask&f.Bit != 0:
		touched, ink = "*", th.Ink.Good
	case f.Fixed != "":
		touched, ink = "-", th.Ink.Muted
	}
	head := "  "
	if focused {
		head = th.Ink.Accent.Render("> ")
	}
	room := max(width-8, 1)
	words := f.Words
	if f.Choice != "" {
		words = f.Choice + ": " + words
	}
	names := min(40, room)
	text := th.Fit(words, names)
	if focused {
		text = th.Ink.Cursor.Render(text)
	} else {
		text = ink.Render(text)
	}
	rest := ""
	if room-names > 12 {
		rest = " " + th.Ink.Muted.Render(th.Fit(f.Name, room-names-1))
	}
	return head + touched + " " + ink.Render(box) + " " + text + rest
}

func (p *flagPane) notes(width int) []string {
	th := p.editor.env.Theme
	var lines []string
	add := func(ink func(string) string, text string) {
		lines = append(lines, wrapped([]string{th.Safe(text)}, width, ink)...)
	}
	c := p.change()
	f := p.flags[p.rows[p.list.At()]]
	switch {
	case p.leaving:
		add(th.Ink.Bad.Render, p.keys.Spell("value.leave")+" again goes back without what was switched; any other key goes on.")
	case c.Mask == 0:
		add(th.Ink.Muted.Render, "Nothing is switched, so nothing will be sent. Only flags marked * are.")
	default:
		add(th.Ink.Good.Render, "Sends "+sent(c)+": "+maskWords(p.item.property.Name, &c))
	}
	switch {
	case p.notice != "":
		add(th.Ink.Warning.Render, p.notice)
	case f.Fixed != "":
		add(th.Ink.Muted.Render, f.Name+" cannot be switched here: "+f.Fixed+".")
	case p.editor.env.Width < slimWidth:
		add(th.Ink.Muted.Render, f.Name)
	}
	return lines
}
