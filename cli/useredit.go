package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"dirdesk/desk"
	"dirdesk/models"
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
