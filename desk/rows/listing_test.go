package rows

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"dirdesk/models"
)

const base = models.DN("OU=Large,DC=example,DC=test")

func user(n int) models.Object {
	name := fmt.Sprintf("User %06d", n)
	return models.Object{DN: base.Child("CN", name), Name: name, Category: models.Person, SAMAccountName: fmt.Sprintf("u%d", n)}
}

func users(first, count int) []models.Object {
	objects := make([]models.Object, count)
	for i := range objects {
		objects[i] = user(first + i)
	}
	return objects
}

func names(l *Listing) []string {
	var got []string
	for row := range l.Len() {
		if o := l.At(row); o == nil {
			got = append(got, "-")
		} else {
			got = append(got, o.Name)
		}
	}
	return got
}

func TestListingShowsRowsNotReadYet(t *testing.T) {
	l := NewListing(base, true)
	if l.Len() != 0 || l.Total() != models.UnknownTotal || l.IsComplete() {
		t.Fatalf("a new listing: Len %d, Total %d, complete %v", l.Len(), l.Total(), l.IsComplete())
	}
	l.Add(models.Page{Objects: users(0, 2), Total: 99_999})
	l.Add(models.Page{Objects: users(99_997, 2), Offset: 99_997, Total: 99_999})
	if l.Len() != 99_999 || l.Loaded() != 4 || l.IsComplete() || l.Changed() {
		t.Errorf("Len %d, Loaded %d, complete %v, changed %v", l.Len(), l.Loaded(), l.IsComplete(), l.Changed())
	}
	if got := l.At(99_998); got == nil || got.Name != "User 099998" {
		t.Errorf("the last row is %v", got)
	}
	if got := l.At(50_000); got != nil {
		t.Errorf("a row that was not read is %v", got)
	}
	if row, ok := l.Row("cn=user 099997,ou=large,dc=EXAMPLE,dc=test"); !ok || row != 99_997 {
		t.Errorf("Row = %d, %v", row, ok)
	}
	if l.At(-1) != nil || l.At(99_999) != nil {
		t.Error("there are rows outside the view")
	}
}

func TestListingNeverAsksForWhatTheServerDoesNotHave(t *testing.T) {
	for _, c := range []struct {
		name         string
		held, total  int // what the server gives, and what it claims
		unknown      bool
		cap, rows, n int
	}{
		{"exact", 500, 500, false, 200, 500, 3},
		{"claims more than it gives", 480, 500, false, 200, 480, 4},
		{"gives less at once than asked", 500, 500, false, 70, 500, 8},
		{"empty", 0, 0, false, 200, 0, 1},
		{"claims to have some, gives none", 0, 5, false, 200, 0, 1},
		{"never tells its total", 450, 0, true, 200, 450, 4},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := NewListing(base, true)
			n := 0
			for ; n < 20; n++ {
				req, ok := l.Missing(200)
				if !ok {
					break
				}
				size := max(0, min(req.Limit, c.cap, c.held-req.Offset))
				page := models.Page{Objects: users(req.Offset, size), Offset: req.Offset, Total: c.total}
				if c.unknown {
					page.Total = models.UnknownTotal
				}
				l.Add(page)
			}
			if n != c.n || l.Len() != c.rows || l.Loaded() != c.held || !l.IsComplete() {
				t.Errorf("after %d requests (want %d): %d rows, %d loaded, complete %v", n, c.n, l.Len(), l.Loaded(), l.IsComplete())
			}
		})
	}
}

func TestNeedAsksForTheMissingPartOfAPage(t *testing.T) {
	l := NewListing(base, true)
	if req, ok := l.Need(0, 30, 100); !ok || req.Offset != 0 || req.Limit != 100 || req.Base != base {
		t.Fatalf("first: %+v, %v", req, ok)
	}
	l.Add(models.Page{Objects: users(0, 60), Total: 1000})
	for _, c := range []struct {
		first, last   int
		offset, limit int
		ok            bool
	}{
		{0, 59, 0, 0, false},
		{0, 60, 60, 40, true},
		{59, 250, 60, 40, true},
		{250, 260, 200, 100, true},
		{990, 5000, 900, 100, true},
		{1000, 5000, 0, 0, false},
		{-5, 10, 0, 0, false},
	} {
		req, ok := l.Need(c.first, c.last, 100)
		if ok != c.ok || ok && (req.Offset != c.offset || req.Limit != c.limit) {
			t.Errorf("Need(%d, %d) = %+v, %v, want offset %d limit %d %v", c.first, c.last, req, ok, c.offset, c.limit, c.ok)
		}
	}
	stream := NewListing(base, false)
	if req, ok := stream.Need(500, 600, 100); !ok || req.Offset != 0 || req.Limit != 0 {
		t.Errorf("a stream is asked for %+v, %v", req, ok)
	}
	stream.Add(models.Page{Objects: users(0, 10), Total: models.UnknownTotal})
	if _, ok := stream.Need(500, 600, 100); ok {
		t.Error("a stream that runs is asked for again")
	}
}

func TestListingHidesAdvancedObjects(t *testing.T) {
	objects := users(0, 600)
	for i := range objects {
		objects[i].AdvancedOnly = models.FlagOf(i%3 == 0)
	}
	l := NewListing(base, true)
	l.Add(models.Page{Objects: objects, Total: 600})
	if l.Len() != 400 || l.Hidden() != 200 || l.Loaded() != 600 {
		t.Errorf("Len %d, Hidden %d, Loaded %d", l.Len(), l.Hidden(), l.Loaded())
	}
	if got := l.At(399).Name; got != "User 000599" {
		t.Errorf("the last row is %s", got)
	}
	if _, ok := l.Row(objects[300].DN); ok {
		t.Error("a hidden object has a row")
	}
	if l.Get(objects[300].DN) == nil {
		t.Error("a hidden object is not to be had")
	}
	l.ShowAdvanced(true)
	if row, ok := l.Row(objects[300].DN); !ok || row != 300 || l.Len() != 600 || l.Hidden() != 0 {
		t.Errorf("shown: row %d %v of %d, %d hidden", row, ok, l.Len(), l.Hidden())
	}
}

func TestListingOfAChangingContainer(t *testing.T) {
	t.Run("grown: the object that moved on keeps one row", func(t *testing.T) {
		l := NewListing(base, true)
		l.Add(models.Page{Objects: users(0, 3), Total: 6})
		l.Add(models.Page{Objects: users(2, 4), Offset: 3, Total: 7})
		want := []string{"User 000000", "User 000001", "User 000002", "User 000003", "User 000004", "User 000005"}
		if got := names(l); !slices.Equal(got, want) || !l.Changed() {
			t.Errorf("rows %q, changed %v", got, l.Changed())
		}
	})
	t.Run("shrunk: rows beyond the end go", func(t *testing.T) {
		l := NewListing(base, true)
		l.Add(models.Page{Objects: users(4, 2), Offset: 4, Total: 6})
		l.Add(models.Page{Objects: users(0, 2), Total: 5})
		want := []string{"User 000000", "User 000001", "-", "-", "User 000004"}
		if got := names(l); !slices.Equal(got, want) || !l.Changed() || l.Loaded() != 3 {
			t.Errorf("rows %q, changed %v, loaded %d", got, l.Changed(), l.Loaded())
		}
		if _, ok := l.Row(user(5).DN); ok {
			t.Error("an object beyond the end has a row")
		}
	})
	t.Run("read again: the new page is right", func(t *testing.T) {
		l := NewListing(base, true)
		l.Add(models.Page{Objects: users(0, 3), Total: 3})
		again := users(1, 3)
		again[0].Disabled = models.Yes
		l.Add(models.Page{Objects: again, Total: 3})
		if got := names(l); !slices.Equal(got, []string{"User 000001", "User 000002", "User 000003"}) {
			t.Errorf("rows %q", got)
		}
		if l.Get(user(1).DN).Disabled != models.Yes || l.Get(user(0).DN) != nil {
			t.Error("old objects are still there")
		}
	})
}

func TestListingOfAStream(t *testing.T) {
	l := NewListing(base, false)
	l.Add(models.Page{Objects: users(0, 300), Total: models.UnknownTotal})
	if l.Len() != 300 || l.IsComplete() || l.Total() != models.UnknownTotal {
		t.Errorf("running: Len %d, complete %v, Total %d", l.Len(), l.IsComplete(), l.Total())
	}
	l.Add(models.Page{Objects: users(300, 10), Offset: 300, Total: 310})
	l.Complete()
	if l.Len() != 310 || !l.IsComplete() || l.Total() != 310 || l.Changed() {
		t.Errorf("ended: Len %d, complete %v, Total %d, changed %v", l.Len(), l.IsComplete(), l.Total(), l.Changed())
	}
}

func TestListingSurvivesAMadServer(t *testing.T) {
	l := NewListing(base, true)
	l.Add(models.Page{Objects: users(0, 3), Total: 1 << 60})
	l.Add(models.Page{Objects: users(0, 3), Offset: 1 << 60, Total: 5})
	l.Add(models.Page{Objects: users(0, 3), Offset: -1, Total: -7})
	if l.Len() != maxRows || l.Loaded() != 3 {
		t.Errorf("Len %d, Loaded %d", l.Len(), l.Loaded())
	}
	l.Add(models.Page{Offset: 3, Total: 1 << 60})
	l.Complete()
	if l.Len() != 3 || !l.IsComplete() {
		t.Errorf("ended: Len %d, complete %v", l.Len(), l.IsComplete())
	}
}

// model is a listing the slow way: what each place holds, nothing else.
type model struct {
	places []*models.Object
	void   []bool
}

func (m *model) add(page models.Page) {
	total := max(page.Total, page.Offset+len(page.Objects))
	for len(m.places) < total {
		m.places, m.void = append(m.places, nil), append(m.void, false)
	}
	m.places, m.void = m.places[:total], m.void[:total]
	for i := range page.Objects {
		m.places[page.Offset+i], m.void[page.Offset+i] = nil, false
	}
	for i := range page.Objects {
		for k, o := range m.places {
			if o != nil && o.DN == page.Objects[i].DN {
				m.places[k], m.void[k] = nil, true
			}
		}
		m.places[page.Offset+i] = &page.Objects[i]
	}
}

func (m *model) rows(advanced bool) []*models.Object {
	var rows []*models.Object
	for k, o := range m.places {
		if !m.void[k] && (o == nil || advanced || o.AdvancedOnly != models.Yes) {
			rows = append(rows, o)
		}
	}
	return rows
}

// Pages in any order, overlapping, of a container that changes meanwhile,
// give the same rows as the slow model; snapshots taken on the way stay as
// they were.
func TestListingEqualsTheModel(t *testing.T) {
	for _, hash := range []string{"good hash", "bad hash"} {
		t.Run(hash, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) { checkAgainstModel(t, hash == "bad hash") })
		})
	}
}

func checkAgainstModel(t *rapid.T, badHash bool) {
	l := NewListing(base, true)
	if badHash {
		l.index.hash = func(key []byte) uint64 { return uint64(len(key) + int(key[len("cn=user 00000")])%3) }
	}
	var m model
	type kept struct {
		snapshot *Snapshot
		objects  []*models.Object
	}
	var snapshots []kept
	for range rapid.IntRange(1, 12).Draw(t, "pages") {
		shift := rapid.IntRange(0, 5).Draw(t, "shift")
		total := rapid.IntRange(1, 700).Draw(t, "total")
		offset := rapid.IntRange(0, total-1).Draw(t, "offset")
		page := models.Page{Offset: offset, Total: total}
		page.Objects = users(offset+shift, rapid.IntRange(1, min(300, total-offset)).Draw(t, "size"))
		for i := range page.Objects {
			page.Objects[i].AdvancedOnly = models.FlagOf((offset+i+shift)%7 == 0)
		}
		l.Add(page)
		m.add(page)
		advanced := rapid.Bool().Draw(t, "advanced")
		l.ShowAdvanced(advanced)
		want := m.rows(advanced)
		if l.Len() != len(want) {
			t.Fatalf("%d rows, want %d", l.Len(), len(want))
		}
		loaded := 0
		for row, o := range want {
			if l.At(row) != o {
				t.Fatalf("row %d is %v, want %v", row, l.At(row), o)
			}
			if o == nil {
				continue
			}
			loaded++
			if got, ok := l.Row(o.DN); !ok || got != row {
				t.Fatalf("Row(%s) = %d, %v, want %d", o.DN, got, ok, row)
			}
		}
		if l.Loaded()-l.Hidden() != loaded {
			t.Fatalf("Loaded %d, Hidden %d, want %d shown", l.Loaded(), l.Hidden(), loaded)
		}
		gap := slices.IndexFunc(want, func(o *models.Object) bool { return o == nil })
		if req, ok := l.Need(0, l.Len()-1, 100); ok != (gap >= 0) || ok && (req.Limit < 1 || req.Limit > 100) {
			t.Fatalf("Need = %+v, %v with the first gap in row %d", req, ok, gap)
		}
		snapshot := l.Snapshot()
		snapshots = append(snapshots, kept{snapshot, slices.Collect(snapshot.Objects())})
	}
	for _, k := range snapshots {
		if !slices.Equal(slices.Collect(k.snapshot.Objects()), k.objects) {
			t.Fatal("a snapshot has changed")
		}
	}
}
