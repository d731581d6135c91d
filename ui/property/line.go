package property

import (
	tea "charm.land/bubbletea/v2"

	"dirdesk/internal/english"
	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/ui/prompt"
)

// lineField is a value that is typed on one line.
type lineField struct {
	editor   *Editor
	property models.Property
	present  string
	preset   string // how the present value is typed
	keys     keymap.Keys
	line     *prompt.Prompt
}

func newLine(e *Editor, p models.Property, present string) *lineField {
	f := &lineField{editor: e, property: p, present: present, preset: present, keys: e.env.Keys.In(keymap.Value)}
	if p.Type.Editor() == models.EditTime && present != "" {
		f.preset = e.words.value(p, present) // a time is typed as it is shown
	}
	f.line = prompt.New("", f.preset)
	return f
}

func (f *lineField) update(msg tea.Msg) tea.Cmd {
	f.line.Update(msg, f.keys)
	return nil
}

func (f *lineField) owns(string) bool { return false }

func (f *lineField) keymap() keymap.Keys { return f.keys }

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
