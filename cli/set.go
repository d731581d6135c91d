package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"dirdesk/desk"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// setCommand is the state of one run of set.
type setCommand struct {
	*changeCommand
	photo    string
	licences []string
}

func newSetCommand(p *program) *cobra.Command {
	s := &setCommand{changeCommand: p.newChange()}
	command := &cobra.Command{
		Use:   "set OBJECT [NAME=VALUE | NAME+=VALUE | NAME-=VALUE | NAME= | FLAGSET:+FLAG,-FLAG]...",
		Short: "Change any properties of an object",
		Long: `Change properties of an object by their LDAP names, all of it in one step.
Over Adaxes and over LDAP. ` + objectHelp + `

  NAME=VALUE          this value and no other; given again, several values
  NAME+=VALUE         one value more, beside those that are there
  NAME-=VALUE         one value less
  NAME=               no value at all
  NAME:+FLAG,-FLAG    flags switched on and off; the others stay as they are

The values of a property are of its type: an object, named as OBJECT is; text, yes
or no, a number, a time such as "2027-05-31 17:00", "in 30 days" or never (dirdesk user
expire --help has all forms), bytes as Base64. Of accountExpires a date alone is
the last day. For bytes, @FILE is the content of a
file. The flags of userAccountControl and groupType have Microsoft's names:
ACCOUNTDISABLE, DONT_EXPIRE_PASSWD, UNIVERSAL. name renames the object. dirdesk
properties shows names, types and values; --dry-run shows what would be sent.

The photo of a user or contact is a file, JPEG or PNG; --photo "" clears it.
Microsoft 365 licences are assigned and revoked by their SKU, over Adaxes.`,
		Example: `  # A phone number, and two more beside those that are there
  dirdesk set "CN=John Smith,CN=Users,DC=example,DC=com" telephoneNumber=605-457-8292 \
      otherTelephone+=951-837-6935 otherTelephone+=717-332-8612

  # The scope of a group
  dirdesk set "CN=My group,OU=Groups,DC=example,DC=com" groupType:+UNIVERSAL,-GLOBAL,-DOMAIN_LOCAL

  # Account options: the password never expires, the account is enabled, and the
  # password need not be changed
  dirdesk set "CN=John Smith,CN=Users,DC=example,DC=com" \
      userAccountControl:+DONT_EXPIRE_PASSWD,-ACCOUNTDISABLE,-ADAXES_UF_MUST_CHANGE_PASSWD_AT_LOGON

  # Take a Microsoft 365 licence away
  dirdesk set "CN=John Smith,CN=Users,DC=example,DC=com" --licence=-ENTERPRISEPACK

  # The manager, and an account that never expires
  dirdesk set "CN=John Smith,CN=Users,DC=example,DC=com" manager=rroberts accountExpires=never

  # Another name
  dirdesk set "CN=John Smith,CN=Users,DC=example,DC=com" "name=John Raymond"

  # Keep an account from signing in
  dirdesk set "CN=John Smith,CN=Users,DC=example,DC=com" userAccountControl:+ACCOUNTDISABLE`,
		Args: usageArgs(cobra.MinimumNArgs(1)),
		RunE: func(command *cobra.Command, args []string) error { return s.run(command, args[0], args[1:]) },
	}
	flags := command.Flags()
	flags.StringVar(&s.photo, "photo", "", "set the photo to the image in `FILE`; \"\" clears it")
	flags.StringSliceVar(&s.licences, "licence", nil, "assign and revoke Microsoft 365 licences: `+SKU,-SKU`")
	s.register(command)
	return command
}

// run reads everything that can be read before anything is opened.
func (s *setCommand) run(command *cobra.Command, object string, texts []string) error {
	assignments, err := parseAssignments(texts)
	if err != nil {
		return err
	}
	var rest models.Modification
	if rest.Licences, err = parseLicences(s.licences); err != nil {
		return err
	}
	if command.Flags().Changed("photo") {
		rest.PhotoSet = true
		if s.photo != "" {
			if rest.Photo, err = readFile(s.photo); err != nil {
				return err
			}
		}
	}
	if len(assignments) == 0 && len(rest.Licences) == 0 && !rest.PhotoSet {
		return usagef("nothing to change: write for instance telephoneNumber=555-0100\nSee %s --help", command.CommandPath())
	}
	return s.changes(command, func(ctx context.Context, d *desk.Desk) ([]models.Change, error) {
		o, err := s.locate(ctx, d, object)
		if err != nil {
			return nil, err
		}
		return s.modificationOf(ctx, d, o, assignments, rest)
	})
}

// modificationOf makes the changes of one object: those of properties, with the
// rest, are one; where the connection renames by itself, that is another.
func (s *setCommand) modificationOf(ctx context.Context, d *desk.Desk, o models.Object, all desk.Assignments, rest models.Modification) ([]models.Change, error) {
	var properties desk.Assignments
	newName := ""
	for _, one := range all {
		apart, err := renamesApart(ctx, d, o, one)
		if err != nil {
			return nil, err
		}
		if apart {
			newName = one.Value
			continue
		}
		if err := s.takeValue(ctx, d, o, &one); err != nil {
			return nil, err
		}
		properties = append(properties, one)
	}
	if len(properties) > 0 {
		m, err := d.Assign(ctx, o, properties)
		if err != nil {
			return nil, err
		}
		rest.Properties = m.Properties
	}
	var changes []models.Change
	if len(rest.Properties)+len(rest.Licences) > 0 || rest.PhotoSet {
		change := changeOf(models.Modify, o)
		change.Modification = &rest
		changes = append(changes, change)
	}
	if newName != "" {
		// Last: afterwards the object is called otherwise.
		change := changeOf(models.Rename, o)
		change.NewName = newName
		changes = append(changes, change)
	}
	return changes, nil
}

// renamesApart reports whether an assignment gives the object another name on a
// connection that does not take that as a property.
func renamesApart(ctx context.Context, d *desk.Desk, o models.Object, a desk.Assignment) (bool, error) {
	if a.Kind != desk.SetValue || !strings.EqualFold(a.Name, "name") && !strings.EqualFold(a.Name, o.DN.RDN().Type) {
		return false, nil
	}
	p, err := d.Property(ctx, a.Name, o.Category)
	return err == nil && p.Fixed != "", err
}

// takeValue takes the value of a property of bytes from the file that @FILE names,
// as Base64 has no @ and what is text may begin with one; and finds the object that
// a value of a property of DNs names, in any of the ways.
func (s *setCommand) takeValue(ctx context.Context, d *desk.Desk, o models.Object, a *desk.Assignment) error {
	if a.Kind == desk.ClearValues || a.Kind == desk.SwitchFlags || models.PasswordProperty(a.Name) {
		return nil
	}
	p, err := d.Property(ctx, a.Name, o.Category)
	if errors.Is(err, models.ErrNotFound) || errors.Is(err, models.ErrUnsupported) {
		return nil // which is said later
	}
	file, named := strings.CutPrefix(a.Value, "@")
	switch {
	case err != nil:
		return err
	case named && p.Type.IsBytes():
		a.File, err = readFile(file)
		return err
	case p.Type != models.DNString:
		return nil
	}
	found, err := s.locate(ctx, d, a.Value)
	if _, noDN := models.ParseDN(a.Value); noDN == nil && err != nil && ctx.Err() == nil {
		return nil // it may be of another domain, or gone: the plan looks at it
	}
	if err == nil {
		a.Value, a.GUID = string(found.DN), found.Ref().GUID
	}
	return err
}

func parseAssignments(texts []string) (desk.Assignments, error) {
	var all desk.Assignments
	for _, text := range texts {
		a, err := desk.ParseAssignment(text)
		if err != nil {
			return nil, usageError{explain(err)}
		}
		all = append(all, a)
	}
	return all, nil
}

// parseLicences reads +SKU and -SKU.
func parseLicences(texts []string) ([]models.LicenceChange, error) {
	var all []models.LicenceChange
	for _, text := range texts {
		text = strings.TrimSpace(text)
		sku := strings.TrimLeft(text, "+-")
		if len(text)-len(sku) != 1 || strings.TrimSpace(sku) == "" {
			return nil, usagef("--licence: %q is neither +SKU, which assigns one, nor -SKU, which revokes it\n"+
				"Write --licence=-ENTERPRISEPACK or --licence +ENTERPRISEPACK,-POWER_BI_STANDARD", text)
		}
		all = append(all, models.LicenceChange{SKU: strings.TrimSpace(sku), Assigned: text[0] == '+'})
	}
	return all, nil
}

// maxFile bounds a value that comes from a file, in bytes.
const maxFile = 16 << 20

// readFile reads a value. What is wrong with it is wrong with the command line.
func readFile(name string) ([]byte, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, usagef("%v", err)
	}
	defer func() { _ = file.Close() }() // it was only read
	return readAll(file, name)
}

// readAll reads a value of at most the size that is taken; what names it.
func readAll(from io.Reader, what string) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(from, maxFile+1))
	if err == nil && len(data) > maxFile {
		err = usagef("%s is larger than %s bytes", what, english.Number(maxFile))
	}
	return asUsage(data, err)
}
