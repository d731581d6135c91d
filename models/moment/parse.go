package moment

import (
	"errors"
	"fmt"
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
