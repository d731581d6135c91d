package directory_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"dirdesk/models"
	"dirdesk/simulator/directory"
)

// clock is a hand-set one.
type clock struct{ at time.Time }

func (c *clock) now() time.Time          { return c.at }
func (c *clock) advance(d time.Duration) { c.at = c.at.Add(d) }

func newClock() *clock {
	return &clock{time.Date(2026, 11, 21, 9, 30, 0, 0, time.UTC)}
}

// domain is a fresh directory with an OU to work in.
func domain(t testing.TB, c *clock) (d *directory.Directory, staff models.DN) {
	t.Helper()
	d = directory.New(directory.Options{Realm: "example.test", Workgroup: "EXAMPLE", Now: c.now})
	staff = d.BaseDN().Child("OU", "Staff")
	add(t, d, staff, "organizationalUnit")
	return d, staff
}

// add makes an entry with attributes in pairs, or fails the test.
func add(t testing.TB, d adder, dn models.DN, class string, pairs ...string) models.DN {
	t.Helper()
	if err := d.Add(dn, class, attributes(pairs...)); err != nil {
		t.Fatalf("add %q: %v", dn, err)
	}
	return dn
}

// attributes makes a map of name, value, name, value...; a repeated name gets
// several values.
func attributes(pairs ...string) map[string][]string {
	a := make(map[string][]string)
	for i := 0; i < len(pairs); i += 2 {
		a[pairs[i]] = append(a[pairs[i]], pairs[i+1])
	}
	return a
}

func get(t testing.TB, d *directory.Directory, dn models.DN) models.Object {
	t.Helper()
	o, err := d.Get(dn)
	if err != nil {
		t.Fatalf("get %q: %v", dn, err)
	}
	return o
}

// children are the names of one level, "class name", in the order of the listing.
func children(t testing.TB, d *directory.Directory, base models.DN) []string {
	t.Helper()
	page, err := d.List(models.ListRequest{Base: base})
	if err != nil {
		t.Fatalf("list %q: %v", base, err)
	}
	var names []string
	for _, o := range page.Objects {
		names = append(names, string(o.Category)+" "+o.Name)
	}
	return names
}

// refused checks an error's kind and that it carries Samba's result code.
func refused(t testing.TB, err, kind error, code string) {
	t.Helper()
	var e *models.Error
	if !errors.As(err, &e) {
		t.Fatalf("error %v, want a *models.Error", err)
	}
	if !errors.Is(err, kind) {
		t.Errorf("kind %v (%s), want %v", e.Kind, e.Server, kind)
	}
	if got, _, _ := strings.Cut(strings.TrimPrefix(e.Code, "LDAP "), " "); got != code {
		t.Errorf("code %q (%s), want LDAP %s", e.Code, e.Server, code)
	}
	if e.Object == "" || e.Action == "" {
		t.Errorf("error %v does not say what was tried on what", err)
	}
}
