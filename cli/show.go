package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"dirdesk/desk"
	"dirdesk/models"
)

func newPhotoCommand(p *program) *cobra.Command {
	return p.newObjectReading(&cobra.Command{
		Use:   "photo OBJECT",
		Short: "Write the photo of a user or contact to standard output",
		Long: `Write the photo of a user or contact to standard output, as the server has it:
mostly JPEG. ` + objectHelp + ` dirdesk set --photo sets one.`,
		Example: "  dirdesk photo jdoe -c managed > jdoe.jpg\n  dirdesk set jdoe --photo jdoe.jpg -c managed",
		Args:    usageArgs(cobra.ExactArgs(1)),
		PreRunE: func(_ *cobra.Command, args []string) error {
			if _, terminal := p.outputWidth(); terminal {
				return usagef("a photo is no text for a terminal: send it into a file, dirdesk photo %s > photo.jpg", quoteShell(args[0]))
			}
			return nil
		},
	}, nil, "", func(ctx context.Context, r *reading, d *desk.Desk, o models.Object, _ []string) error {
		photo, err := d.Photo(ctx, o.DN)
		if err == nil && len(photo) == 0 {
			err = &models.Error{Kind: models.ErrNotFound, Action: "write the photo of", Object: string(o.DN), Advice: "The server has no photo of it."}
		}
		if err == nil {
			_, err = r.Out.Write(photo)
		}
		return err
	})
}

func newExistsCommand(p *program) *cobra.Command {
	return p.newReading(&cobra.Command{
		Use:   "exists NAME",
		Short: "Tell whether a logon name or group name is taken",
		Long: `Print yes when a user, a group or a computer has NAME for its logon name, else
no. The exit code is 0 either way: it tells that the question was answered.`,
		Args: usageArgs(cobra.ExactArgs(1)),
	}, resultFormats(), func(ctx context.Context, r *reading, backend desk.Backend, args []string) error {
		taken, err := nameTaken(ctx, backend, args[0])
		if err != nil {
			return err
		}
		if r.format == formatJSON {
			return printJSON(r.Out, struct {
				Name   string `json:"name"`
				Exists bool   `json:"exists"`
			}{args[0], taken})
		}
		_, err = fmt.Fprintln(r.Out, models.FlagOf(taken).Label())
		return err
	})
}

// nameTaken asks the server, where it can be asked, else looks for the name.
func nameTaken(ctx context.Context, backend desk.Backend, name string) (bool, error) {
	if checker, ok := desk.Capability[desk.NameChecker](backend); ok {
		return checker.NameTaken(ctx, name)
	}
	_, err := desk.New(backend, desk.Options{}).Locate(ctx, name, "")
	if errors.Is(err, models.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

func newGroupMembersCommand(p *program) *cobra.Command {
	var indirect bool
	command := p.newObjectReading(&cobra.Command{
		Use:   "members GROUP",
		Short: "List who is in a group",
		Long: `List the members of a group by their DNs. GROUP is a DN or the name of a group.
With --indirect also those who are in it through other groups, each once. Who is
in it by being a user's primary group is not listed. DSM's documented calls tell
no members.`,
		Example: "  dirdesk group members Printers -c office\n  dirdesk group members Printers --indirect --format json -c office",
		Args:    usageArgs(cobra.ExactArgs(1)),
	}, allFormats(), models.Group, func(ctx context.Context, r *reading, d *desk.Desk, group models.Object, _ []string) error {
		members, err := d.Members(ctx, group.DN, indirect)
		if err != nil {
			return err
		}
		return r.printDNs(r.format, members)
	})
	command.Flags().BoolVar(&indirect, "indirect", false, "also those who are in it through other groups")
	return command
}

// printDNs prints names of objects, a line each.
func (p *console) printDNs(format string, dns []models.DN) error {
	switch format {
	case formatJSON:
		type named struct {
			DN   models.DN `json:"dn"`
			Name string    `json:"name"`
		}
		all := make([]named, 0, len(dns))
		for _, dn := range dns {
			all = append(all, named{dn, dn.RDN().Value})
		}
		return printJSON(p.Out, all)
	case formatCSV:
		rows := [][]string{{"dn", "name"}}
		for _, dn := range dns {
			rows = append(rows, []string{string(dn), dn.RDN().Value})
		}
		return p.printCSV(rows)
	}
	if len(dns) == 0 {
		p.complain("nothing there")
	}
	for _, dn := range dns {
		if _, err := fmt.Fprintln(p.Out, p.safe(string(dn))); err != nil {
			return err
		}
	}
	return nil
}
