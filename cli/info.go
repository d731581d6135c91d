package cli

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"dirdesk/desk"
	"dirdesk/internal/terminaltext"
	"dirdesk/models"
)

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
			if _, err := fmt.Fprintf(p.Out, "%-11s %s\n", row[0], terminaltext.Safe(row[1])); err != nil {
				return err
			}
		}
		return nil
	}
}

// printJSON writes one value, indented.
func printJSON(out io.Writer, value any) error {
	text, err := encode(value)
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
