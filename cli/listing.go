package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"dirdesk/desk/export"
	"dirdesk/desk/filter"
	"dirdesk/desk/rows"
	"dirdesk/internal/english"
	"dirdesk/models"
	"dirdesk/models/moment"
)

// listing is how a command writes objects, and where.
type listing struct {
	format    string
	columns   []string
	sort      []string
	where     string
	noHeaders bool
	out       string
	overwrite bool

	chosen     []models.Column
	order      rows.Arrangement
	conditions filter.Filter
}

func (l *listing) register(p *console, command *cobra.Command) {
	flags := command.Flags()
	flags.StringSliceVar(&l.columns, "columns", nil, "only these columns, a comma between: "+models.ColumnNames())
	flags.BoolVar(&l.noHeaders, "no-headers", false, "table and csv without the row of titles")
	flags.StringVar(&l.out, "out", "", "write to `FILE`, which must not be there yet; %F in its name is the date")
	flags.BoolVar(&l.overwrite, "overwrite", false, "--out may take the place of a file")
	var formats []string
	for _, f := range export.Formats() {
		formats = append(formats, string(f))
	}
	p.registerFormat(command, &l.format, formats)
}

// registerOrder is for commands whose objects have no order of their own.
func (l *listing) registerOrder(command *cobra.Command) {
	flags := command.Flags()
	flags.StringSliceVar(&l.sort, "sort", nil, "sort by one or two `COLUMNS`, a comma between; a minus before one turns it round")
	flags.StringVar(&l.where, "filter", "", "only objects that fit `CONDITIONS` such as 'state:locked logon<-90' (docs/conditions.md)")
}

// read understands the flags, before anything is opened.
func (l *listing) read() (err error) {
	if l.chosen, err = export.ParseColumns(l.columns); err != nil {
		return usagef("--columns: %v", err)
	}
	if l.order, err = parseOrder(l.sort); err != nil {
		return usagef("--sort: %v", err)
	}
	if l.conditions, err = filter.Parse(l.where, moment.Clock{Now: time.Now(), Zone: time.Local}); err != nil {
		return usagef("--filter: %v", err)
	}
	if l.overwrite && l.out == "" {
		return usagef("--overwrite is for --out")
	}
	return nil
}

func parseOrder(names []string) (order rows.Arrangement, err error) {
	if len(names) > 2 {
		return order, errors.New("two columns at most")
	}
	order.Advanced = true
	for i, name := range names {
		bare, descending := strings.CutPrefix(name, "-")
		c, err := export.ParseColumns([]string{bare})
		if err != nil {
			return order, err
		}
		if i == 0 {
			order.Column, order.Descending = rows.Column(c[0].ID), descending
		} else {
			order.Then, order.ThenDescending = rows.Column(c[0].ID), descending
		}
	}
	return order, nil
}

// destination is where a list goes, stdout or a file, and how it is written there.
type destination struct {
	out     io.Writer
	options export.Options
	close   func() error // closes the file and gives it its name
}

// file begins to write. A file that is there is refused now.
func (l *listing) file(p *console, now time.Time) (destination, error) {
	o := p.exporting(export.Format(l.format))
	o.Columns, o.NoHeaders, o.Now = l.chosen, l.noHeaders, now
	if l.out == "" {
		return destination{p.Out, o, func() error { return nil }}, nil
	}
	name := strings.ReplaceAll(l.out, "%F", now.Format(time.DateOnly))
	file, err := createFile(name, l.overwrite)
	if errors.Is(err, fs.ErrExist) {
		return destination{}, usagef("--out: %s is there already; --overwrite takes its place", name)
	}
	if err != nil {
		return destination{}, usagef("--out: %v", err)
	}
	o.Terminal, o.Width = false, 0
	o.Clean.Unmeasured, o.Clean.ASCII = true, false
	return destination{file, o, func() error {
		err := errors.Join(file.Sync(), file.Close())
		if err == nil && file.Name() != name {
			err = os.Rename(file.Name(), name)
		}
		if err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
		return nil
	}}, nil
}

// open begins to write a list.
func (l *listing) open(p *console, title string, more ...models.Column) (export.Writer, func() error, error) {
	to, err := l.file(p, time.Now())
	if err != nil {
		return nil, nil, err
	}
	to.options.Title, to.options.More = title, more
	return export.New(to.out, to.options), to.close, nil
}

// createFile makes a file that only its owner may read: it tells of people. One that
// takes another's place gets its name when it is whole.
func createFile(name string, overwrite bool) (*os.File, error) {
	if _, err := os.Lstat(name); overwrite && err == nil {
		if target, err := filepath.EvalSymlinks(name); err == nil {
			name = target
		}
		return os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*")
	}
	return os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
}

// selection takes objects as they are read, and writes those that are wanted.
type selection struct {
	*listing
	to      export.Writer
	judge   func(o *models.Object) models.Flag
	limit   int                                   // 0: none
	offered func([]models.Object) []models.Object // with what the connection can do, besides what the server says
	kept    *rows.Listing
	written int
	unknown int
}

func (l *listing) selecting(to export.Writer, limit int) *selection {
	s := &selection{listing: l, to: to, limit: limit, judge: l.conditions.Judge(time.Now())}
	if l.order.Column != rows.ServerOrder {
		s.kept = rows.NewListing("", true)
	}
	return s
}

// full reports that no more objects are wanted.
func (s *selection) full() bool { return s.kept == nil && s.limit > 0 && s.written >= s.limit }

func (s *selection) take(objects []models.Object) error {
	var fit []models.Object
	for i := range objects {
		switch s.judge(&objects[i]) {
		case models.Yes:
			fit = append(fit, objects[i])
		case models.Unknown:
			s.unknown++
		}
	}
	if s.kept != nil {
		s.kept.Add(models.Page{Objects: fit, Offset: s.kept.Loaded(), Total: s.kept.Loaded() + len(fit)})
		return nil
	}
	return s.write(fit)
}

func (s *selection) write(objects []models.Object) error {
	if room := s.limit - s.written; s.limit > 0 && len(objects) > room {
		objects = objects[:room]
	}
	s.written += len(objects)
	return s.to.Objects(s.offered(objects))
}

// finish writes what waited for its order.
func (s *selection) finish(ctx context.Context) error {
	if s.kept == nil {
		return nil
	}
	order, err := s.kept.Snapshot().Arrange(context.WithoutCancel(ctx), s.order)
	if err != nil {
		return err
	}
	var sorted []models.Object
	for o := range order.Objects() {
		sorted = append(sorted, *o)
	}
	for run := range slices.Chunk(sorted, 1000) {
		if err := s.write(run); err != nil {
			return err
		}
	}
	return nil
}

// total is how many objects would have been written without a limit.
func (s *selection) total() int {
	if s.kept != nil {
		return s.kept.Loaded()
	}
	return s.written
}

// unknownWords say of how many objects nobody knows whether they fit; "" for none.
func (s *selection) unknownWords() string {
	if s.unknown == 0 {
		return ""
	}
	return "this connection does not tell whether " + english.Count(s.unknown, "more object") + " would fit " + english.Quoted(s.conditions.String())
}
