// Package table is the widget that shows the objects of one container. It
// draws the rows in sight only, of any number; rows that were not read yet are
// rows all the same. The cursor keeps to its object, not to its row number.
package table

import "dirdesk/models"

// Rows is what the table shows; At gives nil for a row that was not read yet.
type Rows interface {
	Len() int
	At(row int) *models.Object
	Row(dn models.DN) (int, bool)
}

// Table is the cursor and the window on the rows.
type Table struct {
	rows   Rows
	cursor int
	top    int
	room   int       // rows in sight when last drawn
	at     models.DN // object under the cursor, or that was; "" while it was not read
	want   models.DN // object the cursor goes to as soon as it is there
	lost   bool      // the object is not there: the cursor is on none until it is moved
	down   bool      // the last move was towards the end
	layout layout
}

// New is a table on rows, its cursor on the first.
func New(rows Rows) *Table {
	t := &Table{rows: rows, room: 1, down: true}
	t.note()
	return t
}

// Len is the number of rows.
func (t *Table) Len() int { return t.rows.Len() }

// Cursor is the row of the cursor.
func (t *Table) Cursor() int { return t.cursor }

// Top is the first row in sight.
func (t *Table) Top() int { return t.top }

// Room is the number of rows in sight when the table was last drawn.
func (t *Table) Room() int { return t.room }

// Down reports whether the last move was towards the end.
func (t *Table) Down() bool { return t.down }

// Object is the one under the cursor; nil for none that was read. Where the
// object that the cursor was on has gone, it is on none: the next key must not
// hit the neighbour.
func (t *Table) Object() *models.Object {
	if t.lost {
		return nil
	}
	return t.rows.At(t.cursor)
}

// Kept is the object that the cursor keeps to, be it there or not.
func (t *Table) Kept() models.DN { return t.at }

// Move moves the cursor by so many rows, as far as there are any. From none it
// goes to the next in that direction.
func (t *Table) Move(by int) {
	if t.lost && by > 0 {
		by--
	}
	t.MoveTo(t.cursor + by)
}

// MoveTo puts the cursor on a row, or the nearest there is.
func (t *Table) MoveTo(row int) {
	t.want, t.lost = "", false
	row = t.clamp(row)
	if row != t.cursor {
		t.down = row > t.cursor
	}
	t.cursor = row
	t.note()
	t.scroll()
}

// Scroll moves the window; the cursor stays in it.
func (t *Table) Scroll(by int) {
	t.top = max(min(t.top+by, t.rows.Len()-t.room), 0)
	t.MoveTo(min(max(t.cursor, t.top), t.top+t.room-1))
}

// Seek puts the cursor on an object, now or once it is there; until then on the row.
func (t *Table) Seek(dn models.DN, row int) {
	if found, ok := t.rows.Row(dn); ok {
		t.MoveTo(found)
		return
	}
	t.MoveTo(row)
	t.want, t.at, t.lost = dn, dn, true
}

// KeepTo lets the cursor be on an object that may be on no row: then it is on none,
// so that the next key hits no other.
func (t *Table) KeepTo(dn models.DN) {
	t.want, t.at = "", dn
	t.Changed()
}

// Wanted is the object that the cursor waits for; "" for none.
func (t *Table) Wanted() models.DN { return t.want }

// SetRoom tells how many rows are in sight.
func (t *Table) SetRoom(rows int) {
	t.room = max(rows, 1)
	t.scroll()
}

// Changed must be called after the rows changed: the cursor goes where its
// object went, and the window with it, so that the screen does not jump.
func (t *Table) Changed() {
	wanted := t.want != ""
	for _, dn := range []models.DN{t.want, t.at} {
		if dn == "" {
			continue
		}
		row, ok := t.rows.Row(dn)
		if !ok {
			continue
		}
		t.top += row - t.cursor
		t.cursor, t.at = row, dn
		if dn == t.want || !wanted {
			t.want = ""
		}
		break
	}
	t.cursor = t.clamp(t.cursor)
	if t.lost = t.isGone(t.at); !t.lost {
		t.note()
	}
	t.scroll()
}

// isGone reports whether no row is an object's.
func (t *Table) isGone(dn models.DN) bool {
	if dn == "" {
		return false
	}
	_, there := t.rows.Row(dn)
	return !there
}

// Use shows other rows; the cursor goes to the same object among them.
func (t *Table) Use(rows Rows) {
	t.rows = rows
	t.Changed()
	if t.lost && t.want == "" {
		t.want = t.at
	}
}

func (t *Table) note() {
	t.at = ""
	if o := t.rows.At(t.cursor); o != nil {
		t.at = o.DN
	}
}

func (t *Table) clamp(row int) int { return max(min(row, t.rows.Len()-1), 0) }

// scroll keeps the cursor in sight and the window on the rows.
func (t *Table) scroll() {
	t.top = min(t.top, t.cursor)
	t.top = max(t.top, t.cursor-t.room+1, 0)
	t.top = max(min(t.top, t.rows.Len()-t.room), 0)
}
