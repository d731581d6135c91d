package property

import (
	"fmt"

	"dirdesk/internal/english"
	"dirdesk/internal/terminaltext"
	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/ui/forms"
)

func (p *valuesPane) view() string {
	e := p.editor
	return e.env.Page(forms.Page{
		Title: e.env.Theme.Safe(p.property.Name + ": " + kindWords(p.item)), Right: p.counted(), Refused: e.refusal,
		Body: p.body, Notes: p.notes, Keys: p.hints(),
	})
}

// counted says how many values there would be.
func (p *valuesPane) counted() string {
	if !p.item.known {
		return ""
	}
	n := 0
	for _, r := range p.rows {
		if !r.removed {
			n++
		}
	}
	return english.Count(n, "value")
}

func (p *valuesPane) body(width, room int) []string {
	th := p.editor.env.Theme
	lines := p.editor.scrolled(&p.list, len(p.rows), room, func(i int, under bool) string {
		return p.row(p.rows[i], under, width-2)
	})
	if len(p.rows) == 0 {
		text := "No values. " + p.keys.Spell("values.add") + " adds one."
		if !p.item.known {
			text = "What is in it is not told. " + p.keys.Spell("values.add") + " names a value."
		}
		lines = append(lines, wrapped([]string{text}, width, th.Ink.Muted.Render)...)
	}
	return lines
}

func (p *valuesPane) row(r valueRow, focused bool, width int) string {
	th := p.editor.env.Theme
	mark, ink, note := " ", th.Ink.Text, ""
	switch {
	case r.removed:
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
		add(th.Ink.Bad.Render, p.keys.Spell("values.leave")+" again goes back without these edits; any other key goes on.")
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

func (p *valuesPane) hints() string {
	way := hint{"values.replace", "replace all", 1}
	switch {
	case p.seeking != nil:
		return p.editor.env.Keys.In(keymap.Line).Hints("  ", "line.accept|line.leave", "to the list")
	case !p.item.known:
		way.words = "add/replace/take away"
	case p.wanted:
		way.words = "only what changed"
	}
	hints := []hint{{"values.add", "add", 0}}
	if len(p.rows) > 0 {
		hints = append(hints, hint{"values.remove", "remove", 0}, hint{"values.edit", "edit", 2})
	}
	if len(p.rows) > p.editor.env.Height-6 { // there is more than fits
		hints = append(hints, hint{"values.find", "find", 3})
	}
	hints = append(hints, way, hint{"^values.submit", "take it", 0}, hint{"values.leave", "back", 0})
	return fitting(p.keys, hints, p.editor.env.Width)
}
