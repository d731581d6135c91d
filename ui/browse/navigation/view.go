package navigation

import (
	"dirdesk/models"
	"dirdesk/ui/browse/loader"
	"dirdesk/ui/list"
	"dirdesk/ui/table"
)

// View is a place as it is looked at.
type View struct {
	*loader.Rows
	Table *table.Table
	Marks *Marks

	untouched bool // just come, and nobody has asked for a row: the cursor belongs on the first
}

// NewView looks at rows for the first time.
func NewView(r *loader.Rows) *View {
	v := &View{Table: table.New(r.List), Marks: newMarks()}
	v.take(r)
	return v
}

func (v *View) take(r *loader.Rows) {
	v.Rows = r
	r.OnChange = v.changed
}

// Replace shows the same place as it was read anew; nothing on the screen jumps.
func (v *View) Replace(r *loader.Rows) {
	v.Rows.OnChange = nil
	r.Wanted = v.Wanted
	v.take(r)
	v.Table.Use(r.List)
}

func (v *View) changed(reordered bool) {
	atTop := reordered && v.untouched && v.Table.Cursor() == 0
	v.untouched = v.untouched && !reordered
	v.Table.Changed()
	if atTop {
		v.Table.MoveTo(0)
	}
}

// First puts the cursor on the first row, and on that of the next order too.
func (v *View) First() {
	v.untouched = true
	v.Table.MoveTo(0)
}

// put places the cursor as somebody intends who opens the place.
func (v *View) put(intent loader.Intent) {
	switch {
	case intent.Cursor != "":
		v.Table.Seek(intent.Cursor, intent.Row)
	case intent.Row > 0:
		v.Table.MoveTo(intent.Row)
	default:
		v.untouched = intent.Anew == nil && (intent.How == loader.Visit || intent.How == loader.Follow || intent.How == loader.Refine)
	}
}

// where is the intent to put the cursor where it is now.
func (v *View) where() loader.Intent {
	return loader.Intent{Row: v.Table.Cursor(), Room: v.Table.Room(), Cursor: v.Table.Kept()}
}

// Anew is the intent to read the place anew, with the cursor staying where it is.
func (v *View) Anew() loader.Intent {
	intent := v.where()
	intent.Anew = v.Rows
	return intent
}

// Window is what is in sight of the rows.
func (v *View) Window() loader.Window {
	return loader.Window{Top: v.Table.Top(), Room: v.Table.Room(), Down: v.Table.Down()}
}

// Key moves the cursor as an action says.
func (v *View) Key(id string) {
	by, _ := list.Steps(id, v.Table.Room(), v.Table.Len())
	v.Table.Move(by)
}

// IsNarrowed reports whether only some of the rows are shown.
func (v *View) IsNarrowed() bool { return v != nil && !v.Wanted.Narrow.IsEmpty() }

// Object is the one under the cursor; nil for none, and where nothing is shown.
func (v *View) Object() *models.Object {
	if v == nil {
		return nil
	}
	return v.Table.Object()
}

// Marked is how many objects are marked.
func (v *View) Marked() int {
	if v == nil {
		return 0
	}
	return v.Marks.Len()
}

// Mark marks the object under the cursor, or takes its mark away, and moves on.
func (v *View) Mark() {
	v.Marks.toggle(*v.Table.Object())
	v.Table.Move(1)
}

// UnmarkAll takes all marks away and says how many there were.
func (v *View) UnmarkAll() int {
	n := v.Marks.Len()
	v.Marks.clear()
	return n
}
