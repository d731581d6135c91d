package change

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/internal/english"
	"dirdesk/internal/terminaltext"
	"dirdesk/keymap"
	"dirdesk/theme"
	"dirdesk/ui/frame"
	"dirdesk/ui/list"
)

// answer is what a person said to a screen.
type answer uint8

const (
	none answer = iota
	yes
	no
	more // what is offered beside it is another now
)

// screen is a part of the flow that is drawn here.
type screen interface {
	scope() keymap.ScopeName
	// update takes an action of the scope, and the key that runs it.
	update(id string, msg tea.Msg) answer
	page(l look) page
}

// look is how a screen is drawn.
type look struct {
	*theme.Theme
	keys  keymap.Keys // of the screen's scope
	width int
}

// page is a screen as it is drawn.
type page struct {
	title string   // safe
	quiet bool     // the title is not what matters most: the body has a headline
	body  []string // styled, of any length
	below []string // styled: the question
	keys  string
}

// put goes to a stage that is drawn here.
func (f *Flow) put(s stage, drawn screen) {
	f.stage, f.screen, f.text = s, drawn, list.Text{}
}

// keys are those of the screen.
func (f *Flow) keys() keymap.Keys { return f.env.Keys.In(f.screen.scope()) }

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
	case f.screen == nil:
		return strings.Join(frame.Fill(nil, f.width, f.height), "\n")
	}
	th := f.env.Theme
	l := look{th, f.keys(), f.width}
	p := f.screen.page(l)
	ink := th.Ink.Accent
	if p.quiet {
		ink = th.Ink.Muted
	}
	lines := []string{ink.Render(th.Cut(p.title, f.width))}
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
	lines = append(lines, l.window(&f.text, p.body, room)...)
	lines = append(frame.Fill(lines, 0, max(height-len(foot), 0)), foot...)
	return strings.Join(frame.Clip(lines[:min(len(lines), height)], f.width), "\n")
}

// window is the part of the body that is in sight. That there is more is said
// in the place of its last line.
func (l look) window(text *list.Text, body []string, room int) []string {
	shown := slices.Clone(text.Window(body, room))
	if text.Rest() > 0 && room > 1 {
		shown[room-1] = l.Ink.Muted.Render("  more below: " + l.keys.Spell("move.down"))
	}
	return shown
}

// wrapped are the lines of a text in an ink.
func (l look) wrapped(ink theme.Ink, indent, text string) []string {
	return wrapped(l.Theme, ink, indent, text, l.width)
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
func (l look) short(few, all string) string {
	if l.width < terminaltext.Width(all) {
		return few
	}
	return all
}

// yesNo names the letters of the two answers; what Enter means is a capital one.
func (l look) yesNo(enter answer) string {
	letter := func(id string, is answer) string {
		keys := l.keys.Keys(id)
		i := max(slices.IndexFunc(keys, keymap.Types), 0)
		if i >= len(keys) {
			return ""
		}
		spelled := keymap.Spell(keys[i], true)
		if is == enter {
			return strings.ToUpper(spelled)
		}
		return spelled
	}
	ink := l.Ink.Warning
	if enter == yes {
		ink = l.Ink.Good
	}
	return ink.Render(terminaltext.Cut(letter("question.yes", yes)+" yes   "+letter("question.no", no)+" no", l.width, ""))
}

// waiting says that something is on its way.
type waiting struct {
	words    string
	progress func() string // what the server says meanwhile of a write; nil while one is looked at
	turns    int           // of the spinner
}

func (w *waiting) scope() keymap.ScopeName {
	if w.progress != nil {
		return keymap.Writing
	}
	return keymap.Planning
}

func (w *waiting) update(string, tea.Msg) answer { return none }

func (w *waiting) page(l look) page {
	p := page{title: w.words, keys: l.keys.Hints("", "planning.leave", ": back", "writing.leave", ": go on working meanwhile")}
	words := "Waiting for the server."
	if w.progress != nil {
		pictures := l.Glyphs.Spinner
		if said := w.progress(); said != "" {
			words = english.Own(said).Capital() + "."
		}
		words = pictures[w.turns%len(pictures)] + " " + words
	}
	p.body = l.wrapped(l.Ink.Muted, "", words)
	return p
}
