package desktest

import (
	"context"
	"testing"

	"dirdesk/desk"
	"dirdesk/models"
)

// Options say what [Run] tests.
type Options struct {
	Backend desk.Backend // signed in; it is left open
	Base    models.DN    // where Entries(Base) was made; usually the domain's base DN
}

// Run holds a backend that only reads to the suite's steps, each a subtest.
func Run(t *testing.T, options Options) {
	s := &suite{backend: options.Backend, base: options.Base, entries: Entries(options.Base)}
	for _, step := range []struct {
		name string
		run  func(*testing.T)
	}{
		{"who it is", s.info},
		{"the fixture is listed", s.listed},
		{"one level only", s.oneLevel},
		{"categories", s.categories},
		{"windows", s.windows},
		{"nothing in it", s.empty},
		{"not there", s.missing},
		{"not a name", s.invalid},
		{"names come back", s.roundTrip},
		{"other spellings of a name", s.spellings},
		{"states", s.states},
		{"expiry", s.expiry},
		{"advanced view", s.advancedView},
		{"groups", s.groupTokens},
		{"read one object", s.get},
		{"a walk equals a list", s.walk},
		{"cancelled before", s.cancelledBefore},
		{"cancelled in the middle", s.cancelledMidway},
		{"left in the middle", s.leftMidway},
		{"several at once", s.concurrent},
	} {
		t.Run(step.name, step.run)
	}
}

// suite is one run.
type suite struct {
	backend desk.Backend
	base    models.DN
	entries []Entry
}

func (s *suite) part(name string) models.DN { return part(s.base, name) }

// list reads a container and checks what holds for every listing: pages follow
// one another, a total that is told is the right one.
func (s *suite) list(t testing.TB, ctx context.Context, req models.ListRequest) ([]models.Object, error) {
	t.Helper()
	var all []models.Object
	total, pages := models.UnknownTotal, 0
	for page, err := range s.backend.List(ctx, req) {
		if err != nil {
			return all, err
		}
		if page.Offset != req.Offset+len(all) {
			t.Errorf("%s: page %d starts at %d, want %d", req.Base, pages, page.Offset, req.Offset+len(all))
		}
		if page.Total != models.UnknownTotal {
			if total != models.UnknownTotal && total != page.Total {
				t.Errorf("%s: total %d, then %d", req.Base, total, page.Total)
			}
			total = page.Total
		}
		all = append(all, page.Objects...)
		pages++
	}
	end := req.Offset + len(all)
	switch {
	case pages == 0:
		t.Errorf("%s: there was no page", req.Base)
	case req.Limit > 0 && len(all) > req.Limit:
		t.Errorf("%s: %d objects with a limit of %d", req.Base, len(all), req.Limit)
	case req.Limit == 0 && len(all) > 0 && total != end:
		t.Errorf("%s: total %d, but the last object is number %d", req.Base, total, end)
	case s.backend.About().Seekable && total == models.UnknownTotal:
		t.Errorf("%s: the backend can seek and tells no total", req.Base)
	case total != models.UnknownTotal && len(all) > 0 && total < end:
		t.Errorf("%s: total %d, but there is an object number %d", req.Base, total, end)
	}
	return all, nil
}

// mustList reads what must be there.
func (s *suite) mustList(t testing.TB, req models.ListRequest) []models.Object {
	t.Helper()
	objects, err := s.list(t, t.Context(), req)
	if err != nil {
		t.Fatalf("list %s: %v", req.Base, err)
	}
	return objects
}

// object reads one object from its parent's listing.
func (s *suite) object(t testing.TB, dn models.DN) models.Object {
	t.Helper()
	for _, o := range s.mustList(t, models.ListRequest{Base: dn.Parent()}) {
		if o.DN.Equal(dn) {
			return o
		}
	}
	t.Fatalf("%s is not in its parent's listing", dn)
	return models.Object{}
}
