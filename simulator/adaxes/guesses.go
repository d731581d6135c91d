package adaxes

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"dirdesk/models"
	"dirdesk/simulator/directory"
)

// This file holds what no document and no answer of a real server attests. Each
// entry names the section of docs/adaxes.md that speaks of it; a look at a real
// server is to be compared with this list first. A guess that is the order or
// the place of code is noted where it stands, and named here:
//
//   - login.go: the body and the answer of a renewal (section 1.3), and that a
//     token outlives its session;
//   - login.go: that a disabled or expired account takes its issued tokens along
//     too, and not only access tokens (section 1.2);
//   - criteria.go: that objectTypes are joined with Or (section 2.2);
//   - search.go: that the answer is a bare list (section 2.2);
//   - compare.go: the operators but eq, gt and empty, and that the negative ones
//     hold for a property that is not set (section 2.2);
//   - shown.go: how values that are no texts look (section 6);
//   - shown.go: that "m365" stands in a user in the shape of the older read
//     (section 3.6);
//   - modify.go: that a whole PATCH is done or nothing of it (section 8), that
//     members of the wrong kind of object are a 400 unless lenient (section 3.1),
//     which refusals are an HTTP error and which an operation that failed
//     (section 5.2), and that adding what is there changes nothing (section 3.2);
//   - command.go: what an operation result of a custom command holds (section 2.8);
//   - members.go: that a member that is named by a name is refused as a group is
//     (section 2.8);
//   - structure.go: that a container with objects in it stays (section 2.4);
//   - operations.go: the identifier of an operation, and that the change itself
//     is made at once while business rules go on (section 2.9).

// Presets (section 1: the lives of session and token are official).
const (
	presetSessionLife = 10 * time.Minute
	presetTokenLife   = 30 * time.Minute
	presetLoginDelay  = time.Second
	mostLoginDelay    = 30 * time.Second
	freeFailures      = 3 // official; the lengths of the delays are not

	presetSizeLimit = 1000 // of the search of 2021

	// ownAttempts and ownLockout lock the service's own account.
	ownAttempts = 5
	ownLockout  = time.Minute
)

// The two spellings of the member for Microsoft 365 (section 3.6).
const (
	memberO365 = "o365"
	memberM365 = "m365"
)

// loginDelay doubles from the third failure on (section 1.6).
func loginDelay(base time.Duration, failures int) time.Duration {
	if base < 0 || failures < freeFailures {
		return 0
	}
	d := base
	for range failures - freeFailures {
		if d *= 2; d >= mostLoginDelay {
			return mostLoginDelay
		}
	}
	return d
}

// errorCode is the code of an HTTP error (section 1.5). "unauthenticated" is
// attested.
func errorCode(status int) string {
	switch status {
	case http.StatusBadRequest:
		return "badRequest"
	case http.StatusUnauthorized:
		return "unauthenticated"
	case http.StatusForbidden:
		return "accessDenied"
	case http.StatusNotFound:
		return "notFound"
	case http.StatusMethodNotAllowed:
		return "methodNotAllowed"
	case http.StatusUnsupportedMediaType:
		return "unsupportedMediaType"
	case http.StatusServiceUnavailable:
		return "serviceUnavailable"
	default:
		return "internalError"
	}
}

// unauthenticated is the answer to a request without a good token (section 1.5):
// the body is what a server answered to a sessionId used as one, word for word;
// the status is not attested.
func unauthenticated() *failure {
	return &failure{
		status: http.StatusUnauthorized, Code: "unauthenticated",
		Message: "The provided authentication token is either expired or invalid.",
	}
}

// badRequest is the answer to what is not understood (section 1.5): modelState
// maps the path of a member to complaints, as is usual with ASP.NET.
func badRequest(state map[string][]string) *failure {
	f := fail(http.StatusBadRequest, "The request is invalid.")
	f.State = state
	return f
}

// noSuchObject is the answer where an object is named that is not there, or not
// seen (sections 1.5, 2.1).
func noSuchObject(id string) *failure {
	return fail(http.StatusNotFound, "Directory object not found: '%s'.", id)
}

// destroyed is the answer to the end of a token or session (section 1.3).
func destroyed() answer { return answer{status: http.StatusNoContent} }

// deniedBy is the answer that a fault asks for: an HTTP status.
func deniedBy(status int) *failure {
	switch {
	case status == http.StatusUnauthorized:
		return unauthenticated()
	case status < http.StatusBadRequest || status > 599:
		return fail(http.StatusInternalServerError, "Error %d.", status)
	default:
		return fail(status, "%s.", http.StatusText(status))
	}
}

// sessionEnded is the answer to a token wanted for a session that is not open
// (section 1.3).
func sessionEnded() *failure { return unauthenticated() }

// changeReason is the number for why a password has to be changed (section 1.3).
func changeReason(err error) int {
	if errors.Is(err, directory.ErrPasswordExpired) {
		return 1
	}
	return 2
}

// describeCustom is the type of a property that the service keeps by itself
// (section 3.2): the kinds are those of its administration console, the name is
// split by customName.
func describeCustom(parts []string) directory.Description {
	kinds := map[string]models.PropertyType{
		"text": models.CaseIgnoreString, "date": models.UTCTime, "boolean": models.Boolean,
		"integer": models.Integer, "binary": models.OctetString, "object": models.DNString,
	}
	return directory.Description{Name: parts[0], Type: kinds[strings.ToLower(parts[1])], Many: parts[2] != ""}
}

// searchOnly reports a property that stands in criteria and nowhere else (section
// 2.2). A client was seen to write accountDisabled; what a server says to that
// nobody recorded: here it is refused in words that no client takes for a success.
func searchOnly(name string) bool {
	return strings.EqualFold(name, "accountDisabled") || strings.EqualFold(name, "mailEnabled")
}

// anyCommand says which custom commands there are (section 2.8): each that is
// named by a GUID, and none changes anything.
func anyCommand(id string) bool { return models.IsGUID(id) }

const commandWords = "The custom command was executed. The commands of this simulator change nothing."

// signInPage is where the web server sends what is none of the API's (section 1.1):
// that it is 302, and to a page, was seen on a server; its address was not.
func signInPage(mount string) string { return mount + "/Account/Login" }

// typeFits says which type may be declared for which (section 3.3): kinds of text
// for one another, whole numbers for times and wider numbers, bytes for logon
// hours.
func typeFits(declared, schema models.PropertyType) bool {
	text := func(t models.PropertyType) bool {
		return t == models.CaseIgnoreString || t == models.CaseExactString || t == models.PrintableString || t == models.NumericString
	}
	switch {
	case declared == schema, text(declared) && text(schema):
		return true
	case schema == models.Timestamp:
		return declared == models.LargeInteger
	case schema == models.LargeInteger:
		return declared == models.Integer
	case schema == models.LogonHours:
		return declared == models.OctetString
	default:
		return false
	}
}

// clearedExpiry is what accountExpires is after it was cleared (section 4.3).
const clearedExpiry = neverFileTime

// propertyKey is the spelling of a property in an answer (section 6): as it was
// asked for.
func propertyKey(asked, _ string) string { return asked }

// directoryTypeAD is official; the numbers of types but 0, 2, 3 and 4 are not
// (section 6).
const directoryTypeAD = 1

func objectTypeCode(class string) int {
	switch class {
	case "organizationalUnit":
		return 0
	case "container":
		return 1
	case "user":
		return 2
	case "group":
		return 3
	case "computer":
		return 4
	case "contact":
		return 5
	case "domainDNS":
		return 7
	case "builtinDomain":
		return 8
	case "printQueue":
		return 9
	case "volume":
		return 10
	default:
		return 99
	}
}

// Numbers of passwordStatus.expirationStatus, as the samples are read (section 6).
const (
	passwordExpires      = 0
	passwordNeverExpires = 1
)

// groupNumbers are groupType and groupScope of a group (section 6).
func groupNumbers(v directory.View) (kind, scope int) {
	bits := v.Object().Account.GroupType
	if bits&models.GroupSecurity != 0 {
		kind = 1
	}
	switch {
	case bits&models.GroupGlobal != 0:
		scope = 1
	case bits&models.GroupUniversal != 0:
		scope = 2
	}
	return kind, scope
}

// ofType reports whether an object counts as of a type in criteria (section 2.2).
func ofType(v directory.View, class string) bool {
	return class == "" || strings.EqualFold(v.Class(), class)
}

// operationID is the body of a 202 (section 2.9).
func operationID(id string) any { return id }

// passwordWords are Windows' for a password that the policy does not allow.
const passwordWords = "The password does not meet the password policy requirements. " +
	"Check the minimum password length, password complexity and password history requirements."

// failureWords are the message of an operation that failed (section 5.2): the
// words that Windows has for the kind, with the directory's own behind them.
func failureWords(err error) string {
	var e *models.Error
	if !errors.As(err, &e) {
		return err.Error()
	}
	words := "A constraint violation occurred."
	switch {
	case e.Code == "":
		return e.Server // our own refusal
	case strings.Contains(e.Server, "check_password_restrictions"):
		return passwordWords
	case errors.Is(err, models.ErrNotFound):
		words = "There is no such object on the server."
	case errors.Is(err, models.ErrExists):
		words = "The object already exists."
	case errors.Is(err, models.ErrNotEmpty):
		words = "The directory service can perform the requested operation only on a leaf object."
	case errors.Is(err, models.ErrPolicy):
		words = "The server is unwilling to process the request."
	case errors.Is(err, models.ErrServer):
		words = "An operations error occurred."
	}
	return words + " (" + e.Server + ")"
}

// approvalMessages are those of a write that was sent for approval (section 5.2):
// the tree is documented, its words are not.
func approvalMessages(r Rule) []message {
	return []message{say(
		models.MessageInformation, "Business Rules", "Before the operation, a business rule was triggered.",
		say(models.MessageTriggered, "Approval of "+strings.Join(r.Terms, " and "), "Send this operation for approval.",
			say(models.MessageApproval, "", "The operation has been submitted for approval.")),
	)}
}

// ruleMessages are those of a business rule that says something.
func ruleMessages(words string) message {
	return say(models.MessageInformation, "Business Rules", "After the operation, a business rule was triggered.",
		say(models.MessageInformation, "Rule", words))
}

// newAccountBits are those of a new account (section 2.3): given bits without
// the one that the directory does not have, and disabled without a password.
func newAccountBits(given int32, hasPassword bool) int32 {
	bits := given &^ models.MustChangeFlag
	if !hasPassword {
		bits |= models.UACDisabled
	}
	return bits
}

// computerLogon is the logon name of a computer that was made without one
// (section 2.3).
func computerLogon(name string) string { return strings.ToUpper(name) + "$" }

// weakPasswordWarnings are those of an account that was made without the
// password it was given (section 5.2): that there are two, with no source, is
// documented; their words are not.
func weakPasswordWarnings() []message {
	return []message{
		say(models.MessageWarning, "", "The password was not set. "+passwordWords),
		say(models.MessageWarning, "", "The property 'userAccountControl' was not set: the account has no valid password."),
	}
}

// operationType is the name of the permission that a call needs (section 1.4).
func operationType(method string) string {
	switch method {
	case "create":
		return "Create"
	case "modify":
		return "Edit"
	case "delete":
		return "Delete"
	case "move":
		return "Move"
	case "enable":
		return "EnableAccount"
	case "disable":
		return "DisableAccount"
	case "unlock":
		return "UnlockAccount"
	case "resetPassword":
		return "ResetPassword"
	case "addMember", "removeMember":
		return "AddMembers"
	case "command":
		return "CustomCommand"
	default:
		return "View"
	}
}
