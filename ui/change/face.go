package change

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/internal/english"
	"dirdesk/internal/terminaltext"
	"dirdesk/theme"
	"dirdesk/ui/frame"
)

// answer is what a person said to a face.
type answer uint8

const (
	none answer = iota
	yes
	no
)

// face is a part of the flow that is drawn here.
type face interface {
	update(msg tea.Msg) answer
	// page draws it: a title, a body of any length and what stands below it.
	page(th *theme.Theme, width int) page
	// scroll is where the body is scrolled to; nil where it is not.
	scroll() *int
}

// page is a face as it is drawn in a width.
type page struct {
	title string   // safe
	body  []string // styled
	below []string // styled: the question
	keys  string
}

// roomyHeight is from which there is room for blank lines.
const roomyHeight = 12

// View draws the area: all of it for a form, else as many of its rows as are
// needed, each of its width.
func (f *Flow) View() string {
	switch {
	case f.width < 1 || f.height < 1:
		return ""
	case f.stage == filling:
		return f.form.View()
	case f.stage == showing:
		return f.shown.View()
	case f.face == nil:
		return strings.Join(frame.Fill(nil, f.width, f.height), "\n")
	}
	th := f.env.Theme
	p := f.face.page(th, f.width)
	lines := []string{th.Ink.Accent.Render(th.Cut(p.title, f.width))}
	if f.height >= roomyHeight {
		lines = append(lines, "")
		if len(p.below) > 0 {
			p.below = append([]string{""}, p.below...)
		}
		p.below = append(p.below, "")
	}
	foot := append(p.below, th.Ink.Muted.Render(terminaltext.Cut(p.keys, f.width, "")))
	height := min(f.height, len(lines)+len(p.body)+len(foot))
	room := max(height-len(lines)-len(foot), 0)
	lines = append(lines, window(th, p.body, f.face.scroll(), room)...)
	lines = append(frame.Fill(lines, 0, max(height-len(foot), 0)), foot...)
	return strings.Join(frame.Clip(lines[:min(len(lines), height)], f.width), "\n")
}

// window is the part of the body that is in sight. That there is more is said
// in the place of its last line.
func window(th *theme.Theme, body []string, offset *int, room int) []string {
	if offset == nil {
		return body[:min(len(body), room)]
	}
	*offset = max(min(*offset, len(body)-room), 0)
	shown := body[*offset:min(*offset+room, len(body))]
	if rest := len(body) - *offset - room; rest > 0 && room > 1 {
		shown = append(append([]string(nil), shown[:room-1]...), th.Ink.Muted.Render("  more below: Down"))
	}
	return shown
}

// scrolled takes the keys that scroll a body.
func scrolled(offset *int, key string) {
	switch key {
	case "up", "k":
		*offset = max(*offset-1, 0)
	case "down", "j":
		*offset++
	case "pgup":
		*offset = max(*offset-10, 0)
	case "pgdown":
		*offset += 10
	}
}

// wrapped are the lines of a text in an ink, at most width cells wide.
func wrapped(th *theme.Theme, ink theme.Ink, indent, text string, width int) []string {
	var lines []string
	for _, line := range terminaltext.Wrap(th.Safe(text), max(width-len(indent), 1)) {
		lines = append(lines, indent+ink.Render(line))
	}
	return lines
}

// short gives the keys in fewer words where there is no room for all.
func short(width int, few, all string) string {
	if width < terminaltext.Width(all) {
		return few
	}
	return all
}

// waiting says that something is on its way.
type waiting struct {
	words    string
	escape   string
	progress func() string // what the server says meanwhile; nil: nothing
	turns    int           // of the spinner
}

func (w *waiting) update(tea.Msg) answer { return none }

func (w *waiting) scroll() *int { return nil }

func (w *waiting) page(th *theme.Theme, width int) page {
	keys := w.escape
	if keys == "" {
		keys = "Esc: back"
	}
	words := "Waiting for the server."
	if w.progress != nil {
		pictures := th.Glyphs.Spinner
		if said := w.progress(); said != "" {
			words = english.Own(said).Capital() + "."
		}
		words = pictures[w.turns%len(pictures)] + " " + words
	}
	return page{title: w.words, body: wrapped(th, th.Ink.Muted, "", words, width), keys: keys}
}
