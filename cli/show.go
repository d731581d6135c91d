package cli

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"dirdesk/desk"
	"dirdesk/desk/export"
	"dirdesk/internal/english"
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
				return usagef("a photo is no text for a terminal: send it into a file, dirdesk photo %s > photo.jpg", english.Shell(args[0]))
			}
			return nil
		},
	}, nil, nil, func(ctx context.Context, r *reading, d *desk.Desk, o models.Object, _ []string) error {
		photo, err := d.Photo(ctx, o.Ref())
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
	_, err := desk.New(backend, desk.Options{}).Locate(ctx, name)
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
With --indirect also those who are in it through other groups, each once. Who has
it for the primary group is marked: "primary" in json and csv. Such a member is
taken out only by another primary group. DSM's documented calls tell no members.`,
		Example: "  dirdesk group members Printers -c office\n  dirdesk group members Printers --indirect --format json -c office",
		Args:    usageArgs(cobra.ExactArgs(1)),
	}, allFormats(), []models.Category{models.Group}, func(ctx context.Context, r *reading, d *desk.Desk, group models.Object, _ []string) error {
		members, err := d.Everyone(ctx, group.Ref(), indirect)
		if err != nil {
			return err
		}
		if members.Unknown != "" {
			r.complain(members.Unknown)
		}
		return r.printMembers(r.format, members)
	})
	command.Flags().BoolVar(&indirect, "indirect", false, "also those who are in it through other groups")
	return command
}

// printMembers prints who is in a group, a line each.
func (p *console) printMembers(format string, members models.Members) error {
	switch format {
	case formatJSON:
		type named struct {
			DN      models.DN `json:"dn"`
			Name    string    `json:"name"`
			Primary bool      `json:"primary"`
		}
		all := make([]named, 0, len(members.DNs))
		for _, dn := range members.DNs {
			all = append(all, named{dn, dn.RDN().Value, members.IsPrimary(dn)})
		}
		return printJSON(p.Out, all)
	case formatCSV:
		rows := [][]string{{"dn", "name", "primary"}}
		for _, dn := range members.DNs {
			rows = append(rows, []string{string(dn), dn.RDN().Value, strconv.FormatBool(members.IsPrimary(dn))})
		}
		return p.printCSV(rows)
	}
	if len(members.DNs) == 0 {
		p.complain("nothing there")
	}
	for _, dn := range members.DNs {
		line := p.safe(string(dn))
		if members.IsPrimary(dn) {
			line += "  (primary)"
		}
		if _, err := fmt.Fprintln(p.Out, line); err != nil {
			return err
		}
	}
	return nil
}

func newInfoCommand(p *program) *cobra.Command {
	return p.newReading(&cobra.Command{
		Use:     "info",
		Short:   "Show the domain and how the connection is secured",
		Example: "  dirdesk info -c ldaps://dc1.example.com --account jdoe\n  dirdesk info --demo --format json",
		Args:    usageArgs(cobra.NoArgs),
	}, allFormats(), func(ctx context.Context, r *reading, backend desk.Backend, _ []string) error {
		info, err := backend.Info(ctx)
		if err != nil {
			return err
		}
		return r.printInfo(r.format, describe(backend.About(), info))
	})
}

// directory is the answer of info, as json gives it.
type directory struct {
	Realm       string       `json:"realm"`
	Workgroup   string       `json:"workgroup,omitempty"`
	BaseDN      string       `json:"base_dn"`
	Status      string       `json:"status,omitempty"`
	Backend     string       `json:"backend"`
	URL         string       `json:"url"`
	Account     string       `json:"account"`
	TLS         string       `json:"tls"`
	Controllers []controller `json:"controllers"`
}

type controller struct {
	Name  string   `json:"name"`
	DN    string   `json:"dn"`
	Host  string   `json:"host,omitempty"`
	Roles []string `json:"roles"`
}

func describe(about models.About, info models.DirectoryInfo) directory {
	d := directory{
		Realm: info.Realm, Workgroup: info.Workgroup, BaseDN: string(info.BaseDN), Status: info.Status,
		Backend: about.Backend, URL: about.URL, Account: about.Account, TLS: about.TLS,
		Controllers: []controller{},
	}
	for _, dc := range info.Controllers {
		roles := append([]string{}, dc.Roles...) // never null
		d.Controllers = append(d.Controllers, controller{Name: dc.Name, DN: string(dc.DN), Host: dc.HostName, Roles: roles})
	}
	return d
}

// rows gives the answer as pairs of a name and a value, without what is empty.
func (d directory) rows() [][]string {
	all := [][]string{
		{"realm", d.Realm},
		{"workgroup", d.Workgroup},
		{"base DN", d.BaseDN},
		{"status", d.Status},
		{"backend", d.Backend},
		{"connection", d.URL},
		{"account", d.Account},
		{"security", d.TLS},
	}
	for _, dc := range d.Controllers {
		host := cmp.Or(dc.Host, dc.Name)
		if len(dc.Roles) > 0 {
			host += " (" + strings.Join(dc.Roles, ", ") + ")"
		}
		all = append(all, []string{"controller", host})
	}
	return slices.DeleteFunc(all, func(row []string) bool { return row[1] == "" })
}

func (p *console) printInfo(format string, d directory) error {
	switch format {
	case formatJSON:
		return printJSON(p.Out, d)
	case formatCSV:
		return p.printCSV(append([][]string{{"property", "value"}}, d.rows()...))
	default:
		for _, row := range d.rows() {
			if _, err := fmt.Fprintf(p.Out, "%-11s %s\n", row[0], p.safe(row[1])); err != nil {
				return err
			}
		}
		return nil
	}
}

// printJSON writes one value, indented.
func printJSON(out io.Writer, value any) error {
	text, err := export.Encode(value)
	if err != nil {
		return err
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, []byte(text), "", "  "); err != nil {
		return err
	}
	_, err = fmt.Fprintln(out, indented.String())
	return err
}
