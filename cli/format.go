package cli

import (
	"encoding/csv"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"dirdesk/desk/export"
	"dirdesk/internal/terminaltext"
)

// The formats of --format that every command knows.
const (
	formatTable = string(export.Table)
	formatJSON  = string(export.JSON)
	formatCSV   = string(export.CSV)
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

// exporting says how a list is written to where stdout leads.
func (p *console) exporting(format export.Format) export.Options {
	width, terminal := p.outputWidth()
	return export.Options{Format: format, Raw: p.rawCSV, Terminal: terminal, Width: width, Clean: p.sanitizer()}
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

// sanitizer makes text safe for where stdout leads to. A file or a pipe takes UTF-8
// whatever the terminal here shows.
func (p *console) sanitizer() terminaltext.Sanitizer {
	if !isTerminal(p.Out) {
		return terminaltext.Sanitizer{Unmeasured: true}
	}
	return terminaltext.Sanitizer{ASCII: !p.unicode()}
}

// printCSV writes rows that hold what a server said: no cell is a formula for a
// spreadsheet, and none paints a terminal.
func (p *console) printCSV(rows [][]string) error {
	for _, row := range rows {
		for i := range row {
			row[i] = p.exporting(export.CSV).Cell(row[i])
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
