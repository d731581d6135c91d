package models_test

import (
	"math"
	"testing"
	"time"

	"dirdesk/models"
)

func TestExpiry(t *testing.T) {
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		what   string
		e      models.Expiry
		text   string
		unix   int64
		known  bool
		never  bool
		passed bool
	}{
		{"unknown", models.Expiry{}, "", 0, false, false, false},
		{"never", models.Never(), "never", 910692730085, true, true, false},
		{"DSM's never", models.ExpiryFromUnix(910692730085), "never", 910692730085, true, true, false},
		{"beyond DSM's never", models.ExpiryFromUnix(math.MaxInt64), "never", 910692730085, true, true, false},
		{"AD's other never", models.ExpiryFromUnix(0), "never", 910692730085, true, true, false},
		{"negative", models.ExpiryFromUnix(-1), "never", 910692730085, true, true, false},
		{"the second before never", models.ExpiryFromUnix(910692730084), "30828-09-14T02:48:04Z", 910692730084, true, false, false},
		{"past", models.ExpiryAt(now.Add(-time.Second)), "2026-11-21T11:59:59Z", now.Unix() - 1, true, false, true},
		{"this very second", models.ExpiryAt(now), "2026-11-21T12:00:00Z", now.Unix(), true, false, true},
		{"to come", models.ExpiryAt(now.Add(time.Second)), "2026-11-21T12:00:01Z", now.Unix() + 1, true, false, false},
		{"in another zone", models.ExpiryAt(now.In(time.FixedZone("", 3600))), "2026-11-21T12:00:00Z", now.Unix(), true, false, true},
	} {
		t.Run(c.what, func(t *testing.T) {
			if got := c.e.String(); got != c.text {
				t.Errorf("it reads %q, want %q", got, c.text)
			}
			if c.e.Unix() != c.unix || c.e.Known() != c.known || c.e.IsNever() != c.never || c.e.Passed(now) != c.passed {
				t.Errorf("unix %d, known %v, never %v, passed %v", c.e.Unix(), c.e.Known(), c.e.IsNever(), c.e.Passed(now))
			}
			at, ok := c.e.Time()
			if ok != (c.known && !c.never) || ok && at.Unix() != c.unix {
				t.Errorf("time %v, %v", at, ok)
			}
		})
	}
}
