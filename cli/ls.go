package cli

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"dirdesk/desk"
	"dirdesk/desk/export"
	"dirdesk/desk/walk"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// defaultLimit is how many objects ls prints unless told otherwise.
const defaultLimit = 200

// lsCommand is the state of one run of ls.
type lsCommand struct {
	*program
	demo       demoFlags
	categories []string
	offset     int
	limit      int
	all        bool
	format     string
}

func newLsCommand(p *program) *cobra.Command {
	ls := &lsCommand{program: p}
	command := &cobra.Command{
		Use:   "ls [CONTAINER]",
		Short: "List the direct children of a container",
		Long: `List the direct children of CONTAINER, or of the top of the domain. ` + containerHelp + `

json is one array of objects with the field names of the directory; what the
server did not say is left out. account_expiry_time is an RFC 3339 time or "never".
passwordExpired and accountExpiryTime are no attributes of a directory: they are
printed under these names and in snake_case, and in the next release only so.
csv has the same columns; a cell that a spreadsheet would take for a formula
starts with an apostrophe.

A server that gives fewer objects than there are (Adaxes has such a limit) is not
passed over: what there is is printed, the reason goes to stderr and, in json,
into a last element that has "incomplete" alone, and the exit code is 6.`,
		Example: `  dirdesk ls -c office
  dirdesk ls "OU=Staff,DC=example,DC=com" -c ldaps://dc1.example.com --account jdoe
  dirdesk ls "OU=Staff,DC=example,DC=com" --category person --all --format csv > staff.csv`,
		Args: usageArgs(cobra.MaximumNArgs(1)),
		RunE: func(command *cobra.Command, args []string) error {
			return ls.run(command, strings.Join(args, ""))
		},
	}
	flags := command.Flags()
	flags.StringSliceVar(&ls.categories, "category", nil, "only these kinds, a comma between: "+categoryNames())
	flags.IntVar(&ls.offset, "offset", 0, "skip the first `N`")
	flags.IntVar(&ls.limit, "limit", defaultLimit, "print at most `N`")
	flags.BoolVar(&ls.all, "all", false, "print everything, however much there is")
	p.registerFormat(command, &ls.format, allFormats())
	ls.demo.register(command)
	return command
}

func (ls *lsCommand) run(command *cobra.Command, base string) error {
	request, err := ls.request(command)
	if err != nil {
		return err
	}
	return ls.withBackend(command, &ls.demo, func(ctx context.Context, backend desk.Backend) error {
		if request.Base, err = ls.base(ctx, backend, base); err != nil {
			return err
		}
		return ls.list(ctx, backend, request)
	})
}

// base is the container that was named, or the top of the domain. A DN is listed as it
// is: it may be the top itself, or a place that is not shown.
func (ls *lsCommand) base(ctx context.Context, backend desk.Backend, text string) (models.DN, error) {
	if text == "" {
		info, err := backend.Info(ctx)
		return info.BaseDN, err
	}
	if dn, err := models.ParseDN(text); err == nil {
		return dn, nil
	}
	o, err := ls.locate(ctx, desk.New(backend, desk.Options{}), text, models.ContainerCategories()...)
	return o.DN, err
}

// request reads flags before anything is opened.
func (ls *lsCommand) request(command *cobra.Command) (models.ListRequest, error) {
	request := models.ListRequest{Offset: ls.offset, Limit: ls.limit}
	switch {
	case ls.offset < 0:
		return request, usagef("--offset must not be negative")
	case ls.all && command.Flags().Changed("limit"):
		return request, usagef("--all and --limit: one of the two")
	case ls.limit < 1:
		return request, usagef("--limit must be 1 or more; --all prints everything")
	}
	if ls.all {
		request.Limit = 0
	}
	var err error
	request.Categories, err = parseCategories(ls.categories)
	return request, err
}

// list prints the pages as they come.
func (ls *lsCommand) list(ctx context.Context, backend desk.Backend, request models.ListRequest) error {
	printer := ls.newPrinter(ls.format)
	if err := printer.Begin(); err != nil {
		return err
	}
	told := desk.New(backend, desk.Options{})
	printed, total, cut := 0, models.UnknownTotal, ""
	var report walk.Report
	for page, err := range ls.pages(ctx, backend, request, &report) {
		if err != nil {
			return ls.brokenOff(ctx, printer, printed, err)
		}
		objects := page.Objects
		if room := request.Limit - printed; request.Limit > 0 && len(objects) > room {
			objects = objects[:room]
		}
		if page.Total != models.UnknownTotal {
			total = page.Total
		} else if printed+len(page.Objects) > request.Limit && request.Limit > 0 {
			total = moreThanKnown
		}
		printed += len(objects)
		if page.Cut != "" && (request.Limit == 0 || printed < request.Limit) {
			cut = page.Cut
		}
		if err := printer.Objects(told.Offered(objects)); err != nil {
			return err
		}
	}
	if cut == "" {
		cut = report.Cut // the last page may have been empty
	}
	if err := printer.End(cut); err != nil {
		return err
	}
	if cut != "" {
		ls.complain(fmt.Sprintf("INCOMPLETE, there are more than these %s: %s", english.Number(printed), cut))
		return exitError{models.ExitIncomplete}
	}
	ls.remark(request, printed, total)
	if report.Changed {
		ls.complain("the container was changed while it was read: objects may be missing; read it again")
	}
	return nil
}

// brokenOff ends what an error has cut short. What was printed stays, and nobody
// shall take a part for the whole.
func (ls *lsCommand) brokenOff(ctx context.Context, printer export.Writer, printed int, err error) error {
	if printed == 0 || ctx.Err() != nil {
		return err
	}
	words := explain(err)
	if err := printer.End(words); err != nil {
		return err
	}
	ls.complainIn(fmt.Sprintf("INCOMPLETE, these %s are not all: %s", english.Number(printed), words))
	return exitError{models.ExitIncomplete}
}

// moreThanKnown stands for a total of which only that much is known: there is
// more than was printed.
const moreThanKnown = -2

// pages reads everything with walk.Pages, a part with a plain listing. A server
// that does not tell totals is asked for one object more than wanted, to learn
// whether there is more.
func (ls *lsCommand) pages(ctx context.Context, backend desk.Backend, request models.ListRequest, report *walk.Report) iter.Seq2[models.Page, error] {
	if request.Limit == 0 {
		return walk.Pages(ctx, backend, request, walk.Options{Report: report})
	}
	if !backend.About().Seekable {
		request.Limit++
	}
	return backend.List(ctx, request)
}

// remark says on stderr what the output does not: that it is not everything, and
// how to get the rest.
func (ls *lsCommand) remark(request models.ListRequest, printed, total int) {
	text := ""
	rest := "--all for everything"
	if ls.limit != defaultLimit {
		rest = fmt.Sprintf("--offset %d for more", request.Offset+printed)
	}
	switch {
	case printed == 0 && request.Offset > 0 && total > 0:
		text = fmt.Sprintf("nothing at --offset %d: there are %s", request.Offset, english.Number(total))
	case printed == 0 && ls.format == formatTable:
		text = "nothing there"
	case ls.all:
		return
	case total == moreThanKnown:
		text = fmt.Sprintf("the first %s; %s", english.Number(printed), rest)
	case total > request.Offset+printed:
		text = fmt.Sprintf("%s of %s; %s", english.Number(printed), english.Number(total), rest)
	}
	if text != "" {
		ls.complain(text)
	}
}

// parseCategories takes the directory's names and the words that tables show.
func parseCategories(names []string) ([]models.Category, error) {
	var found []models.Category
	for _, name := range names {
		name = strings.TrimSpace(name)
		i := slices.IndexFunc(models.Categories(), func(c models.Category) bool {
			return strings.EqualFold(name, string(c)) || strings.EqualFold(name, c.Label())
		})
		if i < 0 {
			return nil, usagef("--category: %q is none of %s", name, categoryNames())
		}
		if c := models.Categories()[i]; !slices.Contains(found, c) {
			found = append(found, c)
		}
	}
	return found, nil
}

func categoryNames() string {
	var names []string
	for _, c := range models.Categories() {
		names = append(names, string(c))
	}
	return strings.Join(names, ",")
}
