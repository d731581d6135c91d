package adaxes

import (
	"sync"
	"time"
)

// gate slows down sign-ins from an address with too many failures, and counts
// those of the service's own account. It is safe for use by several goroutines.
type gate struct {
	base time.Duration // of the first delay; negative: none

	mu          sync.Mutex
	failures    map[string]int // by address
	ownFailures int
	until       time.Time // when the own account's lockout ends
}

func newGate(base time.Duration) *gate { return &gate{base: base, failures: map[string]int{}} }

// delay is how long a sign-in from an address has to wait.
func (g *gate) delay(address string) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	return loginDelay(g.base, g.failures[address])
}

func (g *gate) note(address string, succeeded bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if succeeded {
		delete(g.failures, address)
		return
	}
	g.failures[address]++
}

// own counts an attempt on the service's own account: how many are left after
// a wrong password, nil after the right one.
func (g *gate) own(right bool, now time.Time) (left *int, locked bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case now.Before(g.until):
		return nil, true
	case right:
		g.ownFailures = 0
		return nil, false
	}
	g.ownFailures++
	remaining := ownAttempts - g.ownFailures
	if remaining == 0 {
		g.ownFailures, g.until = 0, now.Add(ownLockout)
	}
	return &remaining, false
}
