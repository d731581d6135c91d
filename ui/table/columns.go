package table

import (
	"slices"

	"dirdesk/desk/rows"
	"dirdesk/models"
)

// isSorted reports whether the rows are sorted by a column, first of all.
func isSorted(c models.Column, by rows.Column) bool {
	if by == rows.ByKindAndName {
		by = rows.ByKind
	}
	return c.Round > 0 && rows.Column(c.ID) == by
}

// placed is a column with the width it was given.
type placed struct {
	models.Column
	models.Layout // on the screen
	width         int
}

// stateColumn is the column in whose place notes stand.
const stateColumn = "state"

// noteRoom is the width of the state while notes stand in its place.
const noteRoom = 14

// essential is how many of the most important columns are let in with their
// least width; the others only where that takes nothing from those.
const essential = 4

// fit chooses columns for a width; with the gaps between them they add up to it.
func fit(width, gap int, noted, where bool) []placed {
	var all []placed
	for _, c := range models.OnScreen(where) {
		p := placed{Column: c, Layout: c.Screen}
		if noted && c.ID == stateColumn {
			p.Least, p.Wish = noteRoom, noteRoom
		}
		p.width = p.Least
		all = append(all, p)
	}
	byRank := slices.SortedFunc(slices.Values(all), func(a, b placed) int { return a.Layout.Rank - b.Layout.Rank })
	last, roomy, used := 0, -gap, -gap
	for i, c := range byRank {
		most := max(c.Least, c.Most)
		if used+gap+c.Least > width || i >= essential && roomy+gap+most > width {
			break // a later one must not push in before a more important one
		}
		last = c.Layout.Rank
		used += gap + c.Least
		roomy += gap + most
	}
	cols := slices.DeleteFunc(all, func(c placed) bool { return c.Layout.Rank > last })
	if len(cols) == 0 {
		byRank[0].width = width
		return byRank[:1]
	}
	spread(cols, width-used)
	return cols
}

// spread gives the room left over: to what is read most, up to each wish, by shares.
func spread(cols []placed, left int) {
	for i := range cols {
		more := min(max(cols[i].Most-cols[i].width, 0), left)
		cols[i].width += more
		left -= more
	}
	for again := true; again && left > 0; {
		again = false
		for i := range cols {
			if left > 0 && cols[i].width < cols[i].Wish {
				cols[i].width++
				left--
				again = true
			}
		}
	}
	shares := 0
	for _, c := range cols {
		shares += c.Grow
	}
	last, given := -1, 0
	for i := range cols {
		if cols[i].Grow > 0 {
			more := left * cols[i].Grow / shares
			cols[i].width += more
			last, given = i, given+more
		}
	}
	if last >= 0 {
		cols[last].width += left - given
	}
}
