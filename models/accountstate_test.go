package models_test

import (
	"slices"
	"testing"
	"time"

	"dirdesk/models"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// account makes a user that DSM says everything good about, then lets a case
// spoil it.
func account(spoil func(*models.Object)) *models.Object {
	o := &models.Object{
		Category: models.Person, Disabled: models.No, Locked: models.No,
		PasswordExpired: models.No, AccountExpiry: models.Never(),
	}
	if spoil != nil {
		spoil(o)
	}
	return o
}

func TestStateOf(t *testing.T) {
	for name, c := range map[string]struct {
		object    *models.Object
		words     string
		sentences []string
	}{
		"ok":         {account(nil), "ok", []string{"ok"}},
		"no account": {&models.Object{Category: models.Group}, "", nil},
		"not told": {
			&models.Object{Category: models.Person}, "unknown", []string{"unknown"},
		},
		"disabled": {
			account(func(o *models.Object) { o.Disabled = models.Yes }),
			"disabled",
			[]string{"disabled"},
		},
		"locked, DSM": {
			account(func(o *models.Object) { o.Locked = models.Yes }),
			"locked",
			[]string{"locked"},
		},
		"locked with an end": {
			account(func(o *models.Object) {
				o.Locked = models.Yes
				o.Account = &models.Account{LockedSince: noon.Add(-18 * time.Minute), LockedUntil: noon.Add(12 * time.Minute)}
			}),
			"locked",
			[]string{"locked since 11:42, opens in 12 min"},
		},
		"locked until an administrator unlocks": {
			account(func(o *models.Object) {
				o.Locked = models.Yes
				o.Account = &models.Account{LockedSince: noon.Add(-48 * time.Hour)}
			}),
			"locked",
			[]string{"locked since 2026-11-19 12:00"},
		},
		"lockout over by now": {
			account(func(o *models.Object) {
				o.Locked = models.Yes
				o.Account = &models.Account{LockedUntil: noon}
			}),
			"ok",
			[]string{"ok"},
		},
		"expired": {
			account(func(o *models.Object) { o.AccountExpiry = models.ExpiryAt(noon.Add(-time.Hour)) }),
			"expired",
			[]string{"account expired on 2026-11-21 11:00 UTC"},
		},
		"expires later": {
			account(func(o *models.Object) { o.AccountExpiry = models.ExpiryAt(noon.Add(time.Hour)) }),
			"ok",
			[]string{"ok"},
		},
		"password expired, DSM": {
			account(func(o *models.Object) { o.PasswordExpired = models.Yes }),
			"pw expired",
			[]string{"password expired"},
		},
		"password expired with its date": {
			account(func(o *models.Object) {
				o.Account = &models.Account{PasswordExpires: models.ExpiryAt(noon.Add(-24 * time.Hour))}
			}),
			"pw expired",
			[]string{"password expired on 2026-11-20 12:00 UTC"},
		},
		"must change is not also expired": {
			account(func(o *models.Object) {
				o.PasswordExpired = models.Yes
				o.Account = &models.Account{MustChangePassword: models.Yes}
			}),
			"must change",
			[]string{"must change the password at the next logon"},
		},
		"several": {
			account(func(o *models.Object) {
				o.Locked, o.Disabled = models.Yes, models.Yes
			}),
			"disabled +",
			[]string{"disabled", "locked"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := models.StateOf(c.object, noon)
			if s.Words() != c.words {
				t.Errorf("Words() = %q, want %q", s.Words(), c.words)
			}
			if got := s.Sentences(time.UTC); !slices.Equal(got, c.sentences) {
				t.Errorf("Sentences() = %q, want %q", got, c.sentences)
			}
			if s.OK() != (c.words == "ok") {
				t.Errorf("OK() = %v beside %q", s.OK(), c.words)
			}
		})
	}
}

func TestSpanNeverPromisesTooEarly(t *testing.T) {
	for d, want := range map[time.Duration]string{
		-time.Minute:                   "less than a minute",
		30 * time.Second:               "less than a minute",
		61 * time.Second:               "2 min",
		12 * time.Minute:               "12 min",
		2*time.Hour + time.Second:      "3 h",
		47 * time.Hour:                 "47 h",
		48*time.Hour + time.Nanosecond: "3 days",
	} {
		if got := models.Span(d); got != want {
			t.Errorf("Span(%v) = %q, want %q", d, got, want)
		}
	}
}
