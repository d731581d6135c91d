package password

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"dirdesk/desk/password"
	"dirdesk/internal/terminaltext"
	"dirdesk/ui/frame"
)

// roomyHeight is from which there is room for blank lines.
const roomyHeight = 16

// View draws as many lines as the area has rows, each of its width.
func (m *Model) View() string {
	o := m.options
	if o.Width < 1 || o.Height < 1 {
		return ""
	}
	th := o.Theme
	one := m.made[m.at]
	title := "Password of " + one.Whose
	if n := len(m.made); n > 1 {
		title += fmt.Sprintf(" (%d of %d)", m.at+1, n)
	}
	lines := []string{th.Ink.Accent.Render(th.Cut(title, o.Width))}
	gap := func() {
		if o.Height >= roomyHeight {
			lines = append(lines, "")
		}
	}
	if one.Words != "" {
		for i, line := range terminaltext.Wrap(th.Safe(one.Words), o.Width) {
			if i == 2 && o.Height < roomyHeight {
				break
			}
			lines = append(lines, th.Ink.Muted.Render(line))
		}
	}
	gap()
	foot := []string{th.Ink.Muted.Render(terminaltext.Cut(m.foot(), o.Width, ""))}
	said, ink := m.copied.Words, th.Ink.Good
	if !m.copied.Certain {
		ink = th.Ink.Warning
	}
	if m.notice != "" {
		said, ink = m.notice, th.Ink.Warning
	}
	if said != "" {
		var above []string
		for _, line := range terminaltext.Wrap(th.Safe(said), o.Width) {
			above = append(above, ink.Render(line))
		}
		foot = append(above, foot...)
	}
	lines = append(lines, m.text()...)
	if m.shown {
		gap()
		lines = append(lines, m.spelling(o.Width, max(o.Height-len(lines)-len(foot), 0))...)
	}
	body := max(o.Height-len(foot), 0)
	lines = frame.Fill(lines[:min(len(lines), body)], 0, body)
	lines = append(lines, foot...)
	return strings.Join(frame.Clip(lines[:min(len(lines), o.Height)], o.Width), "\n")
}

// text is the password, or stars. The number of stars says nothing.
func (m *Model) text() []string {
	th := m.options.Theme
	if !m.shown {
		return []string{"  " + strings.Repeat("*", 12) + "  " + th.Ink.Muted.Render(terminaltext.Cut(m.keys.Hints("", "password.show", "shows it"), m.options.Width-16, ""))}
	}
	var lines []string
	for _, line := range split(m.made[m.at].Secret.Reveal(), m.options.Width-2) {
		lines = append(lines, "  "+th.Ink.Title.Render(th.Safe(line)))
	}
	return lines
}

// split breaks a password where the line ends, and nowhere else.
func split(text string, width int) []string {
	var lines []string
	width = max(width, 1)
	for utf8.RuneCountInString(text) > width {
		runes := []rune(text)
		lines, text = append(lines, string(runes[:width])), string(runes[width:])
	}
	return append(lines, text)
}

// spelling is the password as on the telephone, in as many columns as it takes
// to fit into the rows there are.
func (m *Model) spelling(width, rows int) []string {
	th := m.options.Theme
	secret := m.made[m.at].Secret
	words := password.Phonetic(secret)
	if len(words) == 0 || rows < 1 {
		return nil
	}
	characters := []rune(secret.Reveal())
	cells, widest := make([]string, len(words)), 0
	for i, w := range words {
		cells[i] = th.Safe(w)
		if len(words) == len(characters) {
			cells[i] = th.Safe(string(characters[i])) + "  " + cells[i]
		}
		widest = max(widest, terminaltext.Width(cells[i]))
	}
	if len(words) <= rows {
		lines := make([]string, len(cells))
		for i, c := range cells {
			lines[i] = "  " + terminaltext.Cut(c, width-2, th.Glyphs.Ellipsis)
		}
		return lines
	}
	columns := (width - 2 + 2) / (widest + 2)
	if columns >= 1 && (len(words)+columns-1)/columns <= rows {
		return table(cells, columns, widest)
	}
	// Too many for a table: one after the other.
	lines := terminaltext.Wrap(th.Safe(strings.Join(words, ", ")), width-2)
	if len(lines) > rows {
		lines = lines[:rows]
	}
	for i, line := range lines {
		lines[i] = "  " + line
	}
	return lines
}

// table puts the cells into columns, to be read down and then across.
func table(cells []string, columns, width int) []string {
	rows := (len(cells) + columns - 1) / columns
	lines := make([]string, rows)
	for i, c := range cells {
		if i < rows {
			lines[i] = "  "
		} else {
			lines[i%rows] += "  "
		}
		lines[i%rows] += terminaltext.Fit(c, width, "")
	}
	return lines
}

func (m *Model) foot() string {
	show := "show"
	if m.shown {
		show = "hide"
	}
	hints := []string{"password.show", show, "password.copy", "copy", "password.ticket", "copy the ticket's text", "password.done", "close"}
	if len(m.made) > 1 {
		hints = append(hints, "password.next", "the next")
	}
	gap, left := "  ", fmt.Sprintf("%d:%02d left", int(m.left.Minutes()), int(m.left.Seconds())%60)
	if m.options.Width < 70 {
		hints[5] = "ticket"
	}
	if m.options.Width < 50 {
		gap, left = " ", strings.TrimSuffix(left, " left")
	}
	return m.keys.Hints(gap, hints...) + gap + left
}
