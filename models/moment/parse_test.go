package moment_test

import (
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"

	"dirdesk/models/moment"
)

// zones have been hard on dates: midnight is left out or comes twice, the clock
// moves by half an hour or by two, a whole day is missing, offsets are odd.
var zones = []string{
	"UTC", "Europe/Berlin", "America/Havana", "Asia/Beirut", "Africa/Cairo", "America/Sao_Paulo", "Pacific/Apia",
	"Asia/Kathmandu", "Australia/Lord_Howe", "Antarctica/Troll", "America/St_Johns",
}

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// clock is half past two in the afternoon of Friday 27 November 2026 in Berlin.
func clock(t testing.TB) moment.Clock {
	berlin := zone(t, "Europe/Berlin")
	return moment.Clock{Now: time.Date(2026, 11, 27, 14, 30, 5, 99, berlin), Zone: berlin}
}

func TestParse(t *testing.T) {
	for text, want := range map[string]string{
		"2026-12-31":                     "2026-12-31T00:00:00+01:00",
		"31.12.2026":                     "2026-12-31T00:00:00+01:00",
		"1.2.2027":                       "2027-02-01T00:00:00+01:00",
		"31 Dec 2026":                    "2026-12-31T00:00:00+01:00",
		"31 december 2026":               "2026-12-31T00:00:00+01:00",
		"December 31, 2026":              "2026-12-31T00:00:00+01:00",
		"2026-12-31 17:00":               "2026-12-31T17:00:00+01:00",
		"2026-12-31T17:00":               "2026-12-31T17:00:00+01:00",
		"2026-12-31t17:00:05":            "2026-12-31T17:00:05+01:00",
		"31.12.2026, 7:05":               "2026-12-31T07:05:00+01:00",
		"31 Dec 2026 at 17:00":           "2026-12-31T17:00:00+01:00",
		"2026-12-31 17:00 CET":           "2026-12-31T17:00:00+01:00",
		"2026-12-31 24:00":               "2027-01-01T00:00:00+01:00",
		"2026-12-31T17:00:00Z":           "2026-12-31T17:00:00Z",
		"2026-12-31 17:00:00z":           "2026-12-31T17:00:00Z",
		"2026-12-31T17:00-05:00":         "2026-12-31T17:00:00-05:00",
		"2026-12-31T17:00:00.25Z":        "2026-12-31T17:00:00.25Z",
		"now":                            "2026-11-27T14:30:05+01:00",
		"today":                          "2026-11-27T00:00:00+01:00",
		"Tomorrow":                       "2026-11-28T00:00:00+01:00",
		"tomorrow 17:00":                 "2026-11-28T17:00:00+01:00",
		"yesterday":                      "2026-11-26T00:00:00+01:00",
		"+30":                            "2026-12-27T00:00:00+01:00",
		" + 30 days ":                    "2026-12-27T00:00:00+01:00",
		"+30d 8:00":                      "2026-12-27T08:00:00+01:00",
		"in 30 days":                     "2026-12-27T00:00:00+01:00",
		"in 1 day":                       "2026-11-28T00:00:00+01:00",
		"+2w":                            "2026-12-11T00:00:00+01:00",
		"in 3 months":                    "2027-02-27T00:00:00+01:00",
		"+1y":                            "2027-11-27T00:00:00+01:00",
		"-30":                            "2026-10-28T00:00:00+01:00",
		"\u221230 days":                  "2026-10-28T00:00:00+01:00",
		"30 days ago":                    "2026-10-28T00:00:00+01:00",
		"1 week ago 9:00":                "2026-11-20T09:00:00+01:00",
		"2 hours ago":                    "2026-11-27T12:30:05+01:00",
		"+90min":                         "2026-11-27T16:00:05+01:00",
		"+0":                             "2026-11-27T00:00:00+01:00",
		"end of 2026-12-31":              "2027-01-01T00:00:00+01:00",
		"start of 2026-12-31":            "2026-12-31T00:00:00+01:00",
		"2028-02-29":                     "2028-02-29T00:00:00+01:00",
		"2026-10-25 02:30":               "2026-10-25T02:30:00+02:00", // twice: the first
		"2026-10-25 02:30 cet":           "2026-10-25T02:30:00+01:00",
		"2026-10-25T02:30:00.0000+01:00": "2026-10-25T02:30:00+01:00",
	} {
		got, err := clock(t).Parse(text)
		if err != nil || got.Never || got.At.Format(time.RFC3339Nano) != want {
			t.Errorf("%q is %s (%v), want %s", text, got.At.Format(time.RFC3339Nano), err, want)
		}
	}
	if m, err := clock(t).Parse(" NEVER "); err != nil || !m.Never {
		t.Errorf("never is %+v, %v", m, err)
	}
}

func TestParseRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"":                        "missing",
		" , ":                     "missing",
		"soon":                    "not a date",
		"2026-02-30":              "not a date",
		"2027-02-29":              "not a date",
		"31.12.26":                "not a date",
		"12/31/2026":              "not a date",
		"30":                      "not a date",
		"+-30":                    "not a date",
		"- -30":                   "not a date",
		"in -30 days":             "not a date",
		"+30 fortnights":          "not a date",
		"+100001":                 "not a date",
		"+99999999999999999999":   "not a date",
		"in 30 days ago":          "not a date",
		"+2h 17:00":               "not a date",
		"17:00":                   "not a date",
		"end of 2026-12-31 17:00": "not a date",
		"end of end of 2026-1-1":  "not a date",
		"2026-12-31 25:00":        "not a time of day",
		"2026-12-31 17:60":        "not a time of day",
		"2026-12-31 17:00 CET x":  "not a time of day",
		"2026-12-31 17:00 EST":    "EST is not the zone",
		"2026-03-29 02:30":        "goes forward",
		"9999-12-31":              "1602 to 9998",
		"9999-12-31T23:59:59Z":    "write never",
		"1601-01-01":              "1602 to 9998",
		"0001-01-01":              "1602 to 9998",
	} {
		if got, err := clock(t).Parse(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is %v (%v), want an error with %q", text, got.At, err, want)
		}
	}
}

// A date alone is the whole last day of an account, and it has as many hours as
// the clock gives it.
func TestLastDay(t *testing.T) {
	for _, c := range []struct {
		zone, text, at, words string
		hours                 time.Duration
	}{
		{"Europe/Berlin", "2026-12-31", "2027-01-01T00:00:00+01:00", "end of 2026-12-31", 24},
		{"Europe/Berlin", "2026-03-29", "2026-03-30T00:00:00+02:00", "end of 2026-03-29", 23},
		{"Europe/Berlin", "2026-10-25", "2026-10-26T00:00:00+01:00", "end of 2026-10-25", 25},
		{"Asia/Beirut", "2026-03-28", "2026-03-29T01:00:00+03:00", "end of 2026-03-28", 24}, // no midnight follows it
		{"Asia/Beirut", "2026-03-29", "2026-03-30T00:00:00+03:00", "end of 2026-03-29", 23},
		{"America/Havana", "2026-10-31", "2026-11-01T00:00:00-04:00", "end of 2026-10-31", 24}, // two midnights follow it
		{"America/Havana", "2026-11-01", "2026-11-02T00:00:00-05:00", "end of 2026-11-01", 25},
		{"Australia/Lord_Howe", "2026-04-05", "2026-04-06T00:00:00+10:30", "end of 2026-04-05", 25},
	} {
		k := moment.Clock{Now: time.Unix(0, 0), Zone: zone(t, c.zone), LastDay: true}
		got, err := k.Parse(c.text)
		if err != nil || got.At.Format(time.RFC3339) != c.at || k.Words(got.At) != c.words {
			t.Errorf("%s in %s is %s, %q (%v), want %s, %q", c.text, c.zone, got.At.Format(time.RFC3339), k.Words(got.At), err, c.at, c.words)
		}
		starts, _ := k.Parse("start of " + c.text)
		if long := got.At.Sub(starts.At); (long + 30*time.Minute).Truncate(time.Hour) != c.hours*time.Hour {
			t.Errorf("%s in %s has %s, want %d hours", c.text, c.zone, long, c.hours)
		}
	}
}

func TestSentence(t *testing.T) {
	for text, want := range map[string]string{
		"2026-12-31":       "at the end of Thursday 31 December 2026, in 34 days",
		"+0":               "at the end of Friday 27 November 2026, today",
		"tomorrow":         "at the end of Saturday 28 November 2026, tomorrow",
		"yesterday":        "at the end of Thursday 26 November 2026, which is past",
		"2027-07-01 17:00": "on Thursday 1 July 2027, 17:00 CEST, in 216 days",
		"now":              "on Friday 27 November 2026, 14:30:05 CET, which is past",
	} {
		c := clock(t)
		c.LastDay = true
		m, err := c.Parse(text)
		if got := c.Sentence(m.At); err != nil || got != want {
			t.Errorf("%q is %q (%v), want %q", text, got, err, want)
		}
	}
}

// What is shown can be typed, and means the same then.
func TestWordsCanBeTyped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		z, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		// Half of the moments lie at the full hour, where days begin and end.
		at := time.Unix(rapid.Int64Range(0, 4_000_000_000).Draw(t, "second"), 0)
		if rapid.Bool().Draw(t, "full") {
			at = at.Truncate(time.Hour)
		}
		if rapid.Bool().Draw(t, "day") {
			at = moment.StartOf(at.In(z))
		}
		c := moment.Clock{Now: at, Zone: z, LastDay: rapid.Bool().Draw(t, "last day")}
		words := c.Words(at)
		if got, err := c.Parse(words); err != nil || !got.At.Equal(at) {
			t.Fatalf("%s is shown as %q, which is read as %s (%v)", at.In(z), words, got.At, err)
		}
	})
}

// The day of every moment begins no later than it, and is the same day.
func TestStartOf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		z, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		at := time.Unix(rapid.Int64Range(0, 4_000_000_000).Draw(t, "second"), 0).In(z)
		start := moment.StartOf(at)
		if start.After(at) || start.Day() != at.Day() || start.Add(-time.Nanosecond).Day() == at.Day() {
			t.Fatalf("the day of %s begins at %s", at, start)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{"2026-12-31", "+30", "in 3 months", "30 days ago", "31 Dec 2026 at 17:00", "end of 2026-12-31", "never", "2026-12-31T17:00:00+01:00"} {
		f.Add(text, true)
	}
	f.Fuzz(func(t *testing.T, text string, lastDay bool) {
		c := clock(t)
		c.LastDay = lastDay
		m, err := c.Parse(text)
		if err != nil || m.Never {
			return
		}
		if y := m.At.UTC().Year(); y < 1601 || y > 9999 {
			t.Fatalf("%q is %s, which a directory cannot keep", text, m.At)
		}
		if again, err := time.Parse(time.RFC3339Nano, m.At.UTC().Format(time.RFC3339Nano)); err != nil || !again.Equal(m.At) {
			t.Fatalf("%q is %s, which is written as %s (%v)", text, m.At, again, err)
		}
		if c.Words(m.At) == "" || c.Sentence(m.At) == "" {
			t.Fatalf("%q is %s, which has no words", text, m.At)
		}
	})
}
