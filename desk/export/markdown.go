package export

import (
	"bufio"
	"strings"

	"dirdesk/internal/terminaltext"
	"dirdesk/models"
)

// markdownWriter writes a table whose cells mean nothing to Markdown but their text.
type markdownWriter struct {
	out     *bufio.Writer
	options Options
	columns []models.Column
}

func (m *markdownWriter) Begin() error {
	var titles, rule []string
	for _, c := range m.columns {
		titles, rule = append(titles, c.Title), append(rule, "---")
	}
	if title := m.options.Title; title != "" {
		if _, err := m.out.WriteString("# " + m.text(title) + "\n\n"); err != nil {
			return err
		}
	}
	return m.rows(titles, rule)
}

func (m *markdownWriter) Objects(objects []models.Object) error {
	for i := range objects {
		cells := make([]string, len(m.columns))
		for n, c := range m.columns {
			cells[n] = m.text(c.Text(&objects[i], m.options.Now))
		}
		if err := m.rows(cells); err != nil {
			return err
		}
	}
	return m.out.Flush()
}

func (m *markdownWriter) End(cut string) error {
	if cut != "" {
		if _, err := m.out.WriteString("\n**INCOMPLETE:** " + m.text(cut) + "\n"); err != nil {
			return err
		}
	}
	return m.out.Flush()
}

func (m *markdownWriter) rows(rows ...[]string) error {
	for _, cells := range rows {
		if _, err := m.out.WriteString("| " + strings.Join(cells, " | ") + " |\n"); err != nil {
			return err
		}
	}
	return nil
}

// text escapes what Markdown and the HTML within it would obey.
func (m *markdownWriter) text(text string) string {
	var b strings.Builder
	for _, r := range m.options.Clean.Safe(terminaltext.OneLine(text)) {
		if strings.ContainsRune("\\`*_{}[]()<>#+-.!|~&:@", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
