package forms

import (
	"strings"

	"dirdesk/internal/terminaltext"
	"dirdesk/ui/message"
)

// draw is one row: a mark where the cursor is, the label, the answer, and what
// is to be said beside it.
func (f *sheet) draw(r *row, focused bool, width int) string {
	th := f.env.Theme
	labels := labelRoom
	if width < narrow {
		labels = 13
	}
	mark, label := "  ", th.Ink.Text
	if focused {
		mark, label = th.Ink.Accent.Render("> "), th.Ink.Title
	}
	if r.block() != "" {
		label = th.Ink.Muted
	}
	head := mark + label.Render(th.Fit(r.label, labels)) + " "
	room := max(width-labels-3, 1)
	aside := f.aside(r, focused, room)
	room -= terminaltext.Width(aside.text)
	return head + f.answer(r, focused, max(room, 1)) + aside.ink(f.env.Theme).Render(aside.text)
}

// aside is the remark beside an answer: what is wrong in a row that the cursor
// has left, or what was found out about it.
func (f *sheet) aside(r *row, focused bool, room int) remark {
	var m remark
	if r.remark != nil {
		m.text, m.tone = r.remark()
	}
	if r.proposed() && m.tone != message.Bad {
		m.text = strings.TrimSuffix("proposed, "+m.text, ", ")
	}
	if !focused && r.typed() && r.line.Value() != "" && m.tone != message.Bad && r.complaint() != "" {
		m = remark{"wrong", message.Bad}
	}
	if m.text == "" || room < 16 {
		return remark{}
	}
	m.text = "  " + f.env.Theme.Cut(m.text, room/2)
	return m
}

// answer draws what was answered in exactly room cells.
func (f *sheet) answer(r *row, focused bool, room int) string {
	th := f.env.Theme
	switch r.kind {
	case choice:
		return f.choices(r, focused, room)
	case toggle:
		box := "[ ] "
		if r.on {
			box = "[x] "
		}
		line := th.Fit(box+r.words, room)
		if r.block() != "" {
			return th.Ink.Muted.Render(line)
		}
		return line
	}
	value := r.line.Value()
	switch {
	case r.block() != "":
		return th.Ink.Muted.Render(th.Fit(value, room))
	case focused:
		return r.line.Field(th, room, r.kind == secret && !f.revealed)
	case value == "":
		return th.Ink.Muted.Render(th.Fit(r.empty, room))
	case r.kind == secret && !f.revealed:
		return th.Fit(strings.Repeat("*", len([]rune(value))), room)
	default:
		return th.Fit(value, room)
	}
}

// choices draws all options where there is room for them, else the chosen one.
func (f *sheet) choices(r *row, focused bool, room int) string {
	th := f.env.Theme
	var all []string
	for i, o := range r.options {
		mark := "( ) "
		if i == r.chosen {
			mark = "(*) "
		}
		all = append(all, mark+o.words)
	}
	line := strings.Join(all, "  ")
	if terminaltext.Width(line) > room {
		line = "< " + r.options[r.chosen].words + " >"
	}
	line = th.Fit(line, room)
	if r.block() != "" {
		return th.Ink.Muted.Render(line)
	}
	if before, after, found := strings.Cut(line, "(*)"); found && focused {
		return before + th.Ink.Accent.Render("(*)") + after
	}
	return line
}
