package theme

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// Ink is a style boiled down to what it writes before and after a text of one
// line. The panes are drawn anew after every message, and lipgloss, which can do
// far more, takes most of that time.
type Ink struct{ before, after string }

func inkOf(s lipgloss.Style) Ink {
	const text = "x"
	before, after, _ := strings.Cut(s.Render(text), text)
	return Ink{before, after}
}

// Render gives the text in this ink. It must be one line.
func (i Ink) Render(text string) string {
	if i.before == "" || text == "" {
		return text
	}
	return i.before + text + i.after
}

// Rest marks the line of the cursor in a pane without the keys: its text, not
// the blanks around it.
func (t *Theme) Rest(line string) string {
	text := strings.TrimRight(line, " ")
	blanks := line[len(text):]
	inner := strings.TrimLeft(text, " ")
	return text[:len(text)-len(inner)] + t.Ink.Resting.Render(inner) + blanks
}

// Inks are the styles of a theme as inks.
type Inks struct {
	Text, Muted, Title, Accent, Key Ink
	Cursor, Resting, Match          Ink
	Good, Warning, Bad, Pending     Ink
	Border, Focused                 Ink
	ReadOnly, Writable              Ink
}

func (t *Theme) inks() Inks {
	return Inks{
		Text: inkOf(t.Text), Muted: inkOf(t.Muted), Title: inkOf(t.Title), Accent: inkOf(t.Accent), Key: inkOf(t.Key),
		Cursor: inkOf(t.Cursor), Resting: inkOf(t.Resting), Match: inkOf(t.Match),
		Good: inkOf(t.Good), Warning: inkOf(t.Warning), Bad: inkOf(t.Bad), Pending: inkOf(t.Pending),
		Border: inkOf(t.Border), Focused: inkOf(t.Focused),
		ReadOnly: inkOf(t.ReadOnly), Writable: inkOf(t.Writable),
	}
}
