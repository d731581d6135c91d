// Package moment reads points in time as people type them and says points in
// time to people. It is the only grammar of dates: forms, commands and filters
// all read with [Clock.Parse] and show with [Clock.Words].
package moment

import (
	"fmt"
	"time"
)

// Clock is what a date depends on: the present moment, the zone, and what a date
// without a time of day stands for.
type Clock struct {
	Now  time.Time
	Zone *time.Location
	// LastDay says that a date without a time of day means the end of that day.
	// People name the last day on which an account can be used.
	LastDay bool
}

// Moment is what a text means: a point in time, or never.
type Moment struct {
	At    time.Time // zero for never
	Never bool
}

// The years that directories and their tools keep without loss. Windows and AD
// use the first moment of 1601 and the last of 9999 for "never".
const (
	firstYear = 1602
	lastYear  = 9998
)

// StartOf is the first moment of the day of t, in the zone of t. Where the clock
// goes forward at midnight, the day begins at one o'clock.
func StartOf(t time.Time) time.Time { return startOfDay(t.Year(), t.Month(), t.Day(), t.Location()) }

func startOfDay(year int, month time.Month, day int, zone *time.Location) time.Time {
	noon := time.Date(year, month, day, 12, 0, 0, 0, zone)
	start := time.Date(year, month, day, 0, 0, 0, 0, zone)
	if start.Day() != noon.Day() || start.Hour() != 0 {
		// There is no midnight on this day: it begins when the clock goes forward.
		if begins, _ := noon.ZoneBounds(); !begins.IsZero() {
			return begins.In(zone)
		}
	}
	// Midnight comes twice where the clock goes back to it: the first one counts.
	if begins, _ := start.ZoneBounds(); begins.Equal(start) {
		if earlier := start.Add(-time.Hour); earlier.Day() == start.Day() {
			return earlier
		}
	}
	return start
}

// endOfDay is the first moment after a day.
func endOfDay(year int, month time.Month, day int, zone *time.Location) time.Time {
	return startOfDay(year, month, day+1, zone)
}

// EndOf gives the day that ends at t; ok is false when no day of the zone does.
func (c Clock) EndOf(t time.Time) (day time.Time, ok bool) {
	t = t.In(c.Zone)
	return t.Add(-time.Nanosecond), StartOf(t).Equal(t)
}

// Words say a moment with its zone, in a form that Parse reads again: "end of
// 2026-12-31", "2026-12-31 17:00 CET".
func (c Clock) Words(t time.Time) string {
	if day, ok := c.EndOf(t); ok && c.LastDay {
		return "end of " + day.Format(time.DateOnly)
	}
	t = t.In(c.Zone)
	return t.Format(time.DateOnly + " " + clockLayout(t) + " MST")
}

// Sentence spells a moment out, so that a person sees what a shortcut stands for:
// "at the end of Thursday 31 December 2026, in 40 days".
func (c Clock) Sentence(t time.Time) string {
	const long = "Monday 2 January 2006"
	local := t.In(c.Zone)
	text := "on " + local.Format(long+", "+clockLayout(local)+" MST")
	day, ends := c.EndOf(t)
	if ends && c.LastDay {
		text = "at the end of " + day.Format(long)
	} else {
		day = local
	}
	if !t.After(c.Now) {
		return text + ", which is past"
	}
	switch days := daysBetween(c.Now.In(c.Zone), day); days {
	case 0:
		return text + ", today"
	case 1:
		return text + ", tomorrow"
	default:
		return fmt.Sprintf("%s, in %d days", text, days)
	}
}

// clockLayout leaves seconds out that are none.
func clockLayout(t time.Time) string {
	if t.Second() == 0 {
		return "15:04"
	}
	return time.TimeOnly
}

// daysBetween counts the midnights between two days of one zone.
func daysBetween(from, to time.Time) int {
	noon := func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), t.Day(), 12, 0, 0, 0, time.UTC) }
	return int(noon(to).Sub(noon(from)) / (24 * time.Hour))
}
