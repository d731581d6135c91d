package models

import (
	"slices"
	"sync"
	"time"
)

// Column is one fact about an object wherever objects are listed: on the screen,
// in the table that commands print, in csv and json, in the details, and what
// rows are sorted by. A new column is one more in [Columns].
type Column struct {
	ID    string // by which others name it: "logon"
	Title string // for a person: "Logon name"
	// Key names it in csv and json, as the directory's own listing does
	// (docs/dsm.md section 7); "" leaves it out there.
	Key string
	// Text is the fact for a person; "" when there is none, or nobody told.
	Text func(o *Object, now time.Time) string
	// Value is the fact for a program: a string, a bool or an int, or nil when the
	// server did not say. Without it, Text is.
	Value func(o *Object) any
	// Rank is what rows are sorted by where that is not Text.
	Rank func(o *Object, now time.Time) []byte
	// Round is its place in the round of what rows are sorted by; 0: they are not.
	Round int
	// Screen and Print are its widths on the screen and in what commands print.
	Screen, Print Layout
	// Fact is its place in the details, from MayFact on below the dates; 0 leaves it
	// out there.
	Fact int
}

// MayFact is the place of the facts that say what may be done with an object.
const MayFact = 100

// Layout is where a column stands in a table and how wide it is, in cells.
type Layout struct {
	Place int    // from left to right, from 1 on; 0: it is not shown
	Rank  int    // the lower, the longer it stays when room is short
	Short string // its title, where that is another one than the column's
	Least int    // narrowest that is of use
	Most  int    // width at which most values fit, given before others get more
	Wish  int    // width at which nearly all values fit
	Grow  int    // share of what is left over
	Prose bool   // cut where it is very long, though nothing limits the width
}

// OnScreen and Printed are the columns of the two tables, from left to right.
func OnScreen() []Column { return placed(func(c Column) int { return c.Screen.Place }) }

// Printed are the columns that commands print.
func Printed() []Column { return placed(func(c Column) int { return c.Print.Place }) }

// Sortable are the columns that rows are sorted by, in their round.
func Sortable() []Column { return placed(func(c Column) int { return c.Round }) }

// Facts are the columns that the details tell. They are made once, and not to be
// changed.
func Facts() []Column { return facts() }

var facts = sync.OnceValue(func() []Column { return placed(func(c Column) int { return c.Fact }) })

// Keyed are the columns of csv and the members of json, in their order.
func Keyed() []Column {
	return slices.DeleteFunc(Columns(), func(c Column) bool { return c.Key == "" })
}

func placed(place func(Column) int) []Column {
	all := slices.DeleteFunc(Columns(), func(c Column) bool { return place(c) == 0 })
	slices.SortStableFunc(all, func(a, b Column) int { return place(a) - place(b) })
	return all
}

// ColumnOf finds a column by its id.
func ColumnOf(id string) (Column, bool) {
	all := Columns()
	i := slices.IndexFunc(all, func(c Column) bool { return c.ID == id })
	if i < 0 {
		return Column{}, false
	}
	return all[i], true
}

// ForPrograms is the fact as csv and json have it; nil when the server did not
// say.
func (c Column) ForPrograms(o *Object) any {
	if c.Value != nil {
		return c.Value(o)
	}
	if text := c.Text(o, time.Time{}); text != "" {
		return text
	}
	return nil
}
