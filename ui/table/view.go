package table

import (
	"cmp"
	"strings"
	"time"

	"dirdesk/desk/rows"
	"dirdesk/internal/terminaltext"
	"dirdesk/models"
	"dirdesk/theme"
)

// Look is how the table is drawn this time.
type Look struct {
	Theme      *theme.Theme
	Focused    bool
	Now        time.Time // what "locked" and "expired" are judged by
	Sorted     rows.Column
	Descending bool
	// Missing says in words what is with a row that was not read: "not loaded".
	Missing func(row int) string
	// Marked reports whether an object is marked. Marks is how many are: a column
	// for them is there only while there is one.
	Marked func(dn models.DN) bool
	Marks  int
	// Note is what is to be said of an object in the place of its state; "" for
	// nothing. Noted reports whether there may be any: then there is room for it.
	Note  func(o *models.Object) string
	Noted bool
	// Anywhere is true of rows that come from several containers: each says where it is.
	Anywhere bool
	// Empty are the lines to show instead of rows when there are none.
	Empty []string
}

// layout is what depends on the width only.
type layout struct {
	width   int
	columns []placed
	gap     int
	gutter  int // for the marks, at the left
	noted   bool
	where   bool
}

// gutter is the room for a mark.
const gutter = 2

func layoutFor(width int, marks, noted, where bool) layout {
	l := layout{width: width, gap: 1, noted: noted, where: where}
	if marks {
		l.gutter = gutter
	}
	if width >= 90 {
		l.gap = 2
	}
	l.columns = fit(width-l.gutter, l.gap, noted, where)
	return l
}

// View draws a heading and the rows in sight: height lines of width cells each.
func (t *Table) View(look Look, width, height int) []string {
	if width <= 0 || height <= 0 {
		return nil
	}
	if l := t.layout; l.width != width || (l.gutter > 0) != (look.Marks > 0) || l.noted != look.Noted || l.where != look.Anywhere {
		t.layout = layoutFor(width, look.Marks > 0, look.Noted, look.Anywhere)
	}
	t.room = max(height-1, 1)
	t.scroll()
	lines := append(make([]string, 0, height), t.heading(look))
	if t.rows.Len() == 0 {
		for _, text := range look.Empty {
			lines = append(lines, look.Theme.Ink.Muted.Render(look.Theme.Fit(" "+text, width)))
		}
		return lines[:min(len(lines), height)]
	}
	for row := t.top; row < t.rows.Len() && len(lines) < height; row++ {
		lines = append(lines, t.line(look, row))
	}
	return lines
}

// RowAt gives the row in a line of the view; false where there is none.
func (t *Table) RowAt(line int) (int, bool) {
	row := t.top + line - 1
	return row, line >= 1 && row < t.rows.Len()
}

// Heading gives the column at a cell of the heading.
func (t *Table) Heading(cell int) (rows.Column, bool) {
	cell -= t.layout.gutter
	for _, c := range t.layout.columns {
		if cell < c.width+t.layout.gap {
			if c.Round == 0 {
				return rows.ServerOrder, false
			}
			return rows.Column(c.ID), true
		}
		cell -= c.width + t.layout.gap
	}
	return rows.ServerOrder, false
}

func (t *Table) heading(look Look) string {
	th := look.Theme
	var b strings.Builder
	b.WriteString(strings.Repeat(" ", t.layout.gutter))
	for i, c := range t.layout.columns {
		if i > 0 {
			b.WriteString(strings.Repeat(" ", t.layout.gap))
		}
		title := c.Title
		if isSorted(c.Column, look.Sorted) {
			mark := th.Glyphs.Up
			if look.Descending {
				mark = th.Glyphs.Down
			}
			title = th.Cut(title, c.width-2) + " " + mark
		}
		b.WriteString(th.Fit(title, c.width))
	}
	return th.Ink.Muted.Render(th.Fit(b.String(), t.layout.width))
}

func (t *Table) line(look Look, row int) string {
	th, cursor := look.Theme, row == t.cursor && !t.lost
	o := t.rows.At(row)
	if o == nil {
		text := th.Glyphs.Loading
		if look.Missing != nil {
			text = look.Missing(row)
		}
		return t.whole(look, th.Fit(text, t.layout.width), cursor, th.Ink.Muted.Render)
	}
	var b strings.Builder
	used := t.layout.gutter
	if used > 0 {
		b.WriteString(t.mark(look, o, cursor))
	}
	for i, c := range t.layout.columns {
		if i > 0 {
			b.WriteString(strings.Repeat(" ", t.layout.gap))
			used += t.layout.gap
		}
		note := ""
		if look.Noted && c.ID == stateColumn {
			note = look.Note(o)
		}
		text := c.Text(o, look.Now)
		if c.ID == "container" {
			text = nearest(th, text, c.width)
		}
		cell := th.Fit(cmp.Or(note, text), c.width)
		switch {
		case cursor:
		case strings.HasPrefix(note, th.Glyphs.Pending):
			cell = th.Ink.Pending.Render(cell)
		case note != "":
			cell = th.Ink.Warning.Render(cell)
		default:
			cell = paint(th, c, o, look.Now, cell)
		}
		b.WriteString(cell)
		used += c.width
	}
	b.WriteString(strings.Repeat(" ", max(t.layout.width-used, 0)))
	return t.whole(look, b.String(), cursor, nil)
}

// nearest is a way down to a container, without its upper steps where it is too long.
func nearest(th *theme.Theme, way string, width int) string {
	steps := strings.Split(th.Safe(way), " › ")
	between := " " + th.Glyphs.Step + " "
	text := strings.Join(steps, between)
	for len(steps) > 1 && terminaltext.Width(text) > width {
		steps = steps[1:]
		text = th.Glyphs.Ellipsis + between + strings.Join(steps, between)
	}
	return text
}

// mark is the sign of a marked row, or blanks.
func (t *Table) mark(look Look, o *models.Object, cursor bool) string {
	switch marked := look.Marked(o.DN); {
	case !marked:
		return strings.Repeat(" ", gutter)
	case cursor:
		return "* "
	default:
		return look.Theme.Ink.Accent.Render("*") + " "
	}
}

// whole gives the line of the cursor its style, and others their own.
func (t *Table) whole(look Look, line string, cursor bool, style func(string) string) string {
	switch {
	case cursor && look.Focused:
		return look.Theme.Ink.Cursor.Render(line)
	case cursor:
		return look.Theme.Rest(line)
	case style != nil:
		return style(line)
	default:
		return line
	}
}

// paint colours a cell. The words say it all: colour only helps the eye.
func paint(th *theme.Theme, c placed, o *models.Object, now time.Time, cell string) string {
	switch c.ID {
	case "kind":
		return th.Ink.Muted.Render(cell)
	case "name":
		if o.Category.HoldsObjects() {
			return th.Ink.Title.Render(cell)
		}
	case stateColumn:
		switch state := models.StateOf(o, now); {
		case state.Has(models.LockedOut):
			return th.Ink.Bad.Render(cell)
		case len(state.Conditions()) > 0:
			return th.Ink.Warning.Render(cell)
		}
		return th.Ink.Muted.Render(cell)
	}
	return cell
}
