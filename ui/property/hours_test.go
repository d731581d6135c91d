package property_test

import (
	"encoding/base64"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"dirdesk/models"
)

// hours opens the grid on a value, in a zone; "" for a value that is not set.
func hours(t testing.TB, value string, zone *time.Location) *rig {
	r := start(t, func(r *rig) {
		p := models.Property{Name: "logonHours", Type: models.LogonHours, Multi: models.No}
		if value != "" {
			p.Values = []string{value}
		}
		r.dir.sheet.Properties, r.zone = []models.Property{p}, zone
	})
	r.Press("enter")
	return r
}

// allowed reads a bit of the 21 bytes: the hours count from Sunday 00:00 UTC on.
func allowed(t testing.TB, text string, day time.Weekday, hour int) bool {
	t.Helper()
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(data) != 21 {
		t.Fatalf("%q is no week of hours", text)
	}
	i := int(day)*24 + hour
	return data[i/8]&(1<<(i%8)) != 0
}

func weekOf(t testing.TB, text string) (n int) {
	t.Helper()
	for day := range 7 {
		for hour := range 24 {
			if allowed(t, text, time.Weekday(day), hour) {
				n++
			}
		}
	}
	return n
}

// What is shown is the person's own time; what is sent is UTC.
func TestHoursAreShownInLocalTimeAndSentInUTC(t *testing.T) {
	r := hours(t, office(), berlin()) // 08 to 18 in UTC is 09 to 19 there
	r.shows("UTC+1 as it is today", "Monday, 08 to 09: not allowed. In all: 50 of 168 hours.")
	r.Press("right")
	r.shows("Monday, 09 to 10: allowed")
	r.Press("space", "enter")
	got := r.only().Values[0]
	if allowed(t, got, time.Monday, 8) || !allowed(t, got, time.Monday, 9) || weekOf(t, got) != 49 {
		t.Errorf("09 of Monday in CET is not 08 of Monday in UTC: %q", got)
	}
}

// An hour early on Monday, east of Greenwich, lies on Sunday in UTC.
func TestHoursGoOverTheEndsOfDaysAndWeeks(t *testing.T) {
	r := hours(t, "", time.FixedZone("AEST", 10*3600))
	r.Press("n", "home", "space", "enter") // Monday 00:00
	if got := r.only().Values[0]; !allowed(t, got, time.Sunday, 14) || weekOf(t, got) != 1 {
		t.Error("Monday 00 in UTC+10 is not Sunday 14 in UTC")
	}
	r = hours(t, "", time.FixedZone("PST", -8*3600))
	r.Press("n", "down", "down", "down", "down", "down", "end", "space", "enter") // Saturday 23:00
	if got := r.only().Values[0]; !allowed(t, got, time.Sunday, 7) || weekOf(t, got) != 1 {
		t.Error("Saturday 23 in UTC-8 is not Sunday 07 in UTC")
	}
}

func TestZonesOfHalfHoursAreShownInUTC(t *testing.T) {
	r := hours(t, office(), time.FixedZone("IST", 5*3600+1800))
	r.shows("In UTC, as the directory keeps them: IST does not lie whole hours from it.", "Monday, 08 to 09: allowed")
	r.Press("z")
	r.shows("In UTC")
}

func TestTheGridCanBeShownInUTC(t *testing.T) {
	r := hours(t, office(), berlin())
	r.Press("z")
	r.shows("In UTC, as the directory keeps them; CET is +1 hours.", "Monday, 08 to 09: allowed")
	r.Press("z", "enter")
	r.hides("changed,")
}

func TestRangesDaysAndColumns(t *testing.T) {
	for name, c := range map[string]struct {
		keys []string
		want int
		has  func(day time.Weekday, hour int) bool
	}{
		"an hour":             {[]string{"space"}, 1, func(d time.Weekday, h int) bool { return d == time.Monday && h == 8 }},
		"a range":             {[]string{"v", "down", "right", "right", "space"}, 6, func(d time.Weekday, h int) bool { return (d == 1 || d == 2) && h >= 8 && h <= 10 }},
		"shift":               {[]string{"shift+right", "shift+down", "space"}, 4, func(d time.Weekday, h int) bool { return (d == 1 || d == 2) && (h == 8 || h == 9) }},
		"upwards":             {[]string{"down", "v", "up", "left", "space"}, 4, func(d time.Weekday, h int) bool { return (d == 1 || d == 2) && (h == 7 || h == 8) }},
		"no range":            {[]string{"v", "down", "esc", "space"}, 1, func(d time.Weekday, h int) bool { return d == time.Tuesday && h == 8 }},
		"a day":               {[]string{"down", "d"}, 24, func(d time.Weekday, _ int) bool { return d == time.Tuesday }},
		"a column":            {[]string{"c"}, 7, func(_ time.Weekday, h int) bool { return h == 8 }},
		"part of a day first": {[]string{"space", "d"}, 24, func(d time.Weekday, _ int) bool { return d == time.Monday }},
	} {
		t.Run(name, func(t *testing.T) {
			r := hours(t, "", time.UTC)
			r.Press("n")
			r.Press(c.keys...)
			r.Press("enter")
			got := r.only().Values[0]
			if n := weekOf(t, got); n != c.want {
				t.Errorf("%d hours, want %d", n, c.want)
			}
			for day := range 7 {
				for hour := range 24 {
					if d := time.Weekday(day); c.has(d, hour) != allowed(t, got, d, hour) {
						t.Errorf("%s %02d is %v", d, hour, allowed(t, got, d, hour))
					}
				}
			}
		})
	}
}

func TestNoHoursSetIsAnyTime(t *testing.T) {
	r := hours(t, "", time.UTC)
	r.shows("In all: at any time.")
	r.Press("enter")
	r.hides("changed,")
	r.Press("enter", "d", "d", "enter")
	r.hides("changed,")
	r.Press("enter", "n", "enter")
	r.shows("not set -> at no time")
	if got := r.only().Values[0]; got != base64.StdEncoding.EncodeToString(make([]byte, 21)) {
		t.Errorf("sent %q", got)
	}
}

func TestAValueThatIsNoWeekIsSaid(t *testing.T) {
	r := hours(t, "AQI=", time.UTC)
	r.shows("no week of hours", "AQI=")
	r.Press("enter")
	r.hides("changed,")
}

// Whatever is switched and switched back, in whatever zone, the bytes come out
// as they were.
func TestSwitchingTwiceChangesNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		data := rapid.SliceOfN(rapid.Byte(), 21, 21).Draw(rt, "week")
		zone := time.FixedZone("Z", 3600*rapid.IntRange(-12, 14).Draw(rt, "zone"))
		keys := rapid.SliceOfN(rapid.SampledFrom([]string{"up", "down", "left", "right", "z"}), 0, 20).Draw(rt, "keys")
		r := hours(t, octets(data...), zone)
		r.Press(keys...)
		r.Press("space")
		before := r.Screen()
		r.Press("space", "space")
		if r.Screen() != before {
			rt.Error("switching twice is seen")
		}
		r.Press("enter")
		got, err := base64.StdEncoding.DecodeString(r.only().Values[0])
		if err != nil {
			rt.Fatal(err)
		}
		differ := 0
		for i := range data {
			for x := data[i] ^ got[i]; x != 0; x &= x - 1 {
				differ++
			}
		}
		if differ != 1 {
			rt.Errorf("%d hours differ after one was switched", differ)
		}
	})
}

func TestTheGridSaysWithoutColoursWhatItShows(t *testing.T) {
	r := hours(t, office(), time.UTC)
	lines := strings.Split(r.Screen(), "\n")
	i := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "  Tue ") })
	if i < 0 || strings.Count(lines[i], "█") != 20 || strings.Count(lines[i], "·") != 28 {
		t.Errorf("Tuesday is %q", lines[i])
	}
}
