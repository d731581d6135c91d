package cli

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"dirdesk/desk"
	"dirdesk/models"
	"dirdesk/models/moment"
)

// editFlag is a flag of user edit and the field that it writes.
type editFlag struct {
	name  string
	field models.Field
}

func editFlags() []editFlag {
	return []editFlag{
		{"first", models.FieldGivenName},
		{"last", models.FieldSurname},
		{"display-name", models.FieldDisplayName},
		{"initials", models.FieldInitials},
		{"description", models.FieldDescription},
		{"office", models.FieldOffice},
		{"phone", models.FieldTelephone},
		{"web", models.FieldWebPage},
		{"mail", models.FieldMail},
	}
}

func newUserEditCommand(p *program) *cobra.Command {
	c := p.newChange()
	command := &cobra.Command{
		Use:   "edit OBJECT",
		Short: "Change what is written of a user",
		Long: `Change the fields that are named, and no others. An empty value clears one:
--phone "". ` + objectHelp,
		Example: `  dirdesk user edit jdoe --phone 555-0100 --office "" -c office
  dirdesk user edit jdoe --phone 555-0100 -c office --dry-run`,
		Args: usageArgs(cobra.ExactArgs(1)),
		RunE: func(command *cobra.Command, args []string) error {
			fields, err := editedFields(command)
			if err != nil {
				return err
			}
			return c.changes(command, func(ctx context.Context, d *desk.Desk) ([]models.Change, error) {
				o, err := d.Locate(ctx, args[0], models.Person)
				change := changeOf(models.Edit, o)
				change.Fields = fields
				return []models.Change{change}, err
			})
		},
	}
	for _, f := range editFlags() {
		command.Flags().String(f.name, "", f.field.Label())
	}
	c.register(command)
	return command
}

// editedFields are those whose flags were given, with whatever value.
func editedFields(command *cobra.Command) ([]models.FieldChange, error) {
	var fields []models.FieldChange
	var names []string
	for _, f := range editFlags() {
		names = append(names, "--"+f.name)
		if !command.Flags().Changed(f.name) {
			continue
		}
		value, err := command.Flags().GetString(f.name)
		if err != nil {
			return nil, err
		}
		fields = append(fields, models.FieldChange{Field: f.field, After: value})
	}
	if len(fields) == 0 {
		return nil, usagef("nothing to change: name a field with %s", strings.Join(names, ", "))
	}
	return fields, nil
}

func newUserExpireCommand(p *program) *cobra.Command {
	c := p.newChange()
	command := &cobra.Command{
		Use:   "expire OBJECT DATE|never",
		Short: "Set when an account ends",
		Long: `Set when an account ends: DATE is its last day, in the time zone of this
computer, or with a time of day the moment of its end; or never. ` + objectHelp + `

` + datesHelp,
		Example: `  dirdesk user expire jdoe 2026-12-31 -c office
  dirdesk user expire jdoe "in 30 days" -c office
  dirdesk user expire jdoe never -c office`,
		Args: usageArgs(cobra.ExactArgs(2)),
		RunE: func(command *cobra.Command, args []string) error {
			expiry, err := models.ParseExpiry(args[1], models.AccountClock(time.Now(), time.Local))
			if err != nil {
				return usagef("%v\nWrite for instance %s, or never", err, moment.Forms)
			}
			return c.changes(command, func(ctx context.Context, d *desk.Desk) ([]models.Change, error) {
				o, err := d.Locate(ctx, args[0], models.Person)
				change := changeOf(models.SetExpiry, o)
				change.Expiry = expiry
				return []models.Change{change}, err
			})
		},
	}
	c.register(command)
	return command
}

// datesHelp says how dates are written, wherever one is read.
const datesHelp = `A date is written 2026-12-31, 31.12.2026, 31 Dec 2026, today, tomorrow, yesterday,
+30 or "in 30 days" (also weeks, months and years), -30 or "30 days ago"; each
with or without a time of day: "2026-12-31 17:00". now, "in 2 hours" and
2026-12-31T17:00:00+01:00 are moments.`

// withPastDates keeps a date such as -30 from being taken for a flag: no flag
// begins with a digit. The minus sign in its place is read as a hyphen.
func withPastDates(args []string) []string {
	if !slices.Contains(args, "expire") {
		return args
	}
	args = slices.Clone(args)
	for i, arg := range args {
		if rest, found := strings.CutPrefix(arg, "-"); found && strings.IndexAny(rest, "0123456789") == 0 {
			args[i] = "\u2212" + rest
		}
	}
	return args
}
