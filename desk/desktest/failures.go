package desktest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"dirdesk/desk"
	"dirdesk/models"
)

// missing names containers that do not exist, in the directory and outside it.
func (s *suite) missing(t *testing.T) {
	for _, dn := range []models.DN{
		s.part("Nowhere"),
		s.part("Nowhere").Child("OU", "Below nowhere"),
		s.part(partNames).Child("OU", "Comma"),
		"OU=Somewhere,DC=elsewhere,DC=invalid",
	} {
		_, err := s.list(t, t.Context(), models.ListRequest{Base: dn})
		s.wantError(t, err, dn, models.ErrNotFound)
		if getter, ok := s.backend.(desk.Getter); ok {
			_, err := getter.Get(t.Context(), models.Ref{DN: dn})
			s.wantError(t, err, dn, models.ErrNotFound)
		}
	}
}

// invalid gives texts that are no names. A server may take one for a name that
// does not exist.
func (s *suite) invalid(t *testing.T) {
	for _, dn := range []models.DN{"no name", "CN=", "CN=open\\", "=value," + s.base, "1e5", "null"} {
		_, err := s.list(t, t.Context(), models.ListRequest{Base: dn})
		s.wantError(t, err, dn, models.ErrInvalid, models.ErrNotFound)
	}
	// The connection has survived it.
	s.mustList(t, models.ListRequest{Base: s.part(partEmpty)})
}

// wantError asks for an error of one of the kinds that a person can read.
func (s *suite) wantError(t *testing.T, err error, dn models.DN, kinds ...error) {
	t.Helper()
	var e *models.Error
	switch {
	case err == nil:
		t.Errorf("%q: no error", dn)
	case !slices.ContainsFunc(kinds, func(kind error) bool { return errors.Is(err, kind) }):
		t.Errorf("%q: %v, want %v", dn, err, kinds)
	case !errors.As(err, &e):
		t.Errorf("%q: a %T does not say what to do: %v", dn, err, err)
	case e.Action == "" || e.Object != string(dn):
		t.Errorf("%q: the error says what was tried (%q) on what (%q)", dn, e.Action, e.Object)
	}
}

// promptly is how soon a cancelled request has to end.
const promptly = 5 * time.Second

func (s *suite) cancelledBefore(t *testing.T) {
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	late, cancelLate := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
	defer cancelLate()
	for want, ctx := range map[error]context.Context{context.Canceled: cancelled, context.DeadlineExceeded: late} {
		objects, err := s.list(t, ctx, models.ListRequest{Base: s.part(partPaging)})
		if !errors.Is(err, want) || len(objects) != 0 {
			t.Errorf("%d objects, error %v, want %v", len(objects), err, want)
		}
		if _, err := s.backend.Info(ctx); !errors.Is(err, want) {
			t.Errorf("info: error %v, want %v", err, want)
		}
	}
}

// cancelledMidway cancels at the first page. What had come already may still be
// given; after that it has to say so, soon.
func (s *suite) cancelledMidway(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var at time.Time
	count := 0
	var last error
	for page, err := range s.backend.List(ctx, models.ListRequest{Base: s.part(partPaging)}) {
		if last = err; err == nil {
			count += len(page.Objects)
		}
		if at.IsZero() {
			at = time.Now()
			cancel()
		}
	}
	if took := time.Since(at); took > promptly {
		t.Errorf("it went on for %s", took)
	}
	if !errors.Is(last, context.Canceled) && (last != nil || count != pagingObjects) {
		t.Errorf("after %d objects: error %v", count, last)
	}
	s.mustList(t, models.ListRequest{Base: s.part(partKinds)})
}

// leftMidway stops ranging at the first page, over and over: nothing may be
// used up by it.
func (s *suite) leftMidway(t *testing.T) {
	for range 5 {
		for _, err := range s.backend.List(t.Context(), models.ListRequest{Base: s.part(partPaging)}) {
			if err != nil {
				t.Fatal(err)
			}
			break
		}
	}
	s.mustList(t, models.ListRequest{Base: s.part(partPaging)})
}

// concurrent reads different containers at the same time: each gets its own.
func (s *suite) concurrent(t *testing.T) {
	var running sync.WaitGroup
	errs := make(chan error, 32)
	parts := []string{partStates, partGroups, partKinds, partPaging, partEmpty, partNames, partAdvanced, partDeep}
	for i := range cap(errs) {
		running.Go(func() {
			base := s.part(parts[i%len(parts)])
			want := childrenOf(s.entries, base)
			objects, err := s.list(t, t.Context(), models.ListRequest{Base: base})
			if err != nil {
				errs <- err
				return
			}
			for _, o := range objects {
				delete(want, o.DN.Key())
			}
			if len(want) > 0 {
				errs <- fmt.Errorf("%s: %d objects came and %d are missing", base, len(objects), len(want))
			}
		})
	}
	running.Wait()
	close(errs)
	for err := range errs {
		t.Error(err)
	}
}
