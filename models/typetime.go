package models

import (
	"strings"
	"time"

	"dirdesk/models/moment"
)

// timeType is a moment, written RFC 3339 in UTC.
type timeType struct{}

func (timeType) name() string        { return "UtcTime" }
func (timeType) words() string       { return "time" }
func (timeType) alike() PropertyType { return Timestamp }
func (timeType) editor() Editor      { return EditTime }

func (timeType) hint(_ string, clock moment.Clock) string { return timeHint(clock, "") }

func timeHint(clock moment.Clock, never string) string {
	hint := moment.Forms + never + ". Local time, " + clock.Now.In(clock.Zone).Format("MST") + "."
	if clock.LastDay {
		hint += " A date alone is the last day."
	}
	return hint
}

func (timeType) parse(_, text string, clock moment.Clock) (value, wrong string) {
	m, err := clock.Parse(text)
	switch {
	case err != nil:
		return "", err.Error() + ": write a date such as 2026-12-31"
	case m.Never:
		return "", "this time cannot be never; to clear the property, give no value"
	default:
		return m.At.UTC().Format(time.RFC3339Nano), ""
	}
}

func (timeType) check(value string) string {
	if _, err := time.Parse(time.RFC3339Nano, value); err != nil {
		return misfit(UTCTime, value, "2027-05-31 or 2027-05-31T17:00:00Z")
	}
	return ""
}

func (timeType) same(a, b string) bool {
	x, errX := time.Parse(time.RFC3339Nano, a)
	y, errY := time.Parse(time.RFC3339Nano, b)
	return errX == nil && errY == nil && x.Equal(y)
}

func (timeType) explain(value string, clock moment.Clock) string {
	t, err := time.Parse(time.RFC3339Nano, value)
	if err != nil {
		return "never"
	}
	return clock.Sentence(t) + ". Sent as " + value
}

func (timeType) format(property, value string, zone *time.Location) string {
	t, err := time.Parse(time.RFC3339Nano, value)
	if err != nil {
		return value
	}
	return clockOf(property, moment.Clock{Zone: zone}).Words(t)
}

// timestampType is a moment, or never.
type timestampType struct{ timeType }

func (timestampType) name() string  { return "Timestamp" }
func (timestampType) words() string { return "time or never" }

func (timestampType) hint(_ string, clock moment.Clock) string { return timeHint(clock, ", or never") }

func (timestampType) parse(property, text string, clock moment.Clock) (value, wrong string) {
	if m, err := clock.Parse(text); err == nil && m.Never {
		return NeverText, ""
	}
	if value, wrong = (timeType{}).parse(property, text, clock); wrong != "" {
		wrong += ", or never"
	}
	return value, wrong
}

func (timestampType) check(value string) string {
	if strings.EqualFold(value, NeverText) || (timeType{}).check(value) == "" {
		return ""
	}
	return misfit(Timestamp, value, "2027-05-31, 2027-05-31T17:00:00Z or never")
}

func (timestampType) same(a, b string) bool {
	return timeType{}.same(a, b) || strings.EqualFold(a, NeverText) && strings.EqualFold(b, NeverText)
}

func (timestampType) format(property, value string, zone *time.Location) string {
	if strings.EqualFold(value, NeverText) {
		return "never"
	}
	return timeType{}.format(property, value, zone)
}
