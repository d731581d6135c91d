package models

import (
	"slices"
	"strings"
)

// Limits are what may be changed on a connection at all. The zero value is no
// limit.
type Limits struct {
	AllowBases   []DN     // only what is one of these, or lies below one
	AllowActions []string // only these, by Action.ID
	NeverTouch   []string // DNs with all below, logon names, GUIDs, SIDs
	MaxObjects   int      // most objects of a plan; 0: no limit
}

// CallerCheck is what a profile asks for before a password is reset.
type CallerCheck string

// The checks, as settings name them.
const (
	CallerNotAsked CallerCheck = ""
	CallerAsked    CallerCheck = "ask"     // whom to call back is shown
	CallerRequired CallerCheck = "require" // and somebody has to say that it was done
)

// RawRequestID stands among Limits.AllowActions for requests as a person typed
// them.
const RawRequestID = "raw-request"

// ID is the action as settings name it: "set-password".
func (a Action) ID() string { return strings.ToLower(strings.ReplaceAll(string(a), " ", "-")) }

// ActionIDs are those of all actions.
func ActionIDs() []string {
	ids := []string{RawRequestID}
	for _, a := range Actions() {
		ids = append(ids, a.ID())
	}
	slices.Sort(ids)
	return ids
}
