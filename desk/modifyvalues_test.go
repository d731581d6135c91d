package desk

import (
	"context"
	"slices"
	"strings"
	"testing"

	"dirdesk/desk/verdict"
	"dirdesk/models"
)

// What a property is expected to be after a change, with the numbers as they
// are written signed and unsigned.
func TestExpected(t *testing.T) {
	with := func(p models.PropertyChange, kind models.PropertyType, before ...string) models.PropertyChange {
		p.Type, p.Before, p.BeforeKnown = kind, before, true
		return p
	}
	const number, text, control = models.Integer, models.CaseIgnoreString, "userAccountControl"
	for _, c := range []struct {
		change models.PropertyChange
		want   string
	}{
		{with(switching(control, 2, 2), number, "512"), "514"},
		{with(switching(control, 0, 2), number, "514"), "512"},
		{with(switching(control, 65536, -2147418110), number, "-2147483134"), "66048"},
		{with(switching(control, 65536, -2147418110), number, "2147484162"), "66048"},
		{with(switching(control, -2147483648, -2147483648), number, "512"), "-2147483136"},
		{with(switching("groupType", 8, 14), number, "-2147483646"), "-2147483640"},
		{with(switching("groupType", -1, 14), number, "1"), "15"},
		{with(models.PropertyChange{Name: "groupType", Masked: true, Mask: 14}, number, "-2147483646"), "-2147483648"},
		// Without a mask the kind of account stays when the number has none.
		{with(replace(control, "65600"), number, "512"), "66112"},
		{with(replace(control, "2"), number, "4096"), "4098"},
		{with(replace(control, "66048"), number, "514"), "66048"},
		{with(replace("groupType", "8"), number, "-2147483646"), "8"},
		{with(replace(control), number, "512"), ""},
		{with(appending("otherTelephone", "A", "b"), text, "a"), "a b"},
		{with(removing("otherTelephone", "A", "x"), text, "a", "b"), "b"},
		{with(replace("otherTelephone", "a", "A", "b"), text, "c"), "a b"},
	} {
		if got := strings.Join(expectedOf(c.change), " "); got != c.want {
			t.Errorf("%+v: %q, want %q", c.change, got, c.want)
		}
	}
}

// What counts as the same, for a server and for a person.
func TestAlike(t *testing.T) {
	for _, c := range []struct {
		name             string
		kind             models.PropertyType
		a, b             string
		alike, identical bool
	}{
		{"otherTelephone", models.CaseIgnoreString, "a B", "b A", true, false},
		{"otherTelephone", models.CaseIgnoreString, "a b", "b a", true, true},
		{"otherTelephone", models.CaseIgnoreString, "a", "a a", false, false},
		{"info", models.CaseExactString, "a", "A", false, false},
		{"name", models.CaseIgnoreString, "John", "JOHN", false, false},
		{"manager", models.DNString, "CN=A,DC=x", "cn=a,dc=X", true, true},
		{"accountExpires", models.Timestamp, "", "Never", true, true},
		{"accountExpires", models.Timestamp, "2027-05-31T00:00:00Z", "2027-05-31T02:00:00+02:00", true, true},
		{"userAccountControl", models.Integer, "512", "528", true, true},        // LOCKOUT is worked out
		{"userAccountControl", models.Integer, "512", "8389120", true, true},    // PASSWORD_EXPIRED too
		{"userAccountControl", models.Integer, "512", "514", false, false},      // ACCOUNTDISABLE is not
		{"groupType", models.Integer, "-2147483646", "2147483650", true, true},  // the same bits
		{"thumbnailPhoto", models.OctetString, "AQI=", "AQI=", true, true},      // the same bytes
		{"telephoneNumber", models.CaseIgnoreString, "", "Never", false, false}, // a text like any
	} {
		p := models.PropertyChange{Name: c.name, Type: c.kind}
		a, b := strings.Fields(c.a), strings.Fields(c.b)
		if got := alike(p, a, b); got != c.alike || alike(p, b, a) != c.alike {
			t.Errorf("%s: %q and %q alike: %v", c.name, a, b, got)
		}
		if got := identical(p, a, b); got != c.identical {
			t.Errorf("%s: %q and %q identical: %v", c.name, a, b, got)
		}
	}
}

// The bit that no directory stores is in plans and in the journal, and not in
// what a backend is told was there.
func TestBackendsNeverSeeTheMustChangeBitStored(t *testing.T) {
	w := newWorld()
	w.values[doe.Key()]["pwdlastset"] = []string{models.NeverText}
	d := open(w)
	s := planned(t, d, PlanOptions{}, modify(doe, switching("userAccountControl", 2, 2))).Steps[0]
	if before := s.Change.Modification.Properties[0].Before; !slices.Equal(before, []string{"-2147483136"}) {
		t.Errorf("the plan has %q before", before)
	}
	if sent := asStored(*s.Change.Modification).Properties[0]; !slices.Equal(sent.Before, []string{"512"}) || sent.Values[0] != "2" {
		t.Errorf("sent %+v", sent)
	}
	out := apply(t, d, s.Change)[0]
	if !out.Verified || strings.Contains(out.Words, "-2147483136") {
		t.Errorf("%s", out.Words)
	}
	if got := w.last.Properties[0].Before; !slices.Equal(got, []string{"512"}) {
		t.Errorf("the backend was told %q", got)
	}
}

// Where the connection cannot tell whether the password must be changed, that
// is said.
func TestMustChangeBitThatCannotBeSeen(t *testing.T) {
	w := newWorld()
	d := open(w)
	delete(w.values[doe.Key()], "pwdlastset")
	change := modify(doe, switching("userAccountControl", -2147483646, -2147483646))
	plan := planned(t, d, PlanOptions{}, change)
	d.backend = withoutMoment{w}
	for out := range d.Apply(t.Context(), plan) {
		if out.Verdict != verdict.Done || !strings.Contains(out.Words, "cannot be shown: whether the password must be changed") {
			t.Errorf("%s: %s", out.Verdict, out.Words)
		}
	}
}

// withoutMoment is a world that does not tell when passwords were set.
type withoutMoment struct{ *world }

func (w withoutMoment) Properties(ctx context.Context, ref models.Ref) (models.PropertySheet, error) {
	sheet, err := w.world.Properties(ctx, models.Ref{DN: ref.DN})
	sheet.Properties = slices.DeleteFunc(sheet.Properties, func(p models.Property) bool { return p.Name == "pwdLastSet" })
	return sheet, err
}
