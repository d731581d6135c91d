package activedirectory

import (
	"math"
	"strconv"
	"strings"
	"time"

	"dirdesk/models"
)

// A FILETIME counts 100 ns from 1601-01-01 UTC (MS-DTYP 2.3.3). Active Directory
// stores moments and, negative, durations in it.
const (
	ticksPerSecond    = 10_000_000
	secondsTo1970     = 11_644_473_600
	neverTicks        = math.MaxInt64 // accountExpires and the like: never
	durationForever   = math.MinInt64 // lockoutDuration, maxPwdAge: for ever
	nanosecondsInTick = 100
)

// ticks reads a number that AD sends as decimal text.
func ticks(text string) (value int64, ok bool) {
	value, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	return value, err == nil
}

// fileTime turns a FILETIME into a moment; zero for 0 and below, for "never", and
// for what lies beyond the year 9999, which nothing downstream could write.
func fileTime(value int64) time.Time {
	if value <= 0 || value == neverTicks {
		return time.Time{}
	}
	t := time.Unix(value/ticksPerSecond-secondsTo1970, value%ticksPerSecond*nanosecondsInTick).UTC()
	if t.Year() > 9999 {
		return time.Time{}
	}
	return t
}

// fileTimeExpiry reads accountExpires: 0 and 2^63-1 both mean never (MS-ADA1
// 2.2), and so does what lies beyond the year 9999.
func fileTimeExpiry(value int64) models.Expiry {
	t := fileTime(value)
	if t.IsZero() {
		return models.Never()
	}
	if t.Unix() <= 0 {
		return models.ExpiryAt(time.Unix(1, 0)) // before 1970: over, but 0 and less would read as never
	}
	return models.ExpiryAt(t)
}

// tickDuration turns a negative count of ticks, as lockoutDuration and maxPwdAge
// are stored, into a duration. forever is set for the smallest number and for
// what a time.Duration cannot hold; 0 is no time at all.
func tickDuration(value int64) (d time.Duration, forever bool) {
	if value > 0 {
		value = -value
	}
	if value == durationForever || value < -math.MaxInt64/nanosecondsInTick {
		return 0, true
	}
	return time.Duration(-value) * nanosecondsInTick, false
}

// generalizedTime reads whenCreated and the like, "20260102030405.0Z" (RFC 4517
// 3.3.13 as AD writes it); zero when it is none.
func generalizedTime(text string) time.Time {
	text, ok := strings.CutSuffix(text, "Z")
	if !ok {
		return time.Time{}
	}
	text, _, _ = strings.Cut(text, ".")
	t, err := time.Parse("20060102150405", text)
	if err != nil {
		return time.Time{}
	}
	return t
}
