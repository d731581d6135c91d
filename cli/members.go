package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"dirdesk/desk"
	"dirdesk/models"
)

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
