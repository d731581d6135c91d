package company_test

import (
	"testing"
	"time"

	"dirdesk/models"
	"dirdesk/simulator/company"
	"dirdesk/simulator/directory"
)

// The states come in proportions of a company, in OU=Large too.
func TestStatesInProportion(t *testing.T) {
	d, s := filled(t, company.Options{Seed: 1, Large: 2000})
	for name, base := range map[string]models.DN{"staff": models.DN("OU=Staff,") + d.BaseDN(), "large": s.LargeDN} {
		count := make(map[string]int)
		tally := func(o models.Object, _ int) {
			if o.Category != models.Person {
				return
			}
			full, err := d.Get(o.DN)
			if err != nil {
				t.Fatal(err)
			}
			count["all"]++
			for state, holds := range map[string]bool{
				"disabled":          o.Disabled == models.Yes,
				"locked":            o.Locked == models.Yes,
				"must change":       full.Account.MustChangePassword == models.Yes,
				"password expired":  o.PasswordExpired == models.Yes,
				"expired":           o.AccountExpiry.Passed(at),
				"will expire":       !o.AccountExpiry.IsNever() && !o.AccountExpiry.Passed(at),
				"never expires":     full.Account.PasswordNeverExpires == models.Yes,
				"never signed in":   full.Account.LastLogon.IsZero(),
				"well":              models.StateOf(&full, at).OK(),
				"stale for 90 days": !full.Account.LastLogon.IsZero() && at.Sub(full.Account.LastLogon) > 90*24*time.Hour,
			} {
				if holds {
					count[state]++
				}
			}
		}
		each(t, d, base, 1, tally)
		for state, between := range map[string][2]int{ // in thousandths
			"disabled": {20, 60}, "locked": {8, 25}, "must change": {15, 50}, "password expired": {60, 160}, "expired": {4, 20},
			"will expire": {3, 20}, "never expires": {15, 50}, "never signed in": {5, 30}, "well": {780, 880}, "stale for 90 days": {40, 120},
		} {
			if share := count[state] * 1000 / count["all"]; share < between[0] || share > between[1] {
				t.Errorf("%s: %d of %d are %s, which is %d in a thousand, want %d to %d", name, count[state], count["all"], state, share, between[0], between[1])
			}
		}
		t.Log(name, count)
	}
	each(t, d, models.DN("OU=Contractors,")+d.BaseDN(), 1, func(o models.Object, _ int) {
		if o.AccountExpiry.IsNever() {
			t.Errorf("contractor %q has no end", o.Name)
		}
	})
	each(t, d, models.DN("OU=Leavers,")+d.BaseDN(), 1, func(o models.Object, _ int) {
		if o.Disabled != models.Yes {
			t.Errorf("leaver %q is not disabled", o.Name)
		}
	})
}

// Locked accounts stay locked for most of a working day's demonstration.
func TestSomebodyStaysLocked(t *testing.T) {
	now := at
	d := directory.New(directory.Options{Now: func() time.Time { return now }})
	if _, err := company.Fill(d, company.Options{Seed: 1}); err != nil {
		t.Fatal(err)
	}
	locked := func() (n int) {
		each(t, d, d.BaseDN(), 1, func(o models.Object, _ int) {
			if o.Locked == models.Yes {
				n++
			}
		})
		return n
	}
	start := locked()
	now = now.Add(2 * time.Hour)
	later := locked()
	now = now.Add(10 * time.Hour)
	if end := locked(); later < start/3 || later >= start || end != 0 {
		t.Errorf("locked: %d, after two hours %d, after twelve %d", start, later, end)
	}
}
