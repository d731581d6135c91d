package table

import (
	"slices"
	"time"

	"dirdesk/desk/rows"
	"dirdesk/models"
)

// column is one kind of fact about an object.
type column struct {
	title string
	sort  rows.Column
	least int // narrowest that is of use
	most  int // width at which most values fit, given before others get more
	wish  int // width at which nearly all values fit
	grow  int // share of what is left over
	text  func(o *models.Object, now time.Time) string
}

// isSorted reports whether the rows are sorted by this column, first of all.
func (c column) isSorted(by rows.Column) bool {
	if by == rows.ByKindAndName {
		by = rows.ByKind
	}
	return by != rows.ServerOrder && c.sort == by
}

// columns in the order of the screen.
func columns() []column {
	return []column{
		{title: "Kind", sort: rows.ByKind, least: 9, wish: 9, text: func(o *models.Object, _ time.Time) string {
			return o.Category.Words()
		}},
		{title: "Name", sort: rows.ByName, least: 12, most: 20, wish: 26, grow: 2, text: func(o *models.Object, _ time.Time) string {
			return o.Name
		}},
		{title: "Logon name", sort: rows.ByLogonName, least: 10, most: 14, wish: 16, text: func(o *models.Object, _ time.Time) string {
			return o.SAMAccountName
		}},
		{title: "State", sort: rows.ByState, least: 11, wish: 13, text: func(o *models.Object, now time.Time) string {
			return models.StateOf(o, now).Words()
		}},
		{title: "Description", sort: rows.ByDescription, least: 15, wish: 36, grow: 3, text: func(o *models.Object, _ time.Time) string {
			return o.Description
		}},
		{title: "Mail", sort: rows.ByMail, least: 18, wish: 32, grow: 1, text: func(o *models.Object, _ time.Time) string {
			return o.Mail
		}},
		{title: "Phone", least: 12, wish: 17, text: func(o *models.Object, _ time.Time) string {
			return o.TelephoneNumber
		}},
		{title: "Office", least: 8, wish: 16, grow: 1, text: func(o *models.Object, _ time.Time) string {
			return o.Office
		}},
	}
}

// importance is the order in which columns are let in while there is room.
func importance() []string {
	return []string{"Name", "State", "Kind", "Logon name", "Description", "Mail", "Phone", "Office"}
}

// placed is a column with the width it was given.
type placed struct {
	column
	width int
}

// noteRoom is the width of the state while notes stand in its place.
const noteRoom = 14

// essential is how many of the most important columns are let in with their
// least width; the others only where that takes nothing from those.
const essential = 4

// fit chooses columns for a width and shares it out. The widths and the gaps
// between them add up to it.
func fit(width, gap int, noted bool) []placed {
	all := columns()
	if noted {
		for i := range all {
			if all[i].title == "State" {
				all[i].least, all[i].wish = noteRoom, noteRoom
			}
		}
	}
	chosen, roomy, used := map[string]bool{}, -gap, -gap
	for rank, title := range importance() {
		i := slices.IndexFunc(all, func(c column) bool { return c.title == title })
		least, most := all[i].least, max(all[i].least, all[i].most)
		if used+gap+least > width || rank >= essential && roomy+gap+most > width {
			break // a later one must not push in before a more important one
		}
		chosen[title] = true
		used += gap + least
		roomy += gap + most
	}
	var cols []placed
	for _, c := range all {
		if chosen[c.title] {
			cols = append(cols, placed{c, c.least})
		}
	}
	if len(cols) == 0 {
		return []placed{{all[1], width}}
	}
	spread(cols, width-used)
	return cols
}

// spread gives the room left over: first to what is read most, then up to each
// one's wish, in turn, then by the shares.
func spread(cols []placed, left int) {
	for i := range cols {
		more := min(max(cols[i].most-cols[i].width, 0), left)
		cols[i].width += more
		left -= more
	}
	for again := true; again && left > 0; {
		again = false
		for i := range cols {
			if left > 0 && cols[i].width < cols[i].wish {
				cols[i].width++
				left--
				again = true
			}
		}
	}
	shares := 0
	for _, c := range cols {
		shares += c.grow
	}
	last := -1
	for i := range cols {
		if shares > 0 && cols[i].grow > 0 {
			cols[i].width += left * cols[i].grow / shares
			last = i
		}
	}
	if last < 0 {
		return
	}
	rest := left
	for _, c := range cols {
		if shares > 0 {
			rest -= left * c.grow / shares
		}
	}
	cols[last].width += rest
}
