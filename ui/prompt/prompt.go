// Package prompt is a line to type into, with a label before it and what is
// wrong with the text after it.
package prompt

import (
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"dirdesk/internal/terminaltext"
	"dirdesk/keymap"
	"dirdesk/theme"
)

// Prompt is the line. It takes keys and pastes until it is entered or left.
type Prompt struct {
	Label string
	Error string // shown beside the text until it is changed
	Hint  string // shown in the place of an error when there is none

	text     []rune
	cursor   int
	proposed bool // the text is a proposal: what is typed or pasted first replaces it
}

// Outcome says what a message did.
type Outcome uint8

// The outcomes.
const (
	Ignored Outcome = iota // nothing
	Moved                  // the cursor only
	Changed                // the text
	Entered                // Enter was pressed
	Left                   // Esc was pressed
)

// New is a prompt holding a text, the cursor at its end.
func New(label, text string) *Prompt {
	p := &Prompt{Label: label}
	p.Set(text)
	return p
}

// Propose is a prompt holding a proposal: what is typed or pasted first replaces
// it, while a key that moves or deletes goes on with it.
func Propose(label, text string) *Prompt {
	p := New(label, "")
	p.Propose(text)
	return p
}

// Propose replaces the text by a proposal.
func (p *Prompt) Propose(text string) {
	p.Set(text)
	p.proposed = text != ""
}

// Value is the text as it stands.
func (p *Prompt) Value() string { return string(p.text) }

// Update takes a key or a paste. The keys are those of the scope that the line
// is typed in.
func (p *Prompt) Update(msg tea.Msg, keys keymap.Keys) Outcome {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		return p.changed(p.insert(joined(msg.Content)))
	case tea.KeyPressMsg:
		return p.key(msg, keys)
	}
	return Ignored
}

func (p *Prompt) key(msg tea.KeyPressMsg, keys keymap.Keys) Outcome {
	id := keys.ID(msg.String())
	p.proposed = p.proposed && id == ""
	switch id {
	case "line.accept":
		return Entered
	case "line.leave":
		return Left
	case "line.left":
		return p.move(p.cursor - 1)
	case "line.right":
		return p.move(p.cursor + 1)
	case "line.home":
		return p.move(0)
	case "line.end":
		return p.move(len(p.text))
	case "line.wordleft":
		return p.move(p.wordStart())
	case "line.rub":
		return p.changed(p.cut(p.cursor-1, p.cursor))
	case "line.delete":
		return p.changed(p.cut(p.cursor, p.cursor+1))
	case "line.word":
		return p.changed(p.cut(p.wordStart(), p.cursor))
	case "line.clear":
		return p.changed(p.cut(0, p.cursor))
	case "line.cut":
		return p.changed(p.cut(p.cursor, len(p.text)))
	}
	return p.changed(p.insert(msg.Text))
}

func (p *Prompt) changed(did bool) Outcome {
	if !did {
		return Ignored
	}
	p.Error = ""
	return Changed
}

func (p *Prompt) move(to int) Outcome {
	p.cursor = min(max(to, 0), len(p.text))
	return Moved
}

// joined makes one line of pasted lines: a line break is no part of a name, nor is the
// mark that some editors put before a text.
func joined(text string) string {
	lines := strings.FieldsFunc(strings.TrimPrefix(text, "\ufeff"), func(r rune) bool { return r == '\n' || r == '\r' })
	return strings.Join(lines, " ")
}

// insert puts in what is typed, without its control characters.
func (p *Prompt) insert(text string) bool {
	clean := []rune(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, text))
	if p.proposed && len(clean) > 0 {
		p.text, p.cursor, p.proposed = nil, 0, false
	}
	rest := append(clean, p.text[p.cursor:]...)
	p.text = append(p.text[:p.cursor:p.cursor], rest...)
	p.cursor += len(clean)
	return len(clean) > 0
}

func (p *Prompt) cut(from, to int) bool {
	from, to = max(from, 0), min(to, len(p.text))
	if from >= to {
		return false
	}
	p.text = append(p.text[:from:from], p.text[to:]...)
	p.cursor = from
	return true
}

// wordStart is where the word before the cursor begins; a comma ends one, so
// that Ctrl-W takes a DN apart step by step.
func (p *Prompt) wordStart() int {
	breaks := func(r rune) bool { return unicode.IsSpace(r) || r == ',' }
	i := p.cursor
	for i > 0 && breaks(p.text[i-1]) {
		i--
	}
	for i > 0 && !breaks(p.text[i-1]) {
		i--
	}
	return i
}

// View draws the line in width cells. The part around the cursor is in sight.
func (p *Prompt) View(th *theme.Theme, width int) string {
	label := th.Cut(" "+p.Label+" ", width)
	note, style := p.Hint, th.Ink.Muted
	if p.Error != "" {
		note, style = p.Error, th.Ink.Bad
	}
	room := width - terminaltext.Width(label)
	note = th.Cut(note, max(room-10, 0))
	if note != "" {
		note = "  " + note
	}
	room -= terminaltext.Width(note)
	return th.Ink.Accent.Render(label) + p.window(th, max(room, 0)) + style.Render(note)
}

// window draws the text around the cursor in width cells.
func (p *Prompt) window(th *theme.Theme, width int) string {
	if width <= 0 {
		return ""
	}
	safe := func(text []rune) string { return th.Safe(terminaltext.OneLine(string(text))) }
	before := safe(p.text[:p.cursor])
	under, after := " ", ""
	if p.cursor < len(p.text) {
		under = safe(p.text[p.cursor : p.cursor+1])
		after = safe(p.text[p.cursor+1:])
	}
	if terminaltext.Width(under) == 0 {
		under = " "
	}
	if over := terminaltext.Width(before) + terminaltext.Width(under) - width; over > 0 {
		all := before
		before = ansi.TruncateLeft(all, over, "")
		if terminaltext.Width(before)+terminaltext.Width(under) > width { // half a wide character was left
			before = " " + ansi.TruncateLeft(all, over+1, "")
		}
	}
	used := terminaltext.Width(before) + terminaltext.Width(under)
	if used > width {
		return strings.Repeat(" ", width)
	}
	return before + th.Ink.Cursor.Render(under) + terminaltext.Fit(after, width-used, th.Glyphs.Ellipsis)
}

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
