package forms

import (
	"fmt"
	"strings"

	"dirdesk/internal/terminaltext"
	"dirdesk/models"
	"dirdesk/ui/frame"
)

// View implements Form.
func (p *picker) View() string {
	w, h := p.env.Width, p.env.Height
	if w < 1 || h < 1 {
		return ""
	}
	width := min(w, mostWidth)
	head := []string{p.env.heading(p.title, p.counted(), width)}
	head = append(head, p.env.refused(p.refusal, width)...)
	head = append(head, p.field(width))
	if p.env.roomy() {
		head = append(head, "")
	}
	tail := append(p.remarks(width), p.env.foot(p.keys(), width)...)
	lines := append(head, p.list(width, max(h-len(head)-len(tail), 1))...)
	lines = frame.Fill(lines, 0, h-len(tail))
	lines = append(lines[:max(h-len(tail), 0)], tail...)
	return strings.Join(frame.Clip(lines[:min(len(lines), h)], w), "\n")
}

// counted says how many are picked.
func (p *picker) counted() string {
	if !p.several || len(p.chosen) == 0 {
		return ""
	}
	return fmt.Sprintf("%d picked", len(p.chosen))
}

// field is the line to type into, with how the search stands.
func (p *picker) field(width int) string {
	th := p.env.Theme
	state := p.state()
	ink := th.Ink.Muted
	if p.search.why != "" {
		ink = th.Ink.Bad
	}
	if state != "" {
		state = "  " + th.Cut(state, max(width-18, 0))
	}
	return th.Ink.Accent.Render("> ") + p.find.Line.Field(th, max(width-2-terminaltext.Width(state), 1), false) + ink.Render(state)
}

// list is the rows around the cursor.
func (p *picker) list(width, room int) []string {
	shown := p.shown()
	var lines []string
	first, last := p.find.Window(len(shown), room)
	for i := first; i < last; i++ {
		lines = append(lines, p.drawRow(shown[i], i == p.find.At(), width))
	}
	if len(shown) == 0 && !p.search.busy && p.text() == "" {
		empty := "Type part of the name of " + p.what + "."
		if p.fixed {
			empty = "There are none."
		}
		lines = append(lines, "  "+p.env.Theme.Ink.Muted.Render(terminaltext.Cut(empty, width-2, "")))
	}
	return lines
}

// drawRow is one object: its mark, its name, and where it stands.
func (p *picker) drawRow(o models.Object, focused bool, width int) string {
	th := p.env.Theme
	mark := ""
	if p.several {
		mark = "[ ] "
		if p.placeOf(o) >= 0 {
			mark = "[x] "
		}
	}
	why := p.held(o)
	where := place(o)
	if why != "" {
		where = why
		if p.several {
			mark = " -  "
		}
	}
	label := th.Safe(o.Name)
	if label == "" {
		label = th.Safe(o.DN.RDN().Value)
	}
	if o.SAMAccountName != "" && o.SAMAccountName != o.Name {
		label += " " + th.Glyphs.Separator + " " + th.Safe(o.SAMAccountName)
	}
	room := width - 2 - terminaltext.Width(mark)
	names := min(max(room/2, 16), 44)
	if names > room {
		names = room
	}
	text := mark + terminaltext.Fit(label, names, th.Glyphs.Ellipsis)
	rest := ""
	if room-names-2 > 4 {
		rest = "  " + th.Fit(where, room-names-2)
	}
	switch {
	case focused:
		return th.Ink.Accent.Render("> ") + th.Ink.Cursor.Render(text) + th.Ink.Muted.Render(rest)
	case why != "":
		return "  " + th.Ink.Muted.Render(text+rest)
	default:
		return "  " + text + th.Ink.Muted.Render(rest)
	}
}

// remarks are what is to be said below the list.
func (p *picker) remarks(width int) []string {
	th := p.env.Theme
	var lines []string
	if len(p.chosen) > 0 && p.several {
		names := make([]string, len(p.chosen))
		for i, o := range p.chosen {
			names[i] = o.Called()
		}
		lines = append(lines, th.Ink.Good.Render(th.Cut("Picked: "+strings.Join(names, ", "), width)))
	}
	switch {
	case p.complaint != "":
		lines = append(lines, th.Ink.Bad.Render(th.Cut(p.complaint, width)))
	case p.remark != "":
		for _, line := range terminaltext.Wrap(th.Safe(p.remark), width) {
			lines = append(lines, th.Ink.Muted.Render(line))
		}
	}
	if most := 3; len(lines) > most {
		lines = lines[:most]
	}
	return lines
}

func (p *picker) keys() string {
	keys := p.find.Keys
	switch {
	case p.env.Width < narrow && p.several:
		return keys.Hints("  ", "picker.mark", "pick", "line.accept", "done", "line.leave", "leave")
	case p.several:
		return keys.Hints("  ", "picker.mark", "pick", "line.accept", "done (the picked, else this row)", "line.leave", "clear, leave")
	default:
		return keys.Hints("  ", "line.accept", "done", "line.leave", "clear, leave")
	}
}
