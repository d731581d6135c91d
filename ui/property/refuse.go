package property

import (
	"errors"
	"strings"

	"dirdesk/models"
)

// Refuse implements forms.Form: the server did not accept the changes. They are
// all kept, and the cursor goes to the property that the refusal names.
func (e *Editor) Refuse(err error) {
	e.leaving, e.notice = false, ""
	for len(e.panes) > 0 {
		e.pop()
	}
	e.refusal = e.env.Refusal(err)
	if it := e.suspect(err); it != nil {
		e.list.filtering = false
		if !e.list.find(it.property.Name) {
			e.list.filter.Set("")
			e.list.narrow(e.items)
			e.list.find(it.property.Name)
		}
	}
}

// suspect is the changed property that a refusal names; nil where it names none.
// The only one that was changed is it anyhow.
func (e *Editor) suspect(err error) *item {
	changed := e.changed()
	if len(changed) == 1 {
		return changed[0]
	}
	said := err.Error()
	var known *models.Error
	if errors.As(err, &known) {
		said += " " + known.Server + " " + known.Advice
		if known.Err != nil {
			said += " " + known.Err.Error()
		}
	}
	said = strings.ToLower(said)
	for _, it := range changed {
		if names(said, strings.ToLower(it.property.Name)) {
			return it
		}
	}
	return nil
}

// names reports whether a name stands in a text as a word of its own: "sn" is
// part of many.
func names(text, name string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], name)
		if i < 0 {
			return false
		}
		start, end := from+i, from+i+len(name)
		if (start == 0 || !isWord(text[start-1])) && (end == len(text) || !isWord(text[end])) {
			return true
		}
		from = start + 1
	}
}

func isWord(c byte) bool {
	return c == '-' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_'
}
