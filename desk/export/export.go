// Package export writes lists of objects as files and as what commands print: an
// aligned table, JSON, CSV, LDIF, Markdown and HTML.
package export

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"time"

	"dirdesk/internal/terminaltext"
	"dirdesk/models"
)

// Format is what a list is written as.
type Format string

// The formats.
const (
	Table    Format = "table"
	JSON     Format = "json"
	CSV      Format = "csv"
	LDIF     Format = "ldif"
	Markdown Format = "markdown"
	HTML     Format = "html"
)

// Formats are all, the one that a person reads first.
func Formats() []Format { return []Format{Table, JSON, CSV, LDIF, Markdown, HTML} }

// Options say what is written, and for whom.
type Options struct {
	Format  Format
	Columns []models.Column // in their order; none: those that the format has by itself
	More    []models.Column // behind those of the format itself
	// Raw gives the exact values in CSV, which a spreadsheet may run as formulas.
	Raw bool
	// Terminal says that a person sees at once what is written, Width in how many
	// cells; 0: there is no limit.
	Terminal  bool
	Width     int
	Clean     terminaltext.Sanitizer
	NoHeaders bool
	Title     string // of a page; "" for none
	Now       time.Time
}

// Writer writes a list, run after run of objects, as they come.
type Writer interface {
	Begin() error
	Objects(objects []models.Object) error
	// End takes why the list is not complete; "" when it is.
	End(cut string) error
}

// New writes to out. What is written is flushed after each run.
func New(out io.Writer, o Options) Writer {
	if o.Now.IsZero() {
		o.Now = time.Now()
	}
	buffered := bufio.NewWriter(out)
	switch o.Format {
	case JSON:
		return &jsonWriter{out: buffered, columns: o.columns(models.Keyed), now: o.Now}
	case CSV:
		return newCSVWriter(buffered, o)
	case LDIF:
		return &ldifWriter{out: buffered, columns: o.columns(models.Keyed)}
	case Markdown:
		return &markdownWriter{out: buffered, options: o, columns: o.columns(models.Printed)}
	case HTML:
		return &htmlWriter{out: buffered, options: o, columns: o.columns(models.Printed)}
	default:
		return &tableWriter{out: buffered, options: o, columns: o.columns(models.Printed)}
	}
}

func (o Options) columns(own func() []models.Column) []models.Column {
	if len(o.Columns) > 0 {
		return o.Columns
	}
	return append(own(), o.More...)
}

// ParseColumns finds columns by the names that conditions have for them.
func ParseColumns(names []string) ([]models.Column, error) {
	var columns []models.Column
	for _, name := range names {
		c, ok := models.ColumnNamed(name)
		if !ok {
			return nil, fmt.Errorf("%q is no column; columns are %s", name, models.ColumnNames())
		}
		if !slices.ContainsFunc(columns, func(other models.Column) bool { return other.ID == c.ID }) {
			columns = append(columns, c)
		}
	}
	return columns, nil
}
