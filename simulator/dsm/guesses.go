package dsm

import (
	"strings"
	"time"

	"dirdesk/models"
)

// This file holds every behaviour of the face that no public source attests:
// in the wire reference it is tagged as inferred, or not spoken of at all. A
// capture from a real NAS is to be compared with this list first. Each entry
// says what was guessed; the code refers to it by name.
//
// A guess that is the order or the place of code, and no value, cannot stand
// here itself. These are:
//
//   - check.go, Handler.work: that the session is checked after the version and
//     the method, and that a part that is missing is 101 in its turn;
//   - login.go, Handler.login: that blocks and locks come before the password,
//     that a disabled account is told only with the right one, and that the
//     application is checked before the second factor;
//   - object.go, describe: which members an object has that is no person;
//   - compound.go, Handler.compound: that the items skipped after a failure have
//     entries of their own;
//   - value.go, parseValue: that a text that is no JSON is taken for a string.
const (
	// methodOfOtherVersion is answered where the API has the version, and the
	// method exists, but not in it (104 is the other candidate).
	methodOfOtherVersion = codeNoMethod

	// wrongProgram is answered by query.cgi, auth.cgi and encryption.cgi to a
	// call of an API that is not theirs.
	wrongProgram = codeNoAPI

	// allObjects is the limit that asks a listing for everything; 0 does too.
	allObjects = -1

	// onlyAction and onlyScope are the values that a listing takes, as nothing
	// else is attested; others are refused with 120.
	onlyAction = "enum"
	onlyScope  = "one"

	// deviceCookieWithSid: the cookie of a trusted device is set with
	// format=sid too.
	deviceCookieWithSid = false

	// reasonType is the reason of a 120 for a value of the wrong type.
	// "condition" is captured, "type" is not.
	reasonType      = "type"
	reasonCondition = "condition"
	// reasonRequired is the reason in the details of a 114. That a 114 has
	// details at all is a guess.
	reasonRequired = "required"

	// missingSession is answered when a call that needs a session brings none.
	missingSession = codeNoSession

	// logoutAlwaysSucceeds: a logout without a session, or with one that ended,
	// is answered with success. The Python library sends it without one.
	logoutAlwaysSucceeds = true

	// wrongCodeCountsAsFailure: a one-time code that is wrong counts towards auto-block
	// and account lock as a wrong password does.
	wrongCodeCountsAsFailure = true

	// domainUpdateBusy is answered when an update is started while one runs.
	domainUpdateBusy = codeDomainUpdates

	// noSuchTaskReason is the parameter error for a task id that nobody knows.
	noSuchTaskReason = reasonCondition

	// taskKept is how long the result of a finished task can be read.
	taskKept = 10 * time.Minute

	// nestedCompound is answered for an item that is itself a compound call.
	nestedCompound = codeBadCompound

	// statusRunning is the only captured service status.
	statusRunning = "running"

	// tokenVersion is the first version of SYNO.API.Auth that has the method
	// token; the guide shows it with 6.
	tokenVersion = 6
)

// presetAutoBlock and presetAccountLock are DSM's presets for sign-in protection
// as its control panel shows them, but for the times of refusing, which are
// short here.
func presetAutoBlock() Limit {
	return Limit{Attempts: 10, Within: 5 * time.Minute, For: 5 * time.Minute}
}

func presetAccountLock() Limit {
	return Limit{Attempts: 5, Within: time.Minute, For: time.Minute}
}

// presetIdle is DSM's preset for signing out an idle user.
const presetIdle = 15 * time.Minute

// missing is code 114 with the parameter's name.
func missing(name string) *failure {
	return &failure{codeMissing, map[string]any{"name": name, "reason": reasonRequired}}
}

// sameAccount compares account names: DSM's do not differ in case alone.
func sameAccount(a, b string) bool { return strings.EqualFold(a, b) }

// sessionPermitted knows the application names with which an account that is no
// administrator may sign in. That a name is needed is attested, which ones are
// permitted depends on the NAS.
func sessionPermitted(name string) bool {
	switch name {
	case "webui", "DSM", "FileStation":
		return true
	}
	return false
}

// Codes inside error.errors of a failed call of SYNO.ActiveDirectory.*. The
// outer code 10104 and the shape [{code, msg}] are captured for User.set only,
// the inner 10237 with "ldb updaterecords: modify" too. For every other failure
// the inner code here is LDAP's result code, and the message begins with the
// name that LDAP gives it.
const (
	ldapOther        = 80
	ldapNoSuchObject = 32
	ldapInvalidDN    = 34
	ldapAccessDenied = 50
	ldapBusy         = 51
	ldapUnwilling    = 53
	ldapNotEmpty     = 66
	ldapExists       = 68
	ldapConstraint   = 19
	ldapUnavailable  = 52
)

// errorKind says how a kind of error appears inside error.errors.
type errorKind struct {
	kind  error
	code  int
	words string
}

func errorKinds() []errorKind {
	return []errorKind{
		{models.ErrNotFound, ldapNoSuchObject, "No such object"},
		{models.ErrExists, ldapExists, "Entry already exists"},
		{models.ErrNotEmpty, ldapNotEmpty, "Not allowed on Non-leaf"},
		{models.ErrDenied, ldapAccessDenied, "insufficient access rights"},
		{models.ErrPolicy, ldapConstraint, "Constraint violation"},
		{models.ErrInvalid, ldapInvalidDN, "invalid DN"},
		{models.ErrUnsupported, ldapUnwilling, "Unwilling to perform"},
		{models.ErrBusy, ldapBusy, "Busy"},
		{models.ErrUnreachable, ldapUnavailable, "Unavailable"},
	}
}
