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

func (p *program) newPrinter(format string) printer {
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
func (p *program) outputWidth() (int, bool) {
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

// field is one member of an object as ls prints it. Its value is "" when the
// server did not say.
type field struct {
	name  string // as in the directory's own listing (docs/dsm.md section 7)
	value func(*models.Object) any
}

// fields are the columns of csv and the members of json, in this order. A value
// is a string, a bool or an int, or nil when the server did not say.
func fields() []field {
	text := func(get func(*models.Object) string) func(*models.Object) any {
		return func(o *models.Object) any {
			if s := get(o); s != "" {
				return s
			}
			return nil
		}
	}
	flag := func(get func(*models.Object) models.Flag) func(*models.Object) any {
		return func(o *models.Object) any {
			if f := get(o); f.Known() {
				return f == models.Yes
			}
			return nil
		}
	}
	return []field{
		{"dn", func(o *models.Object) any { return string(o.DN) }},
		{"name", func(o *models.Object) any { return o.Name }},
		{"objectCategory", func(o *models.Object) any { return string(o.Category) }},
		{"sAMAccountName", text(func(o *models.Object) string { return o.SAMAccountName })},
		{"displayName", text(func(o *models.Object) string { return o.DisplayName })},
		{"mail", text(func(o *models.Object) string { return o.Mail })},
		{"description", text(func(o *models.Object) string { return o.Description })},
		{"telephoneNumber", text(func(o *models.Object) string { return o.TelephoneNumber })},
		{"physicalDeliveryOfficeName", text(func(o *models.Object) string { return o.Office })},
		{"disabled", flag(func(o *models.Object) models.Flag { return o.Disabled })},
		{"locked", flag(func(o *models.Object) models.Flag { return o.Locked })},
		{"passwordExpired", flag(func(o *models.Object) models.Flag { return o.PasswordExpired })},
		{"accountExpiryTime", text(func(o *models.Object) string { return o.AccountExpiry.String() })},
		{"primaryGroupToken", func(o *models.Object) any {
			if o.PrimaryGroupToken == 0 {
				return nil
			}
			return o.PrimaryGroupToken
		}},
		{"deletable", flag(func(o *models.Object) models.Flag { return o.Deletable })},
		{"movable", flag(func(o *models.Object) models.Flag { return o.Movable })},
		{"renamable", flag(func(o *models.Object) models.Flag { return o.Renamable })},
		{"showInAdvancedViewOnly", flag(func(o *models.Object) models.Flag { return o.AdvancedOnly })},
	}
}
