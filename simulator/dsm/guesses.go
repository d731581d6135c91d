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
//   - user.go, createUser: that DSM does not look at names and passwords itself
//     and passes on what the directory says of them; that located_dn must be
//     sent; that only the logon name, the container and the password must;
//   - userset.go, setUsers: that several elements are done one by one, that
//     the answer is an error only when all failed, and that otherwise the failed
//     ones have the error's code and message in data; that an element without
//     fields is done; that a password without its switch is ignored;
//   - group.go, addMembers: that who is in already is an error of the whole call and
//     not passed over, and that of several members all are added or none;
//   - deletion.go: that objects are deleted in the order of the list, each by
//     itself, and never with what lies below them;
//   - table.go, methods: that create of a user works in version 2 too, and delete
//     in version 3;
//   - input.go, text: that a bare value that is JSON of another type (a password
//     of digits, null, true, 1e5) is refused with 120, and not turned back into
//     the text that it was; that the type changes is seen live;
//   - domain.go: the members around what was seen, and that a set of the whole object
//     changes nothing here;
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

	// deepScope lists what is below the children too. That a listing takes it is
	// plausible, as its parameter has LDAP's words, and not attested:
	// Options.NoSubtree refuses it.
	deepScope = "sub"

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

	// deletionPolls is how often a deletion must be asked about at least until
	// it is finished, deletionsPerPoll how many objects it gets on with each time
	// at most. That it gets on with polling only is the word of a public client's
	// documentation.
	deletionPolls    = 2
	deletionsPerPoll = 5

	// deletionKept is how long a deletion waits for the first or next poll.
	deletionKept = time.Hour

	// finishedTaskIsReadOnce: the answer that says a deletion is finished is the
	// last; after it the task is unknown.
	finishedTaskIsReadOnce = true

	// failedTaskCode and failedTaskWords are the status of what a deletion did
	// not get to. A status that is not empty is not attested in any shape;
	// {code, msg} is the shape that errors have elsewhere.
	failedTaskCode  = 1
	failedTaskWords = "ldb delete: Operations error"

	// healthStatus is what a health check of the domain says; that it has start,
	// status and stop is attested, what they answer is not.
	healthStatus = "finish"

	// failedUpdateStatus is what a domain update says that failed. Attested are
	// "updating" and "finish".
	failedUpdateStatus = "error"

	// deleteVersion and setUserVersion are the lowest versions of delete and
	// set, as clients use no other.
	deleteVersion  = 2
	setUserVersion = 2

	// updatedWords is the message of an element of User.set that was changed
	// (captured).
	updatedWords = "update record successfully"

	// strictRefusesUnknownFields: in strict mode an element of userList with a
	// member that nobody knows is refused with 120; otherwise it is ignored, and
	// the rest of the element is done.
	strictRefusesUnknownFields = true

	// resetMailAnswer is captured. That it is the same for an account that does
	// not exist, or has no address, is a guess, and so is that no session is
	// needed: it is for people who cannot sign in.
	resetMailAnswer = 3
	resetMailAccess = accessOpen

	// nestedCompound is answered for an item that is itself a compound call.
	nestedCompound = codeBadCompound

	// statusRunning is the only captured service status.
	statusRunning = "running"

	// tokenVersion is the first version of SYNO.API.Auth that has the method
	// token; the guide shows it with 6.
	tokenVersion = 6
)

// domainMembers are those that the whole object of a domain has, which set wants: that
// a part of it is refused with 2001 was seen live, the names are guessed.
func domainMembers() []string {
	return []string{"enable_domain", "domain_name", "dns_server", "workgroup"}
}

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

// exclusiveFlags is answered to User.create when the password must be changed at
// the next logon, and cannot be changed or never expires. LDAP would take them
// together; every dialog excludes them.
func exclusiveFlags() *failure { return badParameter("change_password_next_logon", reasonCondition) }

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
// the inner code here is LDAP's result code, and the message holds the server's
// own words, or else the name that LDAP gives the code. They follow the captured
// message of User.set too: it may well be that the real one does not tell.
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
