package directory_test

import (
	"testing"
	"time"

	"dirdesk/models"
	"dirdesk/simulator/directory"
)

const day = 24 * time.Hour

// policy is the one of these tests: lockout after 3 for 30 minutes, passwords
// for 42 days.
func policy() directory.Policy {
	p := directory.DefaultPolicy()
	p.LockoutThreshold, p.LockoutDuration, p.LockoutWindow = 3, 30*time.Minute, 30*time.Minute
	p.MaxPasswordAge = 42 * day
	return p
}

func TestStateFlags(t *testing.T) {
	type state struct{ disabled, locked, passwordExpired, mustChange, accountExpired bool }
	c := newClock()
	ago := func(d time.Duration) string { return directory.FileTime(c.at.Add(-d)) }
	for _, tc := range []struct {
		name  string
		pairs []string
		want  state
	}{
		{"well", []string{"userAccountControl", "512", "pwdLastSet", ago(day)}, state{}},
		{"disabled", []string{"userAccountControl", "514", "pwdLastSet", ago(day)}, state{disabled: true}},
		{"new", nil, state{disabled: true, passwordExpired: true, mustChange: true}},
		{"must change", []string{"userAccountControl", "512", "pwdLastSet", "0"}, state{passwordExpired: true, mustChange: true}},
		{"must change, but never expires", []string{"userAccountControl", "66048", "pwdLastSet", "0"}, state{}},
		{"password of 41 days", []string{"userAccountControl", "512", "pwdLastSet", ago(41 * day)}, state{}},
		{"password of exactly 42 days", []string{"userAccountControl", "512", "pwdLastSet", ago(42 * day)}, state{passwordExpired: true}},
		{"old password that never expires", []string{"userAccountControl", "66048", "pwdLastSet", ago(1000 * day)}, state{}},
		{"locked a minute ago", []string{"userAccountControl", "512", "pwdLastSet", ago(day), "lockoutTime", ago(time.Minute)}, state{locked: true}},
		{"lock just over", []string{"userAccountControl", "512", "pwdLastSet", ago(day), "lockoutTime", ago(30 * time.Minute)}, state{}},
		{"lockoutTime 0", []string{"userAccountControl", "512", "pwdLastSet", ago(day), "lockoutTime", "0"}, state{}},
		{"lockoutTime by hand", []string{"userAccountControl", "512", "pwdLastSet", ago(day), "lockoutTime", "12345"}, state{}},
		{"expired", []string{"userAccountControl", "512", "pwdLastSet", ago(day), "accountExpires", ago(0)}, state{accountExpired: true}},
		{"expires in a second", []string{"userAccountControl", "512", "pwdLastSet", ago(day), "accountExpires", ago(-time.Second)}, state{}},
		{"expiry 0 is never", []string{"userAccountControl", "512", "pwdLastSet", ago(day), "accountExpires", "0"}, state{}},
		{"expiry of the largest is never", []string{"userAccountControl", "512", "pwdLastSet", ago(day), "accountExpires", "9223372036854775807"}, state{}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d, staff := domain(t, c)
			d.SetPolicy(policy())
			o := get(t, d, add(t, d, staff.Child("CN", "X"), "user", tc.pairs...))
			got := state{
				o.Disabled == models.Yes, o.Locked == models.Yes, o.PasswordExpired == models.Yes,
				o.Account.MustChangePassword == models.Yes, o.AccountExpiry.Passed(c.at),
			}
			if got != tc.want {
				t.Errorf("%+v, want %+v", got, tc.want)
			}
			if !o.Disabled.Known() || !o.Locked.Known() || !o.PasswordExpired.Known() || !o.AccountExpiry.Known() {
				t.Error("a flag of an account is unknown")
			}
		})
	}
}

// A lock ends by the clock, and the times say when.
func TestLockEndsWithTheDuration(t *testing.T) {
	c := newClock()
	d, staff := domain(t, c)
	d.SetPolicy(policy())
	dn := add(t, d, staff.Child("CN", "X"), "user", "lockoutTime", directory.FileTime(c.at))
	o := get(t, d, dn)
	if o.Locked != models.Yes || !o.Account.LockedSince.Equal(c.at) || !o.Account.LockedUntil.Equal(c.at.Add(30*time.Minute)) {
		t.Errorf("locked %s since %s until %s", o.Locked.Label(), o.Account.LockedSince, o.Account.LockedUntil)
	}
	c.advance(30*time.Minute - time.Second)
	if get(t, d, dn).Locked != models.Yes {
		t.Error("free a second before the end")
	}
	c.advance(time.Second)
	if o := get(t, d, dn); o.Locked != models.No || !o.Account.LockedSince.IsZero() {
		t.Errorf("locked %s since %s after the end", o.Locked.Label(), o.Account.LockedSince)
	}
	p := policy()
	p.LockoutDuration = 0
	d.SetPolicy(p)
	if o := get(t, d, dn); o.Locked != models.Yes || !o.Account.LockedUntil.IsZero() {
		t.Errorf("with no end: locked %s until %s", o.Locked.Label(), o.Account.LockedUntil)
	}
}

func TestPasswordExpiryFollowsThePolicy(t *testing.T) {
	c := newClock()
	d, staff := domain(t, c)
	d.SetPolicy(policy())
	set := c.at.Add(-10 * day)
	dn := add(t, d, staff.Child("CN", "X"), "user", "userAccountControl", "512", "pwdLastSet", directory.FileTime(set))
	a := get(t, d, dn).Account
	if at, ok := a.PasswordExpires.Time(); !ok || !at.Equal(set.Add(42*day)) || !a.PasswordSet.Equal(set) {
		t.Errorf("set %s, expires %s", a.PasswordSet, a.PasswordExpires)
	}
	p := policy()
	p.MaxPasswordAge = 0
	d.SetPolicy(p)
	if a := get(t, d, dn).Account; !a.PasswordExpires.IsNever() {
		t.Errorf("without a maximum age it expires %s", a.PasswordExpires)
	}
}

// Groups and containers have no account's state; contacts have none either.
func TestOnlyAccountsHaveAState(t *testing.T) {
	d, staff := domain(t, newClock())
	for class, dn := range map[string]models.DN{
		"group": staff.Child("CN", "G"), "contact": staff.Child("CN", "C"), "organizationalUnit": staff.Child("OU", "O"),
	} {
		o := get(t, d, add(t, d, dn, class))
		if o.Disabled.Known() || o.Locked.Known() || o.PasswordExpired.Known() || o.AccountExpiry.Known() {
			t.Errorf("%s has a state: %+v", class, o)
		}
		if (o.PrimaryGroupToken != 0) != (class == "group") {
			t.Errorf("%s: primaryGroupToken %d", class, o.PrimaryGroupToken)
		}
	}
}
