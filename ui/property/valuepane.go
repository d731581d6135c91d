package property

import (
	"strings"

	tea "charm.land/bubbletea/v2"

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
	// keys are its own, for the foot.
	keys() string
	// owns reports whether a key that would end the field is its own just now.
	owns(key string) bool
}

// valuePane asks for one value of a property.
type valuePane struct {
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
		return newYesNo(e, present)
	case models.EditBytes:
		return newOctets(e, p, present)
	case models.EditHours:
		return newHours(e, present)
	case models.EditText:
		if breaksLines(present) {
			return newArea(e, present)
		}
	}
	return newLine(e, p, present)
}

func (v *valuePane) resize() {}

func (v *valuePane) close() {}

func (v *valuePane) update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return v.field.update(msg)
	}
	leaving := v.leaving
	v.leaving, v.complaint = false, ""
	name := key.String()
	switch {
	case v.field.owns(name):
		return v.field.update(msg)
	case name == "esc":
		if v.isTouched() && !leaving {
			v.leaving = true
			return nil
		}
		v.editor.pop()
	case name == "enter", name == "ctrl+s":
		v.accept()
	case name == "ctrl+j" && v.property.Type.Editor() == models.EditText:
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
		v.complaint = "It cannot be taken as it is: correct it, or Esc goes back."
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
	a := newArea(v.editor, line.line.Value())
	a.insert("\n")
	v.field = a
}

func (v *valuePane) view() string {
	e := v.editor
	keys := "Enter take it  " + v.field.keys()
	switch {
	case v.field.owns("enter"):
		keys = "^S take it  " + v.field.keys()
	case v.field.owns("esc"):
		keys = v.field.keys()
	}
	if !v.field.owns("esc") {
		keys += "  Esc back"
	}
	return e.env.Page(forms.Page{
		Title: e.env.Theme.Safe(v.property.Name + ": " + v.property.Type.Label()), Refused: e.refusal,
		Body: v.field.lines, Notes: v.notes, Keys: fitting(strings.Split(keys, "  "), e.env.Width),
	})
}

func (v *valuePane) notes(width int) (lines []string) {
	th := v.editor.env.Theme
	text := ""
	if v.present != "" && v.isTouched() {
		lines = wrapped([]string{"As it was: " + th.Safe(v.editor.words.whole(v.property, v.present))}, width, th.Ink.Muted.Render)
	}
	switch {
	case v.leaving:
		text = "Esc again goes back without what was entered; any other key goes on."
	case v.complaint != "":
		text = v.complaint
	default:
		return lines
	}
	return append(lines, wrapped([]string{th.Safe(text)}, width, th.Ink.Bad.Render)...)
}
