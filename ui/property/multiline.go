package property

import (
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"dirdesk/internal/terminaltext"
	"dirdesk/keymap"
)

// linesField is a text of several lines.
type linesField struct {
	editor  *Editor
	keys    keymap.Keys
	present string
	preset  string // the present value as it would be sent from here
	windows bool   // lines end as on Windows
	rows    [][]rune
	row     int
	col     int
	top     int
}

// breaksLines reports whether a value cannot be typed on one line.
func breaksLines(text string) bool { return strings.ContainsFunc(text, unicode.IsControl) }

func newLines(e *Editor, present string) *linesField {
	f := &linesField{editor: e, keys: e.env.Keys.In(keymap.Area), present: present, windows: strings.Contains(present, "\r\n")}
	if f.windows {
		present = strings.ReplaceAll(present, "\r\n", "\n")
	}
	for line := range strings.SplitSeq(present, "\n") {
		f.rows = append(f.rows, []rune(line))
	}
	f.row = len(f.rows) - 1
	f.col = len(f.rows[f.row])
	f.preset = f.text()
	return f
}

func (f *linesField) text() string {
	var lines []string
	for _, line := range f.rows {
		lines = append(lines, string(line))
	}
	end := "\n"
	if f.windows {
		end = "\r\n"
	}
	return strings.Join(lines, end)
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

func (f *linesField) keymap() keymap.Keys { return f.keys }

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

func (f *linesField) press(msg tea.KeyPressMsg) {
	switch f.keys.ID(msg.String()) {
	case "text.break", "value.break":
		f.insert("\n")
	case "text.up":
		f.to(f.row-1, f.col)
	case "text.down":
		f.to(f.row+1, f.col)
	case "line.left":
		if f.col == 0 && f.row > 0 {
			f.to(f.row-1, len(f.rows[f.row-1]))
		} else {
			f.to(f.row, f.col-1)
		}
	case "line.right":
		if f.col == len(f.rows[f.row]) && f.row < len(f.rows)-1 {
			f.to(f.row+1, 0)
		} else {
			f.to(f.row, f.col+1)
		}
	case "line.home":
		f.to(f.row, 0)
	case "line.end":
		f.to(f.row, len(f.rows[f.row]))
	case "line.rub":
		f.rub()
	case "line.delete":
		if f.col < len(f.rows[f.row]) {
			f.to(f.row, f.col+1)
			f.rub()
		} else if f.row < len(f.rows)-1 {
			f.to(f.row+1, 0)
			f.rub()
		}
	case "line.clear":
		f.rows[f.row] = f.rows[f.row][f.col:]
		f.col = 0
	case "line.cut":
		f.rows[f.row] = f.rows[f.row][:f.col]
	default:
		f.insert(msg.Text)
	}
}

func (f *linesField) to(row, col int) {
	f.row = max(min(row, len(f.rows)-1), 0)
	f.col = max(min(col, len(f.rows[f.row])), 0)
}

// insert puts in a text. Other controls than line breaks and tabs are left out.
func (f *linesField) insert(text string) {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	for _, r := range text {
		line := f.rows[f.row]
		switch {
		case r == '\n':
			after := append([]rune(nil), line[f.col:]...)
			f.rows[f.row] = line[:f.col:f.col]
			f.rows = append(f.rows[:f.row+1], append([][]rune{after}, f.rows[f.row+1:]...)...)
			f.row, f.col = f.row+1, 0
		case r == '\t' || !unicode.IsControl(r):
			f.rows[f.row] = append(line[:f.col:f.col], append([]rune{r}, line[f.col:]...)...)
			f.col++
		}
	}
}

// rub takes away what stands before the cursor.
func (f *linesField) rub() {
	line := f.rows[f.row]
	switch {
	case f.col > 0:
		f.rows[f.row] = append(line[:f.col-1:f.col-1], line[f.col:]...)
		f.col--
	case f.row > 0:
		before := f.rows[f.row-1]
		f.rows = append(f.rows[:f.row], f.rows[f.row+1:]...)
		f.row, f.col = f.row-1, len(before)
		f.rows[f.row] = append(before[:len(before):len(before)], line...)
	}
}

func (f *linesField) lines(width, room int) []string {
	th := f.editor.env.Theme
	f.top = max(min(f.top, f.row), f.row-room+1, 0)
	var lines []string
	for i := f.top; i < min(f.top+room, len(f.rows)); i++ {
		line := f.rows[i]
		if i != f.row {
			lines = append(lines, "  "+th.Fit(string(line), max(width-2, 1)))
			continue
		}
		before, under, after := string(line[:f.col]), " ", ""
		if f.col < len(line) {
			under, after = string(line[f.col]), string(line[f.col+1:])
		}
		before, under = th.Safe(before), th.Safe(under)
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
