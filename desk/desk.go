package desk

import (
	"sync"
	"time"

	"dirdesk/desk/journal"
	"dirdesk/models"
)

// Mode says whether a desk may write at all.
type Mode uint8

// The modes. The zero value is the safe one.
const (
	Never Mode = iota // this connection is for reading
	Ask               // read-only until a person allows changes for a while
	Open              // changes are allowed: the demo, or a command that was asked for by name
)

// Options say what a Desk needs besides its backend. The zero value reads only.
type Options struct {
	Mode     Mode
	Demo     bool             // for the words of the header only
	Journal  *journal.Journal // nil: nothing is written down; for tests and the demo
	Operator journal.Operator
	Ticket   string // goes into every journal line
	// Now is the clock of the window, the journal and the plans; nil: time.Now.
	Now func() time.Time
	// Settle are the pauses before each further look at an object whose write
	// got no answer; nil: half a second, then two. An empty slice looks once.
	Settle []time.Duration
	// SyncPause is the pause before the first look at a sync; 0: 1 s.
	SyncPause time.Duration
	// SyncDeadline is how long a sync may take before it is given up; 0: 10 min.
	SyncDeadline time.Duration
}

// Desk is the one door through which everything is written: it plans a change,
// applies it, reads it back and writes it down. Its methods are safe for use by
// several goroutines.
type Desk struct {
	backend Backend
	options Options
	hints   hints

	mu     sync.Mutex
	until  time.Time              // end of the window, in mode Ask
	policy *models.PasswordPolicy // read already
	realm  string                 // asked for already
}

// New opens the door to a backend.
func New(backend Backend, o Options) *Desk {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Settle == nil {
		o.Settle = []time.Duration{500 * time.Millisecond, 2 * time.Second}
	}
	if o.SyncPause <= 0 {
		o.SyncPause = time.Second
	}
	if o.SyncDeadline <= 0 {
		o.SyncDeadline = 10 * time.Minute
	}
	return &Desk{backend: backend, options: o}
}

// Backend is what the desk writes to.
func (d *Desk) Backend() Backend { return d.backend }

// Journal is what the desk writes down to; nil when it does not.
func (d *Desk) Journal() *journal.Journal { return d.options.Journal }

// SetTicket names the ticket that the changes from now on belong to.
func (d *Desk) SetTicket(ticket string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.options.Ticket = ticket
}

// Ticket is the one that changes are written down for.
func (d *Desk) Ticket() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.options.Ticket
}
