package moment

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Forms are examples of what Parse reads, for hints and errors.
const Forms = "2026-12-31, 31.12.2026, 31 Dec 2026, +30, in 30 days, tomorrow, each with a time of day such as 17:00"

// Parse reads a moment: a date (2026-12-31, 31.12.2026, 31 Dec 2026), a number of
// days, weeks, months or years from today (+30, in 2 weeks, 30 days ago),
// yesterday, today and tomorrow, each with or without a time of day; hours and
// minutes from now; RFC 3339; now, and never. Upper case counts as lower case.
// The error says in a sentence what is wrong.
func (c Clock) Parse(text string) (Moment, error) {
	words := strings.Fields(strings.ToLower(strings.NewReplacer(",", " ", "\u2212", "-").Replace(text)))
	spelled := strings.Join(words, " ")
	switch spelled {
	case "":
		return Moment{}, errors.New("a date is missing")
	case "never":
		return Moment{Never: true}, nil
	case "now":
		return Moment{At: c.Now.In(c.Zone).Truncate(time.Second)}, nil
	}
	if t, ok := c.exact(spelled); ok {
		return within(t)
	}
	date, clock, err := c.split(words)
	if err != nil {
		return Moment{}, err
	}
	edge := ""
	for _, prefix := range []string{"end of ", "start of "} {
		if rest, found := strings.CutPrefix(date, prefix); found && edge == "" {
			edge, date = prefix, rest
		}
	}
	d, ok := c.day(date)
	switch {
	case !ok || edge != "" && clock != nil:
		return Moment{}, fmt.Errorf("%q is not a date", strings.TrimSpace(text))
	case clock != nil:
		return d.at(*clock, c.Zone)
	case edge == "end of " || edge == "" && c.LastDay:
		return within(endOfDay(d.year, d.month, d.day, c.Zone))
	default:
		return within(startOfDay(d.year, d.month, d.day, c.Zone))
	}
}

// within refuses what a directory cannot keep as it is.
func within(t time.Time) (Moment, error) {
	if y := t.Year(); y < firstYear || y > lastYear {
		return Moment{}, fmt.Errorf("a directory keeps the years from %d to %d; for no date at all, write never", firstYear, lastYear)
	}
	return Moment{At: t}, nil
}

// exact reads what names a moment without a day of the zone: RFC 3339, also
// without seconds, and hours or minutes from now.
func (c Clock) exact(text string) (time.Time, bool) {
	upper := strings.Replace(strings.ToUpper(text), " ", "T", 1)
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04Z07:00"} {
		if t, err := time.Parse(layout, upper); err == nil {
			return t, true
		}
	}
	n, unit, ok := distance(text)
	length, known := map[string]time.Duration{"h": time.Hour, "hour": time.Hour, "min": time.Minute, "minute": time.Minute}[unit]
	return c.Now.In(c.Zone).Truncate(time.Second).Add(time.Duration(n) * length), ok && known
}

// mostUnits is how many days, hours and so on a distance may have.
const mostUnits = 100_000

// distance reads how far from now: "+30", "-2 weeks", "in 3 months", "30 days
// ago". The unit is in the singular, "day" where none is named.
func distance(text string) (n int, unit string, ok bool) {
	sign := 1
	switch {
	case strings.HasPrefix(text, "+"):
		text = text[1:]
	case strings.HasPrefix(text, "-"):
		text, sign = text[1:], -1
	case strings.HasPrefix(text, "in "):
		text = text[len("in "):]
	case strings.HasSuffix(text, " ago"):
		text, sign = strings.TrimSuffix(text, " ago"), -1
	default:
		return 0, "", false
	}
	text = strings.TrimSpace(text)
	digits := len(text) - len(strings.TrimLeft(text, "0123456789"))
	n, err := strconv.Atoi(text[:digits])
	unit = strings.TrimSpace(text[digits:])
	if len(unit) > 1 {
		unit = strings.TrimSuffix(unit, "s")
	}
	if unit == "" || unit == "d" {
		unit = "day"
	}
	return sign * n, unit, err == nil && n <= mostUnits
}

// date is a day of the calendar, without a zone.
type date struct {
	year  int
	month time.Month
	day   int
}

func dateOf(t time.Time) date { return date{t.Year(), t.Month(), t.Day()} }

// plus is the day some months and days later. A month that is too short gives its
// last day: a month after 31 January is 28 February.
func (d date) plus(months, days int) date {
	first := time.Date(d.year, d.month+time.Month(months), 1, 12, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return dateOf(first.AddDate(0, 0, min(d.day, last)-1+days))
}

// day reads what names a day.
func (c Clock) day(text string) (date, bool) {
	today := dateOf(c.Now.In(c.Zone))
	switch text {
	case "yesterday":
		return today.plus(0, -1), true
	case "today":
		return today, true
	case "tomorrow":
		return today.plus(0, 1), true
	}
	for _, layout := range []string{time.DateOnly, "2.1.2006", "2 Jan 2006", "2 January 2006", "Jan 2 2006", "January 2 2006"} {
		if t, err := time.Parse(layout, text); err == nil {
			return dateOf(t), true
		}
	}
	n, unit, ok := distance(text)
	switch unit {
	case "day":
		return today.plus(0, n), ok
	case "w", "week":
		return today.plus(0, 7*n), ok
	case "month":
		return today.plus(n, 0), ok
	case "y", "year":
		return today.plus(12*n, 0), ok
	default:
		return date{}, false
	}
}

// timeOfDay is a time of day as it was typed, with the zone's name where one was.
type timeOfDay struct {
	hour, minute, second int
	zone                 string
}

// split parts the words of a date from its time of day. "2026-12-31t17:00" has
// both in one word.
func (c Clock) split(words []string) (day string, clock *timeOfDay, err error) {
	if day, rest, found := strings.Cut(words[0], "t"); found && strings.Contains(rest, ":") {
		words = append([]string{day, rest}, words[1:]...)
	}
	i := slices.IndexFunc(words, func(w string) bool { return strings.Contains(w, ":") })
	if i < 0 {
		return strings.Join(words, " "), nil, nil
	}
	clock, err = readTime(words[i])
	if err != nil {
		return "", nil, err
	}
	switch rest := words[i+1:]; len(rest) {
	case 0:
	case 1:
		clock.zone = rest[0]
	default:
		return "", nil, fmt.Errorf("%q is not a time of day", strings.Join(words[i:], " "))
	}
	words = words[:i]
	if n := len(words) - 1; n > 0 && words[n] == "at" {
		words = words[:n]
	}
	return strings.Join(words, " "), clock, nil
}

// readTime reads a time of day from 0:00 to 24:00, with or without seconds.
func readTime(text string) (*timeOfDay, error) {
	if text == "24:00" || text == "24:00:00" {
		return &timeOfDay{hour: 24}, nil
	}
	for _, layout := range []string{"15:04", time.TimeOnly} {
		if t, err := time.Parse(layout, text); err == nil {
			return &timeOfDay{hour: t.Hour(), minute: t.Minute(), second: t.Second()}, nil
		}
	}
	return nil, fmt.Errorf("%q is not a time of day", text)
}

// at is the moment of a time of day. One that the clock leaps over is refused; of
// one that comes twice, the zone's name tells which is meant, else it is the
// first.
func (d date) at(clock timeOfDay, zone *time.Location) (Moment, error) {
	if clock.hour == 24 {
		return within(endOfDay(d.year, d.month, d.day, zone))
	}
	t := time.Date(d.year, d.month, d.day, clock.hour, clock.minute, clock.second, 0, zone)
	same := func(t time.Time) bool {
		return dateOf(t) == d && t.Hour() == clock.hour && t.Minute() == clock.minute
	}
	if !same(t) {
		return Moment{}, fmt.Errorf("there is no %02d:%02d on %04d-%02d-%02d here: the clock goes forward then", clock.hour, clock.minute, d.year, d.month, d.day)
	}
	fits := func(t time.Time) bool { return same(t) && clock.names(t) }
	for _, other := range []time.Time{t.Add(-2 * time.Hour), t.Add(-time.Hour), t.Add(-30 * time.Minute), t, t.Add(30 * time.Minute), t.Add(time.Hour), t.Add(2 * time.Hour)} {
		if fits(other) {
			return within(other)
		}
	}
	return Moment{}, fmt.Errorf("%s is not the zone of this computer, which is %s then; write the time with an offset, as in 2026-12-31T17:00+01:00",
		strings.ToUpper(clock.zone), t.Format("MST"))
}

// names reports whether a moment is in the zone that was named, if any was.
func (c timeOfDay) names(t time.Time) bool {
	return c.zone == "" || strings.EqualFold(c.zone, t.Format("MST"))
}
