package walk

import (
	"testing"
	"testing/synctest"
	"time"
)

// A server that answers quickly is asked for twice as many objects at a time,
// up to a limit; one that becomes slow is asked for fewer, down to the first page.
func TestPagesGrowToWhatTheServerAnswersInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPace(1)
		ask := func(takes time.Duration, full bool) int {
			f := &fetch{}
			f.limit = p.pageSize()
			if full {
				f.count = f.limit
			}
			p.request(f, func() { time.Sleep(takes) })
			return p.pageSize()
		}
		if got := ask(100*time.Millisecond, false); got != firstPage {
			t.Errorf("%d objects after a page that was not full", got)
		}
		for _, want := range []int{400, 800, 1600, 3200, largestPage, largestPage} {
			if got := ask(100*time.Millisecond, true); got != want {
				t.Errorf("%d objects a page, want %d", got, want)
			}
		}
		for _, want := range []int{2000, 1000, 500, 250, firstPage, firstPage} {
			if got := ask(time.Second, true); got != want {
				t.Errorf("%d objects a page of a slow server, want %d", got, want)
			}
		}
	})
}
