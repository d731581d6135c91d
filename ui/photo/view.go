package photo

import (
	"strings"

	"dirdesk/internal/english"
	"dirdesk/internal/terminaltext"
	"dirdesk/keymap"
	"dirdesk/theme"
	"dirdesk/ui/forms"
	"dirdesk/ui/frame"
)

// pairWidth is from how many cells on the old and the new photo stand side by
// side.
const pairWidth = 60

// View implements forms.Form.
func (p *Page) View() string {
	right := ""
	if p.isChanged() {
		right = "changed, " + p.keys.Short("form.submit") + " to review"
	}
	return p.env.Page(forms.Page{
		Title: p.title, Right: right, Refused: p.refusal, Body: p.body, Notes: p.notes, Keys: p.foot(),
	})
}

func (p *Page) body(width, room int) []string {
	switch {
	case p.next != nil && p.present != nil && width >= pairWidth:
		left, right := p.pair(width, room)
		return frame.Beside(left, right, 0)
	case p.next != nil:
		return p.draw("To be: ", p.next, width, room)
	case p.clear:
		return p.say("The photo will be cleared.", width)
	case p.reading:
		return p.say("Reading the photo "+p.env.Theme.Glyphs.Loading, width)
	case len(p.failed) > 0:
		return p.say(strings.Join(p.failed, " "), width)
	case p.present == nil:
		return p.say("There is no photo.", width)
	default:
		return p.draw("", p.present, width, room)
	}
}

// pair draws the old and the new photo, in two blocks of one height.
func (p *Page) pair(width, room int) (left, right []string) {
	half := width / 2
	left, right = p.draw("Now: ", p.present, half-1, room), p.draw("To be: ", p.next, width-half-1, room)
	lines := max(len(left), len(right))
	return frame.Clip(frame.Fill(left, half, lines), half), frame.Clip(frame.Fill(right, width-half, lines), width-half)
}

// draw is a photo with its facts above it.
func (p *Page) draw(label string, pic *picture, width, room int) []string {
	th := p.env.Theme
	lines := []string{"  " + th.Ink.Muted.Render(th.Cut(label+pic.facts.String(), width-2))}
	switch {
	case pic.wrong != nil:
		return append(lines, p.say("It cannot be shown: "+pic.wrong.Error()+".", width)...)
	case !canDraw(th):
		return append(lines, p.say("This terminal shows no pictures: it has no colours, or no UTF-8.", width)...)
	}
	if cols, rows := width-4, room-1; pic.drawn == nil || pic.cols != cols || pic.rows != rows {
		pic.cols, pic.rows, pic.drawn = cols, rows, nil
		if cols > 0 && rows > 0 {
			pic.drawn = cells(pic.img, cols, rows, th.Options.Dark)
		}
	}
	for _, line := range pic.drawn {
		lines = append(lines, "  "+line)
	}
	return lines
}

func (p *Page) say(text string, width int) []string {
	return p.inked(text, width, p.env.Theme.Ink.Muted)
}

func (p *Page) inked(text string, width int, ink theme.Ink) []string {
	var lines []string
	for _, line := range terminaltext.Wrap(p.env.Theme.Safe(text), max(width-2, 1)) {
		lines = append(lines, "  "+ink.Render(line))
	}
	return lines
}

func (p *Page) notes(width int) []string {
	th := p.env.Theme
	switch {
	case p.asking != nil:
		lines := []string{th.Ink.Accent.Render("> ") + "File  " + p.asking.Field(th, max(width-8, 1), false)}
		text, ink := p.asking.Error, th.Ink.Bad
		switch {
		case p.loading:
			text, ink = "Reading the file "+th.Glyphs.Loading, th.Ink.Muted
		case text == "":
			text, ink = "The path of a JPEG or PNG file"+p.limit()+".", th.Ink.Muted
		}
		return append(lines, p.inked(text, width, ink)...)
	case p.leaving:
		return p.inked(p.keys.Spell("form.leave")+" again leaves the photo as it is; any other key goes on.", width, th.Ink.Bad)
	case p.notice != "":
		return p.inked(p.notice, width, th.Ink.Warning)
	case p.cannot != "":
		return p.say("The photo cannot be changed: "+p.cannot+".", width)
	}
	return nil
}

func (p *Page) limit() string {
	if n := p.source.PhotoLimit(); n > 0 {
		return " of at most " + english.Number(n) + " bytes"
	}
	return ""
}

func (p *Page) foot() string {
	if p.asking != nil {
		return p.env.Keys.In(keymap.Line).Hints("  ", "line.accept", "read the file", "line.leave", "back")
	}
	slim := p.env.Width < 50
	var pairs []string
	if p.cannot == "" {
		set := "set from a file"
		if slim {
			set = "set"
		}
		pairs = append(pairs, "photo.set", set)
		if (p.present != nil || p.next != nil) && !(slim && p.isChanged()) {
			pairs = append(pairs, "photo.clear", "clear")
		}
	}
	if p.isChanged() {
		pairs = append(pairs, "photo.back", "undo", "^form.submit", "review")
	}
	if len(p.failed) > 0 && !slim {
		pairs = append(pairs, "photo.refresh", "read again")
	}
	return p.keys.Hints("  ", append(pairs, "form.leave", "leave")...)
}
