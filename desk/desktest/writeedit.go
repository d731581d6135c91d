package desktest

import (
	"testing"

	"dirdesk/desk"
	"dirdesk/models"
)

// fields is an edit of pairs of a field and its new value.
func fields(dn models.DN, field models.Field, value string) models.Change {
	return models.Change{Action: models.Edit, DN: dn, Fields: []models.FieldChange{{Field: field, After: value}}}
}

// value makes a text fit its field.
func value(field models.Field, text string) string {
	switch field {
	case models.FieldMail:
		return "cf+" + "mail@example.test"
	case models.FieldInitials:
		return string([]rune(text)[:min(6, len([]rune(text)))])
	default:
		return text
	}
}

// edit sets all fields at once, one alone, and clears them: nothing else
// changes.
func (w *writes) edit(t *testing.T) {
	dn := w.newUser(t, "cf-edit")
	editor := can[desk.FieldEditor](t, w)
	all := editor.EditableFields(models.Person)
	if len(all) == 0 {
		t.Fatal("no field of a user can be edited")
	}
	for _, text := range oddTexts() {
		change := models.Change{Action: models.Edit, DN: dn}
		for _, f := range all {
			change.Fields = append(change.Fields, models.FieldChange{Field: f, After: value(f, text)})
		}
		w.done(t, change)
		w.wantFields(t, dn, all, func(f models.Field) string { return value(f, text) })
	}
	w.done(t, fields(dn, models.FieldTelephone, "555-0100"), "cf-edit: phone is now 555-0100, verified")
	last := oddTexts()[len(oddTexts())-1]
	w.wantFields(t, dn, all, func(f models.Field) string {
		if f == models.FieldTelephone {
			return "555-0100"
		}
		return value(f, last)
	})
	w.done(t, fields(dn, models.FieldTelephone, "555-0100"), "nothing to do")

	clearing := models.Change{Action: models.Edit, DN: dn}
	for _, f := range all {
		clearing.Fields = append(clearing.Fields, models.FieldChange{Field: f})
	}
	w.done(t, clearing, "phone is now empty")
	w.wantFields(t, dn, all, func(models.Field) string { return "" })
	// To clear what is clear is fine for the server too.
	if err := editor.EditFields(t.Context(), models.Ref{DN: dn}, []models.FieldChange{{Field: models.FieldOffice, After: ""}}); err != nil {
		t.Errorf("clear again: %v", err)
	}
	if err := w.SignIn(dn, w.good()); err != nil {
		t.Errorf("the edits have touched the account: %v", err)
	}
}

func (w *writes) wantFields(t *testing.T, dn models.DN, all []models.Field, want func(models.Field) string) {
	t.Helper()
	o := w.stored(t, dn)
	for _, f := range all {
		if got, _ := f.Of(o); got != want(f) {
			t.Errorf("%s is %q, want %q", f, got, want(f))
		}
	}
	if o.SAMAccountName != "cf-edit" || !o.DN.Equal(dn) {
		t.Errorf("it is %s now, logon name %s", o.DN, o.SAMAccountName)
	}
}

func (w *writes) editRefused(t *testing.T) {
	dn := w.newUser(t, "cf-unedited")
	ghost := w.workshop().Child("CN", "Ghost")
	w.refused(t, "nobody", fields(ghost, models.FieldOffice, "x"), models.ErrNotFound)
	err := can[desk.FieldEditor](t, w).EditFields(t.Context(), models.Ref{DN: ghost}, []models.FieldChange{{Field: models.FieldOffice, After: "x"}})
	wantKind(t, "nobody, of the backend", err, models.ErrNotFound)
	w.refused(t, "seven initials", fields(dn, models.FieldInitials, "abcdefg"), models.ErrInvalid)
	w.refused(t, "no mail address", fields(dn, models.FieldMail, "nobody"), models.ErrInvalid)
	if o := w.stored(t, dn); o.Mail != "" || o.Account.Initials != "" {
		t.Errorf("stored %+v", o)
	}
}

func (w *writes) editUndone(t *testing.T) {
	dn := w.newUser(t, "cf-undone")
	can[desk.FieldEditor](t, w)
	w.done(t, fields(dn, models.FieldOffice, `Room "7", \ left`))
	for _, after := range []string{"Room 8", ""} {
		w.done(t, fields(dn, models.FieldOffice, after))
		w.undo(t)
		if o := w.stored(t, dn); o.Office != `Room "7", \ left` {
			t.Errorf("after %q was taken back the office is %q", after, o.Office)
		}
	}
	// To take back the making of something is to delete it.
	made := w.newUser(t, "cf-unmade")
	w.undo(t)
	w.gone(t, made)
}
