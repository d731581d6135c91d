package export

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"dirdesk/internal/terminaltext"
	"dirdesk/models"
)

// csvWriter writes a header row and a row for each object.
type csvWriter struct {
	out     *csv.Writer
	columns []models.Column
	options Options
}

func newCSVWriter(out io.Writer, o Options) *csvWriter {
	return &csvWriter{out: csv.NewWriter(out), columns: o.columns(models.Keyed), options: o}
}

func (c *csvWriter) Begin() error {
	if c.options.NoHeaders {
		return nil
	}
	header := make([]string, len(c.columns))
	for i, f := range c.columns {
		header[i] = f.Name()
	}
	return c.out.Write(header)
}

func (c *csvWriter) Objects(objects []models.Object) error {
	row := make([]string, len(c.columns))
	for i := range objects {
		for n, f := range c.columns {
			row[n] = ""
			if value := f.ForPrograms(&objects[i], c.options.Now); value != nil {
				row[n] = c.options.Cell(fmt.Sprint(value))
			}
		}
		if err := c.out.Write(row); err != nil {
			return err
		}
	}
	return c.End("")
}

func (c *csvWriter) End(string) error {
	c.out.Flush()
	return c.out.Error()
}

// Cell is a value as a cell of CSV: no formula for a spreadsheet, and harmless to the
// terminal that a pipe may end in. Raw, it is the exact value, unless a terminal
// shows it at once.
func (o Options) Cell(text string) string {
	if o.Raw && !o.Terminal {
		return text
	}
	text = o.Clean.Safe(terminaltext.OneLine(text))
	if o.Raw {
		return text
	}
	return spreadsheetSafe(text)
}

// spreadsheetSafe keeps a spreadsheet from taking a cell, or what stands in it
// after a separator that the spreadsheet is set to, for a formula: anybody who
// may edit their own description could otherwise run one on the desk of whoever
// opens the list.
func spreadsheetSafe(cell string) string {
	var b strings.Builder
	start := true // of a cell, as some spreadsheet may see it
	for i := range len(cell) {
		c := cell[i]
		if start && strings.IndexByte("=+-@", c) >= 0 || i == 0 && (c == '\t' || c == '\r') {
			b.WriteByte('\'')
		}
		b.WriteByte(c)
		start = strings.IndexByte(",;|\t\r\n", c) >= 0 || start && c == '"'
	}
	return b.String()
}
