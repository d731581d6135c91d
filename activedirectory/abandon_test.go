package activedirectory

import (
	"context"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"dirdesk/models"
)

// A container that is left in the middle of its listing leaves nothing behind:
// the server hears that the search is abandoned, no goroutine stays, and there
// are no more connections than before.
func TestAListingThatIsLeftIsAbandoned(t *testing.T) {
	for name, leave := range map[string]func(ctx context.Context, b *Backend, first chan<- struct{}){
		"by leaving the loop": func(ctx context.Context, b *Backend, first chan<- struct{}) {
			for range b.List(ctx, models.ListRequest{Base: staff}) {
				first <- struct{}{}
				return
			}
		},
		"by its context": func(ctx context.Context, b *Backend, first chan<- struct{}) {
			ctx, cancel := context.WithCancel(ctx)
			defer cancel()
			for page := range b.List(ctx, models.ListRequest{Base: staff}) {
				if len(page.Objects) > 0 {
					first <- struct{}{}
					cancel()
				}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake(t)
			var search atomic.Int64
			f.abandoned = make(chan int64, 1)
			f.onSearch = func(s *session, r searchRequest) bool {
				if !isStaff(r) {
					return false
				}
				search.Store(r.id)
				for _, name := range []string{"first", "second"} {
					_ = s.entry(r.id, child(name), user(name))
				}
				s.flush() // and no end: the container is a large one
				return true
			}
			backend := f.open()
			if _, err := backend.Get(t.Context(), models.Ref{DN: testBase}); err != nil {
				t.Fatal(err)
			}
			goroutines, connections := runtime.NumGoroutine(), f.connections()
			first := make(chan struct{}, 1)
			leave(t.Context(), backend, first)
			within(t, "the first page", first)
			select {
			case id := <-f.abandoned:
				if id != search.Load() {
					t.Errorf("abandoned was %d, and the search is %d", id, search.Load())
				}
			case <-time.After(10 * time.Second):
				t.Fatal("the server never heard that the search is abandoned")
			}
			settles(t, "connections", connections, f.connections)
			settles(t, "goroutines", goroutines, runtime.NumGoroutine)
			if _, err := backend.Get(t.Context(), models.Ref{DN: testBase}); err != nil {
				t.Errorf("the next read: %v", err)
			}
		})
	}
}

// A search that came to its end is not abandoned.
func TestAWholeListingIsNotAbandoned(t *testing.T) {
	f := newFake(t)
	f.abandoned = make(chan int64, 8)
	f.onSearch = servesAll(many(300))
	backend := f.open()
	if got := listAll(t, backend, models.ListRequest{Base: staff}); len(got.names) != 300 {
		t.Fatalf("%d names, %v", len(got.names), got.err)
	}
	f.stop() // all that was sent has been read
	if len(f.abandoned) > 0 {
		t.Error("the server heard of an abandoned search")
	}
}

// settles waits until a count is back at what it was, or below.
func settles(t *testing.T, what string, before int, count func() int) {
	t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for count() > before {
		if time.Now().After(deadline) {
			all := make([]byte, 1<<16)
			t.Fatalf("%d %s, and %d before:\n%s", count(), what, before, all[:runtime.Stack(all, true)])
		}
		runtime.Gosched()
	}
}
