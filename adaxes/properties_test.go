package adaxes

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"dirdesk/models"
	"dirdesk/simulator/adaxes"
	"dirdesk/simulator/directory"
)

func TestPropertiesOfAUser(t *testing.T) {
	b, r := openExamples(t, adaxes.Options{})
	sheet, err := b.Properties(t.Context(), models.Ref{DN: johnSmith})
	if err != nil {
		t.Fatal(err)
	}
	if !sheet.DN.Equal(johnSmith) || sheet.Category != models.Person || !strings.Contains(sheet.Partial, "Adaxes does not tell") {
		t.Errorf("%s, %s, %q", sheet.DN, sheet.Category, sheet.Partial)
	}
	ends := r.holds(t, johnSmith)["accountExpires"]
	for _, want := range []models.Property{
		{Name: "otherTelephone", Type: models.CaseIgnoreString, Multi: models.Yes, Values: []string{"951-837-6935"}},
		{Name: "telephoneNumber", Type: models.CaseIgnoreString, Multi: models.No, Values: []string{"605-457-0000"}},
		{Name: "userAccountControl", Type: models.Integer, Multi: models.No, Values: []string{"514"}},
		{Name: "accountExpires", Type: models.Timestamp, Multi: models.No, Values: []string{canonical(t, models.Timestamp, ends[0])}},
		{Name: "pwdLastSet", Type: models.Timestamp, Multi: models.No, Values: []string{"Never"}, Fixed: "set the password, or that it must be changed, instead"},
		{Name: "memberOf", Type: models.DNString, Multi: models.Yes, Values: []string{string(myGroup)}, Fixed: "add to or remove from the group instead"},
		{Name: "cn", Type: models.CaseIgnoreString, Multi: models.No, Values: []string{"John Smith"}, Fixed: "rename the object by name instead"},
		{Name: "name", Type: models.CaseIgnoreString, Multi: models.No, Values: []string{"John Smith"}},
		{Name: "homePhone", Type: models.CaseIgnoreString, Multi: models.No},
		{Name: "description", Type: models.CaseIgnoreString, Multi: models.No},
	} {
		got, ok := sheet.Property(want.Name)
		if !ok || got.Name != want.Name || got.Type != want.Type || got.Multi != want.Multi || got.Fixed != want.Fixed || !slices.Equal(got.Values, want.Values) {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	for i, p := range sheet.Properties {
		if models.PasswordProperty(p.Name) {
			t.Errorf("%s is shown", p.Name)
		}
		if i > 0 && strings.ToLower(p.Name) <= strings.ToLower(sheet.Properties[i-1].Name) {
			t.Errorf("%s stands behind %s", p.Name, sheet.Properties[i-1].Name)
		}
	}
	if _, ok := sheet.Property("groupType"); ok {
		t.Error("a user has a groupType")
	}
}

// IIS refuses long queries: what is asked for is cut into several, also about an
// object with a long name.
func TestPropertiesAsksInParts(t *testing.T) {
	b, r := openExamples(t, adaxes.Options{})
	long, err := b.EditProperties(t.Context(), models.Ref{DN: johnSmith}, models.Modification{Properties: []models.PropertyChange{
		{Name: "name", Type: models.CaseIgnoreString, Values: []string{strings.Repeat("ж", 64)}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	r.patches()
	sheet, err := b.Properties(t.Context(), models.Ref{DN: long})
	if err != nil {
		t.Fatal(err)
	}
	if mail, _ := sheet.Property("mail"); len(mail.Values) != 1 {
		t.Errorf("%+v", mail)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.seen) < 2 {
		t.Errorf("%d requests", len(r.seen))
	}
	for _, one := range r.seen {
		if length := len(one.query.Encode()); one.verb != http.MethodGet || length > 2000 {
			t.Errorf("%s with a query of %d bytes", one.verb, length)
		}
		if strings.Contains(one.query.Get("properties"), " ") {
			t.Error("there are spaces between the names")
		}
	}
}

func TestPropertyByName(t *testing.T) {
	b := &Backend{}
	for _, test := range []struct {
		name     string
		category models.Category
		want     models.Property
	}{
		{"TELEPHONENUMBER", models.Person, models.Property{Name: "telephoneNumber", Type: models.CaseIgnoreString, Multi: models.No}},
		{"description", models.Person, models.Property{Name: "description", Type: models.CaseIgnoreString, Multi: models.No}},
		{"description", models.OrganizationalUnit, models.Property{Name: "description", Type: models.CaseIgnoreString, Multi: models.Yes}},
		{"description", "printQueue", models.Property{Name: "description", Type: models.CaseIgnoreString, Multi: models.Yes}},
		{"manager", "contact", models.Property{Name: "manager", Type: models.DNString, Multi: models.No}},
		{"member", models.Group, models.Property{Name: "member", Type: models.DNString, Multi: models.Yes}},
		{"groupType", models.Group, models.Property{Name: "groupType", Type: models.Integer, Multi: models.No}},
		{"unicodePwd", models.Person, models.Property{Name: "unicodePwd", Fixed: "a password: set it as one instead"}},
	} {
		got, err := b.Property(t.Context(), test.name, test.category)
		if err != nil || got.Name != test.want.Name || got.Type != test.want.Type || got.Multi != test.want.Multi || got.Fixed != test.want.Fixed {
			t.Errorf("%s of %s: %+v, %v", test.name, test.category, got, err)
		}
	}
	if _, err := b.Property(t.Context(), "contosoBadge", models.Person); !errors.Is(err, models.ErrNotFound) {
		t.Errorf("an unknown property: %v", err)
	}
}

// The table and the simulator's schema were written apart from each other.
func TestTheTableAgreesWithTheSchema(t *testing.T) {
	kinds := map[string]classes{
		"user": onUser, "contact": onContact, "computer": onComputer, "group": onGroup, "organizationalUnit": onOU, "container": onContainer,
	}
	text := func(kind models.PropertyType) bool {
		return kind >= models.CaseExactString && kind <= models.NumericString
	}
	for class, on := range kinds {
		for _, d := range directory.Schema(class) {
			a, ok := lookUpOn(d.Name, on)
			if !ok {
				continue
			}
			if a.name != d.Name {
				t.Errorf("%s is spelled %s", d.Name, a.name)
			}
			if a.kind != d.Type && !(text(a.kind) && text(d.Type)) {
				t.Errorf("%s of %s: %s, the schema has %s", a.name, class, a.kind.Name(), d.Type.Name())
			}
			if a.name != "description" && a.name != "ou" && a.multi != models.FlagOf(d.Many) {
				t.Errorf("%s of %s: several values %s, the schema says %v", a.name, class, a.multi.Label(), d.Many)
			}
		}
	}
	seen := map[string]classes{}
	for _, a := range attributes() {
		if key := strings.ToLower(a.name); seen[key]&a.on != 0 {
			t.Errorf("%s stands twice for one kind of object", a.name)
		} else {
			seen[key] |= a.on
		}
		if !isAttributeName(a.name) || a.kind.Name() == "" || models.PasswordProperty(a.name) {
			t.Errorf("%q of type %q", a.name, a.kind.Name())
		}
	}
}

// canonical puts a value as the directory keeps it into the form of
// models.Property.
func canonical(t testing.TB, kind models.PropertyType, held string) string {
	t.Helper()
	switch kind {
	case models.Timestamp:
		if held == "0" || held == "9223372036854775807" {
			return models.NeverText
		}
		at, ok := momentOf(held)
		if !ok {
			t.Fatalf("%q is no time", held)
		}
		return at.Format(time.RFC3339Nano)
	case models.UTCTime:
		at, err := time.Parse("20060102150405.0Z", held)
		if err != nil {
			t.Fatal(err)
		}
		return at.Format(time.RFC3339)
	default:
		return held
	}
}
