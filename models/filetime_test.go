package models_test

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"dirdesk/models"
)

func TestFileTime(t *testing.T) {
	for value, want := range map[int64]string{
		116444736000000000:  "1970-01-01T00:00:00Z",
		133801632000000001:  "2025-01-01T00:00:00.0000001Z",
		1:                   "1601-01-01T00:00:00.0000001Z",
		0:                   "0001-01-01T00:00:00Z",
		-1:                  "0001-01-01T00:00:00Z",
		math.MinInt64:       "0001-01-01T00:00:00Z",
		math.MaxInt64:       "0001-01-01T00:00:00Z",
		math.MaxInt64 - 1:   "0001-01-01T00:00:00Z", // the year 30828
		2650467743999999999: "9999-12-31T23:59:59.9999999Z",
		2650467744000000000: "0001-01-01T00:00:00Z",
	} {
		if got := models.FileTime(value).Time().Format(time.RFC3339Nano); got != want {
			t.Errorf("%d: %s, want %s", value, got, want)
		}
	}
}

func TestFileTimeExpiry(t *testing.T) {
	for value, want := range map[int64]string{
		0:                  "never",
		math.MaxInt64:      "never",
		math.MaxInt64 - 1:  "never",
		133801632000000000: "2025-01-01T00:00:00Z",
		1:                  "1970-01-01T00:00:01Z", // long over, and not never
	} {
		if got := models.FileTime(value).Expiry().String(); got != want {
			t.Errorf("%d: %s, want %s", value, got, want)
		}
	}
}

func TestFileTimeOfAMoment(t *testing.T) {
	for text, want := range map[string]models.FileTime{
		"1970-01-01T00:00:00Z":           116444736000000000,
		"2025-01-01T00:00:00.0000001Z":   133801632000000001,
		"1601-01-01T00:00:00Z":           0,
		"1600-12-31T23:59:59Z":           0,
		"9999-12-31T23:59:59.999999999Z": 2650467743999999999,
	} {
		at, err := time.Parse(time.RFC3339Nano, text)
		if err != nil {
			t.Fatal(err)
		}
		if got := models.FileTimeOf(at); got != want {
			t.Errorf("%s is %s, want %d", text, got, want)
		}
	}
	if got := models.FileTimeOf(time.Date(40000, 1, 1, 0, 0, 0, 0, time.UTC)); got != models.NeverFileTime {
		t.Errorf("a moment that does not fit is %s", got)
	}
	rapid.Check(t, func(r *rapid.T) {
		f := models.FileTime(rapid.Int64Range(1, 2650467743999999999).Draw(r, "f"))
		if back := models.FileTimeOf(f.Time()); back != f {
			t.Fatalf("%d comes back as %d", f, back)
		}
		if again, ok := models.ParseFileTime(" " + f.String()); !ok || again != f {
			t.Fatalf("%s is read as %d", f, again)
		}
	})
}

func FuzzFileTime(f *testing.F) {
	for _, text := range []string{"133801632000000000", "-9223372036854775808", "9223372036854775807", "never"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		value, ok := models.ParseFileTime(text)
		if !ok {
			return
		}
		if year := value.Time().Year(); year < 1 || year > 9999 {
			t.Errorf("%d is in the year %d", value, year)
		}
		if value.Expiry().IsNever() != value.Time().IsZero() {
			t.Errorf("%d is %s", value, value.Expiry())
		}
	})
}
