package rows

import (
	"fmt"
	"runtime"
	"testing"

	"dirdesk/models"
)

// fill reads n users in pages of 1,000, as a backend's decoder would make them:
// every text its own.
func fill(n int) *Listing {
	l := NewListing(base, true)
	for offset := 0; offset < n; offset += 1000 {
		l.Add(models.Page{Objects: users(offset, min(1000, n-offset)), Offset: offset, Total: n})
	}
	return l
}

// The cost of a row must not grow with the rows, nor allocate.
func BenchmarkRows(b *testing.B) {
	for _, n := range []int{100, 10_000, 100_000, 1_000_000} {
		l := fill(n)
		order, err := l.Snapshot().Arrange(b.Context(), Arrangement{Descending: true})
		if err != nil {
			b.Fatal(err)
		}
		for _, view := range []*Order{nil, order} {
			name := fmt.Sprintf("%d/server order", n)
			if view != nil {
				name = fmt.Sprintf("%d/arranged", n)
			}
			l.Use(view)
			b.Run(name, func(b *testing.B) {
				b.ReportAllocs()
				row := 0
				for b.Loop() {
					row = (row + 7919) % n
					if got, ok := l.Row(l.At(row).DN); !ok || got != row {
						b.Fatalf("row %d is found in %d", row, got)
					}
				}
			})
		}
	}
}

func BenchmarkArrange(b *testing.B) {
	l := fill(100_000)
	for name, want := range map[string]Arrangement{
		"sort by name": {Column: ByName, Descending: true}, "narrow": {Narrow: conditions("user 0099")},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := l.Snapshot().Arrange(b.Context(), want); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkAdd(b *testing.B) {
	for b.Loop() {
		fill(100_000)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/100_000, "ns/object")
}

// BenchmarkMemory prints what a loaded object takes in a listing, beyond the
// object itself, and with it.
func BenchmarkMemory(b *testing.B) {
	const n = 100_000
	for b.Loop() {
		before := heap()
		pages := make([]models.Page, 0, n/1000)
		for offset := 0; offset < n; offset += 1000 {
			pages = append(pages, models.Page{Objects: users(offset, 1000), Offset: offset, Total: n})
		}
		objects := heap() - before
		l := NewListing(base, true)
		for _, page := range pages {
			l.Add(page)
		}
		all := heap() - before
		b.ReportMetric(float64(objects)/n, "object-bytes/object")
		b.ReportMetric(float64(all-objects)/n, "listing-bytes/object")
		runtime.KeepAlive(l)
	}
}

func heap() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func TestRowsDoNotAllocate(t *testing.T) {
	l := fill(2000)
	if n := testing.AllocsPerRun(100, func() { l.Row(l.At(1234).DN) }); n != 0 {
		t.Errorf("%v allocations for a row", n)
	}
}
