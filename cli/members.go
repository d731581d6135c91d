package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"dirdesk/desk"
	"dirdesk/models"
)

func newGroupMembersCommand(p *program) *cobra.Command {
	var demo demoFlags
	var format string
	var indirect bool
	command := &cobra.Command{
		Use:   "members GROUP",
		Short: "List who is in a group",
		Long: `List the members of a group by their DNs. GROUP is a DN or the name of a group.
With --indirect also those who are in it through other groups, each once. Who is
in it by being a user's primary group is not listed. DSM's documented calls tell
no members.`,
		Example: "  dirdesk group members Printers -c office\n  dirdesk group members Printers --indirect --format json -c office",
		Args:    usageArgs(cobra.ExactArgs(1)),
		RunE: func(command *cobra.Command, args []string) error {
			if err := checkFormat(format); err != nil {
				return err
			}
			return p.withBackend(command, &demo, func(ctx context.Context, backend desk.Backend) error {
				d := desk.New(backend, desk.Options{})
				group, err := d.Locate(ctx, args[0], models.Group)
				if err != nil {
					return err
				}
				members, err := d.Members(ctx, group.DN, indirect)
				if err != nil {
					return err
				}
				return p.printDNs(format, members)
			})
		},
	}
	command.Flags().BoolVar(&indirect, "indirect", false, "also those who are in it through other groups")
	registerFormat(command, &format)
	demo.register(command)
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
			row := []string{string(dn), dn.RDN().Value}
			rows = append(rows, row)
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
