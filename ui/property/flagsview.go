package property

import (
	"strings"

	"dirdesk/models"
	"dirdesk/ui/forms"
)

func (p *flagPane) view() string {
	e := p.editor
	keys := "Space switch  u untouched  Enter take it  Esc back"
	if f := p.flags[p.rows[p.at]]; f.Fixed != "" {
		keys = "Enter take it  Esc back"
	} else if f.Choice != "" {
		keys = strings.Replace(keys, "switch", "choose", 1)
	}
	if e.env.Width < slimWidth {
		keys = "Space switch  Enter take it  Esc back"
	}
	return e.env.Page(forms.Page{
		Title: e.env.Theme.Safe(p.item.property.Name + ": flags"), Refused: e.refusal,
		Body: p.body, Notes: p.notes, Keys: keys,
	})
}

func (p *flagPane) body(width, room int) []string {
	p.top = max(min(p.top, p.at, len(p.rows)-room), 0)
	p.top = max(p.top, p.at-room+1)
	var lines []string
	for i := p.top; i < min(p.top+room, len(p.rows)); i++ {
		lines = append(lines, p.row(p.flags[p.rows[i]], i == p.at, width-2)+p.edge(i, room))
	}
	return lines
}

// edge marks the rows beyond which there are more.
func (p *flagPane) edge(i, room int) string {
	th := p.editor.env.Theme
	switch {
	case i == p.top && p.top > 0:
		return " " + th.Ink.Muted.Render(th.Glyphs.Up)
	case i == p.top+room-1 && i < len(p.rows)-1:
		return " " + th.Ink.Muted.Render(th.Glyphs.Down)
	}
	return ""
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
	f := p.flags[p.rows[p.at]]
	switch {
	case p.leaving:
		add(th.Ink.Bad.Render, "Esc again goes back without what was switched; any other key goes on.")
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
