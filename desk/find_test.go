package desk

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"dirdesk/models"
)

func found(t *testing.T, d *Desk, text string, limit int, categories ...models.Category) []string {
	t.Helper()
	var all []string
	for objects, err := range d.Find(t.Context(), text, categories, limit) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, namesOf(objects)...)
	}
	return all
}

// Where the server cannot search, the tree is walked.
func TestFindWalksTheTree(t *testing.T) {
	w := newWorld()
	w.objects = append(w.objects,
		models.Object{DN: staff.Child("OU", "Deep"), Name: "Deep", Category: models.OrganizationalUnit},
		person(staff.Child("OU", "Deep").Child("CN", "José Doering"), "jdoering"),
	)
	d := open(newDSM(w))
	for _, c := range []struct {
		text       string
		limit      int
		categories []models.Category
		want       string
	}{
		{"DOE", 0, nil, "John Doe, José Doering"},
		{"jose", 0, nil, "José Doering"},
		{"jroe@", 0, nil, "Jane Roe"},
		{"e", 0, []models.Category{models.Group}, "Sales"},
		{"doe", 1, nil, "John Doe"},
		{"doe", 0, []models.Category{models.Person}, "John Doe, José Doering"},
		{"nobody", 0, nil, ""},
	} {
		if got := strings.Join(found(t, d, c.text, c.limit, c.categories...), ", "); got != c.want {
			t.Errorf("%q in %v: %q, want %q", c.text, c.categories, got, c.want)
		}
	}
}

func TestLocate(t *testing.T) {
	w := newWorld()
	host := models.Object{DN: staff.Child("CN", "PC1"), Name: "PC1", Category: models.Computer, SAMAccountName: "PC1$"}
	twin := person(empty.Child("CN", "Jane Roe"), "jroe2")
	w.objects = append(w.objects, host, twin)
	for name, d := range map[string]*Desk{"reads one": open(w), "lists": open(newDSM(w))} {
		for _, c := range []struct {
			text     string
			category models.Category
			want     models.DN
			kind     error
		}{
			{"jdoe", "", doe, nil},
			{" JDoe ", models.Person, doe, nil},
			{strings.ToLower(string(doe)), "", doe, nil},
			{"John Doe", "", doe, nil},
			{"pc1", "", host.DN, nil},
			{"PC1$", models.Computer, host.DN, nil},
			{"Staff", models.OrganizationalUnit, staff, nil},
			{"doe", "", "", models.ErrNotFound},
			{"", "", "", models.ErrInvalid},
			{"Jane Roe", "", "", models.ErrInvalid},
			{"jroe", "", roe, nil},
			{"jdoe", models.Group, "", models.ErrNotFound},
			{string(doe), models.Group, "", models.ErrInvalid},
			{"CN=Nobody," + string(staff), "", "", models.ErrNotFound},
		} {
			o, err := d.Locate(t.Context(), c.text, c.category)
			if !errors.Is(err, c.kind) || !o.DN.Equal(c.want) {
				t.Errorf("%s: %q: %q, %v; want %q, %v", name, c.text, o.DN, err, c.want, c.kind)
			}
		}
	}
}

func TestFindTellsThatTheServerFailed(t *testing.T) {
	w := newWorld()
	w.readErr = &models.Error{Kind: models.ErrUnreachable, Action: "list"}
	var errs []error
	for _, err := range open(newDSM(w)).Find(t.Context(), "doe", nil, 0) {
		errs = append(errs, err)
	}
	if len(errs) != 1 || !errors.Is(errs[0], models.ErrUnreachable) {
		t.Errorf("errors %v", errs)
	}
	if slices.Contains(errs, nil) {
		t.Error("an empty find was given")
	}
}

func namesOf(objects []models.Object) []string {
	var all []string
	for _, o := range objects {
		all = append(all, o.Name)
	}
	return all
}
