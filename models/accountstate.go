package models

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"dirdesk/models/moment"
)

// Condition is one thing that is true of an account and that a help desk acts
// on.
type Condition uint8

// The conditions, in the order in which they matter: what has to be mended
// first comes first.
const (
	Disabled        Condition = iota + 1 // switched off by an administrator
	AccountExpired                       // past its date
	LockedOut                            // too many wrong passwords, not over yet
	MustChange                           // the password must be changed at the next logon
	PasswordExpired                      // the password is too old
)

// Label is the condition in the few letters that a column has.
func (c Condition) Label() string {
	switch c {
	case Disabled:
		return "disabled"
	case AccountExpired:
		return "expired"
	case LockedOut:
		return "locked"
	case MustChange:
		return "must change"
	case PasswordExpired:
		return "pw expired"
	default:
		return "unknown"
	}
}

// AccountState is what stands between a person and their logon, at one moment.
type AccountState struct {
	applies    bool // the object is an account at all
	told       bool // the directory said enough for "ok" to be true
	conditions []Condition
	now        time.Time
	object     *Object
}

// StateOf judges an object at a moment. Groups and containers have no state.
// A lockout whose end has passed is none, whatever the flag said when it was
// read.
func StateOf(o *Object, now time.Time) AccountState {
	s := AccountState{now: now, object: o}
	if o == nil || o.Category != Person && o.Category != Computer {
		return s
	}
	s.applies = true
	// DSM does not say of computers whether they are locked (docs/dsm.md section 7).
	s.told = o.Disabled.Known() && (o.Locked.Known() || o.Category == Computer)
	mustChange := o.Account != nil && o.Account.MustChangePassword == Yes
	for _, c := range []struct {
		holds     bool
		condition Condition
	}{
		{o.Disabled == Yes, Disabled},
		{o.AccountExpiry.Passed(now), AccountExpired},
		{o.Locked == Yes && !lockoutOver(o.Account, now), LockedOut},
		{mustChange, MustChange},
		// A password that must be changed counts as expired too: say it once.
		{!mustChange && passwordExpired(o, now), PasswordExpired},
	} {
		if c.holds {
			s.conditions = append(s.conditions, c.condition)
		}
	}
	return s
}

func lockoutOver(a *Account, now time.Time) bool {
	return a != nil && !a.LockedUntil.IsZero() && !a.LockedUntil.After(now)
}

func passwordExpired(o *Object, now time.Time) bool {
	return o.PasswordExpired == Yes || o.Account != nil && o.Account.PasswordExpires.Passed(now)
}

// Applies reports whether the object is an account, so that it has a state.
func (s AccountState) Applies() bool { return s.applies }

// Told reports whether the directory said enough to know of each condition.
func (s AccountState) Told() bool { return s.told }

// OK reports whether the account is known to be free of every condition.
func (s AccountState) OK() bool { return s.applies && s.told && len(s.conditions) == 0 }

// Has reports whether the condition holds.
func (s AccountState) Has(c Condition) bool { return slices.Contains(s.conditions, c) }

// Conditions are all that hold, what matters most first.
func (s AccountState) Conditions() []Condition { return slices.Clone(s.conditions) }

// Rank sorts accounts: those that something is wrong with first, what matters
// most first, then those that are well, then those not known. What is no account
// has no rank.
func (s AccountState) Rank() []byte {
	switch {
	case !s.applies:
		return nil
	case s.OK():
		return []byte{math.MaxUint8 - 1}
	case len(s.conditions) == 0:
		return []byte{math.MaxUint8}
	}
	rank := make([]byte, len(s.conditions))
	for i, c := range s.conditions {
		rank[i] = byte(c)
	}
	return rank
}

// Words is the state for a column: the condition that matters most, with a
// "+" when there are more, "ok", "unknown", or nothing for what is no account.
func (s AccountState) Words() string {
	switch {
	case !s.applies:
		return ""
	case len(s.conditions) == 1:
		return s.conditions[0].Label()
	case len(s.conditions) > 1:
		return s.conditions[0].Label() + " +"
	case s.told:
		return "ok"
	default:
		return "unknown"
	}
}

// All are the labels of all conditions, and of one alone its words.
func (s AccountState) All() string {
	if len(s.conditions) < 2 {
		return s.Words()
	}
	labels := make([]string, len(s.conditions))
	for i, c := range s.conditions {
		labels[i] = c.Label()
	}
	return strings.Join(labels, "\x00")
}

// Sentences are all conditions in full, for the details: "locked since 14:02,
// opens in 12 min". One "ok" or "unknown" when there is none. Times
// are in the given zone.
func (s AccountState) Sentences(zone *time.Location) []string {
	if !s.applies {
		return nil
	}
	if len(s.conditions) == 0 {
		return []string{s.Words()}
	}
	sentences := make([]string, len(s.conditions))
	for i, c := range s.conditions {
		sentences[i] = s.Sentence(c, zone)
	}
	return sentences
}

// Sentence is one condition in full.
func (s AccountState) Sentence(c Condition, zone *time.Location) string {
	switch c {
	case Disabled:
		return "disabled"
	case AccountExpired:
		return "account expired " + s.object.AccountExpiry.When(zone)
	case LockedOut:
		return s.lockout(zone)
	case MustChange:
		return "must change the password at the next logon"
	default:
		return s.expiredPassword(zone)
	}
}

func (s AccountState) lockout(zone *time.Location) string {
	a := s.object.Account
	if a == nil {
		return "locked"
	}
	text := "locked"
	if !a.LockedSince.IsZero() {
		text += " since " + clock(a.LockedSince, s.now, zone)
	}
	if a.Logon != nil && a.Logon.BadTries > 1 {
		text += fmt.Sprintf(", after %d wrong passwords", a.Logon.BadTries)
	}
	if a.LockedUntil.IsZero() {
		return text
	}
	return text + ", opens in " + Span(a.LockedUntil.Sub(s.now))
}

func (s AccountState) expiredPassword(zone *time.Location) string {
	if a := s.object.Account; a != nil {
		if t, ok := a.PasswordExpires.Time(); ok {
			return "password expired on " + moment.Clock{Zone: zone}.Words(t)
		}
	}
	return "password expired"
}

// clock gives the time of day, with the date when it is not today.
func clock(t, now time.Time, zone *time.Location) string {
	t, now = t.In(zone), now.In(zone)
	if t.YearDay() == now.YearDay() && t.Year() == now.Year() {
		return t.Format("15:04")
	}
	return t.Format("2006-01-02 15:04")
}

// Span is a length of time as a person says it, rounded up so that it never
// promises too early: "12 min", "3 h", "2 days".
func Span(d time.Duration) string {
	up := func(unit time.Duration) int64 { return int64((d + unit - 1) / unit) }
	switch {
	case d <= time.Minute:
		return "less than a minute"
	case d <= 2*time.Hour:
		return fmt.Sprintf("%d min", up(time.Minute))
	case d <= 48*time.Hour:
		return fmt.Sprintf("%d h", up(time.Hour))
	default:
		return fmt.Sprintf("%d days", up(24*time.Hour))
	}
}

// Elapsed is how much time has passed for a person. A computer that slept stops
// Go's own count, and a clock that was set back goes backwards: the longer of the
// two holds.
func Elapsed(since, now time.Time) time.Duration {
	return max(now.Sub(since), now.Round(0).Sub(since.Round(0)))
}
