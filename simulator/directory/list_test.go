package directory_test

import (
	"fmt"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"dirdesk/models"
	"dirdesk/simulator/directory"

	"pgregory.net/rapid"
)

func domainForRapid(t *rapid.T) (*directory.Directory, models.DN) {
	d := directory.New(directory.Options{Realm: "example.test", Now: newClock().now})
	staff := d.BaseDN().Child("OU", "Staff")
	if err := d.Add(staff, "organizationalUnit", nil); err != nil {
		t.Fatal(err)
	}
	return d, staff
}

// Pages of any size, put together, are the whole listing, for any choice of
// categories.
func TestPagesMakeTheWholeListing(t *testing.T) {
	classes := []string{"user", "group", "computer", "container", "organizationalUnit", "contact"}
	rapid.Check(t, func(t *rapid.T) {
		d, staff := domainForRapid(t)
		for i, class := range rapid.SliceOfN(rapid.SampledFrom(classes), 0, 60).Draw(t, "classes") {
			attribute := "CN"
			if class == "organizationalUnit" {
				attribute = "OU"
			}
			if err := d.Add(staff.Child(attribute, fmt.Sprint("entry ", i)), class, nil); err != nil {
				t.Fatal(err)
			}
		}
		var categories []models.Category
		if rapid.Bool().Draw(t, "some") {
			categories = rapid.SliceOfN(rapid.SampledFrom(models.Categories()), 0, 4).Draw(t, "categories")
			if categories == nil {
				categories = []models.Category{}
			}
		}
		whole, err := d.List(models.ListRequest{Base: staff, Categories: categories})
		if err != nil {
			t.Fatal(err)
		}
		if whole.Total != len(whole.Objects) {
			t.Fatalf("total %d, but %d objects", whole.Total, len(whole.Objects))
		}
		limit := rapid.IntRange(1, 25).Draw(t, "limit")
		var names []models.DN
		for offset := 0; ; offset += limit {
			page, err := d.List(models.ListRequest{Base: staff, Categories: categories, Offset: offset, Limit: limit})
			if err != nil {
				t.Fatal(err)
			}
			if page.Offset != offset || page.Total != whole.Total {
				t.Fatalf("page at %d says offset %d, total %d of %d", offset, page.Offset, page.Total, whole.Total)
			}
			if len(page.Objects) == 0 {
				break
			}
			for _, o := range page.Objects {
				names = append(names, o.DN)
				if categories != nil && !slices.Contains(categories, o.Category) {
					t.Fatalf("%s in a listing of %v", o.Category, categories)
				}
			}
		}
		for i, o := range whole.Objects {
			if i >= len(names) || names[i] != o.DN {
				t.Fatalf("pages of %d give %q, the whole %q at %d", limit, names, o.DN, i)
			}
		}
		if len(names) != whole.Total {
			t.Fatalf("pages give %d objects, total %d", len(names), whole.Total)
		}
	})
}

func TestListAtTheEdges(t *testing.T) {
	d, staff := domain(t, newClock())
	for i := range 10 {
		add(t, d, staff.Child("CN", fmt.Sprint("u", i)), "user")
	}
	for _, c := range []struct{ offset, limit, want, at int }{
		{0, 0, 10, 0}, {0, 3, 3, 0}, {9, 3, 1, 9}, {10, 3, 0, 10}, {500, 3, 0, 500}, {-4, 2, 2, 0}, {0, -1, 10, 0}, {3, 0, 7, 3},
	} {
		page, err := d.List(models.ListRequest{Base: staff, Offset: c.offset, Limit: c.limit})
		if err != nil || len(page.Objects) != c.want || page.Offset != c.at || page.Total != 10 {
			t.Errorf("offset %d, limit %d: %d objects at %d of %d, %v", c.offset, c.limit, len(page.Objects), page.Offset, page.Total, err)
		}
	}
	if _, err := d.List(models.ListRequest{Base: "OU=Ghost," + d.BaseDN()}); err == nil {
		t.Error("listed a container that is not there")
	} else {
		refused(t, err, models.ErrNotFound, "32")
	}
	page, err := d.List(models.ListRequest{Base: staff.Child("CN", "u1")})
	if err != nil || page.Total != 0 || page.Objects == nil {
		t.Errorf("below a user: %+v, %v; want an empty page", page, err)
	}
}

// Only what the listing's six categories cover is listed; the rest can be read.
func TestListLeavesOutOtherCategories(t *testing.T) {
	d, _ := domain(t, newClock())
	lost := d.BaseDN().Child("CN", "LostAndFound")
	page, err := d.List(models.ListRequest{Base: d.BaseDN()})
	if err != nil {
		t.Fatal(err)
	}
	if slices.ContainsFunc(page.Objects, func(o models.Object) bool { return o.DN.Equal(lost) }) {
		t.Error("LostAndFound is listed")
	}
	get(t, d, lost)
}

func TestConflictCoversAllAccountsInAnyCase(t *testing.T) {
	d, staff := domain(t, newClock())
	add(t, d, staff.Child("CN", "Anna Berg"), "user", "sAMAccountName", "aberg")
	add(t, d, staff.Child("CN", "Team"), "group", "sAMAccountName", "Team Größe")
	add(t, d, staff.Child("CN", "PC7"), "computer", "sAMAccountName", "PC7$")
	for name, want := range map[string]bool{
		"aberg": true, "ABERG": true, "team grÖße": true, "pc7$": true, "Administrator": true, "domain admins": true,
		"pc7": false, "Anna Berg": false, "": false, "nobody": false, string(staff.Child("CN", "Anna Berg")): false,
	} {
		if got := d.Conflict(name); got != want {
			t.Errorf("conflict of %q: %v, want %v", name, got, want)
		}
	}
}

func TestFindTakesEveryNameOfAnAccount(t *testing.T) {
	d, staff := domain(t, newClock())
	dn := add(t, d, staff.Child("CN", "Anna Berg"), "user", "sAMAccountName", "aberg", "userPrincipalName", "anna@mail.example")
	for _, account := range []string{"aberg", "ABERG", `EXAMPLE\aberg`, "aberg@example.test", "Anna@Mail.example", string(dn)} {
		if got, ok := d.Find(account); !ok || got != dn {
			t.Errorf("%q finds %q, %v", account, got, ok)
		}
	}
	for _, account := range []string{"", "berg", `OTHER\aberg`, "aberg@other.test", "Anna Berg"} {
		if got, ok := d.Find(account); ok {
			t.Errorf("%q finds %q", account, got)
		}
	}
}

// Readers and a writer at once: for the race detector, and for pages that hold
// together whatever is being added.
func TestConcurrentUse(t *testing.T) {
	d, staff := domain(t, newClock())
	var wg sync.WaitGroup
	var done atomic.Bool
	wg.Go(func() {
		defer done.Store(true)
		for i := range 500 {
			if err := d.Add(staff.Child("CN", fmt.Sprint("u", i)), "user", attributes("sAMAccountName", "u"+strconv.Itoa(i))); err != nil {
				t.Error(err)
			}
		}
	})
	for range 4 {
		wg.Go(func() {
			for total := 0; !done.Load(); {
				page, err := d.List(models.ListRequest{Base: staff, Offset: total / 2, Limit: 40})
				if err != nil || page.Total < total || page.Total > 500 {
					t.Errorf("total %d after %d, %v", page.Total, total, err)
					return
				}
				total = page.Total
				d.Conflict("u250")
			}
		})
	}
	wg.Wait()
}

func BenchmarkListPage(b *testing.B) {
	const n = 99_999
	d, staff := domain(b, newClock())
	for i := range n {
		add(b, d, staff.Child("CN", strconv.Itoa(i)), "user", "sAMAccountName", "u"+strconv.Itoa(i))
	}
	for _, offset := range []int{0, n / 2, n - 40} {
		b.Run(fmt.Sprint("offset=", offset), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := d.List(models.ListRequest{Base: staff, Offset: offset, Limit: 40}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkAdd(b *testing.B) {
	d, staff := domain(b, newClock())
	i := 0
	b.ReportAllocs()
	for b.Loop() {
		i++
		n := strconv.Itoa(i)
		add(b, d, staff.Child("CN", "User "+n), "user", "sAMAccountName", "u"+n, "mail", n+"@example.test", "displayName", "User "+n)
	}
}
