package property

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/ui/prompt"
)

// lineField is a value that is typed on one line.
type lineField struct {
	editor  *Editor
	present string
	preset  string // how the present value is typed
	line    *prompt.Prompt
	hint    string
	// read gives the value that a text means, or what is wrong with it.
	read func(text string) (value, wrong string)
	// means says what a value means, where that is not plain from the text.
	means func(value string) string
}

func newLine(e *Editor, p models.Property, present string) *lineField {
	f := &lineField{editor: e, present: present, preset: present, means: func(string) string { return "" }}
	switch p.Type {
	case models.Integer:
		f.hint, f.read = "A whole number from -2147483648 to 2147483647.", readInteger
	case models.LargeInteger:
		f.hint, f.read = fmt.Sprintf("A whole number from %d to %d.", math.MinInt64, math.MaxInt64), readLarge
	case models.NumericString:
		f.hint, f.read = "Digits and spaces.", readDigits
	case models.PrintableString:
		f.hint, f.read = "Letters from A to Z, digits and the signs of a plain keyboard.", readPlain
	case models.UTCTime, models.Timestamp:
		m := moments{words: e.words, property: p}
		f.preset = m.preset(present)
		f.hint, f.read, f.means = m.hint(), m.read, m.means
	default:
		f.hint = "Any text. Ctrl-J begins another line."
		f.read = func(text string) (string, string) { return text, "" }
		f.means = spaces
	}
	f.line = prompt.New("", f.preset)
	return f
}

func (f *lineField) update(msg tea.Msg) tea.Cmd {
	f.line.Update(msg, f.editor.env.Keys.In(keymap.Value))
	return nil
}

func (f *lineField) owns(string) bool { return false }

func (f *lineField) keys() string { return "^U empty" }

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
	return f.read(text)
}

func (f *lineField) lines(width, room int) []string {
	th := f.editor.env.Theme
	lines := []string{th.Ink.Accent.Render("> ") + f.line.Field(th, max(width-2, 1), false)}
	value, wrong := f.value()
	switch {
	case wrong != "":
		lines = append(lines, wrapped([]string{th.Safe(wrong)}, width, th.Ink.Bad.Render)...)
	case f.line.Value() == "":
		lines = append(lines, wrapped([]string{"Empty: it will not be set."}, width, th.Ink.Muted.Render)...)
	default:
		lines = append(lines, wrapped([]string{th.Safe(f.means(value))}, width, th.Ink.Good.Render)...)
	}
	lines = append(lines, wrapped([]string{f.hint}, width, th.Ink.Muted.Render)...)
	return lines[:min(len(lines), room)]
}

// spaces warns of what cannot be seen.
func spaces(text string) string {
	if text != strings.TrimSpace(text) {
		return "It begins or ends with a space."
	}
	return ""
}

func readInteger(text string) (string, string) {
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	switch {
	case err != nil && !isNumber(text):
		return "", "This is no whole number."
	case err != nil || n < math.MinInt32 || n > math.MaxInt32:
		return "", "Too large: from -2147483648 to 2147483647."
	}
	return strconv.FormatInt(n, 10), ""
}

func readLarge(text string) (string, string) {
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	switch {
	case err != nil && !isNumber(text):
		return "", "This is no whole number."
	case err != nil:
		return "", "Too large for 64 bits."
	}
	return strconv.FormatInt(n, 10), ""
}

// isNumber reports whether a text is written like a whole number of any size.
func isNumber(text string) bool {
	text = strings.TrimSpace(text)
	digits := strings.TrimLeft(text, "+-")
	return len(text)-len(digits) <= 1 && digits != "" && strings.Trim(digits, "0123456789") == ""
}

func readDigits(text string) (string, string) {
	if strings.Trim(text, "0123456789 ") != "" {
		return "", "Digits and spaces only."
	}
	return text, ""
}

func readPlain(text string) (string, string) {
	for _, r := range text {
		if r < ' ' || r > '~' {
			return "", fmt.Sprintf("%q does not belong to plain text.", r)
		}
	}
	return text, ""
}
