package desk

import (
	"sync"
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

// writeWindow decides whether changes may be made now.
type writeWindow struct {
	mode Mode
	demo bool
	now  func() time.Time

	mu      sync.Mutex
	allowed time.Time // in mode Ask
	span    time.Duration
}

// Window tells whether changes may be made now. It costs nothing.
func (w *writeWindow) Window() Window {
	switch w.mode {
	case Open:
		if w.demo {
			return Window{Words: "DEMO, CHANGES ALLOWED", Writable: true}
		}
		return Window{Words: "CHANGES ALLOWED", Writable: true}
	case Ask:
		w.mu.Lock()
		allowed, span := w.allowed, w.span
		w.mu.Unlock()
		if left := span - models.Elapsed(allowed, w.now()); left > 0 {
			return Window{Words: "CHANGES ALLOWED, " + models.Span(left) + " left", Writable: true, Until: allowed.Add(span)}
		}
		return Window{Words: "READ-ONLY"}
	default:
		return Window{Words: "READ-ONLY", Never: true}
	}
}

// Allow opens the window for a while, from now on: a person said yes. A span of
// 0 or less closes it. In mode Never it is models.ErrDenied.
func (w *writeWindow) Allow(span time.Duration) error {
	if w.mode == Never {
		return readOnly()
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.allowed, w.span = w.now(), span
	return nil
}

// barred says why nothing may be written now; nil when it may.
func (w *writeWindow) barred() error {
	switch {
	case w.Window().Writable:
		return nil
	case w.mode == Never:
		return readOnly()
	default:
		return windowClosed()
	}
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
