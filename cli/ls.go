package cli

import (
	"cmp"
	"context"
	"errors"
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
	recursive  bool
	ldapFilter string
	listing    listing
}

func newLsCommand(p *program) *cobra.Command {
	ls := &lsCommand{program: p}
	command := &cobra.Command{
		Use:   "ls [CONTAINER]",
		Short: "List a container",
		Long: `List the direct children of CONTAINER, or of the top of the domain, with --recursive
all that is below it. ` + containerHelp + `

Without --sort, objects are printed as they come, whatever their number. With --filter,
objects that fit are printed; where the connection does not tell whether some fit,
stderr says of how many, and the exit code is 6. A file of --out is for its owner alone.

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
  dirdesk ls "OU=Staff,DC=example,DC=com" --category person --all --format csv > staff.csv
  dirdesk ls -c office --recursive --all --filter 'kind:user logon<-90' --columns user,name,logon --sort logon`,
		Args: usageArgs(cobra.MaximumNArgs(1)),
		RunE: func(command *cobra.Command, args []string) error {
			return ls.run(command, strings.Join(args, ""))
		},
	}
	flags := command.Flags()
	flags.StringSliceVar(&ls.categories, "category", nil, "only these kinds, a comma between: "+categoryNames()+"; all: those too that are none of them")
	flags.IntVar(&ls.offset, "offset", 0, "skip the first `N`")
	flags.IntVar(&ls.limit, "limit", defaultLimit, "print at most `N`")
	flags.BoolVar(&ls.all, "all", false, "print everything, however much there is")
	flags.BoolVar(&ls.recursive, "recursive", false, "everything below the container, not only its children")
	flags.StringVar(&ls.ldapFilter, "ldap-filter", "", "only what this search `FILTER` of LDAP (RFC 4515) finds")
	ls.listing.register(&p.console, command)
	ls.listing.registerOrder(command)
	ls.demo.register(command)
	return command
}

func (ls *lsCommand) run(command *cobra.Command, base string) error {
	request, err := ls.request(command)
	if err != nil {
		return err
	}
	return ls.withBackend(command, &ls.demo, func(ctx context.Context, backend desk.Backend) error {
		if request.Filter != "" && !backend.About().Searches {
			return usagef("--ldap-filter: %s takes no search filter; --filter works over every connection", backend.About().Backend)
		}
		if request.Base, err = ls.base(ctx, backend, base); err != nil {
			return err
		}
		err = ls.list(ctx, backend, request)
		if request.Filter != "" && errors.Is(err, models.ErrInvalid) {
			return usagef("--ldap-filter: %s", models.AdviceFor(err))
		}
		return err
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
	request.Filter = ls.ldapFilter
	err := ls.listing.read()
	if err == nil && ls.offset > 0 && ls.isSelective() {
		err = usagef("--offset counts what the server lists: it does not go with --recursive, --filter and --sort")
	}
	if err != nil {
		return request, err
	}
	if len(ls.categories) == 1 && strings.EqualFold(ls.categories[0], string(models.AnyKind)) {
		request.Categories = []models.Category{models.AnyKind}
		return request, nil
	}
	request.Categories, err = parseCategories(ls.categories)
	return request, err
}

// list prints the objects as they come, or in the order that was asked for.
func (ls *lsCommand) list(ctx context.Context, backend desk.Backend, request models.ListRequest) (err error) {
	title := "All of " + string(request.Base)
	to, done, err := ls.listing.open(&ls.console, title)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	if err := to.Begin(); err != nil {
		return err
	}
	selected := ls.listing.selecting(to, request.Limit)
	selected.offered = desk.New(backend, desk.Options{}).Offered
	end, err := ls.read(ctx, backend, request, selected)
	if err == nil || selected.written > 0 || selected.kept != nil {
		if err := selected.finish(ctx); err != nil {
			return err
		}
	}
	if err != nil {
		return ls.brokenOff(ctx, to, selected.written, err)
	}
	if err := ls.ended(to, request, selected, end); err != nil || ls.isSelective() {
		return err
	}
	ls.tellOthers(ctx, backend, request)
	return nil
}

// tellOthers says how many objects are there of kinds that were not asked for.
func (ls *lsCommand) tellOthers(ctx context.Context, backend desk.Backend, request models.ListRequest) {
	counter, ok := desk.Capability[desk.OtherCounter](backend)
	if !ok || !backend.About().AnyKind || len(request.Categories) > 0 || request.Offset > 0 {
		return
	}
	switch n, err := counter.CountOthers(ctx, request.Base); {
	case err != nil:
		ls.complain("whether there are objects of other kinds could not be read: " + err.Error())
	case n > 0:
		ls.complain(english.Count(n, "object") + " of other kinds not shown; --category all shows them")
	}
}

// ended closes a list that was read as far as wanted, and says what is missing.
func (ls *lsCommand) ended(to export.Writer, request models.ListRequest, selected *selection, end ending) error {
	if err := to.End(cmp.Or(end.cut, selected.unknownWords())); err != nil {
		return err
	}
	if end.cut != "" {
		ls.complain(fmt.Sprintf("INCOMPLETE, there are more than these %s: %s", english.Number(selected.written), end.cut))
		return exitError{models.ExitIncomplete}
	}
	if words := selected.unknownWords(); words != "" {
		ls.complain("INCOMPLETE: " + words)
		return exitError{models.ExitIncomplete}
	}
	ls.remark(request, selected.written, end.total)
	if end.changed {
		ls.complain("the container was changed while it was read: objects may be missing; read it again")
	}
	return nil
}

// ending is what a reading says when it ends.
type ending struct {
	total   int // models.UnknownTotal, or moreThanKnown
	cut     string
	changed bool
}

// read gives the objects to a selection until it is full.
func (ls *lsCommand) read(ctx context.Context, backend desk.Backend, request models.ListRequest, selected *selection) (ending, error) {
	if ls.recursive {
		return ls.below(ctx, backend, request, selected)
	}
	end, seen := ending{total: models.UnknownTotal}, 0
	var report walk.Report
	for page, err := range ls.pages(ctx, backend, request, &report) {
		if err != nil {
			return end, err
		}
		seen += len(page.Objects)
		if page.Total != models.UnknownTotal {
			end.total = page.Total
		} else if seen > request.Limit && request.Limit > 0 {
			end.total = moreThanKnown
		}
		if page.Cut != "" && (request.Limit == 0 || seen < request.Limit || ls.isSelective()) {
			end.cut = page.Cut
		}
		if err := selected.take(page.Objects); err != nil {
			return end, err
		}
		if ls.isSelective() && selected.full() {
			return ending{total: moreThanKnown}, nil
		}
	}
	if end.cut == "" {
		end.cut = report.Cut // the last page may have been empty
	}
	if ls.isSelective() {
		end.total = selected.total()
	}
	end.changed = report.Changed
	return end, nil
}

// isSelective reports whether more has to be read than is printed.
func (ls *lsCommand) isSelective() bool {
	return ls.recursive || len(ls.listing.sort) > 0 || !ls.listing.conditions.IsEmpty()
}

// below reads all that is below a container.
func (ls *lsCommand) below(ctx context.Context, backend desk.Backend, request models.ListRequest, selected *selection) (ending, error) {
	ctx, enough := context.WithCancel(ctx)
	defer enough()
	var written error
	cut := ""
	err := walk.Domain(ctx, backend, request, func(objects []models.Object, p walk.Progress) {
		if written != nil || selected.full() {
			return
		}
		cut = p.Cut
		if written = selected.take(objects); written != nil || selected.full() {
			enough()
		}
	})
	switch {
	case written != nil:
		return ending{}, written
	case selected.full():
		return ending{total: moreThanKnown}, nil
	default:
		return ending{total: selected.total(), cut: cut}, err
	}
}

// brokenOff ends what an error has cut short. What was printed stays, and nobody
// shall take a part for the whole.
func (ls *lsCommand) brokenOff(ctx context.Context, to export.Writer, printed int, err error) error {
	if printed == 0 || ctx.Err() != nil && ls.listing.out == "" {
		return err
	}
	words := explain(err)
	if ctx.Err() != nil {
		words = "it was stopped"
	}
	if err := to.End(words); err != nil {
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
	if ls.isSelective() {
		request.Limit = 0
	}
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
	if ls.isSelective() && ls.limit != defaultLimit {
		rest = "--limit for more"
	} else if ls.limit != defaultLimit {
		rest = fmt.Sprintf("--offset %d for more", request.Offset+printed)
	}
	switch {
	case printed == 0 && request.Offset > 0 && total > 0:
		text = fmt.Sprintf("nothing at --offset %d: there are %s", request.Offset, english.Number(total))
	case printed == 0 && ls.listing.format == formatTable:
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
