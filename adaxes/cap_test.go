package adaxes

import (
	"fmt"
	"testing"

	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/simulator/adaxes"
	"dirdesk/simulator/directory"
)

// Whatever a server gives at most, a list is whole or says that it is not.
func TestSimulatorCapIsFoundOut(t *testing.T) {
	t.Parallel()
	d := directory.New(directory.Options{Realm: "example.test"})
	users := d.Info().BaseDN.Child("CN", "Users")
	for i := range 60 {
		name := fmt.Sprintf("%c%02d", 'a'+i%5, i)
		if err := d.Add(users.Child("CN", name), "user", map[string][]string{"sAMAccountName": {name}}); err != nil {
			t.Fatal(err)
		}
	}
	for _, limit := range []int{0, 1, 4, 25, 61, 999} {
		s := newSite(t, simulator.Options{Directory: d, Adaxes: adaxes.Options{SearchCap: limit}})
		l := list(t.Context(), s.b, models.ListRequest{Base: users, Categories: []models.Category{models.Person}})
		if l.err != nil || l.cut() == "" && len(l.names) < 60 {
			t.Errorf("a cap of %d: %d names, cut %q, %v", limit, len(l.names), l.cut(), l.err)
		}
		if limit != 1 && l.cut() != "" {
			t.Errorf("a cap of %d: %d names, cut %q", limit, len(l.names), l.cut())
		}
	}
}
