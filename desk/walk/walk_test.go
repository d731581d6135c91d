package walk

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"dirdesk/models"
)

// fake is a container on a slow server. before is called, one at a time, when
// the n-th request is answered; it may change the container.
type fake struct {
	seekable bool
	delay    func(offset int) time.Duration
	before   func(f *fake, n int) error
	claim    int // added to the true total

	mu        sync.Mutex
	objects   []models.Object
	requests  int
	answers   int
	running   int
	most      int // requests at the same time
	cancelled int
}

func (f *fake) About() models.About { return models.About{Seekable: f.seekable} }

func (f *fake) List(ctx context.Context, req models.ListRequest) iter.Seq2[models.Page, error] {
	return func(yield func(models.Page, error) bool) {
		page, err := f.answer(ctx, req)
		if err != nil {
			yield(models.Page{}, err)
			return
		}
		for first := 0; ; {
			last := min(first+100, len(page.Objects))
			part := models.Page{Objects: page.Objects[first:last], Offset: page.Offset + first, Total: page.Total}
			if !f.seekable && last < len(page.Objects) {
				part.Total = models.UnknownTotal
			}
			if !yield(part, nil) || last == len(page.Objects) {
				return
			}
			first = last
		}
	}
}

func (f *fake) answer(ctx context.Context, req models.ListRequest) (models.Page, error) {
	f.mu.Lock()
	f.requests++
	f.running++
	f.most = max(f.most, f.running)
	f.mu.Unlock()
	wait := time.Second
	if f.delay != nil {
		wait = f.delay(req.Offset)
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.running--
	if ctx.Err() != nil {
		f.cancelled++
		return models.Page{}, ctx.Err()
	}
	f.answers++
	if f.before != nil {
		if err := f.before(f, f.answers); err != nil {
			return models.Page{}, err
		}
	}
	first := min(req.Offset, len(f.objects))
	last := len(f.objects)
	if req.Limit > 0 {
		last = min(last, first+req.Limit)
	}
	return models.Page{Objects: slices.Clone(f.objects[first:last]), Offset: req.Offset, Total: len(f.objects) + f.claim}, nil
}

func laterIsSlower(offset int) time.Duration { return time.Duration(1+offset) * time.Millisecond }

// walked collects a walk, checking that its pages follow one another.
func walked(t *testing.T, f *fake, req models.ListRequest, options Options) ([]string, error) {
	t.Helper()
	var got []string
	offset, pages := req.Offset, 0
	for page, err := range Pages(t.Context(), f, req, options) {
		if err != nil {
			return got, err
		}
		if page.Offset != offset {
			t.Errorf("page %d is at %d, want %d", pages, page.Offset, offset)
		}
		for _, o := range page.Objects {
			got = append(got, o.Name)
		}
		offset += len(page.Objects)
		pages++
	}
	if pages == 0 {
		t.Error("there was no page at all")
	}
	return got, nil
}

const container = models.DN("OU=Large,DC=example,DC=test")

func userOf(n int) models.Object {
	name := fmt.Sprintf("User %06d", n)
	return models.Object{DN: container.Child("CN", name), Name: name, Category: models.Person, SAMAccountName: fmt.Sprintf("u%d", n)}
}

func usersOf(first, count int) []models.Object {
	objects := make([]models.Object, count)
	for i := range objects {
		objects[i] = userOf(first + i)
	}
	return objects
}

func namesIn(objects []models.Object) []string {
	var all []string
	for _, o := range objects {
		all = append(all, o.Name)
	}
	return all
}

func TestWalkReadsAllInOrder(t *testing.T) {
	for _, c := range []struct {
		name     string
		f        *fake
		req      models.ListRequest
		requests int
		seconds  int
	}{
		{"pages at once", &fake{seekable: true, objects: usersOf(0, 950)}, models.ListRequest{}, 10, 4},
		{"late pages wait for their turn", &fake{seekable: true, objects: usersOf(0, 950), delay: func(offset int) time.Duration {
			return time.Duration(1000-offset) * time.Millisecond
		}}, models.ListRequest{}, 10, -1},
		{"one page", &fake{seekable: true, objects: usersOf(0, 100)}, models.ListRequest{}, 1, 1},
		{"empty", &fake{seekable: true}, models.ListRequest{}, 1, 1},
		{"part of it", &fake{seekable: true, objects: usersOf(0, 950)}, models.ListRequest{Offset: 120, Limit: 230}, 3, 2},
		{"from the end on", &fake{seekable: true, objects: usersOf(0, 50)}, models.ListRequest{Offset: 50}, 1, 1},
		{"more claimed than there is", &fake{seekable: true, objects: usersOf(0, 150), claim: 1 << 40}, models.ListRequest{}, -1, -1},
		{"a stream", &fake{objects: usersOf(0, 950)}, models.ListRequest{}, 1, 1},
		{"an empty stream", &fake{}, models.ListRequest{}, 1, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				c.req.Base = container
				var report Report
				got, err := walked(t, c.f, c.req, Options{PageSize: 100, Report: &report})
				want := namesIn(c.f.objects[c.req.Offset:])
				if c.req.Limit > 0 {
					want = want[:c.req.Limit]
				}
				if err != nil || !slices.Equal(got, want) {
					t.Errorf("%d objects, want %d, error %v", len(got), len(want), err)
				}
				if c.requests >= 0 && (c.f.requests != c.requests || report.Requests != c.requests) {
					t.Errorf("%d requests (reported %d), want %d", c.f.requests, report.Requests, c.requests)
				}
				if took := int(time.Since(start).Seconds()); c.seconds >= 0 && took != c.seconds {
					t.Errorf("it took %d s, want %d", took, c.seconds)
				}
				if c.f.most > 4 {
					t.Errorf("%d requests at once", c.f.most)
				}
				if report.Changed || report.Objects != len(want) {
					t.Errorf("report %+v", report)
				}
			})
		})
	}
}

func TestWalkOfAChangingContainer(t *testing.T) {
	shrink := func(f *fake, n int) error {
		if n == 3 {
			f.objects = slices.Delete(f.objects, 10, 210)
		}
		return nil
	}
	grow := func(f *fake, n int) error {
		if n == 3 {
			f.objects = append(usersOf(5000, 250), f.objects...)
		}
		return nil
	}
	for _, c := range []struct {
		name   string
		before func(*fake, int) error
	}{{"shrinks", shrink}, {"grows at its start", grow}} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := &fake{seekable: true, objects: usersOf(0, 950), before: c.before}
				f.delay = laterIsSlower
				var report Report
				got, err := walked(t, f, models.ListRequest{Base: container}, Options{PageSize: 100, Report: &report})
				if err != nil {
					t.Fatal(err)
				}
				if !report.Changed {
					t.Error("the walk does not say that the container changed")
				}
				if sorted := slices.Sorted(slices.Values(got)); len(slices.Compact(sorted)) != len(got) {
					t.Error("an object was delivered twice")
				}
				if last := f.objects[len(f.objects)-1].Name; got[len(got)-1] != last {
					t.Errorf("the walk ended at %s, want %s", got[len(got)-1], last)
				}
			})
		})
	}
}

func TestWalkEndsWithTheServersError(t *testing.T) {
	for _, seekable := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			f := &fake{seekable: seekable, objects: usersOf(0, 950), before: func(_ *fake, n int) error {
				if n >= 3 || !seekable {
					return &models.Error{Kind: models.ErrUnreachable, Action: "list", Object: string(container)}
				}
				return nil
			}, delay: laterIsSlower}
			got, err := walked(t, f, models.ListRequest{Base: container}, Options{PageSize: 100, Concurrency: 2})
			var partial *PartialError
			if !errors.As(err, &partial) || !errors.Is(err, models.ErrUnreachable) {
				t.Fatalf("error %v", err)
			}
			if partial.Read != len(got) || seekable && (partial.Read != 200 || partial.Total != 950) {
				t.Errorf("%d delivered, error %q of %+v", len(got), err, partial)
			}
		})
	}
}

func TestWalkStopsWithItsContext(t *testing.T) {
	for _, seekable := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			f := &fake{seekable: seekable, objects: usersOf(0, 950)}
			ctx, cancel := context.WithTimeout(t.Context(), 1500*time.Millisecond)
			if !seekable {
				ctx, cancel = context.WithTimeout(t.Context(), 500*time.Millisecond)
			}
			defer cancel()
			var last error
			for _, err := range Pages(ctx, f, models.ListRequest{Base: container}, Options{PageSize: 100}) {
				last = err
			}
			if !errors.Is(last, context.DeadlineExceeded) {
				t.Errorf("error %v", last)
			}
		})
	}
}

// The bubble of synctest fails the test when a goroutine is left behind.
func TestWalkLeavesNothingBehindWhenTheCallerStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{seekable: true, objects: usersOf(0, 950), delay: laterIsSlower}
		pages := 0
		for range Pages(t.Context(), f, models.ListRequest{Base: container}, Options{PageSize: 100}) {
			if pages++; pages == 2 {
				break
			}
		}
		if f.running != 0 || f.cancelled == 0 {
			t.Errorf("%d requests still run, %d were cancelled", f.running, f.cancelled)
		}
	})
}

func TestWalkDoesNotFollowAServerThatRepeatsItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{seekable: true, objects: usersOf(0, 100)}
		f.before = func(f *fake, _ int) error {
			f.objects = append(f.objects, usersOf(0, 100)...)
			return nil
		}
		got, err := walked(t, f, models.ListRequest{Base: container}, Options{PageSize: 100})
		if !errors.Is(err, models.ErrProtocol) || len(got) != 100 {
			t.Errorf("%d objects, error %v", len(got), err)
		}
	})
}

// endless is a container without an end.
type endless struct{ seekable bool }

func (e endless) About() models.About { return models.About{Seekable: e.seekable, MaxRows: 2500} }

func (endless) List(_ context.Context, req models.ListRequest) iter.Seq2[models.Page, error] {
	return func(yield func(models.Page, error) bool) {
		for at := req.Offset; ; at++ {
			if req.Limit > 0 && at == req.Offset+req.Limit {
				return
			}
			if !yield(models.Page{Objects: []models.Object{{DN: models.DN(fmt.Sprintf("CN=%d", at))}}, Offset: at, Total: models.UnknownTotal}, nil) {
				return
			}
		}
	}
}

// A list that never ends stops where the profile says, and says so.
func TestAListWithoutAnEndStopsAtTheCap(t *testing.T) {
	for _, seekable := range []bool{true, false} {
		count, last := 0, error(nil)
		for page, err := range Pages(t.Context(), endless{seekable}, models.ListRequest{Base: "DC=x"}, Options{}) {
			count, last = count+len(page.Objects), err
		}
		if count != 2500 || last == nil || !strings.Contains(last.Error(), "2,500 (max_rows)") {
			t.Errorf("seekable %v: %d rows, %v", seekable, count, last)
		}
	}
}
