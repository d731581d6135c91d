package desk

import (
	"cmp"
	"slices"
	"time"

	"dirdesk/desk/bookmarks"
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
	Profile  string // name of the connection, for the journal; "" for none
	// Bookmarks are those of the connection; nil: none are kept.
	Bookmarks *bookmarks.Book
	// Limits are what may be changed at all; nil for no limits.
	Limits *models.Limits
	// MailPattern is that of the profile, for who proposes an address.
	MailPattern models.MailPattern
	// VerifyCaller is what is asked for before a password is reset; CallerVerified
	// says of all resets that it was done, CallerInTicket that Ticket is about them.
	VerifyCaller   models.CallerCheck
	CallerVerified bool
	CallerInTicket bool
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
// several goroutines. What it can do is shared out among its parts.
type Desk struct {
	*directory    // what the connection can do, and what it holds
	finder        // objects by what a person types
	*knownRights  // what the operator may do
	writeWindow   // whether changes may be made now
	journalWriter // what is written down
}

// New opens the door to a backend.
func New(backend Backend, o Options) *Desk {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Settle == nil {
		o.Settle = []time.Duration{500 * time.Millisecond, 2 * time.Second}
	}
	o.SyncPause = cmp.Or(max(o.SyncPause, 0), time.Second)
	o.SyncDeadline = cmp.Or(max(o.SyncDeadline, 0), 10*time.Minute)
	d := &directory{connection: connection{Indexed(backend)}, options: o}
	return &Desk{
		directory: d, finder: finder{d}, knownRights: &knownRights{in: d},
		writeWindow:   writeWindow{mode: o.Mode, demo: o.Demo, now: o.Now},
		journalWriter: journalWriter{directory: d, journal: o.Journal, operator: o.Operator, ticket: o.Ticket, profile: o.Profile},
	}
}

// Backend is what the desk writes to.
func (d *Desk) Backend() Backend { return d.backend }

// Bookmarks are those of the connection; nil where none are kept.
func (d *Desk) Bookmarks() *bookmarks.Book { return d.options.Bookmarks }

// Can tells whether an action can be offered for an object: "" it can; else why
// not, in words. It costs nothing and looks at what is known of the object. For
// creations, o is the container that the new object is to go to; its zero value
// is any.
func (d *Desk) Can(action models.Action, o models.Object) string {
	if d.mode == Never {
		return "this connection is read-only"
	}
	never, now := d.whyNot(action, o)
	return cmp.Or(never, now, d.Refuses(models.Change{Action: action}.Of(o)))
}

// CannotEver is Can without what may be otherwise in a moment: it is about the
// object, and about what this connection can do.
func (d *directory) CannotEver(action models.Action, o models.Object) string {
	never, _ := d.whyNot(action, o)
	return never
}

// whyNot says why an action can never be done to an object on this connection, and
// why there is no use in it now; "" for neither.
func (d *directory) whyNot(action models.Action, o models.Object) (never, now string) {
	op, known := operations()[action]
	if !known {
		return d.lacks(string(action)), ""
	}
	if words := d.forbidsAction(action); words != "" {
		return words, ""
	}
	if words := op.about().cannot(d, o.Category); words != "" || o.Category == "" {
		return words, ""
	}
	return op.about().unfit(o)
}

// Offered notes of objects which of what they say can be done to them this
// connection cannot do.
func (d *directory) Offered(objects []models.Object) []models.Object {
	objects = slices.Clone(objects)
	for i := range objects {
		o := objects[i]
		for action, op := range operations() {
			if told := op.about().told; told != nil && *told(&o) == models.Yes && d.CannotEver(action, o) != "" {
				*told(&objects[i]) = models.No
			}
		}
	}
	return objects
}
