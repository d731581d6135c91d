package company_test

import (
	"crypto/sha256"
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"dirdesk/models"
	"dirdesk/simulator/company"
	"dirdesk/simulator/directory"
)

var at = time.Date(2026, 11, 21, 9, 30, 0, 0, time.UTC)

// filled makes a company whose clock stands still.
func filled(t testing.TB, o company.Options) (*directory.Directory, company.Summary) {
	t.Helper()
	d := directory.New(directory.Options{Realm: "example.test", Seed: o.Seed, Now: func() time.Time { return at }})
	s, err := company.Fill(d, o)
	if err != nil {
		t.Fatalf("%v (%s)", err, err.(*models.Error).Server)
	}
	return d, s
}

// each visits every listed object, parents first, with its depth below the base.
func each(t testing.TB, d *directory.Directory, base models.DN, depth int, visit func(o models.Object, depth int)) {
	t.Helper()
	page, err := d.List(models.ListRequest{Base: base})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range page.Objects {
		visit(o, depth)
		if o.Category.HoldsObjects() {
			each(t, d, o.DN, depth+1, visit)
		}
	}
}

// fingerprint is a hash of everything in the directory.
func fingerprint(t testing.TB, d *directory.Directory) string {
	t.Helper()
	h := sha256.New()
	each(t, d, d.BaseDN(), 1, func(o models.Object, _ int) {
		a, err := d.Attributes(o.DN)
		if err != nil {
			t.Fatal(err)
		}
		names := make([]string, 0, len(a))
		for name := range a {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			fmt.Fprintf(h, "%s=%q\n", name, a[name])
		}
	})
	return fmt.Sprintf("%x", h.Sum(nil))
}

func TestSameSeedMakesTheSameCompany(t *testing.T) {
	of := func(seed int64) string {
		d, _ := filled(t, company.Options{Seed: seed, Large: 50})
		return fingerprint(t, d)
	}
	first, again, other := of(1), of(1), of(2)
	if first != again {
		t.Error("two companies of one seed differ")
	}
	if first == other {
		t.Error("companies of different seeds are the same")
	}
}

// The size of OU=Large changes nothing else, and its first users are the same
// in every size.
func TestLargeStandsAlone(t *testing.T) {
	none, s := filled(t, company.Options{Seed: 7})
	some, _ := filled(t, company.Options{Seed: 7, Large: 30})
	more, _ := filled(t, company.Options{Seed: 7, Large: 60})
	list := func(d *directory.Directory, base models.DN, limit int) string {
		page, err := d.List(models.ListRequest{Base: base, Limit: limit})
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("%+v", page.Objects)
	}
	if list(some, s.LargeDN, 30) != list(more, s.LargeDN, 30) {
		t.Error("the first 30 of 60 are not the 30")
	}
	vienna := models.DN("OU=Vienna,OU=Europe,OU=Staff,") + none.BaseDN()
	if list(none, vienna, 0) != list(more, vienna, 0) {
		t.Error("Vienna depends on the size of OU=Large")
	}
}

func TestLargeHoldsExactlyWhatWasAsked(t *testing.T) {
	for _, n := range []int{0, 1, 5000} {
		d, s := filled(t, company.Options{Seed: 1, Large: n})
		if s.LargeDN != "OU=Large,DC=example,DC=test" {
			t.Errorf("large DN %q", s.LargeDN)
		}
		page, err := d.List(models.ListRequest{Base: s.LargeDN})
		if err != nil || page.Total != n || len(page.Objects) != n {
			t.Fatalf("%d objects in all, %d given, %v; want %d", page.Total, len(page.Objects), err, n)
		}
		logons := make(map[string]bool)
		for _, o := range page.Objects {
			if o.Category != models.Person || o.Mail == "" || len(o.SAMAccountName) > 20 || logons[o.SAMAccountName] {
				t.Fatalf("not a user of its own: %+v", o)
			}
			logons[o.SAMAccountName] = true
		}
	}
}

// The summary is what a count finds, and the size is what it should be.
func TestSummaryAndShape(t *testing.T) {
	d, s := filled(t, company.Options{Seed: 1, Large: 10})
	var users, groups, units, computers, deepest, stock int
	each(t, d, d.BaseDN(), 1, func(o models.Object, depth int) {
		deepest = max(deepest, depth)
		if o.Deletable == models.No {
			stock++
			return
		}
		switch o.Category {
		case models.Person:
			users++
		case models.Group:
			groups++
		case models.OrganizationalUnit:
			units++
		case models.Computer:
			computers++
		}
	})
	if users != s.Users || groups != s.Groups || units != s.OUs || computers != s.Computers {
		t.Errorf("counted %d users, %d groups, %d units, %d computers; summary %+v", users, groups, units, computers, s)
	}
	if users < 2300 || users > 3000 || units < 38 || units > 50 || groups < 50 || computers < 300 {
		t.Errorf("not the size of the company: %+v", s)
	}
	if deepest < 5 {
		t.Errorf("people are %d levels deep, want 5", deepest)
	}
	t.Logf("%+v, deepest %d, stock %d", s, deepest, stock)
}

func TestGroupsOfEverySize(t *testing.T) {
	d, s := filled(t, company.Options{Seed: 1})
	sizes := make(map[string]int)
	nested := 0
	each(t, d, models.DN("OU=Groups,")+d.BaseDN(), 1, func(o models.Object, _ int) {
		if o.Category != models.Group {
			return
		}
		full, err := d.Get(o.DN)
		if err != nil {
			t.Fatal(err)
		}
		sizes[o.Name] = full.Account.Members
		if len(full.Account.MemberOf) > 0 {
			nested++
		}
		if o.PrimaryGroupToken == 0 {
			t.Errorf("group %q has no RID", o.Name)
		}
	})
	empty := 0
	for _, n := range sizes {
		if n == 0 {
			empty++
		}
	}
	if sizes["All Staff"] < 2000 || sizes["All Staff"] > s.Users || empty < 2 || nested < 5 {
		t.Errorf("All Staff %d, empty %d, nested %d", sizes["All Staff"], empty, nested)
	}
}

// BenchmarkMemory prints what an entry costs in the heap.
func BenchmarkMemory(b *testing.B) {
	const n = 99_999
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	for b.Loop() {
		before := heap()
		d, _ := filled(b, company.Options{Seed: 1, Large: n})
		b.ReportMetric(float64(heap()-before)/n, "B/entry")
		runtime.KeepAlive(d)
	}
}

func BenchmarkFill(b *testing.B) {
	for _, large := range []int{0, 99_999} {
		b.Run(fmt.Sprint("large=", large), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				filled(b, company.Options{Seed: 1, Large: large})
			}
		})
	}
}
