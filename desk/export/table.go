package export

import (
	"bufio"
	"cmp"
	"strings"

	"dirdesk/internal/terminaltext"
	"dirdesk/models"
)

// tableWriter writes aligned columns that a person reads. On a terminal the
// lines fit its width; elsewhere only what would make every line endless is cut.
type tableWriter struct {
	out     *bufio.Writer
	options Options
	columns []models.Column
	widths  []int // of the columns, 0 for one that is left out; set by the first run of objects
}

// mostProse is the widest that prose gets where nothing else limits it: one
// description of a thousand characters would otherwise pad every line.
const mostProse = 60

// Gap is how many blanks stand between two columns.
const Gap = 2

func (t *tableWriter) Begin() error { return nil }

func (t *tableWriter) Objects(objects []models.Object) error {
	columns := t.columns
	rows := make([][]string, len(objects))
	for i := range objects {
		for _, c := range columns {
			cell := t.safe(c.Text(&objects[i], t.options.Now))
			if t.options.Width == 0 && c.Print.Prose && terminaltext.Width(cell) > mostProse {
				cell = t.options.Clean.Fit(cell, mostProse, t.ellipsis())
			}
			rows[i] = append(rows[i], cell)
		}
	}
	if t.widths == nil && len(rows) > 0 {
		t.widths = fitColumns(columns, rows, t.options.Width)
		titles := make([]string, len(columns))
		for n, c := range columns {
			titles[n] = printedTitle(c)
		}
		if !t.options.NoHeaders {
			if err := t.line(titles); err != nil {
				return err
			}
		}
	}
	for _, row := range rows {
		if err := t.line(row); err != nil {
			return err
		}
	}
	return t.out.Flush()
}

func (t *tableWriter) End(string) error { return t.out.Flush() }

func (t *tableWriter) safe(text string) string {
	return t.options.Clean.Safe(terminaltext.OneLine(text))
}

func (t *tableWriter) ellipsis() string {
	if t.options.Clean.ASCII {
		return "~"
	}
	return "…"
}

// line writes one row. Later rows may be wider than those that the widths were
// taken from: on a terminal they are cut, elsewhere they stick out.
func (t *tableWriter) line(cells []string) error {
	var b strings.Builder
	for n, width := range t.widths {
		if width == 0 {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(strings.Repeat(" ", Gap))
		}
		if t.options.Width == 0 {
			b.WriteString(cells[n] + strings.Repeat(" ", max(0, width-terminaltext.Width(cells[n]))))
		} else {
			b.WriteString(t.options.Clean.Fit(cells[n], width, t.ellipsis()))
		}
	}
	_, err := t.out.WriteString(strings.TrimRight(b.String(), " ") + "\n")
	return err
}

func printedTitle(c models.Column) string { return strings.ToUpper(cmp.Or(c.Print.Short, c.Title)) }

// fitColumns gives each column the width of its widest cell; where that is more
// than the limit, columns are left out by rank until the least widths fit, and
// the widest ones are cut.
func fitColumns(columns []models.Column, rows [][]string, limit int) []int {
	widths := make([]int, len(columns))
	for n, c := range columns {
		widths[n] = len(printedTitle(c))
		empty := true
		for _, row := range rows {
			widths[n] = max(widths[n], terminaltext.Width(row[n]))
			empty = empty && row[n] == ""
		}
		if empty {
			widths[n] = 0
		}
	}
	if limit == 0 {
		return widths
	}
	least := func(n int) int { return min(widths[n], columns[n].Print.Least) }
	for total(widths, least) > limit {
		out := 0
		for n := range columns {
			if widths[n] > 0 && (widths[out] == 0 || columns[n].Print.Rank > columns[out].Print.Rank) {
				out = n
			}
		}
		if columns[out].Print.Rank == 0 {
			widths[out] = min(widths[out], limit) // the name alone, as much of it as there is room for
			return widths
		}
		widths[out] = 0
	}
	for total(widths, func(n int) int { return widths[n] }) > limit {
		widest, spare := 0, -1
		for n := range columns {
			if s := widths[n] - least(n); s > spare {
				widest, spare = n, s
			}
		}
		widths[widest]--
	}
	return widths
}

// total is the width of a line whose columns are as wide as of says.
func total(widths []int, of func(int) int) int {
	sum := 0
	for n, width := range widths {
		if width > 0 {
			sum += of(n) + Gap
		}
	}
	return max(0, sum-Gap)
}
