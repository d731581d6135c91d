package property

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"dirdesk/models"
)

// moments reads and says points in time, in the person's own zone.
type moments struct {
	words    words
	property models.Property
}

// namesLastDay reports whether a date stands for the end of the day: of an
// account people name the last day on which it can be used.
func namesLastDay(property string) bool { return strings.EqualFold(property, "accountExpires") }

func (m moments) endsDays() bool { return namesLastDay(m.property.Name) }

func (m moments) hasNever() bool { return m.property.Type == models.Timestamp }

func (m moments) hint() string {
	hint := "2026-12-31, 31.12.2026, 2026-12-31 17:30, +30 or in 30 days, now"
	if m.hasNever() {
		hint += ", or never"
	}
	if m.endsDays() {
		return hint + ". A date is the last day. Local time, " + m.words.now().In(m.words.zone).Format("MST") + "."
	}
	return hint + ". Local time, " + m.words.now().In(m.words.zone).Format("MST") + "."
}

// preset is how a value is typed.
func (m moments) preset(value string) string {
	if strings.EqualFold(value, models.NeverText) {
		return "never"
	}
	t, err := time.Parse(time.RFC3339Nano, value)
	if err != nil {
		return value
	}
	t = t.In(m.words.zone)
	if m.endsDays() && t.Equal(midnight(t, 0)) {
		return t.Add(-time.Second).Format(time.DateOnly)
	}
	return t.Format(time.DateTime)
}

// read gives the value that a text means.
func (m moments) read(text string) (value, wrong string) {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	if text == "never" {
		if !m.hasNever() {
			return "", "This time cannot be never: empty it to clear the property."
		}
		return models.NeverText, ""
	}
	t, ok := m.moment(text)
	switch {
	case !ok:
		return "", "This is no time."
	case t.Year() < 1602 || t.Year() > 9998:
		return "", "A directory knows the years from 1602 to 9998."
	}
	return t.UTC().Format(time.RFC3339Nano), ""
}

// moment reads a point in time.
func (m moments) moment(text string) (time.Time, bool) {
	now := m.words.now().In(m.words.zone).Truncate(time.Second)
	switch text {
	case "now":
		return now, true
	case "today":
		return m.day(now), true
	case "tomorrow":
		return m.day(now.AddDate(0, 0, 1)), true
	}
	if rest, ok := strings.CutPrefix(text, "+"); ok {
		return m.ahead(now, rest)
	}
	if rest, ok := strings.CutPrefix(text, "in "); ok {
		return m.ahead(now, rest)
	}
	for _, layout := range []string{time.DateOnly, "2.1.2006"} {
		if t, err := time.ParseInLocation(layout, text, m.words.zone); err == nil {
			return m.day(t), true
		}
		for _, clock := range []string{" 15:04", " 15:04:05"} {
			if t, err := time.ParseInLocation(layout+clock, text, m.words.zone); err == nil {
				return t, true
			}
		}
	}
	t, err := time.Parse(time.RFC3339Nano, strings.ToUpper(text))
	return t, err == nil
}

// ahead is a number of days, weeks, months, years or hours from now.
func (m moments) ahead(now time.Time, text string) (time.Time, bool) {
	digits := strings.TrimLeft(text, "0123456789")
	n, err := strconv.Atoi(text[:len(text)-len(digits)])
	if err != nil || n > 100_000 {
		return time.Time{}, false
	}
	switch strings.TrimSuffix(strings.TrimSpace(digits), "s") {
	case "", "d", "day":
		return m.day(now.AddDate(0, 0, n)), true
	case "w", "week":
		return m.day(now.AddDate(0, 0, 7*n)), true
	case "month":
		return m.day(now.AddDate(0, n, 0)), true
	case "y", "year":
		return m.day(now.AddDate(n, 0, 0)), true
	case "h", "hour":
		return now.Add(time.Duration(n) * time.Hour), true
	}
	return time.Time{}, false
}

// day is the moment that a day stands for.
func (m moments) day(t time.Time) time.Time {
	if m.endsDays() {
		return midnight(t, 1)
	}
	return midnight(t, 0)
}

// midnight begins the day that lies some days after t's.
func midnight(t time.Time, days int) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day()+days, 0, 0, 0, 0, t.Location())
}

// means says what a value stands for, and what is sent.
func (m moments) means(value string) string {
	if strings.EqualFold(value, models.NeverText) {
		return "Never."
	}
	t, err := time.Parse(time.RFC3339Nano, value)
	if err != nil {
		return ""
	}
	local := t.In(m.words.zone)
	text := local.Format("Monday 2 January 2006, 15:04:05 MST")
	if m.endsDays() && local.Equal(midnight(local, 0)) {
		text = "At the end of " + local.Add(-time.Second).Format("Monday 2 January 2006")
	}
	if !t.After(m.words.now()) {
		text += ", which is past"
	}
	return fmt.Sprintf("%s. Sent as %s.", text, t.UTC().Format(time.RFC3339))
}
