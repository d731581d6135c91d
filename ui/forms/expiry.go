package forms

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"dirdesk/models"
)

// Expiry asks when an account ends.
func Expiry(env Env, o models.Object) Form {
	f := newSheet(env, "Account expiry: "+name(o))
	now, zone := f.env.Now, f.env.Zone
	preset := "never"
	if t, ok := o.AccountExpiry.Time(); ok {
		preset = lastDay(t, zone).Format(time.DateOnly)
	}
	date := textRow(keyDate, "Last day", preset)
	date.hint = says("2026-12-31, 31.12.2026, +30 (days from today), or never.")
	date.check = func(text string) string {
		_, wrong := parseExpiry(text, now(), zone)
		return wrong
	}
	date.lines = func() []remark {
		expiry, wrong := parseExpiry(date.value(), now(), zone)
		if wrong != "" {
			return nil
		}
		return []remark{expiryWords(expiry, now(), zone)}
	}
	f.rows = []*row{date}
	f.build = func() ([]models.Change, bool, string) {
		expiry, _ := parseExpiry(date.value(), now(), zone)
		if o.AccountExpiry.Known() && o.AccountExpiry.Unix() == expiry.Unix() {
			return nil, false, "It ends then already."
		}
		return []models.Change{{
			Action: models.SetExpiry, DN: o.DN, Name: name(o), Category: o.Category,
			Expiry: expiry, Before: o.AccountExpiry,
		}}, false, ""
	}
	return f
}

// lastDay is the last day on which an account that ends at a moment can be used:
// the moment itself is midnight after it, as Windows' own tools set it.
func lastDay(end time.Time, zone *time.Location) time.Time {
	return end.In(zone).Add(-time.Second)
}

// parseExpiry reads the last day of an account; wrong says what is wrong with
// the text.
func parseExpiry(text string, now time.Time, zone *time.Location) (expiry models.Expiry, wrong string) {
	text = strings.ToLower(strings.TrimSpace(text))
	switch {
	case text == "never":
		return models.Never(), ""
	case text == "":
		return models.Expiry{}, "Type the last day, or never."
	case strings.HasPrefix(text, "+"):
		days, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(text[1:], "days"), "d")))
		if err != nil || days < 0 || days > 36500 {
			return models.Expiry{}, "After + comes a number of days: +30."
		}
		return endOf(now.In(zone).AddDate(0, 0, days), zone), ""
	}
	for _, layout := range []string{time.DateOnly, "2.1.2006"} {
		if day, err := time.ParseInLocation(layout, text, zone); err == nil {
			if day.Year() < 1970 || day.Year() > 9999 {
				break
			}
			return endOf(day, zone), ""
		}
	}
	return models.Expiry{}, "Not a date: write 2026-12-31, 31.12.2026, +30 or never."
}

// endOf is the midnight after a day.
func endOf(day time.Time, zone *time.Location) models.Expiry {
	return models.ExpiryAt(time.Date(day.Year(), day.Month(), day.Day()+1, 0, 0, 0, 0, zone))
}

// expiryWords says when an account ends.
func expiryWords(e models.Expiry, now time.Time, zone *time.Location) remark {
	end, ok := e.Time()
	if !ok {
		return remark{"The account never ends.", good}
	}
	last := lastDay(end, zone)
	day := last.Format("Monday 2 January 2006")
	today := now.In(zone)
	noon := func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), t.Day(), 12, 0, 0, 0, time.UTC) }
	switch days := int(noon(last).Sub(noon(today)).Hours() / 24); {
	case days < 0:
		return remark{"That is past: nobody can sign in any more, from now on. The last day was " + day + ".", bad}
	case days == 0:
		return remark{"It ends tonight, at the end of " + day + ".", good}
	case days == 1:
		return remark{"It ends tomorrow, at the end of " + day + ".", good}
	default:
		return remark{fmt.Sprintf("It ends in %d days, at the end of %s.", days, day), good}
	}
}
