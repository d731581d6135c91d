package property

import (
	tea "charm.land/bubbletea/v2"

	"dirdesk/internal/english"
	"dirdesk/models"
	"dirdesk/ui/prompt"
)

// lineField is a value that is typed on one line.
type lineField struct {
	base
	property models.Property
	preset   string // how the present value is typed
	line     *prompt.Prompt
}

func newLine(b base, p models.Property) *lineField {
	f := &lineField{base: b, property: p, preset: b.present}
	if p.Type.Editor() == models.EditTime && b.present != "" {
		f.preset = b.editor.words.value(p, b.present) // a time is typed as it is shown
	}
	f.line = prompt.New("", f.preset)
	return f
}

func (f *lineField) update(msg tea.Msg) tea.Cmd {
	f.line.Update(msg, f.keys)
	return nil
}

func (f *lineField) hints() []hint { return []hint{{"^line.clear", "empty", 8}} }

// value is the present one when nothing was typed: a time may be more exact than
// what is shown of it.
func (f *lineField) value() (string, string) {
	text := f.line.Value()
	switch {
	case text == f.preset:
		return f.present, ""
	case text == "":
		return "", ""
	}
	return f.property.Type.Parse(f.property.Name, text, f.editor.words.clock())
}

func (f *lineField) lines(width, room int) []string {
	th := f.editor.env.Theme
	lines := []string{th.Ink.Accent.Render("> ") + f.line.Field(th, max(width-2, 1), false)}
	value, wrong := f.value()
	kind, name, clock := f.property.Type, f.property.Name, f.editor.words.clock()
	switch {
	case wrong != "":
		lines = append(lines, wrapped([]string{th.Safe(english.Own(wrong).Sentence())}, width, th.Ink.Bad.Render)...)
	case f.line.Value() == "":
		lines = append(lines, wrapped([]string{"Empty: it will not be set."}, width, th.Ink.Muted.Render)...)
	default:
		lines = append(lines, wrapped([]string{th.Safe(english.Own(kind.Explain(name, value, clock)).Sentence())}, width, th.Ink.Good.Render)...)
	}
	hint := kind.Hint(name, clock)
	if kind.Editor() == models.EditText {
		hint += " " + f.keys.Spell("value.break") + " begins another line."
	}
	lines = append(lines, wrapped([]string{th.Safe(hint)}, width, th.Ink.Muted.Render)...)
	return lines[:min(len(lines), room)]
}

// yesNo is a value that is yes, no or not set.
type yesNo struct {
	base
	at int // in answers; none for a value that is none of them
}

// answer is one of the three.
type answer struct{ value, words, id string }

func answers() []answer {
	return []answer{{"TRUE", "yes", "answer.yes"}, {"FALSE", "no", "answer.no"}, {"", "not set", "answer.unset"}}
}

func newYesNo(b base) *yesNo {
	f := &yesNo{base: b, at: -1}
	for i, a := range answers() {
		if a.value == b.present {
			f.at = i
		}
	}
	return f
}

func (f *yesNo) update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	all := answers()
	switch id := f.keys.ID(key.String()); id {
	case "move.down", "answer.next":
		f.at = (f.at + 1) % len(all)
	case "move.up", "answer.prev":
		f.at = (max(f.at, 0) + len(all) - 1) % len(all)
	default:
		for i, a := range all {
			if a.id == id {
				f.at = i
			}
		}
	}
	return nil
}

func (f *yesNo) hints() []hint { return []hint{{"answer.yes|answer.no|answer.unset", "choose", 0}} }

func (f *yesNo) value() (string, string) {
	if f.at < 0 {
		return f.present, ""
	}
	return answers()[f.at].value, ""
}

func (f *yesNo) lines(_, room int) []string {
	th := f.editor.env.Theme
	var lines []string
	for i, a := range answers() {
		line := "  ( ) " + a.words
		if i == f.at {
			line = th.Ink.Accent.Render("> (*) ") + th.Ink.Cursor.Render(a.words)
		}
		lines = append(lines, line)
	}
	return lines[:min(len(lines), room)]
}
