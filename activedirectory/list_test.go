package activedirectory

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

// many are the names of n children.
func many(n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("u%04d", i)
	}
	return names
}

// servesAll answers an unpaged listing of the staff with the names, and pages
// when asked for them.
func servesAll(names []string) func(s *session, r searchRequest) bool {
	return func(s *session, r searchRequest) bool {
		if !isStaff(r) {
			return false
		}
		part, cookie := names, []byte(nil)
		if r.paging != nil {
			part, cookie = pageOf(names, r.paging)
		}
		for _, name := range part {
			_ = s.entry(r.id, child(name), user(name))
		}
		s.done(r.id, 0, "", cookie)
		return true
	}
}

// pageOf cuts the page that the paged control asks for; the cookie is the index
// of the next one, empty at the end.
func pageOf(names []string, paging *ldap.ControlPaging) (part []string, cookie []byte) {
	var from int
	_, _ = fmt.Sscan(string(paging.Cookie), &from)
	to := min(from+int(paging.PagingSize), len(names))
	if to < len(names) {
		return names[from:to], fmt.Append(nil, to)
	}
	return names[from:to], []byte{}
}

// listed is what a listing gave.
type listed struct {
	names []string
	total int // of the last page
	pages int
	err   error
}

// listAll ranges over a listing and checks that its pages follow one another.
func listAll(t *testing.T, backend *Backend, req models.ListRequest) listed {
	t.Helper()
	got := listed{total: -2}
	next := req.Offset
	for page, err := range backend.List(t.Context(), req) {
		if err != nil {
			got.err = err
			continue
		}
		if page.Offset != next {
			t.Errorf("a page starts at %d, want %d", page.Offset, next)
		}
		if got.total >= 0 {
			t.Errorf("a page came after the one with the total")
		}
		next += len(page.Objects)
		got.pages++
		got.total = page.Total
		for _, object := range page.Objects {
			got.names = append(got.names, object.Name)
		}
	}
	return got
}

func TestListGivesOffsetAndLimit(t *testing.T) {
	names := many(1100)
	for _, test := range []struct {
		offset, limit int
		want          []string
		total         int
	}{
		{0, 0, names, 1100},
		{0, 10, names[:10], models.UnknownTotal},
		{10, 10, names[10:20], models.UnknownTotal},
		{1090, 100, names[1090:], 1100},
		{0, 1100, names, models.UnknownTotal},
		{0, 1101, names, 1100},
		{1000, 0, names[1000:], 1100},
		{1100, 0, nil, 1100},
		{9000, 5, nil, 1100},
		{990, 20, names[990:1010], models.UnknownTotal},
	} {
		t.Run(fmt.Sprintf("%d+%d", test.offset, test.limit), func(t *testing.T) {
			f := newFake(t)
			f.onSearch = servesAll(names)
			got := listAll(t, f.open(), models.ListRequest{Base: staff, Offset: test.offset, Limit: test.limit})
			if got.err != nil || !slices.Equal(got.names, test.want) {
				t.Errorf("got %d names, %v; want %d", len(got.names), got.err, len(test.want))
			}
			if got.total != test.total {
				t.Errorf("total %d, want %d", got.total, test.total)
			}
		})
	}
}

func TestListOfSmallContainerWithLimitKnowsTheTotal(t *testing.T) {
	f := newFake(t)
	f.onSearch = servesAll(many(7))
	if got := listAll(t, f.open(), models.ListRequest{Base: staff, Limit: 7}); got.total != 7 || len(got.names) != 7 {
		t.Errorf("got %d names and total %d, want 7 and 7", len(got.names), got.total)
	}
}

func TestListOfEmptyContainerGivesOneEmptyPage(t *testing.T) {
	f := newFake(t)
	f.onSearch = servesAll(nil)
	if got := listAll(t, f.open(), models.ListRequest{Base: staff}); got.pages != 1 || got.total != 0 || got.err != nil {
		t.Errorf("got %d pages, total %d, %v", got.pages, got.total, got.err)
	}
}

// Windows ends an unpaged search at 1,000 with result 4, and gives pages in an
// order of its own.
func TestListGoesOnByPagesWhenTheServerStops(t *testing.T) {
	for _, code := range []uint16{ldap.LDAPResultSizeLimitExceeded, ldap.LDAPResultAdminLimitExceeded, ldap.LDAPResultTimeLimitExceeded} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			f := newFake(t)
			names, unpaged := many(1300), 0
			shuffled := slices.Clone(names)
			slices.Reverse(shuffled)
			paged := servesAll(shuffled)
			f.onSearch = func(s *session, r searchRequest) bool {
				if !isStaff(r) || r.paging != nil {
					return paged(s, r)
				}
				unpaged++
				for _, name := range names[:1000] {
					_ = s.entry(r.id, child(name), user(name))
				}
				s.done(r.id, code, "", nil)
				return true
			}
			backend := f.open()
			for range 2 {
				got := listAll(t, backend, models.ListRequest{Base: staff})
				if got.err != nil || got.total != len(names) {
					t.Fatalf("total %d, %v; want %d", got.total, got.err, len(names))
				}
				slices.Sort(got.names)
				if !slices.Equal(got.names, names) {
					t.Errorf("got %d names, not each of the %d once", len(got.names), len(names))
				}
			}
			if unpaged != 1 {
				t.Errorf("searched unpaged %d times: the second listing should have asked for pages at once", unpaged)
			}
		})
	}
}

func TestListLeavesOutContinuationReferences(t *testing.T) {
	f := newFake(t)
	f.onSearch = func(s *session, r searchRequest) bool {
		if !isStaff(r) {
			return false
		}
		s.reference(r.id, "ldap://example.test/CN=Configuration,DC=example,DC=test")
		_ = s.entry(r.id, child("anna"), user("anna"))
		s.reference(r.id, "ldap://example.test/DC=DomainDnsZones,DC=example,DC=test")
		s.done(r.id, 0, "", nil)
		return true
	}
	if got := listAll(t, f.open(), models.ListRequest{Base: staff}); got.err != nil || !slices.Equal(got.names, []string{"anna"}) {
		t.Errorf("got %v, %v", got.names, got.err)
	}
}

func TestListSaysWhatTheServerRefused(t *testing.T) {
	for _, test := range []struct {
		code  uint16
		words string
		want  error
	}{
		{ldap.LDAPResultNoSuchObject, "acl_read: Error retrieving instanceType for base.", models.ErrNotFound},
		{ldap.LDAPResultReferral, "0000202B: RefErr: DSID-03100835", models.ErrNotFound},
		{ldap.LDAPResultInsufficientAccessRights, "00002098: no right", models.ErrDenied},
		{ldap.LDAPResultBusy, "", models.ErrBusy},
		{ldap.LDAPResultOperationsError, "00002020: Operation unavailable without authentication", models.ErrSession},
		{ldap.LDAPResultInvalidDNSyntax, "", models.ErrInvalid},
		{ldap.LDAPResultOther, "", models.ErrServer},
	} {
		t.Run(fmt.Sprint(test.code), func(t *testing.T) {
			f := newFake(t)
			f.onSearch = func(s *session, r searchRequest) bool {
				if isStaff(r) {
					s.done(r.id, test.code, test.words, nil)
				}
				return isStaff(r)
			}
			got := listAll(t, f.open(), models.ListRequest{Base: staff})
			var said *models.Error
			if !errors.Is(got.err, test.want) || !errors.As(got.err, &said) {
				t.Fatalf("got %v, want %v", got.err, test.want)
			}
			if said.Object != staff || models.AdviceFor(said) == "" || said.Server != test.words {
				t.Errorf("got %+v", said)
			}
		})
	}
}

func TestListRefusesWhatMakesNoSense(t *testing.T) {
	f := newFake(t)
	backend := f.open()
	for _, req := range []models.ListRequest{
		{Base: staff, Offset: -1},
		{Base: staff, Limit: -1},
		{Base: ""},
		{Base: staff, Categories: []models.Category{"printer"}},
	} {
		if got := listAll(t, backend, req); !errors.Is(got.err, models.ErrInvalid) || got.pages != 0 {
			t.Errorf("%+v: got %v", req, got.err)
		}
	}
}
