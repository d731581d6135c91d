package company

import (
	"math/rand/v2"
	"strconv"
	"time"

	"dirdesk/models"
	"dirdesk/simulator/directory"
)

// Values of userAccountControl and of FILETIMEs that never come.
const (
	enabled       = models.UACNormal
	disabled      = models.UACNormal | models.UACDisabled
	neverExpiring = models.UACNeverExpires
	noEndZero     = "0" // AD writes "never" in two ways; both occur
	noEndLargest  = "9223372036854775807"
)

// ago is a moment before now, as a FILETIME.
func (b *builder) ago(d time.Duration) string { return directory.FileTime(b.now.Add(-d)) }

// before is a moment up to d before now, in the form of whenCreated.
func (b *builder) before(d time.Duration) string {
	return b.now.Add(-d).UTC().Format("20060102150405.0Z")
}

// between draws a length of time.
func between(r *rand.Rand, least, most time.Duration) time.Duration {
	return least + time.Duration(r.Int64N(int64(most-least))).Truncate(time.Second)
}

// state draws the state of an ordinary account, in the proportions of a company
// that does not tidy up every day: of a hundred accounts some 84 are well, 4
// disabled, 5 have an expired password, 3 must change it, 1.5 are locked out, 1
// was locked out and is free again, 1 has expired, and 3 have a password that
// never expires.
func (b *builder) state(r *rand.Rand, attributes map[string][]string) {
	set := func(name, value string) { attributes[name] = []string{value} }
	uac := enabled
	set("whenCreated", b.before(between(r, 100*day, 10*365*day)))
	set("pwdLastSet", b.ago(between(r, time.Hour, 85*day)))
	set("lastLogonTimestamp", b.ago(between(r, time.Hour, 14*day)))
	set("accountExpires", noEndLargest)
	if r.IntN(3) == 0 {
		set("accountExpires", noEndZero)
	}
	switch n := r.IntN(1000); {
	case n < 40:
		uac = disabled
		set("lastLogonTimestamp", b.ago(between(r, 60*day, 900*day)))
		set("pwdLastSet", b.ago(between(r, 60*day, 900*day)))
	case n < 90:
		set("pwdLastSet", b.ago(between(r, 91*day, 400*day)))
		set("lastLogonTimestamp", b.ago(between(r, 80*day, 300*day)))
	case n < 120:
		set("pwdLastSet", "0")
		if n < 105 { // somebody new, who never signed in
			delete(attributes, "lastLogonTimestamp")
			set("whenCreated", b.before(between(r, time.Hour, 10*day)))
		}
	case n < 135: // locked out now, some since minutes, some since hours
		since := between(r, time.Minute, 7*time.Hour)
		set("lockoutTime", b.ago(since))
		set("badPasswordTime", b.ago(since))
		set("badPwdCount", "5")
	case n < 145: // locked out once: the time is still there, the lock is over
		set("lockoutTime", b.ago(between(r, 9*time.Hour, 60*day)))
		set("badPwdCount", "5")
	case n < 155:
		set("accountExpires", b.ago(between(r, day, 200*day)))
	case n < 185:
		uac |= neverExpiring
		set("pwdLastSet", b.ago(between(r, 200*day, 2000*day)))
	case n < 195: // leaves soon
		set("accountExpires", directory.FileTime(b.now.Add(between(r, day, 60*day))))
	}
	set("userAccountControl", strconv.Itoa(uac))
}
