package forms_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"dirdesk/models"
	"dirdesk/test/modeltest"
	"dirdesk/ui/forms"
)

// company gives the desk some objects to find, in two batches.
func company(r *rig, _ *forms.Env) {
	berlin := models.Object{DN: staff.Child("OU", "Berlin"), Name: "Berlin", Category: models.OrganizationalUnit}
	r.backend.members = []models.DN{staff.Child("CN", "John Doe"), staff.Child("CN", "Ann Lee")}
	r.desk.read = func(models.DN) (models.Object, error) {
		o := Whole()
		o.Account.MemberOf = []models.DN{staff.Child("CN", "Sales")}
		return o, nil
	}
	r.desk.find = func(_ context.Context, text string) iter.Seq2[[]models.Object, error] {
		return func(yield func([]models.Object, error) bool) {
			for _, batch := range [][]models.Object{
				{group("Sales"), group("Sales EU"), berlin},
				{group("Sales EU"), group("Wholesale \x1b[31m"), person("jdoe", "John Doe"), person("adoe", "Adam Doe")},
			} {
				batch = slices.DeleteFunc(batch, func(o models.Object) bool {
					return !strings.Contains(strings.ToLower(o.Name), text)
				})
				if len(batch) > 0 && !yield(batch, nil) {
					return
				}
			}
		}
	}
}

func addToGroups(objects ...models.Object) func(forms.Env) forms.Form {
	return func(e forms.Env) forms.Form { return forms.AddToGroups(e, objects) }
}

func TestPickGroups(t *testing.T) {
	r := start(t, addToGroups(Whole()), company)
	r.Type("sal")
	r.fire()
	if !slices.Equal(r.desk.searched, []string{"sal"}) {
		t.Errorf("searched for %q, not once for what was typed", r.desk.searched)
	}
	r.shows("3 found", "is in it already")
	r.Press("tab")
	r.shows("Sales: is in it already.")
	r.Press("down", "tab")
	r.Press("ctrl+u")
	r.Type("whole")
	r.fire()
	r.Press("tab")
	r.shows("2 picked", "Picked: Sales EU")
	r.Press("enter")
	d := r.done()
	if len(d.Changes) != 2 {
		t.Fatalf("the changes are %v", d.Changes)
	}
	for i, dn := range []models.DN{staff.Child("CN", "Sales EU"), staff.Child("CN", "Wholesale \x1b[31m")} {
		c := d.Changes[i]
		if c.Action != models.AddMembers || c.DN != dn || !slices.Equal(models.Names(c.Members), []models.DN{Whole().DN}) {
			t.Errorf("change %d is %+v", i, c)
		}
	}
	if strings.Contains(r.form.View(), "\x1b[31m") {
		t.Error("an escape sequence of the directory reached the terminal")
	}
}

func TestEnterTakesTheRowWhereNothingIsPicked(t *testing.T) {
	r := start(t, addToGroups(Whole(), person("ann", "Ann Lee")), company)
	r.Press("enter")
	r.notDone()
	r.Type("sal")
	r.Press("enter")
	r.notDone()
	r.shows("Nothing is found yet")
	r.fire()
	r.Press("down", "enter")
	if c := r.only(); c.DN != staff.Child("CN", "Sales EU") || len(c.Members) != 2 {
		t.Errorf("the change is %+v", c)
	}
}

func TestPickMembers(t *testing.T) {
	r := start(t, func(e forms.Env) forms.Form { return forms.AddMembers(e, group("Sales EU")) }, company)
	r.Type("sales eu")
	r.fire()
	r.Press("enter")
	r.notDone()
	r.shows("is the group itself")
	r.Press("ctrl+u")
	r.Type("doe")
	r.fire()
	r.shows("is in it already")
	r.Press("down", "enter")
	c := r.only()
	if c.Action != models.AddMembers || c.DN != staff.Child("CN", "Sales EU") || !slices.Equal(models.Names(c.Members), []models.DN{staff.Child("CN", "Adam Doe")}) {
		t.Errorf("the change is %+v", c)
	}
}

// What was found for an earlier text does not show up under a later one.
func TestLateFindingsAreDropped(t *testing.T) {
	r := start(t, addToGroups(Whole()), company)
	r.Type("whole")
	r.Hold = true
	r.fire()
	r.Press("backspace")
	r.Press("ctrl+u")
	r.Type("ber")
	r.Release()
	r.hides("Wholesale")
	r.fire()
	r.shows("Berlin", "1 found")
	r.hides("Wholesale")
}

// Nor when they came before the text was changed, and were read after.
func TestFindingsThatWaitedAreDropped(t *testing.T) {
	r := start(t, addToGroups(person("x", "X")), company)
	r.Type("whole")
	search := r.form.Update(r.timers[len(r.timers)-1])
	found := search()
	r.Press("ctrl+u")
	r.Type("ber")
	r.Send(found)
	r.hides("Wholesale")
}

// What was found before does not stand in for what is not found yet.
func TestEnterTypedAheadTakesNoOtherObject(t *testing.T) {
	r := start(t, addToGroups(Whole()), company)
	r.Type("s")
	r.fire()
	r.shows("Sales EU")
	r.Type("ales eu")
	r.hides("Wholesale")
	r.Press("enter")
	if c := r.only(); c.Name != "Sales EU" {
		t.Errorf("%q was taken for what was typed", c.Name)
	}
}

// What is called exactly as was typed comes first, and the cursor stays where
// the person has put it.
func TestTheExactNameComesFirst(t *testing.T) {
	for moved, want := range map[bool]string{false: "Sales", true: "Sales US"} {
		r := start(t, addToGroups(person("x", "X")))
		r.desk.find = func(context.Context, string) iter.Seq2[[]models.Object, error] {
			return func(yield func([]models.Object, error) bool) {
				if !yield([]models.Object{group("Sales EU"), group("Sales US")}, nil) {
					return
				}
				if moved {
					r.Press("down")
				}
				yield([]models.Object{group("Sales")}, nil)
			}
		}
		r.Type("sales")
		r.fire()
		r.Press("enter")
		if c := r.only(); c.Name != want {
			t.Errorf("moved %v: %q was taken, not %q", moved, c.Name, want)
		}
	}
}

// A search ends when the text changes, and when the form is closed.
func TestAGivenUpSearchEnds(t *testing.T) {
	for name, giveUp := range map[string]func(*rig){
		"other text":  func(r *rig) { r.Type("x") },
		"form closed": func(r *rig) { r.form.Close() },
	} {
		t.Run(name, func(t *testing.T) {
			ended := 0
			r := start(t, addToGroups(Whole()))
			r.desk.find = func(ctx context.Context, _ string) iter.Seq2[[]models.Object, error] {
				return func(yield func([]models.Object, error) bool) {
					defer func() { ended++ }()
					for i := 0; yield([]models.Object{group(fmt.Sprint("Sales ", i))}, nil); i++ {
						if i == 1 {
							giveUp(r)
						}
					}
				}
			}
			r.Type("sal")
			r.fire()
			if ended != 1 {
				t.Error("the search goes on")
			}
		})
	}
}

func TestFailedSearchIsSaid(t *testing.T) {
	r := start(t, addToGroups(Whole()))
	r.desk.find = func(context.Context, string) iter.Seq2[[]models.Object, error] {
		return func(yield func([]models.Object, error) bool) {
			if yield([]models.Object{group("Sales")}, nil) {
				yield(nil, errors.New("line cut"))
			}
		}
	}
	r.Type("sal")
	r.fire()
	r.shows("The search failed: line cut", "Sales")
}

func TestUnknownMembershipIsSaid(t *testing.T) {
	r := start(t, func(e forms.Env) forms.Form { return forms.AddMembers(e, group("Sales")) }, func(r *rig, _ *forms.Env) {
		r.desk.backend = plainBackend{about: models.About{Backend: "Little Server"}}
	})
	r.shows("Who is in already is not told by Little Server; adding somebody again does no harm.")
}

func TestRemoveMembers(t *testing.T) {
	r := start(t, func(e forms.Env) forms.Form { return forms.RemoveMembers(e, group("Sales")) }, company)
	r.shows("John Doe", "Ann Lee", "2 of 2")
	r.Type("ann")
	r.hides("John Doe")
	r.Press("enter")
	if c := r.only(); c.Action != models.RemoveMembers || !slices.Equal(models.Names(c.Members), []models.DN{staff.Child("CN", "Ann Lee")}) {
		t.Errorf("the change is %+v", c)
	}
	r = start(t, func(e forms.Env) forms.Form { return forms.RemoveFromGroups(e, Whole()) }, company)
	r.Press("enter")
	if c := r.only(); c.Action != models.RemoveMembers || c.DN != staff.Child("CN", "Sales") || !slices.Equal(models.Names(c.Members), []models.DN{Whole().DN}) {
		t.Errorf("the change is %+v", c)
	}
}

func TestMove(t *testing.T) {
	john := Whole()
	r := start(t, func(e forms.Env) forms.Form { return forms.Move(e, []models.Object{john}) }, company)
	r.Type("ber")
	r.fire()
	r.Press("enter")
	if c := r.only(); c.Action != models.Move || c.NewParent.DN != staff.Child("OU", "Berlin") || c.DN != john.DN {
		t.Errorf("the change is %+v", c)
	}
	for text, complaint := range map[string]string{
		string(staff):             "that is where it is now",
		string(john.DN):           "lies in what is to be moved",
		"OU=Staff,DC=other,DC=de": "not in this domain",
	} {
		r = start(t, func(e forms.Env) forms.Form { return forms.Move(e, []models.Object{john}) })
		r.Type(text)
		r.Press("enter")
		r.notDone()
		r.shows(complaint)
	}
	r.Press("ctrl+u")
	r.Type("ou=Kyiv," + string(base))
	r.Press("enter")
	if c := r.only(); !c.NewParent.DN.Equal(base.Child("OU", "Kyiv")) {
		t.Errorf("the change is %+v", c)
	}
}

func TestEscClearsTheTextBeforeItLeaves(t *testing.T) {
	r := start(t, addToGroups(Whole()), company)
	r.Type("sal")
	r.Press("esc")
	if _, left := modeltest.Caught[forms.Cancelled](r.Driver); left {
		t.Fatal("Esc left at once")
	}
	r.shows("Type part of the name of a group")
	r.Press("esc")
	if _, left := modeltest.Caught[forms.Cancelled](r.Driver); !left {
		t.Fatal("Esc does not leave")
	}
}
