package cli

import (
	"encoding/csv"
	"fmt"
	"io"

	"dirdesk/internal/terminaltext"
	"dirdesk/models"
)

// csvPrinter writes a header row and a row for each object.
type csvPrinter struct {
	out      *csv.Writer
	columns  []models.Column
	terminal bool // the cells are read by a terminal, not by a program
}

func newCSVPrinter(out io.Writer, terminal bool) *csvPrinter {
	return &csvPrinter{out: csv.NewWriter(out), columns: models.Keyed(), terminal: terminal}
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
	text := fmt.Sprint(value)
	if c.terminal {
		text = terminaltext.Safe(text)
	}
	return spreadsheetSafe(text)
}

// spreadsheetSafe keeps a spreadsheet from taking a cell for a formula: anybody
// who may edit their own description could otherwise run one on the desk of
// whoever opens the list.
func spreadsheetSafe(cell string) string {
	if cell == "" {
		return ""
	}
	switch cell[0] {
	case '=', '+', '-', '@', '\t', '\r':
		return "'" + cell
	default:
		return cell
	}
}

// printCSV writes rows that hold what a server said: no cell is a formula for a
// spreadsheet, and none paints a terminal.
func (p *console) printCSV(rows [][]string) error {
	_, terminal := p.outputWidth()
	for _, row := range rows {
		for i := range row {
			if terminal {
				row[i] = terminaltext.Safe(row[i])
			}
			row[i] = spreadsheetSafe(row[i])
		}
	}
	return csv.NewWriter(p.Out).WriteAll(rows)
}
