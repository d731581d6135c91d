package models

import (
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"dirdesk/models/moment"
)

// hoursType is the hours of the week at which an account may sign in.
type hoursType struct{ bytesType }

func (hoursType) name() string                     { return "LogonHours" }
func (hoursType) words() string                    { return "logon hours" }
func (hoursType) editor() Editor                   { return EditHours }
func (hoursType) hint(string, moment.Clock) string { return "The hours of a week." }

func (hoursType) check(value string) string {
	if _, ok := ParseWeek(value); !ok {
		return "logon hours are 21 bytes in Base64, one bit for each hour of the week"
	}
	return ""
}

func (hoursType) format(_, value string, _ *time.Location) string {
	if w, ok := ParseWeek(value); ok {
		return w.Words()
	}
	return value
}

// Week is the hours of a week in UTC from Sunday 00:00 on.
type Week [168]bool

// ParseWeek reads the value of logon hours.
func ParseWeek(text string) (w Week, ok bool) {
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(data) != len(w)/8 {
		return Week{}, false
	}
	for i := range w {
		w[i] = data[i/8]>>(i%8)&1 == 1
	}
	return w, true
}

// Text is the week as the value of logon hours.
func (w Week) Text() string {
	var data [len(w) / 8]byte
	for i, on := range w {
		if on {
			data[i/8] |= 1 << (i % 8)
		}
	}
	return base64.StdEncoding.EncodeToString(data[:])
}

// Words say how much of the week is left.
func (w Week) Words() string {
	n := 0
	for _, on := range w {
		if on {
			n++
		}
	}
	switch n {
	case 0:
		return "at no time"
	case len(w):
		return "at any time"
	default:
		return strconv.Itoa(n) + " of 168 hours"
	}
}

// Workstations are the names in userWorkstations, which commas divide.
func Workstations(text string) (names []string) {
	for name := range strings.SplitSeq(text, ",") {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// At reports whether the hour of a moment is one of the week's.
func (w Week) At(t time.Time) bool { return w[weekHour(t)] }

// Next is when the next hour of the week begins that is on, after a moment; ok is
// false where none is.
func (w Week) Next(t time.Time) (next time.Time, ok bool) {
	next = t.UTC().Truncate(time.Hour)
	for range w {
		if next = next.Add(time.Hour); w.At(next) {
			return next, true
		}
	}
	return time.Time{}, false
}

func weekHour(t time.Time) int { return int(t.UTC().Weekday())*24 + t.UTC().Hour() }
