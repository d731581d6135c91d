package forms

import (
	"strings"

	"dirdesk/internal/english"
	"dirdesk/internal/terminaltext"
	"dirdesk/ui/frame"
	"dirdesk/ui/message"
)

// Sizes, in cells.
const (
	roomyHeight = 18 // from which there is room for blank lines and a longer help
	labelRoom   = 16 // for the labels of the rows
	narrow      = 50 // below which the labels are cut short
	mostWidth   = 96 // lines longer than this are hard to read
)

// View implements Form.
func (f *sheet) View() string {
	if f.sub != nil {
		return f.sub.View()
	}
	w, h := f.env.Width, f.env.Height
	if w < 1 || h < 1 {
		return ""
	}
	width := min(w, mostWidth)
	lines := []string{f.env.heading(f.title, f.counted(), width)}
	if h >= roomyHeight {
		lines = append(lines, "")
	}
	lines = append(lines, f.env.refused(f.refusal, width)...)
	foot := f.foot(width)
	// The help takes what the rows leave over, and two lines at least.
	most := max(min(h-len(lines)-len(foot)-f.shownRows()-1, 8), min(2, h-len(lines)-len(foot)-2), 0)
	help := f.help(width, most)
	room := max(h-len(lines)-len(help)-len(foot), 1)
	if h >= roomyHeight && room > f.shownRows()+1 {
		help = append([]string{""}, help...)
		room = max(room-1, 1)
	}
	body := f.body(width, room)
	lines = append(lines, body...)
	if h < roomyHeight {
		// The help stays above the keys, so that the rows do not jump.
		lines = frame.Fill(lines, 0, max(h-len(help)-len(foot), 0))
	}
	lines = append(lines, help...)
	lines = frame.Fill(lines, 0, h-len(foot))
	lines = append(lines[:max(h-len(foot), 0)], foot...)
	return strings.Join(frame.Clip(lines[:min(len(lines), h)], w), "\n")
}

func (f *sheet) counted() string {
	if f.count == nil {
		return ""
	}
	return f.count()
}

func (f *sheet) shownRows() int {
	n := 0
	for _, r := range f.rows {
		if !r.isHidden() {
			n++
		}
	}
	return n
}

// body is the rows, those around the cursor where there is no room for all.
func (f *sheet) body(width, room int) []string {
	var shown []*row
	at := 0
	for i, r := range f.rows {
		if r.isHidden() {
			continue
		}
		if i == f.at {
			at = len(shown)
		}
		shown = append(shown, r)
	}
	f.list.Go(at, len(shown))
	first, last := f.list.Window(len(shown), room)
	lines := make([]string, 0, room)
	for i, r := range shown[first:last] {
		line := f.draw(r, first+i == at, width-2)
		switch {
		case i == 0 && first > 0:
			line += " " + f.env.Theme.Ink.Muted.Render(f.env.Theme.Glyphs.Up)
		case first+i == last-1 && last < len(shown):
			line += " " + f.env.Theme.Ink.Muted.Render(f.env.Theme.Glyphs.Down)
		}
		lines = append(lines, line)
	}
	return lines
}

// help is what is to be known of the row with the cursor.
func (f *sheet) help(width, most int) []string {
	th, r := f.env.Theme, f.current()
	var lines []string
	add := func(m remark) {
		for _, line := range terminaltext.Wrap(th.Safe(m.text), width-2) {
			lines = append(lines, "  "+m.ink(th).Render(line))
		}
	}
	switch wrong := f.wrong(r); {
	case f.leaving:
		add(remark{f.typing.Spell("form.leave") + " again throws away what was typed; any other key goes on.", message.Bad})
	case f.submitted && f.locating != "":
		add(remark{"Looking for the container that is called so.", message.Plain})
	case f.submitted:
		add(remark{"Waiting for the domain's password policy.", message.Plain})
	case wrong != "":
		add(remark{english.Own(wrong).Sentence(), message.Bad})
	case r.block() != "":
		add(remark{"Not possible: " + r.block(), message.Plain})
	}
	for _, l := range f.particulars(r, most) {
		add(l)
	}
	return lines[:min(len(lines), most)]
}

// wrong is what has to be said of the row: after the person was done, or while
// they type.
func (f *sheet) wrong(r *row) string {
	if f.complaint != "" {
		return f.complaint
	}
	if r.kind == text && r.value() != "" {
		return r.complaint()
	}
	return ""
}

// particulars are the lines that explain a row. Where there is no room for all,
// what was found out about the answer comes first.
func (f *sheet) particulars(r *row, room int) []remark {
	var hint, found []remark
	if r.hint != nil {
		if text := r.hint(); text != "" {
			hint = []remark{{text: text}}
		}
	}
	if r.lines != nil {
		found = r.lines()
	}
	all := append(hint, found...)
	if room < 5 {
		all = append(found, hint...)
	}
	if r.kind != choice {
		return all
	}
	if room < 5 {
		o := r.options[r.chosen]
		return append(all, remark{text: o.words + ": " + o.explain})
	}
	for _, o := range r.options {
		all = append(all, remark{text: o.words + ": " + o.explain})
	}
	return all
}

// foot is the keys.
func (f *sheet) foot(width int) []string {
	enter := "next"
	if f.nextText() < 0 {
		enter = "done"
	}
	pairs := []string{"form.enter", enter, "form.next", "field", "form.submit", "done", "form.leave", "leave"}
	switch {
	case f.env.Width < narrow:
		pairs = []string{"form.enter", enter, "^form.submit", "done", "form.leave", "leave"}
	case !f.current().typed():
		pairs = append([]string{"choice.toggle", "choose"}, pairs...)
	}
	switch {
	case f.current().pick != nil:
		pairs = append([]string{"^form.pick", "pick"}, pairs...)
	case f.extra[0] != "":
		pairs = append([]string{"^" + f.extra[0], f.extra[1]}, pairs...)
	}
	return f.env.foot(f.keymap(f.current()).Hints("  ", pairs...), width)
}
