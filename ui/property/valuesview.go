package property

import (
	"fmt"

	"dirdesk/internal/english"
	"dirdesk/internal/terminaltext"
	"dirdesk/models"
	"dirdesk/ui/forms"
)

func (p *valuesPane) view() string {
	e := p.editor
	return e.env.Page(forms.Page{
		Title: e.env.Theme.Safe(p.property.Name + ": " + kindWords(p.item)), Right: p.counted(), Refused: e.refusal,
		Body: p.body, Notes: p.notes, Keys: p.keys(),
	})
}

// counted says how many values there would be.
func (p *valuesPane) counted() string {
	if !p.item.known {
		return ""
	}
	n := 0
	for _, r := range p.rows {
		if !r.struck {
			n++
		}
	}
	return english.Count(n, "value")
}

func (p *valuesPane) body(width, room int) []string {
	th := p.editor.env.Theme
	p.room = room
	p.top = max(min(p.top, p.at, len(p.rows)-room), 0)
	p.top = max(p.top, p.at-room+1)
	var lines []string
	last := min(p.top+room, len(p.rows))
	for i := p.top; i < last; i++ {
		line := p.row(p.rows[i], i == p.at, width-2)
		switch {
		case i == p.top && p.top > 0:
			line += " " + th.Ink.Muted.Render(th.Glyphs.Up)
		case i == last-1 && last < len(p.rows):
			line += " " + th.Ink.Muted.Render(th.Glyphs.Down)
		}
		lines = append(lines, line)
	}
	if len(p.rows) == 0 {
		text := "No values. a adds one."
		if !p.item.known {
			text = "What is in it is not told. a names a value."
		}
		lines = append(lines, wrapped([]string{text}, width, th.Ink.Muted.Render)...)
	}
	return lines
}

func (p *valuesPane) row(r valueRow, focused bool, width int) string {
	th := p.editor.env.Theme
	mark, ink, note := " ", th.Ink.Text, ""
	switch {
	case r.struck:
		mark, ink, note = "-", th.Ink.Bad, "  taken away"
	case !r.stood:
		mark, ink, note = "+", th.Ink.Good, "  added"
	}
	if !p.item.known {
		note = ""
	}
	head := "  "
	if focused {
		head = th.Ink.Accent.Render("> ")
	}
	room := max(width-4-len(note), 1)
	text := th.Cut(p.words(r.text, room), room)
	rest := th.Fit("", room-terminaltext.Width(text))
	switch {
	case focused:
		text = th.Ink.Cursor.Render(text)
	default:
		text = ink.Render(text)
	}
	return head + ink.Render(mark) + " " + text + rest + th.Ink.Muted.Render(note)
}

// words is a value; of an object its name first, and where it stands.
func (p *valuesPane) words(text string, room int) string {
	if p.property.Type.Editor() != models.EditObject {
		return p.editor.words.value(p.property, text)
	}
	name := p.editor.words.value(p.property, text)
	if parent := models.DN(text).Parent(); parent != "" && room > 40 {
		return fmt.Sprintf("%s   %s", name, parent)
	}
	return name
}

func (p *valuesPane) notes(width int) []string {
	th := p.editor.env.Theme
	var lines []string
	add := func(ink func(string) string, text string) {
		lines = append(lines, wrapped([]string{th.Safe(text)}, width, ink)...)
	}
	switch {
	case p.seeking != nil:
		return []string{p.seeking.View(th, width)}
	case p.leaving:
		add(th.Ink.Bad.Render, "Esc again goes back without these edits; any other key goes on.")
	case p.notice != "":
		add(th.Ink.Warning.Render, p.notice)
	}
	c := p.change()
	switch {
	case c == nil:
		add(th.Ink.Muted.Render, "Nothing will be sent.")
	default:
		add(th.Ink.Good.Render, "Sends "+sent(*c)+": "+p.effect(*c))
	}
	return lines
}

// effect says what a change does.
func (p *valuesPane) effect(c models.PropertyChange) string {
	switch {
	case c.Operation == models.Append:
		return "they are added to those that are there then."
	case c.Operation == models.Remove:
		return "only these are taken away."
	case len(c.Values) == 0:
		return "whatever is in it then."
	default:
		return "these alone will be in it."
	}
}

func (p *valuesPane) keys() string {
	way := "r replace all"
	switch {
	case !p.item.known:
		way = "r add/replace/take away"
	case p.wanted:
		way = "r only what changed"
	}
	switch {
	case p.seeking != nil:
		return "Enter or Esc to the list"
	case p.editor.env.Width < slimWidth:
		return "a add  x strike  ^S take it  Esc back"
	case len(p.rows) == 0:
		return "a add  " + way + "  ^S take it  Esc back"
	case len(p.rows) > p.editor.env.Height-6: // there is more than fits
		return "a add  x strike  Enter alter  / find  " + way + "  ^S take it  Esc back"
	default:
		return "a add  x strike  Enter alter  " + way + "  ^S take it  Esc back"
	}
}
