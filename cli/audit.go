package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"dirdesk/desk"
	"dirdesk/desk/audit"
	"dirdesk/desk/export"
	"dirdesk/desk/walk"
	"dirdesk/internal/english"
	"dirdesk/models"
	"dirdesk/models/moment"
)

// auditCommand is the state of one run of audit.
type auditCommand struct {
	*program
	demo    demoFlags
	base    string
	days    int
	failOn  []string
	listing listing

	reports []audit.Report
	limits  map[string]int // rows of a report that are not yet findings
}

func newAuditCommand(p *program) *cobra.Command {
	a := &auditCommand{program: p}
	command := &cobra.Command{
		Use:   "audit [REPORT...]",
		Short: "Ask a whole domain who is locked, stale, disabled and so on",
		Long: `Read the domain once and answer reports about it, all of them unless some are named:
` + audit.IDs() + `.

Objects of which the connection does not tell whether they belong to a report are
counted as unknown, and stand apart: in json as unknown_rows. The exit code is 0, 1
where --fail-on finds more than it allows, and 6 where not all could be read; what
was read is printed, and marked.

Not yet made: ` + strings.Join(audit.NotYet(), ", ") + `.`,
		Example: `  dirdesk audit -c office
  dirdesk audit -c office stale --days 180 --format csv --out stale-%F.csv
  dirdesk audit -c office locked disabled --format json --fail-on locked:5`,
		Args: usageArgs(cobra.ArbitraryArgs),
		RunE: func(command *cobra.Command, args []string) error { return a.run(command, args) },
	}
	flags := command.Flags()
	flags.StringVar(&a.base, "base", "", "only below this `CONTAINER`")
	flags.IntVar(&a.days, "days", 0, "another number `N` of days than each report's own")
	flags.StringSliceVar(&a.failOn, "fail-on", nil, "exit code 1 where a `REPORT[:N]` has rows, or more than N")
	a.listing.register(&p.console, command)
	a.demo.register(command)
	return command
}

func (a *auditCommand) run(command *cobra.Command, ids []string) error {
	if err := a.read(ids); err != nil {
		return err
	}
	return a.withBackend(command, &a.demo, func(ctx context.Context, backend desk.Backend) error {
		info, err := backend.Info(ctx)
		if err != nil {
			return err
		}
		base := info.BaseDN
		if a.base != "" {
			ls := lsCommand{program: a.program}
			if base, err = ls.base(ctx, backend, a.base); err != nil {
				return err
			}
		}
		now := time.Now()
		found, err := audit.Run(ctx, backend, base, a.reports, moment.Clock{Now: now, Zone: time.Local}, a.progress())
		if err != nil && found.Read == 0 {
			return err
		}
		if ctx.Err() != nil {
			found.Partial = "it was stopped"
		} else if err != nil {
			found.Partial = explain(err)
		}
		return a.print(found, info.Realm, now)
	})
}

// read understands the flags, before anything is opened.
func (a *auditCommand) read(ids []string) (err error) {
	if a.reports, err = audit.ParseReports(ids); err != nil {
		return usagef("%v", err)
	}
	if a.days < 0 {
		return usagef("--days must be 1 or more")
	}
	for i, r := range a.reports {
		a.reports[i] = r.WithDays(a.days)
	}
	a.limits = map[string]int{}
	for _, rule := range a.failOn {
		id, number, counted := strings.Cut(rule, ":")
		if !slices.ContainsFunc(a.reports, func(r audit.Report) bool { return r.ID == id }) {
			return usagef("--fail-on: %q is none of the reports that are made", id)
		}
		limit := 0
		if counted {
			if limit, err = strconv.Atoi(number); err != nil || limit < 0 {
				return usagef("--fail-on: %q is no number of rows", number)
			}
		}
		a.limits[id] = limit
	}
	if one := a.listing.format; len(a.reports) > 1 && (one == string(export.HTML) || one == string(export.LDIF)) {
		return usagef("--format %s is for one report; name it", one)
	}
	return a.listing.read()
}

// progress says on a terminal how far the reading is.
func (a *auditCommand) progress() func(walk.Progress) {
	if !isTerminal(a.Err) {
		return func(walk.Progress) {}
	}
	return func(p walk.Progress) {
		words := english.Number(p.Read) + " objects read"
		if p.Total > p.Read {
			words = english.Number(p.Read) + " of " + english.Number(p.Total) + " objects read"
		}
		_, _ = fmt.Fprint(a.Err, "\r"+words+"\x1b[K") // nowhere left to complain
	}
}

// print writes the answers, and gives the exit code as an error.
func (a *auditCommand) print(found audit.Audit, realm string, now time.Time) (err error) {
	if isTerminal(a.Err) {
		_, _ = fmt.Fprint(a.Err, "\r\x1b[K")
	}
	if err := a.write(found, realm, now); err != nil {
		return err
	}
	for _, r := range found.Results {
		if n := len(r.Unknown); n > 0 {
			a.complain(fmt.Sprintf("%s: of %s this connection does not tell", r.ID, english.Count(n, "object")))
		}
	}
	findings := false
	for _, r := range found.Results {
		limit, asked := a.limits[r.ID]
		findings = findings || asked && len(r.Rows) > limit
	}
	if found.Partial != "" {
		a.complain("INCOMPLETE, " + english.Count(found.Read, "object") + " read: " + found.Partial)
	}
	switch {
	case findings:
		return exitError{models.ExitRefused}
	case found.Partial != "":
		return exitError{models.ExitIncomplete}
	}
	return nil
}

func (a *auditCommand) write(found audit.Audit, realm string, now time.Time) error {
	if a.listing.format == formatJSON {
		return a.writeJSON(found, realm, now)
	}
	several := len(found.Results) > 1
	to, err := a.listing.file(&a.console, now)
	if err != nil {
		return err
	}
	for i, r := range found.Results {
		o := to.options
		o.Columns, o.Title = r.Shown(), r.Title+", "+english.Count(len(r.Rows), "object")
		if len(a.listing.chosen) > 0 {
			o.Columns = a.listing.chosen
		}
		if o.Format == export.CSV && several {
			id := r.ID
			o.Columns = append([]models.Column{{ID: "report", Text: func(*models.Object, time.Time) string { return id }}}, o.Columns...)
			o.NoHeaders = o.NoHeaders || i > 0
		}
		if o.Format == export.Table {
			if _, err := fmt.Fprintf(to.out, "%s%s\n", strings.Repeat("\n", min(i, 1)), o.Title); err != nil {
				return err
			}
		}
		w := export.New(to.out, o)
		if err := errors.Join(w.Begin(), w.Objects(r.Rows), w.End(found.Partial)); err != nil {
			return err
		}
		if o.Format == export.Markdown {
			_, _ = fmt.Fprintln(to.out)
		}
	}
	return to.close()
}

// reportJSON is a report as json gives it.
type reportJSON struct {
	ID          string            `json:"id"`
	Title       string            `json:"title"`
	Count       int               `json:"count"`
	Unknown     int               `json:"unknown"`
	UnknownRows []json.RawMessage `json:"unknown_rows"`
	Rows        []json.RawMessage `json:"rows"`
	Caveat      string            `json:"caveat,omitempty"`
}

func (a *auditCommand) writeJSON(found audit.Audit, realm string, now time.Time) error {
	answer := struct {
		Realm      string       `json:"realm"`
		At         time.Time    `json:"at"`
		Partial    bool         `json:"partial"`
		Incomplete string       `json:"incomplete,omitempty"`
		Reports    []reportJSON `json:"reports"`
	}{realm, now.Truncate(time.Second), found.Partial != "", found.Partial, []reportJSON{}}
	for _, r := range found.Results {
		columns := models.Keyed()
		for _, id := range r.Columns {
			if c, ok := models.ColumnNamed(id); ok && c.Key == "" {
				columns = append(columns, c)
			}
		}
		rows, err := asJSON(columns, r.Rows, now)
		if err != nil {
			return err
		}
		unknown, err := asJSON(columns, r.Unknown, now)
		if err != nil {
			return err
		}
		answer.Reports = append(answer.Reports, reportJSON{r.ID, r.Title, len(rows), len(unknown), unknown, rows, r.Caveat})
	}
	to, err := a.listing.file(&a.console, now)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(to.out)
	if err := errors.Join(printJSON(out, answer), out.Flush()); err != nil {
		return err
	}
	return to.close()
}

func asJSON(columns []models.Column, objects []models.Object, now time.Time) ([]json.RawMessage, error) {
	all := make([]json.RawMessage, 0, len(objects))
	for i := range objects {
		text, err := export.Object(columns, &objects[i], now)
		if err != nil {
			return nil, err
		}
		all = append(all, json.RawMessage(text))
	}
	return all, nil
}
