package property_test

import (
	"errors"
	"slices"
	"testing"

	"dirdesk/models"
	"dirdesk/test/modeltest"
	"dirdesk/ui/forms"
)

func TestTheSheetIsReadBesideTheScreen(t *testing.T) {
	r := start(t, func(r *rig) { r.slow = true })
	r.shows("Reading the properties")
	r.Press("down", "enter", "x", "ctrl+s", "v", "+")
	r.notDone()
	r.Run(r.editor.Init())
	r.shows("telephoneNumber")
	r.hides("Reading")
}

func TestEscWhileTheSheetIsReadLeaves(t *testing.T) {
	r := start(t, func(r *rig) { r.slow = true })
	r.Press("esc")
	if _, left := modeltest.Caught[forms.Cancelled](r.Driver); !left {
		t.Error("not left")
	}
}

func TestAnAnswerAfterTheEditorWasClosedIsDropped(t *testing.T) {
	r := start(t, func(r *rig) { r.slow = true })
	cmd := r.editor.Init()
	r.editor.Close()
	if msg := cmd(); msg != nil {
		t.Errorf("%T comes after the editor was closed", msg)
	}
}

// A sheet that comes after another was asked for is not shown.
func TestALateSheetIsDropped(t *testing.T) {
	r := start(t, func(r *rig) { r.slow = true })
	late := r.editor.Init()()
	r.dir.sheet.Properties = r.dir.sheet.Properties[:3]
	r.Run(r.editor.Init())
	r.shows("3 of 3")
	r.Send(late)
	r.shows("3 of 3")
}

func TestASheetThatCannotBeReadIsSaidAndReadAgain(t *testing.T) {
	r := start(t, func(r *rig) {
		r.dir.err = &models.Error{Kind: models.ErrUnreachable, Action: "read"}
	})
	r.shows("The properties could not be read: not reachable.", "Check the host", "r refresh")
	r.dir.err = nil
	r.Press("r")
	r.shows("telephoneNumber")
	r.hides("could not be read")
}

// After a refusal the object is read anew; what was changed is kept, and is
// about what is there now.
func TestReadingAnewKeepsTheChanges(t *testing.T) {
	r := start(t)
	r.at("telephoneNumber")
	r.Press("x", "esc")
	p := &r.dir.sheet.Properties[slices.IndexFunc(r.dir.sheet.Properties, func(p models.Property) bool { return p.Name == "telephoneNumber" })]
	p.Values = []string{"555-9999"}
	r.Press("r")
	r.shows("555-9999 -> cleared", "1 changed")
	r.on("telephoneNumber")
	if c := r.only(); c.Before[0] != "555-9999" {
		t.Errorf("sent %+v", c)
	}
	r.dir.err = errors.New("broken")
	r.Press("r")
	r.shows("could not be read", "1 changed", "telephoneNumber")
}

func TestAnotherPropertyIsLookedUpOnlyWhereTheSheetIsNotWhole(t *testing.T) {
	r := start(t)
	r.hides("another")
	r.Press("+")
	r.shows("All properties that this object can have are in the list.")

	r = start(t, func(r *rig) {
		r.dir.sheet.Partial = "the server lists only the properties it was asked for"
		r.dir.property = func(name string) (models.Property, error) {
			if name != "extensionAttribute1" {
				return models.Property{}, &models.Error{Kind: models.ErrNotFound}
			}
			return models.Property{Name: "extensionAttribute1", Type: models.CaseIgnoreString, Multi: models.No}, nil
		}
	})
	r.shows("There may be more: the server lists only", "+ another")
	r.Press("+", "enter")
	r.shows("Type the LDAP name")
	r.Type("extensionAttribute2")
	r.Press("enter")
	r.shows("There is no such property")
	r.Press("backspace")
	r.Type("1")
	r.hides("There is no such property")
	r.Press("enter")
	r.on("extensionAttribute1")
	r.shows("not told")
	r.Press("enter")
	r.Type("x")
	r.Press("enter")
	if c := r.only(); c.Name != "extensionAttribute1" || c.BeforeKnown || c.Before != nil || !slices.Equal(c.Values, []string{"x"}) {
		t.Errorf("sent %+v", c)
	}
	r.Press("+")
	r.Type("TITLE")
	r.Press("enter")
	r.on("title")
}

func TestALookUpThatComesLateIsDropped(t *testing.T) {
	r := start(t, func(r *rig) {
		r.dir.sheet.Partial = "x"
		r.dir.property = func(name string) (models.Property, error) {
			return models.Property{Name: name, Type: models.CaseIgnoreString}, nil
		}
	})
	r.Press("+")
	r.Type("one")
	r.Hold = true
	r.Press("enter")
	r.shows("Looking it up")
	r.Type("2")
	r.Release()
	r.shows("Another property")
	r.Press("esc")
	r.shows("24 of 24")
}

// Where nobody knows what is in a list, the person says what is to be done.
func TestWhatIsToBeDoneToAListThatIsNotTold(t *testing.T) {
	for i, want := range []models.Operation{models.Append, models.Replace, models.Remove} {
		r := start(t, func(r *rig) {
			r.dir.sheet.Partial = "x"
			r.dir.property = func(name string) (models.Property, error) {
				return models.Property{Name: name, Type: models.CaseIgnoreString, Multi: models.Yes}, nil
			}
		})
		r.Press("+")
		r.Type("things")
		r.Press("enter", "enter")
		r.shows("What is in it is not told.")
		r.adds("one")
		for range i {
			r.Press("r")
		}
		r.shows("Sends " + want.Name() + ", 1 value")
		r.Press("ctrl+s", "enter", "esc")
		if c := r.only(); c.Operation != want || c.BeforeKnown || !slices.Equal(c.Values, []string{"one"}) {
			t.Errorf("sent %+v", c)
		}
	}
}

func TestRefusedChangesAreKeptAndTheCursorGoesToTheOneThatIsNamed(t *testing.T) {
	for server, name := range map[string]string{
		"00002082: AtrErr: 0: title: syntax":            "title",
		"The attribute TELEPHONENUMBER is not writable": "telephoneNumber",
	} {
		r := start(t)
		r.at("telephoneNumber")
		r.Press("x")
		r.at("title")
		r.Press("enter")
		r.Type("x")
		r.Press("enter")
		r.at("company")
		r.Press("enter")
		r.Type("titles and telephoneNumbers")
		r.Press("enter")
		r.sent()
		r.editor.Refuse(&models.Error{Kind: models.ErrInvalid, Action: "modify", Server: server})
		r.on(name)
		r.shows("Not accepted: not accepted as valid.", server, "3 changed")
		if got := len(r.sent()); got != 3 {
			t.Errorf("%d properties are left", got)
		}
	}
	r := start(t)
	r.at("title")
	r.Press("enter")
	r.Type("x")
	r.Press("enter", "esc", "g")
	r.editor.Refuse(&models.Error{Kind: models.ErrBusy})
	r.on("title") // the only one
	r.Press("u")
	r.hides("Not accepted")
}

func TestObjectsArePickedFromTheDirectory(t *testing.T) {
	erika, web := staff.Child("CN", "Erika Weber"), staff.Child("CN", "Web team")
	found := func(r *rig) {
		r.dir.objects = []models.Object{
			{DN: erika, Name: "Erika Weber", SAMAccountName: "eweber", Category: models.Person},
			{DN: web, Name: "Web team", Category: models.Group},
			{DN: john, Name: "John Doe", Category: models.Person},
		}
	}
	r := start(t, found)
	r.at("assistant")
	r.Press("enter")
	r.Type("we")
	r.fire()
	r.shows("Erika Weber", "Web team")
	r.Press("down", "enter")
	r.shows("not set -> Web team", "Sends Replace, 1 value: "+string(web))
	if c := r.only(); c.Type != models.DNString || !slices.Equal(c.Values, []string{string(web)}) {
		t.Errorf("sent %+v", c)
	}

	r = start(t, found)
	r.at("manager")
	r.Press("enter")
	r.Type("we")
	r.fire()
	r.shows("stands there already")
	r.Press("esc", "esc")
	r.on("manager")
	r.Press("x")
	if c := r.only(); len(c.Values) != 0 {
		t.Errorf("sent %+v", c)
	}

	r = start(t, found)
	r.at("seeAlso")
	r.Press("enter", "a")
	r.Type("e")
	r.fire()
	r.shows("in the list already")
	r.Press("down", "tab", "tab", "enter")
	r.shows("Sends Append, 2 values", "+ Web team", "+ John Doe")
	r.Press("ctrl+s")
	if c := r.only(); c.Operation != models.Append || !slices.Equal(c.Values, []string{string(web), string(john)}) {
		t.Errorf("sent %+v", c)
	}
}
