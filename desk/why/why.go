// Package why says what keeps the owner of an account from logging on, and what
// would mend it: one table of causes, for the screen, the commands and the plans.
package why

import (
	"slices"
	"time"

	"dirdesk/internal/english"
	"dirdesk/models"
)

// ID names a cause for programs.
type ID string

// The causes. Those that keep a person out altogether come first.
const (
	Disabled       ID = "disabled"
	AccountExpired ID = "account-expired"
	Locked         ID = "locked"
	NeverSet       ID = "never-set"
	CannotChange   ID = "cannot-change-but-must"
	LogonHours     ID = "logon-hours"
	Expired        ID = "password-expired"
	MustChange     ID = "must-change"
	Workstations   ID = "workstations"
	Smartcard      ID = "smartcard"
	NotSynced      ID = "not-synced"
	Protected      ID = "protected"
)

// Cause is one thing that stands between a person and their logon.
type Cause struct {
	ID    ID
	Words string        // "locked since 14:02, opens in 12 min"
	Mend  models.Action // what mends it; "" where nothing does
	Out   bool          // it keeps them out altogether
}

// Diagnosis is all that is known of why somebody cannot log on.
type Diagnosis struct {
	CanLogOn models.Flag
	Causes   []Cause // worst first
	Unknown  []ID    // what could not be told
	account  bool
}

// Facts are what an object does not say of itself.
type Facts struct {
	Zone *time.Location // of the times in the words; nil: that of now
	// Unsynced says whether the account waits for a sync to DSM; No where nothing is
	// synced.
	Unsynced models.Flag
}

// Of judges an account at a moment. What is no account has no cause.
func Of(o models.Object, now time.Time, facts Facts) Diagnosis {
	c := caseOf(o, now, facts)
	d := Diagnosis{account: c.state.Applies() && (o.SAMAccountName != "" || o.Disabled.Known())}
	if !d.account {
		return d
	}
	d.CanLogOn = models.Yes
	for _, r := range rules {
		holds := r.holds(c)
		switch {
		case holds == models.Yes:
			d.Causes = append(d.Causes, Cause{ID: r.id, Words: r.words(c), Mend: r.mend, Out: r.out})
			if r.out {
				d.CanLogOn = models.No
			}
		case holds == models.Unknown:
			d.Unknown = append(d.Unknown, r.id)
			if r.out && d.CanLogOn == models.Yes {
				d.CanLogOn = models.Unknown
			}
		}
	}
	return d
}

// Account reports whether the object is an account at all.
func (d Diagnosis) Account() bool { return d.account }

// Has reports whether a cause holds.
func (d Diagnosis) Has(id ID) bool {
	return slices.ContainsFunc(d.Causes, func(c Cause) bool { return c.ID == id })
}

// MendedBy reports whether an action mends one of the causes.
func (d Diagnosis) MendedBy(action models.Action) bool { return slices.Contains(d.Mends(), action) }

// Mends are the actions that mend the causes, each once.
func (d Diagnosis) Mends() []models.Action {
	var all []models.Action
	for _, c := range d.Causes {
		if c.Mend != "" && !slices.Contains(all, c.Mend) {
			all = append(all, c.Mend)
		}
	}
	return all
}

// Verdict is the answer in one sentence without a stop.
func (d Diagnosis) Verdict() string {
	has := func(ids ...ID) bool { return slices.ContainsFunc(ids, d.Has) }
	switch {
	case !d.account:
		return "This is no account: nobody logs on with it"
	case d.CanLogOn == models.No:
		return "They cannot log on"
	case has(Expired, MustChange):
		return d.doubt("They can log on at a computer, by changing the password")
	case has(Workstations, Smartcard, NotSynced):
		return d.doubt("They can log on, but not everywhere or not in every way")
	case d.CanLogOn == models.Unknown:
		return "Nothing that is known keeps them out"
	default:
		return "Nothing keeps them out"
	}
}

func (d Diagnosis) doubt(words string) string {
	if d.CanLogOn == models.Unknown {
		return words + ", as far as is known"
	}
	return words
}

// Missing says what could not be told: "unknown over this connection: logon hours
// and workstations"; "" when nothing is.
func (d Diagnosis) Missing() string {
	if len(d.Unknown) == 0 {
		return ""
	}
	names := make([]string, len(d.Unknown))
	for i, id := range d.Unknown {
		names[i] = id.Label()
	}
	return "unknown over this connection: " + english.And(names...)
}

// Label names a cause in the few words that a list has.
func (id ID) Label() string {
	for _, r := range rules {
		if r.id == id {
			return r.label
		}
	}
	return string(id)
}

// IDs are those of all causes, worst first.
func IDs() []ID {
	ids := make([]ID, len(rules))
	for i, r := range rules {
		ids[i] = r.id
	}
	return ids
}
