package desk

import (
	"time"

	"dirdesk/models"
)

// DefaultWindow is for how long changes are allowed when a person says yes.
const DefaultWindow = 15 * time.Minute

// Window tells whether changes may be made now.
type Window struct {
	Words    string // for the header: "READ-ONLY", "CHANGES ALLOWED, 14 min left"
	Writable bool
	Until    time.Time // zero when there is no end, or nothing is allowed
	Never    bool      // and nobody can allow it
}

// Window tells whether changes may be made now. It costs nothing.
func (d *Desk) Window() Window {
	switch d.options.Mode {
	case Open:
		if d.options.Demo {
			return Window{Words: "DEMO, CHANGES ALLOWED", Writable: true}
		}
		return Window{Words: "CHANGES ALLOWED", Writable: true}
	case Ask:
		d.mu.Lock()
		until := d.until
		d.mu.Unlock()
		if left := until.Sub(d.options.Now()); left > 0 {
			return Window{Words: "CHANGES ALLOWED, " + models.Span(left) + " left", Writable: true, Until: until}
		}
		return Window{Words: "READ-ONLY"}
	default:
		return Window{Words: "READ-ONLY", Never: true}
	}
}

// Allow opens the window for a while, from now on: a person said yes. A span of
// 0 or less closes it. In mode Never it is models.ErrDenied.
func (d *Desk) Allow(span time.Duration) error {
	if d.options.Mode == Never {
		return readOnly()
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.until = d.options.Now().Add(span)
	return nil
}

// ErrReadOnly says that changes are not allowed here, or not now. It is
// models.ErrDenied too.
var ErrReadOnly error = models.InWords("changes are not allowed", models.ErrDenied)

func readOnly() error {
	return &models.Error{
		Kind: ErrReadOnly, Action: "change the directory",
		Advice: "This connection is for reading only. Connect without --read-only and with a profile that allows changes.",
	}
}

func windowClosed() error {
	return &models.Error{
		Kind: ErrReadOnly, Action: "change the directory",
		Advice: "Changes are not allowed at the moment. Allow them, then try again.",
	}
}
