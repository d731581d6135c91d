package adaxes

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"dirdesk/models"
	"dirdesk/simulator/adaxes"
)

// settableFlags are the flags that a person may switch.
const settableFlags int32 = 0x2 | 0x20 | 0x80 | 0x10000 | 0x40000 | 0x80000 | 0x100000 | 0x200000 | 0x400000 | 0x1000000 | models.MustChangeFlag

// drawChanges draws changes of a user's properties, each of another one. Texts
// are short and of few letters, so that values meet again in either case.
func drawChanges(t *rapid.T) []models.PropertyChange {
	names := []string{
		"otherTelephone", "url", "carLicense", "departmentNumber", // several texts
		"title", "department", "employeeType", "description", // one text
		"secretary", "seeAlso", "manager", "assistant",
		"gidNumber", "uidNumber", "userAccountControl", "accountExpires",
		"msExchHideFromAddressLists", "thumbnailPhoto", "jpegPhoto", "userCertificate", "logonHours", "x121Address",
	}
	var changes []models.PropertyChange
	for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom(names), 1, 5, rapid.ID).Draw(t, "names") {
		a, ok := lookUpOn(name, onUser)
		if !ok {
			t.Fatalf("%s is not known", name)
		}
		changes = append(changes, drawChange(t, a))
	}
	return changes
}

func drawChange(t *rapid.T, a attribute) models.PropertyChange {
	c := models.PropertyChange{Name: a.name, Type: a.kind}
	switch {
	case a.name == "userAccountControl":
		c.Masked, c.Mask = true, rapid.Int32().Draw(t, "mask")&settableFlags
		c.Values = []string{fmt.Sprint(rapid.Int32().Draw(t, "bits") & settableFlags)}
		return c
	case a.kind == models.Integer && rapid.Bool().Draw(t, "masked"):
		c.Masked, c.Mask = true, rapid.Int32().Draw(t, "mask")
		c.Values = []string{fmt.Sprint(rapid.Int32().Draw(t, "bits"))}
		return c
	case a.multi == models.Yes:
		c.Operation = models.Operation(rapid.IntRange(0, 2).Draw(t, "operation"))
	}
	least, most := 0, 1
	if a.multi == models.Yes {
		most = 4
	}
	if c.Operation != models.Replace {
		least = 1
	}
	c.Values = rapid.SliceOfN(drawHeld(a.kind), least, most).Draw(t, "values")
	return c
}

// drawHeld draws values that the directory takes.
func drawHeld(kind models.PropertyType) *rapid.Generator[string] {
	switch kind {
	case models.DNString:
		return rapid.SampledFrom([]string{
			"CN=Richard Roberts,CN=Users,DC=example,DC=com", "cn=richard roberts,cn=users,dc=example,dc=com",
			string(myGroup), "CN=Administrator,CN=Users,DC=example,DC=com",
		})
	case models.CaseIgnoreString:
		return rapid.StringMatching(`[abAB]{1,2}`)
	case models.NumericString:
		return rapid.StringMatching(`[12]{1,2}`)
	case models.OctetString:
		return rapid.SampledFrom([]string{"AQ==", "AQI=", "AQID", "/w=="})
	default:
		return valueOf(kind)
	}
}

// What the plan says that a change comes to is what the server then holds:
// several changes at once, of every kind of value, one after the other on the
// same user.
func TestTheServerHoldsWhatApplySays(t *testing.T) {
	t.Parallel()
	b, r := openExamples(t, adaxes.Options{})
	outer := t
	rapid.Check(t, func(t *rapid.T) {
		changes := drawChanges(t)
		before, err := b.Properties(t.Context(), models.Ref{DN: johnSmith})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.EditProperties(t.Context(), models.Ref{DN: johnSmith}, models.Modification{Properties: changes}); err != nil {
			t.Fatalf("%+v: %v", changes, err)
		}
		after, err := b.Properties(t.Context(), models.Ref{DN: johnSmith})
		if err != nil {
			t.Fatal(err)
		}
		held := r.holds(outer, johnSmith)
		touched := []string{"whenChanged", "uSNChanged", "pwdLastSet", "msDS-UserPasswordExpiryTimeComputed", "msDS-User-Account-Control-Computed"}
		for _, c := range changes {
			touched = append(touched, c.Name)
			was, _ := before.Property(c.Name)
			is, _ := after.Property(c.Name)
			want := c.Apply(was.Values)
			if c.Name == "userAccountControl" {
				want = withoutMustChange(want)
				ends, _ := after.Property("pwdLastSet")
				must := slices.Equal(ends.Values, []string{models.NeverText})
				value, _ := models.Bits(c.Values[0])
				if c.Mask&models.MustChangeFlag != 0 && must != (value&models.MustChangeFlag != 0) {
					t.Errorf("value %d with mask %d leaves pwdLastSet at %q", value, c.Mask, ends.Values)
				}
			}
			if c.Name == "accountExpires" && len(want) == 0 {
				want = []string{models.NeverText} // clearing it is one way of saying so
			}
			if !models.SameValues(c.Type, is.Values, want) {
				t.Errorf("%s was %q; %s of %q (mask %v %d) leaves %q, want %q",
					c.Name, was.Values, c.Operation.Name(), c.Values, c.Masked, c.Mask, is.Values, want)
			}
			var kept []string
			for _, value := range held[c.Name] {
				kept = append(kept, canonical(outer, c.Type, value))
			}
			if !models.SameValues(c.Type, kept, want) {
				t.Errorf("%s: the directory keeps %q, want %q", c.Name, kept, want)
			}
		}
		for _, was := range before.Properties {
			is, _ := after.Property(was.Name)
			if !slices.Contains(touched, was.Name) && !slices.Equal(is.Values, was.Values) {
				t.Errorf("%s was not touched; it was %q and is %q", was.Name, was.Values, is.Values)
			}
		}
	})
}

func withoutMustChange(values []string) []string {
	bits, _ := models.Bits(values[0])
	return []string{fmt.Sprint(bits &^ models.MustChangeFlag)}
}

// All of a request is done, or nothing of it.
func TestOneRefusalLeavesEverything(t *testing.T) {
	b, r := openExamples(t, adaxes.Options{})
	before := r.holds(t, johnSmith)
	_, err := b.EditProperties(t.Context(), models.Ref{DN: johnSmith}, models.Modification{Properties: []models.PropertyChange{
		{Name: "title", Type: models.CaseIgnoreString, Values: []string{"Head"}},
		{Name: "manager", Type: models.DNString, Values: []string{"CN=Nobody,DC=example,DC=com"}},
	}})
	if err == nil || len(r.patches()) != 1 {
		t.Fatalf("it is not refused: %v", err)
	}
	var told *models.Error
	if !errors.As(err, &told) || told.Server == "" || told.Object != string(johnSmith) {
		t.Errorf("%+v", told)
	}
	expectHeld(t, r, johnSmith, before)
}
