package forms

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/internal/english"
	"dirdesk/internal/terminaltext"
	"dirdesk/models"
	"dirdesk/ui/message"
	"dirdesk/ui/prompt"
	"dirdesk/ui/trouble"
)

// Edit asks for what is to be different about an object. Only what was changed
// becomes part of the change.
func Edit(env Env, o models.Object) Form {
	f := newSheet(env, "Edit: "+o.Called())
	e := &edit{form: f, object: o, reading: true}
	for _, field := range env.Desk.EditableFields(o.Category) {
		e.add(field)
	}
	e.fill(o)
	f.start = []tea.Cmd{e.read, e.ask}
	f.count = e.count
	f.touched = func() bool { return len(e.changes()) > 0 }
	f.extra = [2]string{"form.empty", "clear"}
	f.keys = e.press
	f.receive = e.receive
	f.build = e.build
	if len(f.rows) == 0 {
		f.rows = []*row{e.nothing()}
	}
	if f.rows[0].block() != "" {
		f.at = max(f.nextText(), 0)
	}
	return f
}

// edit is the form of what is to be different.
type edit struct {
	form    *sheet
	object  models.Object
	fields  []*editField
	reading bool   // the object is being read afresh
	why     string // it could not be
}

// editField is one field: what it was, as far as that is known.
type editField struct {
	field  models.Field
	row    *row
	before string
	known  bool
	clear  bool // to be cleared, though nobody knows what was in it
}

// objectMsg is the object as it was read afresh.
type objectMsg struct {
	edit   *edit
	object models.Object
	err    error
}

func (e *edit) add(field models.Field) {
	r := textRow(string(field), english.Own(field.Label()).Capital(), "")
	ef := &editField{field: field, row: r}
	r.check = fieldCheck(field)
	wish := models.Change{Action: models.Edit, Fields: []models.FieldChange{{Field: field}}}.Of(e.object)
	r.blocked = func() string { return e.form.env.Desk.Refuses(wish) }
	r.hint = func() string { return e.hint(ef) }
	r.remark = func() (string, message.Tone) {
		switch {
		case r.block() != "":
			return "read-only", message.Muted
		case ef.clear:
			return "will be cleared", message.Bad
		case ef.isChanged():
			return "changed", message.Good
		}
		return "", message.Plain
	}
	r.changed = func() { ef.clear = false }
	e.fields = append(e.fields, ef)
	e.form.rows = append(e.form.rows, r)
}

// nothing stands in a form without fields.
func (e *edit) nothing() *row {
	r := textRow("", "Nothing to edit", "")
	r.blocked = says("this connection can edit no field of such an object")
	return r
}

func (e *edit) read() tea.Msg {
	o, err := e.form.env.Desk.Read(e.form.ctx, e.object.Ref())
	return objectMsg{e, o, err}
}

// rightsMsg says that more is known of what may be written.
type rightsMsg struct{}

// ask finds out which fields may be written.
func (e *edit) ask() tea.Msg {
	if !e.form.env.Desk.KnowsRights(e.object.Ref()) {
		_, _ = e.form.env.Desk.May(e.form.ctx, e.object.Ref()) // what is not known is the server's to decide
	}
	return rightsMsg{}
}

func (e *edit) receive(msg tea.Msg) tea.Cmd {
	m, ok := msg.(objectMsg)
	if !ok || m.edit != e {
		return nil
	}
	e.reading = false
	if m.err != nil {
		e.why = trouble.Line("It could not be read afresh", m.err)
		return nil
	}
	e.fill(m.object)
	return nil
}

// fill puts in the present values, but not over what was typed meanwhile.
func (e *edit) fill(o models.Object) {
	for _, f := range e.fields {
		value, known := f.field.Of(o)
		if !known && f.known {
			continue
		}
		f.before, f.known = value, known
		f.row.empty = ""
		if !known {
			f.row.empty = "not told by " + e.form.env.Desk.Backend().About().Backend
		}
		f.row.derive(value)
	}
}

func (e *edit) hint(f *editField) string {
	empties := e.form.typing.Spell("form.empty")
	switch {
	case f.row.block() != "":
		return "As it is now."
	case f.clear:
		return "It will be emptied, whatever is in it. " + empties + " takes that back."
	case f.known && f.isChanged():
		if f.before == "" {
			return "It was empty."
		}
		return "It was: " + terminaltext.OneLine(f.before)
	case !f.known:
		return "Not told by " + e.form.env.Desk.Backend().About().Backend + ": left as it is unless you type something. " + empties + " empties it."
	case e.reading:
		return "Being read afresh."
	case e.why != "":
		return e.why
	default:
		return "As it is now. " + empties + " empties it."
	}
}

// press empties a field.
func (e *edit) press(id string) bool {
	if id != "form.empty" || len(e.fields) == 0 {
		return false
	}
	f := e.fields[e.form.at]
	if f.row.block() != "" {
		return false
	}
	f.row.line.Set("")
	f.row.byHand = true
	f.clear = !f.known && !f.clear
	return true
}

// isChanged reports whether the field is to be written.
func (f *editField) isChanged() bool {
	if !f.known {
		return f.after() != "" || f.clear
	}
	present := prompt.New("", f.before).Value() // what is not UTF-8 cannot stand in it
	return f.row.value() != present && f.after() != f.before
}

// after is the value as it is to be. Spaces that were around it stay.
func (f *editField) after() string {
	if f.known && f.before != strings.TrimSpace(f.before) {
		return f.row.value()
	}
	return strings.TrimSpace(f.row.value())
}

func (e *edit) changes() []models.FieldChange {
	var all []models.FieldChange
	for _, f := range e.fields {
		if f.isChanged() {
			all = append(all, models.FieldChange{
				Field: f.field, Before: f.before, BeforeKnown: f.known, After: f.after(),
			})
		}
	}
	return all
}

func (e *edit) count() string {
	if n := len(e.changes()); n > 0 {
		return english.Count(n, "change")
	}
	return "no changes"
}

func (e *edit) build() ([]models.Change, bool, string) {
	changes := e.changes()
	if len(changes) == 0 {
		return nil, false, "Nothing has been changed."
	}
	return []models.Change{models.Change{Action: models.Edit, Fields: changes}.Of(e.object)}, false, ""
}
