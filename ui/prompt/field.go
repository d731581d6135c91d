package prompt

import (
	"strings"

	"dirdesk/internal/terminaltext"
	"dirdesk/theme"
)

// Set replaces the text and puts the cursor at its end. Line breaks and tabs of a
// text that is there already stay in it, whatever is typed beside them.
func (p *Prompt) Set(text string) {
	p.text, p.proposed = []rune(text), false
	p.cursor = len(p.text)
}

// Wipe overwrites the text before it forgets it: it was a secret.
func (p *Prompt) Wipe() {
	clear(p.text[:cap(p.text)])
	p.text, p.cursor, p.Error = nil, 0, ""
}

// Field draws the text alone, with the cursor, in exactly width cells, as one of
// several in a form. A masked one shows a star for each character.
func (p *Prompt) Field(th *theme.Theme, width int, masked bool) string {
	if width <= 0 {
		return ""
	}
	shown := p
	if masked {
		shown = &Prompt{text: []rune(strings.Repeat("*", len(p.text))), cursor: p.cursor}
	}
	line := shown.window(th, width)
	return line + strings.Repeat(" ", max(width-terminaltext.Width(line), 0))
}
