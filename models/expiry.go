package models

import (
	"errors"
	"strings"
	"time"

	"dirdesk/models/moment"
)

// neverSeconds is FILETIME's largest value as Unix seconds, 910692730085: what
// DSM sends in accountExpiryTime for "never" (docs/dsm.md section 7: a live capture).
const neverSeconds = int64(NeverFileTime)/fileTimeSecond - secondsTo1970

// Expiry is the moment at which something ends, or never, or unknown. The zero
// value is unknown.
type Expiry struct {
	seconds int64 // Unix seconds; meaningful with known set
	known   bool
}

// Never is an Expiry that does not come.
func Never() Expiry { return Expiry{seconds: neverSeconds, known: true} }

// ExpiryAt is an Expiry at a moment, to the second.
func ExpiryAt(t time.Time) Expiry { return ExpiryFromUnix(t.Unix()) }

// ExpiryFromUnix reads DSM's accountExpiryTime: Unix seconds, where anything
// from 910692730085 on means never, and so does 0 or less, as AD stores "never"
// as 0 too.
func ExpiryFromUnix(seconds int64) Expiry {
	if seconds <= 0 || seconds >= neverSeconds {
		return Never()
	}
	return Expiry{seconds: seconds, known: true}
}

// Known reports whether the server said anything.
func (e Expiry) Known() bool { return e.known }

// IsNever reports whether it is known never to come.
func (e Expiry) IsNever() bool { return e.known && e.seconds >= neverSeconds }

// Time is the moment, with ok false for never and unknown.
func (e Expiry) Time() (t time.Time, ok bool) {
	if !e.known || e.IsNever() {
		return time.Time{}, false
	}
	return time.Unix(e.seconds, 0).UTC(), true
}

// Unix is DSM's number for it: 910692730085 for never, 0 for unknown.
func (e Expiry) Unix() int64 {
	if !e.known {
		return 0
	}
	return e.seconds
}

// Passed reports whether the moment lies before now.
func (e Expiry) Passed(now time.Time) bool {
	t, ok := e.Time()
	return ok && !t.After(now)
}

// String gives an RFC 3339 time in UTC, "never", or "" when unknown.
func (e Expiry) String() string {
	switch t, ok := e.Time(); {
	case ok:
		return t.Format(time.RFC3339)
	case e.IsNever():
		return "never"
	default:
		return ""
	}
}

// AccountClock reads and says when accounts end: people name the last day.
func AccountClock(now time.Time, zone *time.Location) moment.Clock {
	return moment.Clock{Now: now, Zone: zone, LastDay: true}
}

// ParseExpiry reads when an account ends as people type it: its last day, a
// moment, or never. The error says in a sentence what is wrong.
func ParseExpiry(text string, clock moment.Clock) (Expiry, error) {
	m, err := clock.Parse(text)
	switch {
	case err != nil:
		return Expiry{}, err
	case m.Never:
		return Never(), nil
	case m.At.Unix() <= 0:
		return Expiry{}, errors.New("an account cannot end before 1970")
	default:
		return ExpiryAt(m.At), nil
	}
}

// Words say when it is for a person in a zone: "end of 2026-12-31", "2026-12-31
// 17:00 CET", "never"; "" when unknown. ParseExpiry reads them again.
func (e Expiry) Words(zone *time.Location) string {
	if t, ok := e.Time(); ok {
		return AccountClock(t, zone).Words(t)
	}
	return e.String()
}

// When is Words as they follow a verb: "at the end of 2026-12-31", "on 2026-12-31
// 17:00 CET", "never".
func (e Expiry) When(zone *time.Location) string {
	words := e.Words(zone)
	switch _, ok := e.Time(); {
	case !ok:
		return words
	case strings.HasPrefix(words, "end"):
		return "at the " + words
	default:
		return "on " + words
	}
}
