package property

import (
	"slices"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"dirdesk/internal/terminaltext"
)

// linesField is a text of several lines. It keeps tabs and the kind of line ends,
// which the textarea of bubbles does not.
type linesField struct {
	base
	windows bool   // lines end as on Windows
	preset  string // the present value as it would be sent from here
	runes   []rune // with "\n" at the ends of lines
	at      int    // the cursor
	top     int
}

// breaksLines reports whether a value cannot be typed on one line.
func breaksLines(text string) bool { return strings.ContainsFunc(text, unicode.IsControl) }

func newLines(b base) *linesField {
	present := b.present
	f := &linesField{base: b, windows: strings.Contains(present, "\r\n")}
	if f.windows {
		present = strings.ReplaceAll(present, "\r\n", "\n")
	}
	f.runes = []rune(present)
	f.at = len(f.runes)
	f.preset = f.text()
	return f
}

func (f *linesField) text() string {
	if f.windows {
		return strings.ReplaceAll(string(f.runes), "\n", "\r\n")
	}
	return string(f.runes)
}

// value is the present one, byte for byte, when nothing was changed: its lines
// may end in several ways.
func (f *linesField) value() (string, string) {
	if text := f.text(); text != f.preset {
		return text, ""
	}
	return f.present, ""
}

func (f *linesField) owns(id string) bool { return id == "value.break" }

func (f *linesField) hints() []hint { return []hint{{"text.break", "new line", 0}} }

func (f *linesField) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		f.insert(msg.Content)
	case tea.KeyPressMsg:
		f.press(msg)
	}
	return nil
}

// start and end are those of the line that a place is in.
func (f *linesField) start(at int) int {
	for at > 0 && f.runes[at-1] != '\n' {
		at--
	}
	return at
}

func (f *linesField) end(at int) int {
	for at < len(f.runes) && f.runes[at] != '\n' {
		at++
	}
	return at
}

func (f *linesField) press(msg tea.KeyPressMsg) {
	start, end := f.start(f.at), f.end(f.at)
	switch f.keys.ID(msg.String()) {
	case "text.break", "value.break":
		f.insert("\n")
	case "text.up":
		if above := f.start(max(start-1, 0)); start > 0 {
			f.at = min(above+f.at-start, start-1)
		}
	case "text.down":
		if end < len(f.runes) {
			f.at = min(end+1+f.at-start, f.end(end+1))
		}
	case "line.left":
		f.at = max(f.at-1, 0)
	case "line.right":
		f.at = min(f.at+1, len(f.runes))
	case "line.home":
		f.at = start
	case "line.end":
		f.at = end
	case "line.rub":
		f.cut(f.at-1, f.at)
	case "line.delete":
		f.cut(f.at, f.at+1)
	case "line.clear":
		f.cut(start, f.at)
	case "line.cut":
		f.cut(f.at, end)
	default:
		f.insert(msg.Text)
	}
}

func (f *linesField) cut(from, to int) {
	from, to = max(from, 0), min(to, len(f.runes))
	f.runes, f.at = slices.Delete(f.runes, from, to), from
}

// insert puts in a text. Other controls than line breaks and tabs are left out.
func (f *linesField) insert(text string) {
	clean := []rune(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)))
	f.runes = slices.Insert(f.runes, f.at, clean...)
	f.at += len(clean)
}

func (f *linesField) lines(width, room int) []string {
	th := f.editor.env.Theme
	all := strings.Split(string(f.runes), "\n")
	row := strings.Count(string(f.runes[:f.at]), "\n")
	f.top = max(min(f.top, row), row-room+1, 0)
	var lines []string
	for i := f.top; i < min(f.top+room, len(all)); i++ {
		if i != row {
			lines = append(lines, "  "+th.Fit(all[i], max(width-2, 1)))
			continue
		}
		line, col := []rune(all[i]), f.at-f.start(f.at)
		before, under, after := th.Safe(string(line[:col])), " ", ""
		if col < len(line) {
			under, after = th.Safe(string(line[col])), string(line[col+1:])
		}
		if terminaltext.Width(under) == 0 {
			under = " "
		}
		if over := terminaltext.Width(before) - max(width-4, 0); over > 0 {
			before = ansi.TruncateLeft(before, over, "")
		}
		rest := max(width-2-terminaltext.Width(before)-terminaltext.Width(under), 0)
		lines = append(lines, th.Ink.Accent.Render("> ")+before+th.Ink.Cursor.Render(under)+th.Fit(after, rest))
	}
	return lines
}
