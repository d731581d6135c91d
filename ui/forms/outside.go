package forms

import (
	"strings"

	"dirdesk/models"
	"dirdesk/ui/frame"
)

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

// Whole fills in what may be left out of an Env, for forms outside this package.
func (e Env) Whole() Env { return e.whole() }

// Refusal puts what the server said into words that are safe to print.
func (e Env) Refusal(err error) []string { return e.refusal(err) }

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
