package browse

import (
	"slices"
	"strings"
	"time"

	"dirdesk/desk/rows"
	"dirdesk/models"
	"dirdesk/ui/table"
)

// span is a run of places in a container, to before its end.
type span struct{ from, to int }

func (s span) overlaps(o span) bool { return s.from < o.to && o.from < s.to }

func spanOf(r models.ListRequest) span { return span{r.Offset, r.Offset + r.Limit} }

// container is one container on the screen, or on its way there, or in the
// history: its rows, the cursor on them, and what is being read of it.
type container struct {
	base  models.DN
	key   string // of base
	list  *rows.Listing
	table *table.Table
	read  time.Time // when its first page came

	natural   rows.Column      // what the rows are sorted by as long as nobody asks for anything else
	wanted    rows.Arrangement // how the rows are to be sorted and narrowed
	arranging int              // task that arranges them now
	untouched bool             // just come, and nobody has asked for a row: the cursor belongs on the first
	due       bool             // a new arrangement is on the timer

	loads   map[int]*load // pages on their way, by task
	failed  []span        // places that could not be read; not asked for again until retried
	reading int           // task that reads all the rest
	halted  bool          // such a task was stopped before the end
	find    models.DN     // object that the reading is for
	marks   *marks
}

func newContainer(base models.DN, seekable, advanced bool) *container {
	list := rows.NewListing(base, seekable)
	list.ShowAdvanced(advanced)
	c := &container{base: base, key: base.Key(), list: list, table: table.New(list), loads: map[int]*load{}, marks: newMarks()}
	if !seekable { // such a server lists in no order that means anything
		c.natural = rows.ByKindAndName
	}
	c.wanted.Column = c.natural
	return c
}

// arranged reports whether a person wants the rows otherwise than they are shown
// unasked.
func (c *container) arranged() bool {
	return c.wanted.Column != c.natural || c.wanted.Descending || c.wanted.Narrow != ""
}

// arrangement is how the rows are to be shown now. The order that nobody asked
// for waits until all is read: rows that move about while they come are worse
// than rows in any order.
func (c *container) arrangement() (wanted rows.Arrangement, arranged bool) {
	wanted = c.wanted
	if wanted.Column == rows.ByKindAndName && !c.list.IsComplete() {
		wanted.Column = rows.ServerOrder
	}
	return wanted, wanted.Column != rows.ServerOrder || wanted.Descending || wanted.Narrow != ""
}

// cut is why the server gives fewer children than there are; "" when it gives
// all.
func (c *container) cut() string { return c.list.Cut() }

// load is a request for a span of rows.
type load struct {
	span
	answered bool // a page of it came
}

// forgetTasks is for when the tasks were ended by somebody else.
func (c *container) forgetTasks() {
	clear(c.loads)
	c.arranging, c.reading, c.due = 0, 0, false
}

// unfail takes back that places could not be read: they have come after all.
func (c *container) unfail(s span) {
	c.failed = slices.DeleteFunc(c.failed, func(f span) bool { return f.from >= s.from && f.to <= s.to })
}

// busy reports whether a place is being read.
func (c *container) busy(s span) bool {
	for _, l := range c.loads {
		if l.overlaps(s) {
			return true
		}
	}
	return false
}

func (c *container) hasFailed(s span) bool {
	for _, f := range c.failed {
		if f.overlaps(s) {
			return true
		}
	}
	return false
}

// name is the container's own name, not safe to print.
func name(dn models.DN) string {
	switch rdn := dn.RDN(); {
	case strings.EqualFold(rdn.Type, "DC"):
		return dn.Realm() // "example.test", not "example"
	case rdn.Value != "":
		return rdn.Value
	}
	return string(dn)
}
