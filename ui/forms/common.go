package forms

import (
	"errors"
	"strings"

	"dirdesk/internal/terminaltext"
	"dirdesk/models"
	"dirdesk/ui/frame"
	"dirdesk/ui/trouble"
)

// heading is the title, with what is to be counted at its right.
func (e Env) heading(title, right string, width int) string {
	th := e.Theme
	if room := width - terminaltext.Width(right) - 2; right != "" && room > 8 {
		return th.Ink.Accent.Render(terminaltext.Fit(title, room, th.Glyphs.Ellipsis)) + "  " + th.Ink.Muted.Render(right)
	}
	return th.Ink.Accent.Render(terminaltext.Fit(title, width, th.Glyphs.Ellipsis))
}

// refused is what the server said, in a few lines.
func (e Env) refused(texts []string, width int) []string {
	most := 2
	if e.Height >= roomyHeight {
		most = 4
	}
	var lines []string
	for _, text := range texts {
		for _, line := range terminaltext.Wrap(text, width) {
			lines = append(lines, e.Theme.Ink.Bad.Render(line))
		}
	}
	if len(lines) > most {
		lines = lines[:most]
	}
	if len(lines) > 0 && e.Height >= roomyHeight {
		lines = append(lines, "")
	}
	return lines
}

// Refusal puts what the server said into words that are safe to print.
func (e Env) Refusal(err error) []string {
	what := "Not accepted"
	if errors.Is(err, models.ErrUnreachable) || errors.Is(err, models.ErrSession) {
		what = "Nothing was changed" // nobody has looked at it
	}
	var texts []string
	for _, text := range []string{trouble.Line(what, err), serverWords(err), models.AdviceFor(err)} {
		if text != "" {
			texts = append(texts, e.Theme.Safe(text))
		}
	}
	return texts
}

// foot is the line of keys.
func (e Env) foot(keys string, width int) []string {
	if e.Height < 3 {
		return nil
	}
	return []string{e.Theme.Ink.Muted.Render(terminaltext.Cut(keys, width, ""))}
}

// roomy reports whether there is room for blank lines and a longer help.
func (e Env) roomy() bool { return e.Height >= roomyHeight }

// place is where an object stands, for a person: its parent.
func place(o models.Object) string { return string(o.DN.Parent()) }

// Choice is what is to be picked from the directory, by typing part of a name.
// Finish or Leave is called when the person is done; the picker sends neither
// Done nor Cancelled.
type Choice struct {
	Title   string
	What    string            // is picked: "a user or a group"
	Types   []models.Category // that are looked for; none: all
	Several bool
	// Held says why an object cannot be picked; "" when it can. Nil: all can.
	Held   func(o models.Object) string
	Finish func(chosen []models.Object)
	Leave  func()
}

// Pick is a picker within another form, which owns it and closes it.
func Pick(env Env, c Choice) Form {
	p := newPicker(env, c.Title, c.What)
	p.types, p.several = c.Types, c.Several
	if c.Held != nil {
		p.held = c.Held
	}
	p.finish, p.leave = c.Finish, c.Leave
	return p
}

// Page draws a form as the forms here look: a heading with what is counted at
// its right, what the server refused, the body, notes above the foot, and the
// keys. Body and notes get the width to draw in, and body how many lines there
// are for it. Texts must be safe to print.
func (e Env) Page(p Page) string {
	w, h := e.Width, e.Height
	if w < 1 || h < 1 {
		return ""
	}
	width := min(w, mostWidth)
	if p.Wide {
		width = w
	}
	lines := []string{e.heading(p.Title, p.Right, width)}
	lines = append(lines, e.refused(p.Refused, width)...)
	if e.roomy() && len(p.Refused) == 0 {
		lines = append(lines, "")
	}
	foot := e.foot(p.Keys, width)
	var notes []string
	if p.Notes != nil {
		notes = p.Notes(width)
		notes = notes[:min(len(notes), max((h-len(lines)-len(foot))/2, 0))]
	}
	foot = append(notes, foot...)
	lines = append(lines, p.Body(width, max(h-len(lines)-len(foot), 1))...)
	lines = frame.Fill(lines, 0, h-len(foot))
	lines = append(lines[:max(h-len(foot), 0)], foot...)
	return strings.Join(frame.Clip(lines[:min(len(lines), h)], w), "\n")
}

// Page is what a form outside this package has to show.
type Page struct {
	Title   string
	Right   string // counted, at the right of the title
	Refused []string
	Body    func(width, room int) []string
	Notes   func(width int) []string // nil: none
	Keys    string
	Wide    bool // it takes the whole width: it is a table, not text to be read
}
