package cli

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"dirdesk/adaxes"
	"dirdesk/desk"
	"dirdesk/internal/terminaltext"
	"dirdesk/models"
)

func newModifyCommand(p *program) *cobra.Command {
	c := p.newChange()
	c.body = true
	command := &cobra.Command{
		Use:   "modify FILE|-",
		Short: "Send a request of Adaxes' \"Modify directory object\" as it is written",
		Long: `Send the body of one request of Adaxes' "Modify directory object", as it stands in
FILE or on standard input, byte for byte. It is checked first: members, names and
numbers of types and operations, masks, values that do not fit their type, photo
and licences of what can have none. What is wrong is listed with the path of the
member, nothing is sent, and the exit code is 2.

Members: directoryObject (a DN, GUID or SID), properties (a list of propertyName,
propertyType, values, operation, mask), o365 or m365, photo.

Only Adaxes understands it; dirdesk set does the same over LDAP too. With
--format json the server's own answer is printed. Exit codes: 0 succeeded, 1
failed, 4 nobody knows what became of it, 5 sent for approval.`,
		Example: `  dirdesk modify phones.json -c adaxes://host.example.com --token-file token.txt --dry-run
  dirdesk modify - -c managed --yes --format json < phones.json`,
		Args: usageArgs(cobra.ExactArgs(1)),
		RunE: func(command *cobra.Command, args []string) error {
			body, err := p.readBody(args[0])
			if err != nil {
				return err
			}
			request, err := adaxes.Check(body)
			if err != nil {
				return p.refused(adaxes.ProblemsOf(err), err)
			}
			for _, warning := range request.Warnings {
				p.complain("note: " + warning.String())
			}
			return c.changes(command, func(ctx context.Context, d *desk.Desk) ([]models.Change, error) {
				return c.modification(ctx, d, request)
			})
		},
	}
	c.admits = func(profile models.Profile) error {
		name, _, _ := strings.Cut(profile.URL, "://")
		if c.demo.on {
			name = c.demo.scheme
		}
		if schemeOf(name).modifies {
			return nil
		}
		return usagef("only Adaxes (adaxes://) understands this kind of request\nUse dirdesk set to change properties on this connection.")
	}
	c.register(command)
	c.registerReset(command, false)
	return command
}

// readBody reads a request of at most the size that a check takes.
func (p *program) readBody(name string) ([]byte, error) {
	if name != "-" {
		body, err := readFile(name)
		return withoutMark(body), err
	}
	if p.flags.passwordStdin {
		return nil, usagef("the password and the request cannot both come from standard input: use --password-file")
	}
	if file, ok := p.In.(*os.File); ok && file == os.Stdin {
		if _, typed := p.terminal(); typed {
			p.complain("reading the request from standard input, up to Ctrl+D")
		}
	}
	body, err := readAll(p.In, "the request")
	return withoutMark(body), err
}

// withoutMark takes the byte order mark off that some editors put before a text.
func withoutMark(text []byte) []byte { return bytes.TrimPrefix(text, []byte("\ufeff")) }

// modification finds the object that a checked request is about, and sees that
// it can have what the request gives it.
func (c *changeCommand) modification(ctx context.Context, d *desk.Desk, request adaxes.Request) ([]models.Change, error) {
	o, err := d.Locate(ctx, request.Object)
	if err != nil {
		return nil, err
	}
	class := ""
	if request.AccountMember != "" && o.Category == models.Person {
		// Contacts are listed among the users, and have no account.
		if class, err = classOf(ctx, d, o.Ref()); err != nil {
			return nil, err
		}
	}
	if problems := request.Fits(o.Category, class); len(problems) > 0 {
		return nil, c.refused(problems, nil)
	}
	change := changeOf(models.Modify, o)
	change.Modification = &request.Modification
	return []models.Change{change}, nil
}

// classOf is the most special class of an object, which stands last; "" when the
// server does not tell.
func classOf(ctx context.Context, d *desk.Desk, ref models.Ref) (string, error) {
	sheet, err := d.Properties(ctx, ref)
	if err != nil {
		return "", err
	}
	classes, _ := sheet.Property("objectClass")
	if len(classes.Values) == 0 {
		return "", nil
	}
	return classes.Values[len(classes.Values)-1], nil
}

// refused lists what is wrong with a request, each with its path. err is for a
// refusal that has no list.
func (p *program) refused(problems adaxes.Problems, err error) error {
	if len(problems) == 0 {
		return usagef("%v", err)
	}
	head := fmt.Sprintf("the request is not right in %d places; nothing was sent", len(problems))
	if len(problems) == 1 {
		head = "the request is not right; nothing was sent"
	}
	lines := []string{head}
	for _, problem := range problems {
		// A path or a value could try to look like another line.
		lines = append(lines, terminaltext.OneLine(problem.String()))
	}
	return usageError{strings.Join(lines, "\n")}
}
