package activedirectory

import (
	"math"
	"strings"
	"time"
)

// durationForever is "for ever" in lockoutDuration and maxPwdAge, which hold
// negative steps of 100 ns.
const durationForever = math.MinInt64

// tickDuration turns a negative count of ticks, as lockoutDuration and maxPwdAge
// are stored, into a duration. forever is set for the smallest number and for
// what a time.Duration cannot hold; 0 is no time at all.
func tickDuration(value int64) (d time.Duration, forever bool) {
	if value > 0 {
		value = -value
	}
	if value == durationForever || value < -math.MaxInt64/100 {
		return 0, true
	}
	return time.Duration(-value) * 100, false
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
