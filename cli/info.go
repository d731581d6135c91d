package cli

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"dirdesk/desk"
	"dirdesk/internal/terminaltext"
	"dirdesk/models"
)

func newInfoCommand(p *program) *cobra.Command {
	var demo demoFlags
	var format string
	command := &cobra.Command{
		Use:     "info",
		Short:   "Show the domain and how the connection is secured",
		Example: "  dirdesk info -c ldaps://dc1.example.com --account jdoe\n  dirdesk info --demo --format json",
		Args:    usageArgs(cobra.NoArgs),
		RunE: func(command *cobra.Command, _ []string) error {
			if err := checkFormat(format); err != nil {
				return err
			}
			return p.withBackend(command, &demo, func(ctx context.Context, backend desk.Backend) error {
				info, err := backend.Info(ctx)
				if err != nil {
					return err
				}
				return p.printInfo(format, describe(backend.About(), info))
			})
		},
	}
	registerFormat(command, &format)
	demo.register(command)
	return command
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
		roles := dc.Roles
		if roles == nil {
			roles = []string{}
		}
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
		host := dc.Host
		if host == "" {
			host = dc.Name
		}
		if len(dc.Roles) > 0 {
			host += " (" + strings.Join(dc.Roles, ", ") + ")"
		}
		all = append(all, []string{"controller", host})
	}
	var told [][]string
	for _, row := range all {
		if row[1] != "" {
			told = append(told, row)
		}
	}
	return told
}

func (p *console) printInfo(format string, d directory) error {
	switch format {
	case formatJSON:
		return printJSON(p.Out, d)
	case formatCSV:
		out := csv.NewWriter(p.Out)
		_, terminal := p.outputWidth()
		rows := [][]string{{"property", "value"}}
		for _, row := range d.rows() {
			if terminal {
				row[1] = terminaltext.Safe(row[1])
			}
			rows = append(rows, []string{row[0], spreadsheetSafe(row[1])})
		}
		return out.WriteAll(rows)
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
