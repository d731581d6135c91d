package cli

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"dirdesk/internal/terminaltext"
	"dirdesk/models"
)

// The formats of --format.
const (
	formatTable = "table"
	formatJSON  = "json"
	formatCSV   = "csv"
)

// allFormats are those of a list; resultFormats of a result that is a few lines.
func allFormats() []string    { return []string{formatTable, formatJSON, formatCSV} }
func resultFormats() []string { return []string{formatTable, formatJSON} }

// registerFormat is --format, which has to be one of the formats, and where csv is
// among them --raw.
func (p *console) registerFormat(command *cobra.Command, format *string, formats []string) {
	if slices.Contains(formats, formatCSV) {
		command.Flags().BoolVar(&p.rawCSV, "raw", false, "csv with the exact values, which a spreadsheet may run as formulas and a terminal may obey")
	}
	command.Flags().StringVar(format, "format", formatTable, "print as `"+strings.Join(formats, "|")+"`")
	_ = command.RegisterFlagCompletionFunc("format", // fails only for a flag that does not exist
		cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp))
	command.PreRunE = func(*cobra.Command, []string) error {
		if slices.Contains(formats, *format) {
			return nil
		}
		last := len(formats) - 1
		return usagef("--format must be %s or %s, not %q", strings.Join(formats[:last], ", "), formats[last], *format)
	}
}

// printer writes a listing, run after run of objects.
type printer interface {
	begin() error
	objects([]models.Object) error
	// end takes why the listing is not complete; "" when it is.
	end(cut string) error
}

func (p *console) newPrinter(format string, more ...models.Column) printer {
	out := bufio.NewWriter(p.Out)
	width, _ := p.outputWidth()
	switch format {
	case formatJSON:
		return &jsonPrinter{out: out, columns: append(models.Keyed(), more...)}
	case formatCSV:
		return newCSVPrinter(out, p, more)
	default:
		return &tablePrinter{out: out, columns: append(models.Printed(), more...), width: width, clean: p.sanitizer()}
	}
}

// outputWidth is the number of columns of the terminal that stdout is, and
// whether it is one.
func (p *console) outputWidth() (int, bool) {
	if !isTerminal(p.Out) {
		return 0, false
	}
	width, _, err := term.GetSize(int(p.Out.(*os.File).Fd()))
	if err != nil || width < 1 {
		return 80, true
	}
	return width, true
}

// isTerminal reports whether what is written is seen by a person at once.
func isTerminal(out io.Writer) bool {
	file, ok := out.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// csvPrinter writes a header row and a row for each object.
type csvPrinter struct {
	out     *csv.Writer
	columns []models.Column
	console *console
}

func newCSVPrinter(out io.Writer, p *console, more []models.Column) *csvPrinter {
	return &csvPrinter{out: csv.NewWriter(out), columns: append(models.Keyed(), more...), console: p}
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

// csvCell is a value as a cell: no formula for a spreadsheet, and harmless to the
// terminal that a pipe may end in. With --raw it is the exact value, unless a terminal
// shows it at once.
func (p *console) csvCell(text string) string {
	if p.rawCSV && !isTerminal(p.Out) {
		return text
	}
	text = p.sanitizer().Safe(terminaltext.OneLine(text))
	if p.rawCSV {
		return text
	}
	return spreadsheetSafe(text)
}

// sanitizer makes text safe for where stdout leads to. A file or a pipe takes UTF-8
// whatever the terminal here shows.
func (p *console) sanitizer() terminaltext.Sanitizer {
	if !isTerminal(p.Out) {
		return terminaltext.Sanitizer{Unmeasured: true}
	}
	return terminaltext.Sanitizer{ASCII: !p.unicode()}
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

// printAnswer prints an answer in the format that was asked for: a value as json,
// rows below their titles as csv or as a table.
func (p *console) printAnswer(format string, value any, cells, table [][]string) error {
	switch {
	case format == formatJSON:
		return printJSON(p.Out, value)
	case format == formatCSV:
		return p.printCSV(cells)
	case len(table) == 1:
		p.complain("nothing there")
		return nil
	}
	return p.printAligned(table)
}
