package forms

import (
	"errors"

	"dirdesk/internal/terminaltext"
	"dirdesk/models"
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

// refusal puts what the server said into words that are safe to print.
func (e Env) refusal(err error) []string {
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
