package synology

import (
	"testing"

	"dirdesk/desk"
	"dirdesk/desk/walk"
	"dirdesk/models"
	"dirdesk/simulator"
)

// A domain is read once, whether DSM lists all levels at once or one at a time,
// and a second search asks for nothing.
func TestADomainIsReadOnceToBeSearched(t *testing.T) {
	counts := map[bool]int{}
	for _, one := range []bool{false, true} {
		server, _ := startSimulator(t, simulator.Options{Objects: 5000, NoSubtree: one})
		d := desk.New(openSimulator(t, server), desk.Options{})
		find := func(text string) (names []string, reading desk.Reading) {
			for found, err := range d.Find(t.Context(), desk.Search{Text: text, Limit: 200}) {
				if err != nil {
					t.Fatal(err)
				}
				names, reading = nil, found.Reading
				for _, o := range found.Objects {
					names = append(names, o.SAMAccountName)
				}
			}
			return names, reading
		}
		names, reading := find("administrator")
		if len(names) == 0 || names[0] != "Administrator" || !reading.Complete || reading.Cut != "" {
			t.Errorf("one level %v: found %q, %+v", one, names, reading)
		}
		counts[one] = reading.Read
		if o, err := d.Locate(t.Context(), "administrator", models.Person); err != nil || o.Name != "Administrator" {
			t.Errorf("one level %v: %q, %v", one, o.Name, err)
		}
		before := server.Requests()
		find("anna berg")
		if asked := server.Requests() - before; asked != 0 {
			t.Errorf("one level %v: a second search sent %d requests", one, asked)
		}
	}
	if counts[true] != counts[false] || counts[true] < 5000 {
		t.Errorf("%d objects level by level, %d at once", counts[true], counts[false])
	}
}

// A large domain takes no more requests than pages of the first size would.
func TestALargeDomainTakesFewRequests(t *testing.T) {
	server, _ := startSimulator(t, simulator.Options{Objects: 20_000})
	before, read := server.Requests(), 0
	backend := openSimulator(t, server)
	info, err := backend.Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	err = walk.Domain(t.Context(), backend, models.ListRequest{Base: info.BaseDN}, func(objects []models.Object, _ walk.Progress) { read += len(objects) })
	if asked := server.Requests() - before; err != nil || read < 20_000 || asked > 200 {
		t.Errorf("%d objects by %d requests, %v", read, asked, err)
	}
}
