package connect

import (
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"dirdesk/internal/terminaltext"
	"dirdesk/keymap"
	"dirdesk/theme"
	"dirdesk/ui/list"
)

// Sizes, in cells.
const (
	maxWidth    = 76 // lines longer than this are hard to read
	roomyScreen = 18 // rows from which there is room for blank ones
	patience    = 5  // seconds after which the wait is spoken of
)

// paragraph is a piece of text that wraps; with a label it is a row of a table.
type paragraph struct {
	label string
	text  string // made safe when it is drawn
	style lipgloss.Style
}

// layout divides the area: the left margin, the rows of the note, and the size
// of the form below it.
func (m *Model) layout() (margin, noteRows, width, formRows int) {
	width = max(min(m.width, maxWidth), 1)
	if m.width > maxWidth+4 {
		margin = 2
	}
	rows := max(m.height-3, 1) // without the title, the complaint and the keys
	if m.height >= roomyScreen {
		rows -= 2
	}
	note := len(noteLines(m.theme, m.note, width))
	if note == 0 {
		return margin, 0, width, rows
	}
	want := map[stage]int{picking: 4, entering: 6, identifying: 6, judging: 3, coding: 6, choosing: 4, keeping: 3}[m.stage]
	if want == 0 {
		return margin, rows, width, 0
	}
	gap := 0
	if m.height >= roomyScreen {
		gap = 1
	}
	note = min(note, max(rows-want-gap, rows/2))
	return margin, note, width, max(rows-note-gap, 1)
}

// isTight reports whether a form of so many rows has none to spare for blank
// ones between its fields.
func (m *Model) isTight(rows int) bool {
	need := 8
	if m.stage == entering {
		need = 16 + len(m.connector.Schemes())
	}
	if m.scheme().Token {
		need += 3
	}
	return rows < need
}

// View draws the area: as many lines as it has rows, each of its width.
func (m *Model) View() string {
	if m.width < 1 || m.height < 1 {
		return ""
	}
	margin, noteRows, width, formRows := m.layout()
	roomy := m.height >= roomyScreen
	lines := []string{m.theme.Accent.Render(terminaltext.Cut(m.title(), width, m.theme.Glyphs.Ellipsis))}
	if roomy {
		lines = append(lines, "")
	}
	if m.stage == waiting {
		lines = append(lines, m.waitLines(width)...)
	}
	if noteRows > 0 {
		lines = append(lines, m.visibleNote(width, noteRows)...)
		if roomy && m.form != nil {
			lines = append(lines, "")
		}
	}
	if m.form != nil {
		form := strings.Split(m.form.View(), "\n")
		lines = append(lines, form[:min(len(form), formRows)]...)
	}
	foot := []string{m.complaint(width), m.footLine(width)}
	if m.height == 1 {
		foot = nil
	}
	body := max(m.height-len(foot), 0)
	for len(lines) < body {
		lines = append(lines, "")
	}
	lines = append(lines[:body], foot...)
	for i, line := range lines {
		line = strings.Repeat(" ", margin) + ansi.Truncate(line, m.width-margin, "")
		lines[i] = line + strings.Repeat(" ", max(m.width-ansi.StringWidth(line), 0))
	}
	return strings.Join(lines[:min(len(lines), m.height)], "\n")
}

// title names the step, and what it is about.
func (m *Model) title() string {
	to := ""
	switch in := m.signIn(); {
	case m.stage == picking, m.stage == entering:
	case in.Profile.Name != "" && m.asking != entering:
		to = " " + m.theme.Glyphs.Separator + " " + m.theme.Safe(in.Profile.Name)
	default:
		to = " " + m.theme.Glyphs.Separator + " " + m.theme.Safe(endpoint(in.Profile.URL))
	}
	return [...]string{
		picking: "Connect", entering: "New connection", identifying: "Sign in", waiting: "Signing in",
		judging: "Certificate not verified", warned: "Certificate changed", coding: "One-time code",
		choosing: "Several domains", keeping: "Signed in", failed: "Not connected",
	}[m.stage] + to
}

func (m *Model) waitLines(width int) []string {
	in := m.signIn()
	frames := m.theme.Glyphs.Spinner
	as := ""
	switch {
	case !in.Token.Empty():
		as = " with the access token"
	case in.Profile.Account != "":
		as = " as " + m.theme.Safe(in.Profile.Account)
	}
	lines := terminaltext.Wrap(frames[m.frame%len(frames)]+" Signing in to "+m.theme.Safe(endpoint(in.Profile.URL))+as, width)
	if seconds := m.frame * int(spinnerStep.Milliseconds()) / 1000; seconds >= patience {
		lines = append(lines, m.theme.Muted.Render(
			terminaltext.Cut(fmt.Sprintf("The server has not answered for %d s.", seconds), width, "")))
	}
	return lines
}

// noteLines wraps the note.
func noteLines(t *theme.Theme, note []paragraph, width int) []string {
	var lines []string
	for _, p := range note {
		text := t.Safe(p.text)
		if p.label == "" {
			for _, line := range terminaltext.Wrap(text, width) {
				lines = append(lines, p.style.Render(line))
			}
			continue
		}
		label := terminaltext.Fit(p.label, min(labelWidth, width), "")
		for i, line := range terminaltext.Wrap(text, max(width-labelWidth, 1)) {
			if i > 0 {
				label = strings.Repeat(" ", min(labelWidth, width))
			}
			lines = append(lines, t.Muted.Render(label)+p.style.Render(line))
		}
	}
	return lines
}

// labelWidth is the room for the labels of a table.
const labelWidth = 9

// visibleNote is the part of the note that fits; its last line says when there
// is more.
func (m *Model) visibleNote(width, rows int) []string {
	lines := noteLines(m.theme, m.note, width)
	if len(lines) <= rows {
		m.text = list.Text{}
		return lines
	}
	shown := max(rows-1, 1)
	visible := m.text.Window(lines, shown)
	if rows == 1 {
		return visible
	}
	keys := m.keys.In(keymap.SignIn)
	more := "end: " + keys.Spell("signin.scrollup") + " goes back"
	if rest := m.text.Rest(); rest > 0 {
		more = fmt.Sprintf("%d more lines: %s", rest, keys.Spell("signin.scroll"))
	}
	return append(visible[:shown:shown], m.theme.Muted.Render(terminaltext.Cut("-- "+more, width, "")))
}

// complaint is what is wrong with the fields, nothing where all is well.
func (m *Model) complaint(width int) string {
	if m.form == nil {
		return ""
	}
	for _, err := range m.form.Errors() {
		return m.theme.Bad.Render(m.theme.Cut(err.Error(), width))
	}
	return ""
}
