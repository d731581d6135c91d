package cli

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"dirdesk/desk"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// findCommand is the state of one run of find.
type findCommand struct {
	*program
	demo       demoFlags
	categories []string
	base       string
	limit      int
	listing    listing
}

func newFindCommand(p *program) *cobra.Command {
	f := &findCommand{program: p}
	command := &cobra.Command{
		Use:   "find TEXT...",
		Short: "Find people, groups and computers anywhere in the domain",
		Long: `Find objects by any parts of name, logon name, mail address, office or telephone,
in any order. Neither case nor accents count, and a number is its digits, however
it is written. What fits best comes first: who has the text for a logon name or
mail address, then whole words, then beginnings of words, then parts.

json is one array of objects as dirdesk ls gives them, with "container", the way
down to the object in words. Over DSM, which has no search, the domain is read
first. What is known to be missing is said on stderr, in json by a last element
that has "incomplete" alone, and by the exit code 6.

The exit code is 1 when nothing was found.`,
		Example: `  dirdesk find -c office yigit gunes
  dirdesk find -c office 0100 vienna --category person --format json`,
		Args: usageArgs(cobra.MinimumNArgs(1)),
		RunE: func(command *cobra.Command, args []string) error {
			return f.run(command, strings.Join(args, " "))
		},
	}
	flags := command.Flags()
	flags.StringSliceVar(&f.categories, "category", nil, "only these kinds, a comma between: "+categoryNames())
	flags.StringVar(&f.base, "base", "", "only below `DN`, itself included")
	flags.IntVar(&f.limit, "limit", defaultLimit, "print at most `N`")
	f.listing.register(&p.console, command)
	f.demo.register(command)
	return command
}

func (f *findCommand) run(command *cobra.Command, text string) error {
	search := desk.Search{Text: text, Limit: f.limit}
	err := f.listing.read()
	if err != nil {
		return err
	}
	if f.base != "" {
		if search.Base, err = models.ParseDN(f.base); err != nil {
			return usagef("--base: %v", err)
		}
	}
	if search.Categories, err = parseCategories(f.categories); err != nil {
		return err
	}
	if f.limit < 1 {
		return usagef("--limit must be 1 or more")
	}
	return f.withBackend(command, &f.demo, func(ctx context.Context, backend desk.Backend) error {
		var last desk.Found
		d := desk.New(backend, desk.Options{})
		for found, err := range d.Find(ctx, search) {
			if err != nil {
				return err
			}
			last = found
		}
		last.Objects = d.Offered(last.Objects)
		return f.print(text, last)
	})
}

// print writes what was found, and says what was not.
func (f *findCommand) print(text string, found desk.Found) (err error) {
	printer, done, err := f.listing.open(&f.console, "Found by "+text, models.ContainerColumn())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	if err := printer.Begin(); err != nil {
		return err
	}
	if err := printer.Objects(found.Objects); err != nil {
		return err
	}
	if err := printer.End(found.Cut); err != nil {
		return err
	}
	switch n := len(found.Objects); {
	case found.Cut != "":
		f.complain("INCOMPLETE: " + found.Cut)
		return exitError{models.ExitIncomplete}
	case n == 0:
		f.complain("nothing was found")
		return exitError{models.ExitRefused}
	case found.More:
		f.complain("the first " + english.Number(n) + "; type more, or --limit for more")
	}
	return nil
}
