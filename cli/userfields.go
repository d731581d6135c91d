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

// userCreate is the state of one run of user create.
type userCreate struct {
	*changeCommand
	user     models.NewUser
	in       string
	password passwordFlags
}

func newUserCreateCommand(p *program) *cobra.Command {
	u := &userCreate{changeCommand: p.newChange()}
	command := &cobra.Command{
		Use:   "create LOGON",
		Short: "Create a user",
		Long: `Create a user with the logon name LOGON. The password comes from a file, is made
by dirdesk, or is typed twice when neither flag is given. It must be changed at
the next logon, unless --must-change=false, --cannot-change or --never-expires
says otherwise.`,
		Example: `  dirdesk user create jdoe --first John --last Doe --generate --show-password -c office
  dirdesk user create scanner --in "OU=Devices,DC=example,DC=com" --new-password-file pw --never-expires`,
		Args: usageArgs(cobra.ExactArgs(1)),
		RunE: func(command *cobra.Command, args []string) error { return u.run(command, args[0]) },
	}
	flags := command.Flags()
	flags.StringVar(&u.user.GivenName, "first", "", "first name")
	flags.StringVar(&u.user.Surname, "last", "", "last name")
	flags.StringVar(&u.user.Mail, "mail", "", "mail address")
	flags.StringVar(&u.in, "in", "", "create it in `CONTAINER`; without: CN=Users of the domain")
	flags.StringVar(&u.user.Description, "description", "", "description")
	flags.BoolVar(&u.user.Disabled, "disabled", false, "the account cannot sign in yet")
	flags.BoolVar(&u.user.MustChange, "must-change", true, "the password must be changed at the next logon")
	flags.BoolVar(&u.user.CannotChange, "cannot-change", false, "the user cannot change the password")
	flags.BoolVar(&u.user.NeverExpires, "never-expires", false, "the password never expires")
	u.password.register(command)
	u.register(command)
	return command
}

func (u *userCreate) run(command *cobra.Command, logon string) error {
	given, err := u.check(command, logon)
	if err != nil {
		return err
	}
	return u.changes(command, func(ctx context.Context, d *desk.Desk) ([]models.Change, error) {
		user := u.user
		if user.Container, err = u.containerOr(ctx, d, u.in); err != nil {
			return nil, err
		}
		password, err := u.newPassword(ctx, d, &u.password, given, user.LogonName, user.DisplayName)
		return []models.Change{{
			Action: models.CreateUser, Name: user.LogonName, Category: models.Person, User: &user, Password: password,
		}}, err
	})
}

// check reads arguments and flags before anything is opened, and gives the
// password of --new-password-file.
func (u *userCreate) check(command *cobra.Command, logon string) (models.Secret, error) {
	u.user.LogonName = logon
	u.user.DisplayName = strings.TrimSpace(u.user.GivenName + " " + u.user.Surname)
	asked := command.Flags().Changed("must-change")
	switch excludes := u.user.CannotChange || u.user.NeverExpires; {
	case excludes && asked && u.user.MustChange:
		return models.Secret{}, usagef("--must-change with --cannot-change or --never-expires: a password cannot be both")
	case excludes:
		u.user.MustChange = false
	}
	return u.password.read(u.program)
}

// containerOr gives the container that a text names, else the one where Active
// Directory puts accounts.
func (c *changeCommand) containerOr(ctx context.Context, d *desk.Desk, text string) (models.Ref, error) {
	if text != "" {
		o, err := c.locate(ctx, d, text, models.ContainerCategories()...)
		return o.Ref(), err
	}
	info, err := d.Backend().Info(ctx)
	return models.Ref{DN: info.BaseDN.Child("CN", "Users")}, err
}

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
		Use:   "edit OBJECT...",
		Short: "Change what is written of users",
		Long: `Change the fields that are named, and no others. An empty value clears one:
--phone "". ` + manyHelp,
		Example: `  dirdesk user edit jdoe --phone 555-0100 --office "" -c office
  dirdesk user edit jdoe --phone 555-0100 -c office --dry-run`,
		Args: usageArgs(cobra.MinimumNArgs(1)),
		RunE: func(command *cobra.Command, args []string) error {
			fields, err := editedFields(command)
			if err != nil {
				return err
			}
			return c.people(command, models.Edit, args, func(_ context.Context, _ *desk.Desk, change *models.Change, _ models.Object) error {
				change.Fields = fields
				return nil
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
	c, until := p.newChange(), ""
	command := &cobra.Command{
		Use:   "expire OBJECT DATE|never",
		Short: "Set when accounts end",
		Long: `Set when an account ends: DATE is its last day, in the time zone of this
computer, or with a time of day the moment of its end; or never. For several
accounts the date goes into --until. ` + manyHelp + `

` + datesHelp,
		Example: `  dirdesk user expire jdoe 2026-12-31 -c office
  dirdesk user expire jdoe "in 30 days" -c office
  dirdesk user expire jdoe never -c office
  dirdesk user expire --until 2026-12-31 jdoe asmith -c office`,
		Args: usageArgs(cobra.MinimumNArgs(1)),
		RunE: func(command *cobra.Command, args []string) error {
			text := until
			if !command.Flags().Changed("until") {
				if len(args) != 2 {
					return usagef("want OBJECT DATE, or --until DATE OBJECT...\nSee %s --help", command.CommandPath())
				}
				text, args = args[1], args[:1]
			}
			expiry, err := models.ParseExpiry(text, models.AccountClock(time.Now(), time.Local))
			if err != nil {
				return usagef("%v\nWrite for instance %s, or never", err, moment.Forms)
			}
			return c.people(command, models.SetExpiry, args, func(_ context.Context, _ *desk.Desk, change *models.Change, _ models.Object) error {
				change.Expiry = expiry
				return nil
			})
		},
	}
	command.Flags().StringVar(&until, "until", "", "the `DATE`, or never, for all OBJECTs")
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
