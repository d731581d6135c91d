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
	for found, err := range d.Find(t.Context(), Search{Text: text, Categories: categories, Limit: limit}) {
		if err != nil {
			t.Fatal(err)
		}
		all = namesOf(found.Objects)
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
		{"CN=John Doe," + string(staff), 0, nil, "John Doe"}, // named outright
		{"Staff/Deep", 0, []models.Category{models.OrganizationalUnit}, "Deep"},
		{"Staff/Deep", 0, []models.Category{models.Person}, ""},
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
	vienna := models.DN("OU=Vienna,OU=Europe," + string(staff))
	for _, dn := range []models.DN{vienna.Parent(), vienna, models.DN("OU=Vienna," + string(empty)), models.DN("OU=Europe,OU=Staff," + string(empty))} {
		w.objects = append(w.objects, models.Object{DN: dn, Name: dn.RDN().Value, Category: models.OrganizationalUnit})
	}
	for name, d := range map[string]*Desk{"reads one": open(w), "lists": open(newDSM(w))} {
		for _, c := range []struct {
			text     string
			category models.Category
			want     models.DN
			kind     error
		}{
			{`example\jdoe`, "", doe, nil},
			{`EXAMPLE.TEST\JDoe`, models.Person, doe, nil},
			{`other\jdoe`, "", "", models.ErrNotFound},
			{`example\John Doe`, "", "", models.ErrNotFound},
			{"jdoe@example.test", "", doe, nil},
			{"jdoe@other.test", "", "", models.ErrNotFound},
			{"jroe@example.test", "", roe, nil},
			{"Staff/Europe/Vienna", "", vienna, nil},
			{"/Staff/Europe", models.OrganizationalUnit, vienna.Parent(), nil},
			{" europe / VIENNA ", "", vienna, nil},
			{"Staff/Europe", "", vienna.Parent(), nil}, // from the top, though another ends so
			{"Vienna", "", "", models.ErrInvalid},
			{"/Vienna", "", "", models.ErrNotFound},
			{"Staff/Vienna", "", "", models.ErrNotFound},
			{"Staff/John Doe", "", "", models.ErrNotFound},
			{"jdoe", models.OrganizationalUnit, "", models.ErrInvalid},
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
			{"jdoe", models.Group, "", models.ErrInvalid},
			{string(doe), models.Group, "", models.ErrInvalid},
			{"CN=Nobody," + string(staff), "", "", models.ErrNotFound},
		} {
			var kinds []models.Category
			if c.category != "" {
				kinds = append(kinds, c.category)
			}
			o, err := d.Locate(t.Context(), c.text, kinds...)
			if !errors.Is(err, c.kind) || !o.DN.Equal(c.want) {
				t.Errorf("%s: %q: %q, %v; want %q, %v", name, c.text, o.DN, err, c.want, c.kind)
			}
		}
	}
}

// A name that several have is told with all of them, and one of another kind with that.
func TestLocateTellsWhatElseIsCalledSo(t *testing.T) {
	w := newWorld()
	w.objects = append(w.objects, person(empty.Child("CN", "Jane Roe"), "jroe2"))
	d := open(newDSM(w))
	_, err := d.Locate(t.Context(), "Jane Roe")
	var several *Ambiguous
	if !errors.As(err, &several) || len(several.Candidates) != 2 || !errors.Is(err, models.ErrInvalid) {
		t.Errorf("got %v", err)
	}
	if _, err := d.Locate(t.Context(), "jdoe", models.ContainerCategories()...); !strings.Contains(err.Error(), "that is a user, and not a container") {
		t.Errorf("got %v", err)
	}
}

// Where the server knows no names, one walk serves all that a command names, and each
// begins where the one before it found enough.
func TestNamesCostOneWalk(t *testing.T) {
	w := newWorld()
	d := open(newDSM(w))
	for _, text := range []string{"nobody", "jdoe", "Sales", "Staff", "jroe@example.test", "nobody else"} {
		_, err := d.Locate(t.Context(), text)
		if err != nil && !strings.HasPrefix(text, "nobody") {
			t.Fatal(err)
		}
	}
	all := len(w.lists)
	if _, err := open(newDSM(w)).Locate(t.Context(), "nobody"); !errors.Is(err, models.ErrNotFound) {
		t.Fatal(err)
	}
	if one := len(w.lists) - all; all != one {
		t.Errorf("six names took %d requests, one walk takes %d", all, one)
	}
}

func TestFindTellsThatTheServerFailed(t *testing.T) {
	w := newWorld()
	w.readErr = &models.Error{Kind: models.ErrUnreachable, Action: "list"}
	var errs []error
	for _, err := range open(newDSM(w)).Find(t.Context(), Search{Text: "doe"}) {
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
