// Package person says what is known of a person in lines, for the page on the
// screen and for the command: who it is, why they cannot log on, their password,
// groups, domain controllers and what was done to them. The lines that are there at
// first keep their places, whatever is told later; what takes longer comes below.
package person

import (
	"slices"
	"time"

	"dirdesk/desk/why"
	"dirdesk/models"
)

// Tone is how a line is meant.
type Tone uint8

// The tones.
const (
	Plain Tone = iota
	Good
	Warning
	Bad
	Muted
	Heading
)

// Line is one thing that is known. An empty Label continues the line above. Its
// texts are not safe to print yet.
type Line struct {
	Label, Text string
	Tone        Tone
	Mend        models.Action // what would mend it; "" for nothing
	Manager     bool          // it names the manager
	// Fixed says that the line is there from the start, and one line whatever it says.
	Fixed bool
	// Wide says that it has no room for a label.
	Wide bool
}

// Late is what takes longer than the object itself.
type Late[T any] struct {
	Value T
	Asked bool // it is asked for at all
	Here  bool // the answer came
	Err   error
}

// Facts are what is known of a person so far.
type Facts struct {
	Object models.Object
	Why    why.Diagnosis
	Now    time.Time
	Zone   *time.Location
	Server string // who does not tell what is not told: "Synology Directory Server"
	Whole  bool   // the object was read by itself, with all that the server tells of it
	Unread bool   // reading it failed: what is missing may be there

	Controllers Late[[]models.AtController]
	Changes     Late[[]string] // what this desk did to them, the newest first
	Below       Late[[]models.Descendant]
	Through     Late[[]models.DN] // groups through other groups
}

// soon is how long before its end something is marked.
const soon = 14 * 24 * time.Hour

// Reached reports whether nothing is waited for any more.
func (f Facts) Reached() bool {
	waits := func(c models.AtController) bool { return c.Waiting }
	done := func(asked, here bool) bool { return !asked || here }
	return f.Whole && done(f.Controllers.Asked, f.Controllers.Here) && !slices.ContainsFunc(f.Controllers.Value, waits) &&
		done(f.Changes.Asked, f.Changes.Here) && done(f.Below.Asked, f.Below.Here)
}

// LastLogon is when they logged on last: as all controllers know it, where they were
// asked, else as the domain replicates it. exact says that it is the former.
func (f Facts) LastLogon() (last time.Time, exact bool) {
	last, whole := models.LastLogon(f.Controllers.Value)
	if a := f.Object.Account; a != nil && a.LastLogon.After(last) {
		return a.LastLogon, false
	}
	return last, whole && f.Controllers.Here
}

// Expiring reports whether a moment is near.
func (f Facts) Expiring(e models.Expiry) bool {
	t, ok := e.Time()
	return ok && !e.Passed(f.Now) && t.Sub(f.Now) <= soon
}

// Policy names the password policy that holds for them; "" where that is not told.
func (f Facts) Policy() string {
	switch a := f.Object.Account; {
	case a == nil || a.Logon == nil:
		return ""
	case a.Logon.Policy != "":
		return "a policy of its own: " + a.Logon.Policy.RDN().Value
	case a.Logon.PolicyHidden:
		return "a policy of its own, which you may not read"
	default:
		return "the domain's"
	}
}
