package cli

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"dirdesk/internal/terminaltext"
	"dirdesk/models"
)

// csvPrinter writes a header row and a row for each object.
type csvPrinter struct {
	out     *csv.Writer
	columns []models.Column
	console *console
}

func newCSVPrinter(out io.Writer, p *console) *csvPrinter {
	return &csvPrinter{out: csv.NewWriter(out), columns: models.Keyed(), console: p}
}

func (c *csvPrinter) begin() error {
	header := make([]string, len(c.columns))
	for i, f := range c.columns {
		header[i] = f.Key
	}
	return c.out.Write(header)
}

func (c *csvPrinter) objects(objects []models.Object) error {
	row := make([]string, len(c.columns))
	for i := range objects {
		for n, f := range c.columns {
			row[n] = c.cell(f.ForPrograms(&objects[i]))
		}
		if err := c.out.Write(row); err != nil {
			return err
		}
	}
	c.out.Flush()
	return c.out.Error()
}

func (c *csvPrinter) end(string) error {
	c.out.Flush()
	return c.out.Error()
}

func (c *csvPrinter) cell(value any) string {
	if value == nil {
		return ""
	}
	return c.console.csvCell(fmt.Sprint(value))
}

// csvCell is a value as a cell: no formula for a spreadsheet, unless the values
// are wanted as they are, and harmless to a terminal.
func (p *console) csvCell(text string) string {
	if _, terminal := p.outputWidth(); terminal {
		text = terminaltext.Safe(text)
	}
	if p.rawCSV {
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

// printCSV writes rows that hold what a server said: no cell is a formula for a
// spreadsheet, and none paints a terminal.
func (p *console) printCSV(rows [][]string) error {
	for _, row := range rows {
		for i := range row {
			row[i] = p.csvCell(row[i])
		}
	}
	return csv.NewWriter(p.Out).WriteAll(rows)
}
