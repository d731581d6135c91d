package property_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"dirdesk/models"
)

func (r *rig) adds(text string) {
	r.t.Helper()
	r.Press("a")
	r.Type(text)
	r.Press("enter")
}

// What is sent follows from what was done to the list.
func TestTheOperationFollowsFromTheList(t *testing.T) {
	for name, c := range map[string]struct {
		act       func(*rig)
		shown     string
		operation models.Operation
		values    []string
	}{
		"adding":       {func(r *rig) { r.adds("1"); r.adds("2") }, "Sends Append, 2 values", models.Append, []string{"1", "2"}},
		"striking":     {func(r *rig) { r.Press("down", "x") }, "Sends Delete, 1 value", models.Remove, []string{"555-0144"}},
		"both":         {func(r *rig) { r.Press("x"); r.adds("1") }, "Sends Replace, 3 values", models.Replace, []string{"555-0144", "555-0145", "1"}},
		"altering":     {func(r *rig) { r.Press("enter", "backspace", "enter") }, "Sends Replace, 3 values", models.Replace, []string{"555-014", "555-0144", "555-0145"}},
		"replacing":    {func(r *rig) { r.adds("1"); r.Press("r") }, "Sends Replace, 4 values", models.Replace, []string{"555-0143", "555-0144", "555-0145", "1"}},
		"striking all": {func(r *rig) { r.Press("X") }, "Sends Delete, 3 values", models.Remove, []string{"555-0143", "555-0144", "555-0145"}},
		"emptying":     {func(r *rig) { r.Press("X", "r") }, "Sends Replace with nothing: the property is cleared", models.Replace, nil},
		"taking back":  {func(r *rig) { r.Press("x", "x"); r.adds("1"); r.adds("2"); r.Press("x") }, "Sends Append, 1 value", models.Append, []string{"1"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := start(t)
			r.at("otherTelephone")
			r.Press("enter")
			c.act(r)
			r.shows(c.shown)
			r.Press("ctrl+s")
			got := r.only()
			if got.Operation != c.operation || !slices.Equal(got.Values, c.values) || got.Masked {
				t.Errorf("sent %s %q, want %s %q", got.Operation.Name(), got.Values, c.operation.Name(), c.values)
			}
		})
	}
}

func TestAListThatIsAsItWasIsNoChange(t *testing.T) {
	r := start(t)
	r.at("otherTelephone")
	r.Press("enter")
	r.adds("1")
	r.Press("x")
	r.shows("Nothing will be sent.")
	r.Press("ctrl+s", "ctrl+s")
	r.shows("Nothing has been changed.")
}

func TestAValueIsNotAddedTwice(t *testing.T) {
	r := start(t)
	r.at("otherTelephone")
	r.Press("enter")
	r.adds("555-0144")
	r.shows("in the list already", "3 values")
	r.on("555-0144")
	r.Press("x")
	r.adds("555-0144") // struck out: it stays
	r.shows("Nothing will be sent.")
}

// To write a name in other letters is to take one value away and add another.
func TestTheCaseOfAValueCanBeAltered(t *testing.T) {
	r := start(t)
	r.at("description")
	r.Press("enter", "enter", "ctrl+u")
	r.Type("SALES, second floor")
	r.Press("enter", "ctrl+s")
	if got := r.only(); got.Operation != models.Replace || !slices.Equal(got.Values, []string{"SALES, second floor"}) {
		t.Errorf("sent %+v", got)
	}
}

func TestAListCanBeTakenUpAgain(t *testing.T) {
	r := start(t)
	r.at("otherTelephone")
	r.Press("enter")
	r.adds("1")
	r.Press("ctrl+s")
	r.shows("add 1")
	r.Press("enter")
	r.shows("+ 1", "Sends Append, 1 value")
	r.Press("g", "x", "ctrl+s")
	if got := r.only(); got.Operation != models.Replace || !slices.Equal(got.Values, []string{"555-0144", "555-0145", "1"}) {
		t.Errorf("sent %+v", got)
	}
	r = start(t)
	r.at("otherTelephone")
	r.Press("enter", "x", "ctrl+s", "enter")
	r.shows("- 555-0143", "Sends Delete, 1 value")
	r = start(t)
	r.at("otherTelephone")
	r.Press("enter")
	r.adds("1")
	r.Press("r", "ctrl+s", "enter")
	r.shows("Sends Replace, 4 values", "r only what changed")
}

// A server that does not say whether there can be several is not sent an
// operation that only several can have, while there is but one.
func TestASingleValueOfUnknownKindIsReplaced(t *testing.T) {
	unknown := func(values ...string) func(*rig) {
		return func(r *rig) {
			r.dir.sheet.Properties = []models.Property{{Name: "thing", Type: models.CaseIgnoreString, Values: values}}
		}
	}
	r := start(t, unknown())
	r.Press("enter")
	r.Type("x")
	r.Press("enter")
	if got := r.only(); got.Operation != models.Replace || !slices.Equal(got.Values, []string{"x"}) {
		t.Errorf("sent %+v", got)
	}
	r = start(t, unknown("a", "b"))
	r.Press("enter", "x", "ctrl+s")
	if got := r.only(); got.Operation != models.Remove || !slices.Equal(got.Values, []string{"a"}) {
		t.Errorf("sent %+v", got)
	}
}

func TestAValueIsFoundInALongList(t *testing.T) {
	r := start(t, func(r *rig) {
		p := models.Property{Name: "member", Type: models.DNString, Multi: models.Yes}
		for i := range 3000 {
			p.Values = append(p.Values, string(staff.Child("CN", fmt.Sprintf("User %04d", i))))
		}
		r.dir.sheet.Properties = []models.Property{p}
	})
	r.Press("enter", "/")
	r.Type("user 234")
	r.Press("enter")
	r.on("  User 2340")
	r.Press("n", "x")
	r.on("- User 2341")
	r.shows("2,999 values")
	r.Press("/")
	r.Type("nobody")
	r.shows("no value fits")
}

// Whatever is done to the list, what is sent makes of the present values what
// the list shows.
func TestWhatIsSentGivesTheList(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		present := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b", "c", "d", "e"}), 0, 5, rapid.ID).Draw(rt, "present")
		r := start(t, func(r *rig) {
			r.dir.sheet.Properties = []models.Property{{Name: "thing", Type: models.CaseIgnoreString, Multi: models.Yes, Values: present}}
		})
		r.Press("enter")
		want := slices.Clone(present)
		for range rapid.IntRange(0, 6).Draw(rt, "edits") {
			v := rapid.SampledFrom([]string{"a", "b", "c", "d", "e", "f", "g"}).Draw(rt, "value")
			if i := slices.Index(want, v); i >= 0 {
				r.Press("/")
				r.Type(v)
				r.Press("enter", "x")
				want = slices.Delete(want, i, i+1)
			} else {
				r.adds(v)
				want = append(want, v)
			}
		}
		if rapid.Bool().Draw(rt, "replace") {
			r.Press("r")
		}
		r.Press("ctrl+s")
		if models.SameValues(models.CaseIgnoreString, present, want) {
			r.hides("changed,")
			return
		}
		c := r.only()
		if got := c.Apply(present); !models.SameValues(c.Type, got, want) {
			rt.Errorf("%s %q on %q gives %q, want %q", c.Operation.Name(), c.Values, present, got, want)
		}
	})
}
