package activedirectory

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

func TestFirstPageComesBeforeTheEnd(t *testing.T) {
	f := newFake(t)
	seen := make(chan struct{})
	f.onSearch = func(s *session, r searchRequest) bool {
		if !isStaff(r) {
			return false
		}
		_ = s.entry(r.id, child("first"), user("first"))
		s.flush()
		select { // the rest only after the first one was shown
		case <-seen:
			_ = s.entry(r.id, child("second"), user("second"))
			s.done(r.id, 0, "", nil)
		case <-f.t.Context().Done():
		}
		return true
	}
	var pages []models.Page
	for page, err := range f.open().List(t.Context(), models.ListRequest{Base: staff}) {
		if err != nil {
			t.Fatal(err)
		}
		if pages = append(pages, page); len(pages) == 1 {
			close(seen)
		}
	}
	if len(pages) != 2 || len(pages[0].Objects) != 1 || pages[0].Total != models.UnknownTotal || pages[1].Total != 2 {
		t.Errorf("got %d pages: %+v", len(pages), pages)
	}
}

// endless streams until the client has gone, and says so.
func endless(gone chan<- struct{}) func(s *session, r searchRequest) bool {
	return func(s *session, r searchRequest) bool {
		if !isStaff(r) {
			return false
		}
		for i := 0; ; i++ {
			name := fmt.Sprintf("u%d", i)
			if s.entry(r.id, child(name), user(name)) != nil {
				gone <- struct{}{}
				return true
			}
		}
	}
}

func within(t *testing.T, what string, happened <-chan struct{}) {
	t.Helper()
	select {
	case <-happened:
	case <-time.After(10 * time.Second):
		t.Fatalf("%s did not happen", what)
	}
}

func TestCancellingStopsTheServer(t *testing.T) {
	f, gone := newFake(t), make(chan struct{}, 1)
	f.onSearch = endless(gone)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var last error
	for page, err := range f.open().List(ctx, models.ListRequest{Base: staff}) {
		if last = err; len(page.Objects) > 0 {
			cancel()
		}
	}
	if !errors.Is(last, context.Canceled) {
		t.Errorf("the listing ended with %v, want context.Canceled", last)
	}
	within(t, "the end of the server's stream", gone)
}

func TestLeavingTheLoopStopsTheServerAndNothingElse(t *testing.T) {
	f, gone := newFake(t), make(chan struct{}, 1)
	f.onSearch = endless(gone)
	backend := f.open()
	for _, err := range backend.List(t.Context(), models.ListRequest{Base: staff}) {
		if err != nil {
			t.Fatal(err)
		}
		break
	}
	within(t, "the end of the server's stream", gone)
	if _, err := backend.Get(t.Context(), models.Ref{DN: testBase}); err != nil {
		t.Errorf("the next read: %v", err)
	}
}

func TestListingsInsideOneAnotherDoNotBlock(t *testing.T) {
	f := newFake(t)
	f.onSearch = servesAll(many(200))
	backend := f.open()
	inner := 0
	for _, err := range backend.List(t.Context(), models.ListRequest{Base: staff}) {
		if err != nil {
			t.Fatal(err)
		}
		inner += len(listAll(t, backend, models.ListRequest{Base: staff}).names)
	}
	if inner < 200 || inner%200 != 0 {
		t.Errorf("the inner listings gave %d names", inner)
	}
}

func TestSilenceEndsAListing(t *testing.T) {
	f := newFake(t)
	f.onSearch = func(_ *session, r searchRequest) bool { return isStaff(r) }
	options := f.options()
	options.StallTimeout = 50 * time.Millisecond
	backend, err := Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	if got := listAll(t, backend, models.ListRequest{Base: staff}); !errors.Is(got.err, models.ErrUnreachable) {
		t.Errorf("got %v, want ErrUnreachable", got.err)
	}
}

// A caller who takes a long time over a page is not a silent server.
func TestSlowReaderIsNotSilence(t *testing.T) {
	const stall = 400 * time.Millisecond
	f := newFake(t)
	f.onSearch = servesAll(many(300))
	options := f.options()
	options.StallTimeout = stall
	backend, err := Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // with two things ready, which one is taken is chance
		count := 0
		for page, err := range backend.List(t.Context(), models.ListRequest{Base: staff}) {
			if err != nil {
				t.Fatal(err)
			}
			if count += len(page.Objects); count < 100 {
				<-time.After(stall + stall/8)
			}
		}
		if count != 300 {
			t.Errorf("got %d objects", count)
		}
	}
}

// What a server has ready behind a page is freed by closing the connection.
func TestStoppingAfterAPageFreesTheRest(t *testing.T) {
	f := newFake(t)
	f.onSearch = servesAll(many(30))
	backend := f.open()
	listAll(t, backend, models.ListRequest{Base: staff, Limit: 30}) // to the end: the connection is kept
	listAll(t, backend, models.ListRequest{Base: staff, Limit: 10})
	if f.binds.Load() != 1 {
		t.Errorf("%d sign-ins, want 1", f.binds.Load())
	}
	listAll(t, backend, models.ListRequest{Base: staff})
	if f.binds.Load() != 2 {
		t.Errorf("%d sign-ins, want 2: the connection with the open page was used again", f.binds.Load())
	}
}

// go-ldap ends a search on a closed connection like one without results.
func TestClosedConnectionIsNotAnEmptyContainer(t *testing.T) {
	backend := newFake(t).open()
	c, err := backend.pool.borrow(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c.close()
	if found, err := c.find(t.Context(), time.Minute, baseSearch(staff, anything, nil)); !connectionLost(err) {
		t.Errorf("%d entries, %v", len(found), err)
	}
}

// An unasked-for message, the notice of disconnection above all, means that the
// server is leaving: what came may not be all.
func TestNoticeOfDisconnectionIsNotASuccess(t *testing.T) {
	f := newFake(t)
	f.onSearch = func(s *session, r searchRequest) bool {
		if isStaff(r) {
			_ = s.entry(r.id, child("anna"), user("anna"))
			s.result(0, ldap.ApplicationExtendedResponse, ldap.LDAPResultUnavailable, "shutting down")
			s.done(r.id, 0, "", nil)
		}
		return isStaff(r)
	}
	if got := listAll(t, f.open(), models.ListRequest{Base: staff}); !errors.Is(got.err, models.ErrUnreachable) {
		t.Errorf("got %+v", got)
	}
}
