package cli

import (
	"bufio"
	"io"
	"os"

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

func registerFormat(command *cobra.Command, format *string) {
	command.Flags().StringVar(format, "format", formatTable, "print as `table|json|csv`")
	_ = command.RegisterFlagCompletionFunc("format", // fails only for a flag that does not exist
		cobra.FixedCompletions([]string{formatTable, formatJSON, formatCSV}, cobra.ShellCompDirectiveNoFileComp))
}

func checkFormat(format string) error {
	switch format {
	case formatTable, formatJSON, formatCSV:
		return nil
	default:
		return usagef("--format must be table, json or csv, not %q", format)
	}
}

// registerResultFormat is --format of a command whose result is a few lines.
func registerResultFormat(command *cobra.Command, format *string) {
	command.Flags().StringVar(format, "format", formatTable, "print as `table|json`")
	_ = command.RegisterFlagCompletionFunc("format", // fails only for a flag that does not exist
		cobra.FixedCompletions([]string{formatTable, formatJSON}, cobra.ShellCompDirectiveNoFileComp))
}

func checkResultFormat(format string) error {
	if format != formatTable && format != formatJSON {
		return usagef("--format must be table or json, not %q", format)
	}
	return nil
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
	width, terminal := p.outputWidth()
	switch format {
	case formatJSON:
		return &jsonPrinter{out: out}
	case formatCSV:
		return newCSVPrinter(out, terminal)
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
