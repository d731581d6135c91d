package directory

import (
	"math"
	"strconv"
	"time"
)

// filetime counts 100-nanosecond steps since 1601-01-01 UTC, as AD stores times.
// 0 is "not set" for every attribute here, and largest is "never".
type filetime int64

const (
	largest      filetime = math.MaxInt64
	unixInFT              = 116444736000000000 // 1970-01-01
	stepsPerSec           = 10_000_000
	nanosPerStep          = 100
)

// FileTime writes a moment as the decimal FILETIME that AD's attributes hold:
// for accountExpires, lockoutTime and pwdLastSet in [Directory.Add].
func FileTime(t time.Time) string {
	return strconv.FormatInt(int64(filetimeOf(t)), 10)
}

func filetimeOf(t time.Time) filetime {
	return filetime(t.Unix()*stepsPerSec + int64(t.Nanosecond())/nanosPerStep + unixInFT)
}

func (f filetime) isSet() bool   { return f > 0 }
func (f filetime) isNever() bool { return f <= 0 || f == largest }

// time converts to UTC; only for values that are set and not largest.
func (f filetime) time() time.Time {
	since := int64(f) - unixInFT
	return time.Unix(since/stepsPerSec, since%stepsPerSec*nanosPerStep).UTC()
}

// FromFileTime reads a FILETIME that stands for a moment.
func FromFileTime(n int64) time.Time { return filetime(n).time() }
