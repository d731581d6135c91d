package details

import (
	"strings"

	"dirdesk/internal/terminaltext"
	"dirdesk/theme"
	"dirdesk/ui/message"
)

// labelWidth is the room of the labels, where there is room for both.
const labelWidth = 13

// Lines draws the facts, each line width cells wide, texts wrapped beside
// their labels or, where it is narrow, below them.
func Lines(th *theme.Theme, s Subject, width int) []string {
	if width <= 0 {
		return nil
	}
	if s.Object == nil {
		return []string{th.Ink.Muted.Render(th.Fit(" Nothing is under the cursor.", width))}
	}
	lines := []string{th.Ink.Title.Render(th.Fit(" "+s.Object.Name, width))}
	for _, f := range Facts(s) {
		lines = append(lines, FactLines(th, f, width)...)
	}
	switch {
	case s.Err != nil:
		lines = append(lines, FactLines(th, Fact{Label: "More", Text: "not read: " + s.Err.Error(), Tone: message.Bad}, width)...)
	case s.Reading:
		lines = append(lines, FactLines(th, Fact{Label: "More", Text: "being read", Tone: message.Muted}, width)...)
	}
	return lines
}

// FactLines draws one fact.
func FactLines(th *theme.Theme, f Fact, width int) []string {
	if width <= 0 {
		return nil
	}
	if f == (Fact{}) {
		return []string{strings.Repeat(" ", width)}
	}
	indent := labelWidth + 1
	if width < 2*labelWidth {
		indent = min(2, width)
	}
	style := f.Tone.Ink(th)
	var lines []string
	if indent < labelWidth && f.Label != "" {
		lines = append(lines, th.Ink.Muted.Render(th.Fit(" "+f.Label, width)))
		f.Label = ""
	}
	shift := max(min(f.Indent, width-indent-20), 0)
	for i, part := range terminaltext.Wrap(th.Safe(f.Text), max(width-indent-shift-1, 1)) {
		part = strings.Repeat(" ", shift) + part
		label := strings.Repeat(" ", indent)
		if i == 0 && f.Label != "" {
			label = th.Ink.Muted.Render(th.Fit(" "+f.Label, indent))
		}
		lines = append(lines, label+style.Render(terminaltext.Fit(part, max(width-indent, 0), th.Glyphs.Ellipsis)))
	}
	return lines
}
