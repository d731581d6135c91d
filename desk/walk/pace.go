package walk

import (
	"sync"
	"time"
)

const (
	firstPage   = 200  // objects to ask for first, so that something is there soon
	largestPage = 4000 // however fast the server is
	// growsWithin is how fast a full page has to come for larger ones to be asked
	// for: twice as large, they still come within half a second.
	growsWithin = 250 * time.Millisecond
)

// Pace is what several walks share: how many requests are under way at once, and
// how large their pages are.
type Pace struct {
	room chan struct{}
	mu   sync.Mutex
	size int
}

// NewPace lets so many requests be under way at once.
func NewPace(requests int) *Pace { return &Pace{room: make(chan struct{}, requests), size: firstPage} }

func (p *Pace) pageSize() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.size
}

// request runs one request, when it is its turn, and learns from how long it takes.
func (p *Pace) request(f *fetch, run func()) {
	p.room <- struct{}{}
	defer func() { <-p.room }()
	began := time.Now()
	run()
	p.mu.Lock()
	defer p.mu.Unlock()
	switch took := time.Since(began); {
	case took > 2*growsWithin && f.limit <= p.size:
		p.size = max(p.size/2, firstPage)
	case took < growsWithin && f.count >= f.limit && f.limit == p.size:
		p.size = min(p.size*2, largestPage)
	}
}
