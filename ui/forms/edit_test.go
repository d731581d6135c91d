package forms_test

import (
	"strings"
	"testing"

	"dirdesk/models"
	"dirdesk/ui/forms"
)

func editing(o models.Object) func(forms.Env) forms.Form {
	return func(e forms.Env) forms.Form { return forms.Edit(e, o) }
}

// whole is a user of whom the directory tells everything.
func Whole() models.Object {
	o := person("jdoe", "John Doe")
	o.DisplayName, o.Description, o.TelephoneNumber, o.Mail = "John Doe", "Sales", "555-0142", "jdoe@example.test"
	o.Account = &models.Account{GivenName: "John", Surname: "Doe", WebPage: "https://example.test/jdoe"}
	return o
}

func TestOnlyWhatWasChangedIsSent(t *testing.T) {
	r := start(t, editing(person("jdoe", "John Doe")), func(r *rig, _ *forms.Env) {
		r.desk.read = func(models.DN) (models.Object, error) { return Whole(), nil }
	})
	r.shows("John", "Sales", "555-0142", "https://example.test/jdoe", "no changes")
	for !strings.HasPrefix(r.line(), "> Phone") {
		r.Press("down")
	}
	r.Press("backspace")
	r.Type("3")
	r.shows("It was: 555-0142", "1 change")
	for !strings.HasPrefix(r.line(), "> Description") {
		r.Press("up")
	}
	r.Press("ctrl+x")
	r.shows("It was: Sales", "2 changes")
	r.Press("ctrl+s")
	c := r.only()
	want := []models.FieldChange{
		{Field: models.FieldDescription, Before: "Sales", BeforeKnown: true, After: ""},
		{Field: models.FieldTelephone, Before: "555-0142", BeforeKnown: true, After: "555-0143"},
	}
	if c.Action != models.Edit || len(c.Fields) != 2 || c.Fields[0] != want[0] || c.Fields[1] != want[1] {
		t.Errorf("the fields are %+v, want %+v", c.Fields, want)
	}
}

func TestNothingChangedIsNoChange(t *testing.T) {
	r := start(t, editing(Whole()))
	r.Type("x")
	r.Press("backspace")
	r.shows("no changes")
	r.Press("ctrl+s")
	r.notDone()
	r.shows("Nothing has been changed")
}

// A line break cannot stand in a field: a field that has one is no change for that.
func TestLineBreaksAreNoChange(t *testing.T) {
	o := Whole()
	o.Description = "two\r\nlines "
	r := start(t, editing(o))
	r.shows("no changes")
	for !strings.HasPrefix(r.line(), "> Description") {
		r.Press("down")
	}
	r.Type("x")
	r.shows("1 change")
	r.Press("backspace")
	r.shows("no changes")
}

// What stands in a value beside what is typed is sent as it was, and only that
// field is.
func TestLineBreaksSurviveAnEdit(t *testing.T) {
	o := Whole()
	o.Description = "two\r\nlines "
	r := start(t, editing(o))
	for !strings.HasPrefix(r.line(), "> Description") {
		r.Press("down")
	}
	r.shows("two / lines")
	r.Type("!")
	r.shows("It was: two / lines")
	r.Press("ctrl+s")
	want := models.FieldChange{Field: models.FieldDescription, Before: "two\r\nlines ", BeforeKnown: true, After: "two\r\nlines !"}
	if c := r.only(); len(c.Fields) != 1 || c.Fields[0] != want {
		t.Errorf("the fields are %+v, want %+v", c.Fields, want)
	}
}

// Over a connection that lists little, a field that was not told is sent only
// when something is typed, or when it is to be cleared.
func TestFieldsThatAreNotToldAreLeftAlone(t *testing.T) {
	r := start(t, editing(person("jdoe", "John Doe")))
	r.shows("Not told by Test Directory")
	r.Press("down")
	r.on("Last name")
	r.Type("Roe")
	r.Press("up", "ctrl+x")
	r.shows("will be cleared", "2 changes")
	r.Press("down", "down", "ctrl+s")
	c := r.only()
	if len(c.Fields) != 2 || c.Fields[0] != (models.FieldChange{Field: models.FieldGivenName}) ||
		c.Fields[1] != (models.FieldChange{Field: models.FieldSurname, After: "Roe"}) {
		t.Errorf("the fields are %+v", c.Fields)
	}
}

func TestClearingCanBeTakenBack(t *testing.T) {
	r := start(t, editing(person("jdoe", "John Doe")))
	r.Press("ctrl+x", "ctrl+x")
	r.shows("no changes")
}

// The object is read while the person already types.
func TestWhatWasTypedIsNotOverwrittenByTheRead(t *testing.T) {
	r := start(t, editing(person("jdoe", "John Doe")), func(r *rig, _ *forms.Env) {
		r.desk.read = func(models.DN) (models.Object, error) { return Whole(), nil }
		r.slow = true
	})
	r.Type("Jack")
	r.Run(r.form.Init())
	r.shows("Jack", "Doe", "It was: John", "1 change")
	r.Press("ctrl+s")
	if c := r.only(); c.Fields[0] != (models.FieldChange{Field: models.FieldGivenName, Before: "John", BeforeKnown: true, After: "Jack"}) {
		t.Errorf("the fields are %+v", c.Fields)
	}
}

func TestOnlyFieldsThatCanBeEditedAreAskedFor(t *testing.T) {
	r := start(t, editing(Whole()), func(r *rig, _ *forms.Env) {
		r.desk.fields = []models.Field{models.FieldDescription}
	})
	r.shows("Description")
	r.hides("Phone", "First name")
	r = start(t, editing(Whole()), func(r *rig, _ *forms.Env) { r.desk.fields = nil })
	r.shows("can edit no field")
	r.Press("ctrl+x", "x", "ctrl+s")
	r.notDone()
}

func TestRefusedEditKeepsAllAndGoesToTheField(t *testing.T) {
	for label, server := range map[string]string{"Mail": "0000200B: mail: syntax", "Phone": "telephoneNumber has a bad value"} {
		r := start(t, editing(Whole()))
		r.Type("x")
		r.Press("ctrl+s")
		r.only()
		r.form.Refuse(&models.Error{Kind: models.ErrInvalid, Server: server})
		r.on(label)
		r.shows("Johnx", "1 change")
	}
}

// What a directory holds cannot do anything to the terminal.
func TestHostileValues(t *testing.T) {
	o := Whole()
	o.Description = "red\x1b[31m\u202Egnp"
	o.SAMAccountName = "ev\x1bil"
	r := start(t, editing(o))
	if view := r.form.View(); strings.Contains(view, "\x1b[31m\u202e") || strings.ContainsRune(view, '\u202e') || strings.Contains(view, "ev\x1bil") {
		t.Errorf("the screen holds what came from the directory: %q", view)
	}
	r.Press("down", "down", "down", "down")
	r.on("Description")
	if strings.ContainsRune(r.form.View(), '\u202e') {
		t.Error("the focused field holds what came from the directory")
	}
}

// A field that may not be written is shown as that, Enter goes past it, and typing in
// it says why it takes nothing.
func TestAFieldThatMayNotBeWrittenTakesNothing(t *testing.T) {
	denied := map[models.Field]string{}
	for _, field := range models.Fields() {
		if field != models.FieldTelephone {
			denied[field] = "you may not write " + string(field) + " here"
		}
	}
	r := start(t, editing(Whole()), func(r *rig, _ *forms.Env) { r.desk.denied = denied })
	if !r.desk.asked {
		t.Error("the rights were not asked for")
	}
	if !strings.HasPrefix(r.line(), "> Phone") {
		t.Errorf("the cursor is at %q", r.line())
	}
	r.shows("read-only")
	r.Press("up", "up")
	r.shows("Not possible: you may not write description here")
	r.Type("x")
	r.shows("You may not write description here.", "no changes")
	r.Press("ctrl+x")
	r.shows("no changes")
}
