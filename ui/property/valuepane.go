package property

import (
	"cmp"

	tea "charm.land/bubbletea/v2"

	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/ui/forms"
)

// field asks for one value of some type.
type field interface {
	// update takes a key, a paste, or a message that may be for it.
	update(msg tea.Msg) tea.Cmd
	// value is what was entered, in the form of models.Property, "" for none;
	// or what is wrong with it.
	value() (text, wrong string)
	// lines draw it, room of them at most.
	lines(width, room int) []string
	// keymap has the keys of its scope.
	keymap() keymap.Keys
	// hints are those of its own, for the foot.
	hints() []hint
	// owns reports whether an action that would end the field is its own just now.
	owns(id string) bool
}

// base is what all fields have.
type base struct {
	editor  *Editor
	keys    keymap.Keys
	present string
}

func newBase(e *Editor, scope keymap.ScopeName, present string) base {
	return base{e, e.env.Keys.In(scope), present}
}

func (f *base) keymap() keymap.Keys { return f.keys }
func (*base) owns(string) bool      { return false }

// valuePane asks for one value of a property.
type valuePane struct {
	still
	editor    *Editor
	property  models.Property
	present   string
	field     field
	take      func(text string)
	complaint string
	leaving   bool
}

func newValuePane(e *Editor, p models.Property, present string, take func(text string)) *valuePane {
	return &valuePane{editor: e, property: p, present: present, field: newField(e, p, present), take: take}
}

// newField is the field that fits a type.
func newField(e *Editor, p models.Property, present string) field {
	switch p.Type.Editor() {
	case models.EditChoice:
		return newYesNo(newBase(e, keymap.Answer, present))
	case models.EditBytes:
		return newBytes(newBase(e, keymap.Bytes, present), p)
	case models.EditHours:
		return newHours(newBase(e, keymap.Hours, present))
	case models.EditText:
		if breaksLines(present) {
			return newLines(newBase(e, keymap.Area, present))
		}
	}
	return newLine(newBase(e, keymap.Value, present), p)
}

func (v *valuePane) update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return v.field.update(msg)
	}
	leaving := v.leaving
	v.leaving, v.complaint = false, ""
	switch id := v.field.keymap().ID(key.String()); {
	case v.field.owns(id):
		return v.field.update(msg)
	case id == "value.leave", id == "line.leave":
		if v.isTouched() && !leaving {
			v.leaving = true
			return nil
		}
		v.editor.pop()
	case id == "value.accept":
		v.accept()
	case id == "value.break" && v.property.Type.Editor() == models.EditText:
		v.breakLine()
	default:
		return v.field.update(msg)
	}
	return nil
}

// isTouched reports whether leaving would lose something.
func (v *valuePane) isTouched() bool {
	text, wrong := v.field.value()
	return wrong != "" || text != v.present
}

func (v *valuePane) accept() {
	text, wrong := v.field.value()
	if wrong != "" {
		// What is wrong with it stands below it already.
		v.complaint = "It cannot be taken as it is: correct it, or " + v.leaveKey() + " goes back."
		return
	}
	touched := v.isTouched()
	v.editor.pop()
	if touched {
		v.take(text)
	}
}

// breakLine goes on with several lines.
func (v *valuePane) breakLine() {
	line, ok := v.field.(*lineField)
	if !ok {
		return
	}
	a := newLines(newBase(v.editor, keymap.Area, line.line.Value()))
	a.insert("\n")
	v.field = a
}

func (v *valuePane) view() string {
	e := v.editor
	var hints []hint
	if !v.field.owns("value.accept") && !v.field.owns("value.leave") {
		hints = append(hints, hint{"^value.accept", "take it", 0})
	}
	hints = append(hints, v.field.hints()...)
	if !v.field.owns("value.leave") {
		hints = append(hints, hint{"value.leave", "back", 0}, hint{"line.leave", "back", 0})
	}
	return e.env.Page(forms.Page{
		Title: e.env.Theme.Safe(v.property.Name + ": " + v.property.Type.Label()), Refused: e.refusal,
		Body: v.field.lines, Notes: v.notes, Keys: fitting(v.field.keymap(), hints, e.env.Width),
	})
}

// leaveKey is how a person leaves the field: the scope of several lines has the
// key of a line.
func (v *valuePane) leaveKey() string {
	keys := v.field.keymap()
	return cmp.Or(keys.Spell("value.leave"), keys.Spell("line.leave"))
}

func (v *valuePane) notes(width int) (lines []string) {
	th := v.editor.env.Theme
	text := ""
	if v.present != "" && v.isTouched() {
		lines = wrapped([]string{"As it was: " + th.Safe(v.editor.words.whole(v.property, v.present))}, width, th.Ink.Muted.Render)
	}
	switch {
	case v.leaving:
		text = v.leaveKey() + " again goes back without what was entered; any other key goes on."
	case v.complaint != "":
		text = v.complaint
	default:
		return lines
	}
	return append(lines, wrapped([]string{th.Safe(text)}, width, th.Ink.Bad.Render)...)
}
