package desktest

import (
	"fmt"
	"slices"
	"testing"

	"dirdesk/desk/walk"
	"dirdesk/models"
)

func (s *suite) info(t *testing.T) {
	info, err := s.backend.Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if info.Realm == "" || info.BaseDN.Realm() != info.Realm || info.Workgroup == "" {
		t.Errorf("realm %q, workgroup %q, base %q", info.Realm, info.Workgroup, info.BaseDN)
	}
	if len(info.Controllers) == 0 {
		t.Error("no domain controller")
	}
	for _, c := range info.Controllers {
		if c.Name == "" || !c.DN.IsBelow(info.BaseDN) {
			t.Errorf("a domain controller is %+v", c)
		}
	}
	about := s.backend.About()
	for what, text := range map[string]string{
		"backend": about.Backend, "URL": about.URL, "host": about.Host, "account": about.Account, "TLS": about.TLS,
	} {
		if text == "" {
			t.Errorf("About does not tell its %s", what)
		}
	}
}

// listed compares every container of the fixture with what it must hold.
func (s *suite) listed(t *testing.T) {
	for _, e := range s.entries {
		if e.Class != "organizationalUnit" && e.Class != "container" {
			continue
		}
		missing := childrenOf(s.entries, e.DN)
		for _, o := range s.mustList(t, models.ListRequest{Base: e.DN}) {
			want, ok := missing[o.DN.Key()]
			if !ok {
				t.Errorf("%s is listed in %s and was not made, or is there twice", o.DN, e.DN)
				continue
			}
			delete(missing, o.DN.Key())
			compare(t, o, want)
		}
		for _, want := range missing {
			t.Errorf("%s is not listed", want.DN)
		}
	}
}

// compare holds a listed object to the texts it was made with.
func compare(t testing.TB, o models.Object, want Entry) {
	t.Helper()
	for _, text := range []struct{ what, got, want string }{
		{"name", o.Name, want.DN.RDN().Value},
		{"category", string(o.Category), string(categoryOf(want.Class))},
		{"logon name", o.SAMAccountName, want.text("sAMAccountName")},
		{"display name", o.DisplayName, want.text("displayName")},
		{"mail", o.Mail, want.text("mail")},
		{"description", o.Description, want.text("description")},
		{"telephone number", o.TelephoneNumber, want.text("telephoneNumber")},
		{"office", o.Office, want.text("physicalDeliveryOfficeName")},
	} {
		if text.got != text.want {
			t.Errorf("%s: %s is %q, want %q", want.DN, text.what, text.got, text.want)
		}
	}
}

func (e Entry) text(attribute string) string {
	if values := e.Attributes[attribute]; len(values) > 0 {
		return values[0]
	}
	return ""
}

func categoryOf(class string) models.Category {
	switch class {
	case "user", "contact":
		return models.Person
	default:
		return models.Category(class)
	}
}

func (s *suite) oneLevel(t *testing.T) {
	dn := s.part(partDeep)
	for _, want := range []string{"Level 2", "Level 3", "Deep User"} {
		objects := s.mustList(t, models.ListRequest{Base: dn})
		if len(objects) != 1 || objects[0].Name != want {
			t.Fatalf("%s holds %d objects, want %s only", dn, len(objects), want)
		}
		dn = objects[0].DN
	}
	for _, o := range s.mustList(t, models.ListRequest{Base: dn}) {
		t.Errorf("a user holds %s", o.DN)
	}
}

// categories asks for each category, for several and for all.
func (s *suite) categories(t *testing.T) {
	base := s.part(partKinds)
	all := s.mustList(t, models.ListRequest{Base: base})
	ask := [][]models.Category{models.Categories(), {models.Person, models.Group}, models.ContainerCategories()}
	for _, c := range models.Categories() {
		ask = append(ask, []models.Category{c})
	}
	for _, categories := range ask {
		var want, got []string
		for _, o := range all {
			if slices.Contains(categories, o.Category) {
				want = append(want, o.DN.Key())
			}
		}
		for _, o := range s.mustList(t, models.ListRequest{Base: base, Categories: categories}) {
			got = append(got, o.DN.Key())
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%v: got %q, want %q", categories, got, want)
		}
	}
}

// windows reads the big container in parts, which must make up the whole.
func (s *suite) windows(t *testing.T) {
	base := s.part(partPaging)
	whole := dns(s.mustList(t, models.ListRequest{Base: base}))
	if len(whole) != pagingObjects {
		t.Fatalf("%d objects, want %d", len(whole), pagingObjects)
	}
	for _, w := range []struct{ offset, limit int }{
		{0, 1}, {0, 40}, {40, 40}, {0, 299}, {0, 300}, {0, 301}, {299, 1}, {290, 40}, {250, 0}, {1, 0}, {300, 10}, {300, 0}, {5000, 10},
	} {
		req := models.ListRequest{Base: base, Offset: w.offset, Limit: w.limit}
		first, last := min(w.offset, len(whole)), len(whole)
		if w.limit > 0 {
			last = min(last, first+w.limit)
		}
		if got := dns(s.mustList(t, req)); !slices.Equal(got, whole[first:last]) {
			t.Errorf("offset %d, limit %d: %d objects, or others than in the whole list", w.offset, w.limit, len(got))
		}
	}
	var joined []string
	for offset := 0; offset < len(whole); offset += 70 {
		joined = append(joined, dns(s.mustList(t, models.ListRequest{Base: base, Offset: offset, Limit: 70}))...)
	}
	if !slices.Equal(joined, whole) {
		t.Error("windows of 70 do not make up the whole list")
	}
}

func dns(objects []models.Object) []string {
	all := make([]string, len(objects))
	for i, o := range objects {
		all[i] = o.DN.Key()
	}
	return all
}

func (s *suite) empty(t *testing.T) {
	for what, req := range map[string]models.ListRequest{
		"an empty container":      {Base: s.part(partEmpty)},
		"no object of a category": {Base: s.part(partPaging), Categories: []models.Category{models.Group}},
	} {
		pages := 0
		for page, err := range s.backend.List(t.Context(), req) {
			if err != nil {
				t.Fatal(err)
			}
			if pages++; len(page.Objects) != 0 || page.Offset != 0 || page.Total != 0 {
				t.Errorf("%s: %d objects at %d of %d", what, len(page.Objects), page.Offset, page.Total)
			}
		}
		if pages != 1 {
			t.Errorf("%s: %d pages, want an empty one", what, pages)
		}
	}
}

// walk reads the big container in the quick way.
func (s *suite) walk(t *testing.T) {
	base := s.part(partPaging)
	var report walk.Report
	var got []string
	for page, err := range walk.Pages(t.Context(), s.backend, models.ListRequest{Base: base}, walk.Options{PageSize: 40, Report: &report}) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, dns(page.Objects)...)
	}
	if want := dns(s.mustList(t, models.ListRequest{Base: base})); !slices.Equal(got, want) {
		t.Errorf("%d objects, or others than in the list of %d", len(got), len(want))
	}
	if report.Changed || report.Total != pagingObjects {
		t.Errorf("report %s", fmt.Sprintf("%+v", report))
	}
}
