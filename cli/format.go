package cli

import (
	"bufio"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

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

// registerFormat is --format, and where csv is among the formats --raw.
func (p *console) registerFormat(command *cobra.Command, format *string, formats []string) {
	if slices.Contains(formats, formatCSV) {
		command.Flags().BoolVar(&p.rawCSV, "raw", false, "csv with the exact values, which a spreadsheet may run as formulas")
	}
	command.Flags().StringVar(format, "format", formatTable, "print as `"+strings.Join(formats, "|")+"`")
	_ = command.RegisterFlagCompletionFunc("format", // fails only for a flag that does not exist
		cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp))
}

func checkFormat(format string, formats []string) error {
	if len(formats) == 0 || slices.Contains(formats, format) {
		return nil
	}
	last := len(formats) - 1
	return usagef("--format must be %s or %s, not %q", strings.Join(formats[:last], ", "), formats[last], format)
}

// printer writes a listing, run after run of objects.
type printer interface {
	begin() error
	objects([]models.Object) error
	// end takes why the listing is not complete; "" when it is.
	end(cut string) error
}

func (p *console) newPrinter(format string) printer {
	out := bufio.NewWriter(p.Out)
	width, _ := p.outputWidth()
	switch format {
	case formatJSON:
		return &jsonPrinter{out: out}
	case formatCSV:
		return newCSVPrinter(out, p)
	default:
		return &tablePrinter{out: out, width: width, ascii: !p.unicode()}
	}
}

// outputWidth is the number of columns of the terminal that stdout is, and
// whether it is one.
func (p *console) outputWidth() (int, bool) {
	file, ok := p.Out.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return 0, false
	}
	width, _, err := term.GetSize(int(file.Fd()))
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
