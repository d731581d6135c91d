package models

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// FileTime is a moment as Active Directory stores it: steps of 100 ns since
// 1601-01-01 UTC (MS-DTYP 2.3.3). 0 is no moment, and NeverFileTime never comes.
type FileTime int64

// NeverFileTime is what accountExpires and the like hold for "never", beside 0.
const NeverFileTime FileTime = math.MaxInt64

const (
	fileTimeSecond = 10_000_000
	secondsTo1970  = 11_644_473_600
	lastYear       = 9999 // nothing can write a later one
)

// ParseFileTime reads a FILETIME in decimal.
func ParseFileTime(text string) (f FileTime, ok bool) {
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	return FileTime(n), err == nil
}

// FileTimeOf is a moment as a FILETIME. One that a FILETIME cannot hold is
// NeverFileTime, or 0 before 1601.
func FileTimeOf(t time.Time) FileTime {
	switch seconds := t.Unix() + secondsTo1970; {
	case seconds < 0:
		return 0
	case seconds >= math.MaxInt64/fileTimeSecond:
		return NeverFileTime
	default:
		return FileTime(seconds*fileTimeSecond + int64(t.Nanosecond())/100)
	}
}

// Comes reports whether it is a moment at all.
func (f FileTime) Comes() bool { return f > 0 && f != NeverFileTime }

// Time is the moment in UTC; zero for none, for never, and for what lies beyond
// the year 9999.
func (f FileTime) Time() time.Time {
	if !f.Comes() {
		return time.Time{}
	}
	t := time.Unix(int64(f)/fileTimeSecond-secondsTo1970, int64(f)%fileTimeSecond*100).UTC()
	if t.Year() > lastYear {
		return time.Time{}
	}
	return t
}

// Expiry is the FILETIME of accountExpires: 0 and the largest both mean never
// (MS-ADA1 2.2), and so does what lies beyond the year 9999.
func (f FileTime) Expiry() Expiry {
	t := f.Time()
	switch {
	case t.IsZero():
		return Never()
	case t.Unix() <= 0:
		return ExpiryAt(time.Unix(1, 0)) // before 1970: over, but 0 and less would read as never
	default:
		return ExpiryAt(t)
	}
}

// String is the FILETIME in decimal, as attributes hold it.
func (f FileTime) String() string { return strconv.FormatInt(int64(f), 10) }
