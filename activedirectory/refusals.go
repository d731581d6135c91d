package activedirectory

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

// writeError maps what a write ended with. It differs from [resultError] in that
// a lost answer leaves the outcome unknown, and in the advice.
func writeError(action, object string, err error) error {
	if err == nil {
		return nil
	}
	var known *models.Error
	var certificate *models.CertificateError
	switch {
	case errors.Is(err, errUnanswered):
		return &models.Error{
			Kind: models.ErrUnknownOutcome, Action: action, Object: object, Err: err,
			Advice: "It was sent once and is not sent again: read the object to see whether it was done.",
		}
	case errors.As(err, &known), errors.As(err, &certificate),
		errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	}
	out := &models.Error{Action: action, Object: object, Err: err}
	out.Code, out.Server = resultTexts(err)
	out.Kind = resultKind(err, out.Server)
	out.Advice = writeAdvice[out.Kind]
	if refusal, ok := refusalOf(err, out.Server); ok {
		out.Kind, out.Advice = refusal.kind, refusal.advice
	}
	return out
}

// writeAdvice is what to do next, by kind, where no refusal says it better.
var writeAdvice = map[error]string{
	models.ErrNotFound:    "It, or the container it is to lie in, is not there any more: refresh and try again.",
	models.ErrExists:      "Choose another name.",
	models.ErrDenied:      "Sign in with an account that may change it.",
	models.ErrPolicy:      "The directory does not allow this on this object; the server's own words may say why.",
	models.ErrInvalid:     "The directory does not take this value: check it.",
	models.ErrNotEmpty:    "Delete or move what is in it first.",
	models.ErrBusy:        "Nothing was changed. Wait a little and try again.",
	models.ErrSession:     "Nothing was changed. Sign in again.",
	models.ErrUnreachable: "Nothing was sent. Try again once the server is back.",
	models.ErrProtocol:    "The answer was not what a domain controller gives: check host and port.",
	models.ErrServer:      "Look at the domain controller's log.",
	models.ErrUnsupported: "The server does not offer this.",
}

// refusal is what a server's answer to a write means.
type refusal struct {
	win32  string // the Win32 code at the start of the diagnostic; "" any or none
	code   uint16 // the LDAP result; 0 any
	words  string // to be found in the diagnostic, in lower case; "" any
	kind   error
	advice string
}

// refusals are tried in order. The words are Samba's (measured on 4.17.12) and
// tell apart what has one code; where Windows uses other codes for the same, these
// are Microsoft's (system error codes) and were not tried.
func refusals() []refusal {
	return []refusal{
		// Passwords: ERROR_PASSWORD_RESTRICTION.
		{"0000052D", 0, "too short", models.ErrPolicy, "The password is too short: use a longer one."},
		{"0000052D", 0, "complexity", models.ErrPolicy, "The password is too simple: use three of capitals, small letters, digits and other signs, and no part of the name."},
		{"0000052D", 0, "history", models.ErrPolicy, "The password was used before: choose another."},
		{"0000052D", 0, "too young", models.ErrPolicy, "The password was changed only lately: the domain allows the next change later."},
		{"0000052D", 0, "", models.ErrPolicy, "The password does not meet the domain's policy: its length, its mix of signs, or its history."},

		// Names.
		{"00002071", 0, "samaccountname", models.ErrExists, "A user, group or computer has this logon name already: choose another."},
		{"00000524", 0, "", models.ErrExists, "A user has this logon name already: choose another."},
		{"00000526", 0, "", models.ErrExists, "A group has this name already: choose another."},
		{"00000563", 0, "", models.ErrExists, "A group has this name already: choose another."},
		{"0000202F", 0, "already in use", models.ErrExists, "Another account has this name@domain already: choose another logon name."},
		{"000021C8", 0, "", models.ErrExists, "Another account has this name@domain already: choose another logon name."},
		{"0000202F", 0, "invalid", models.ErrInvalid, `A name holds a sign that is not allowed in it: none of " / \ [ ] : ; | = , + * ? < > @`},
		{"", ldap.LDAPResultEntryAlreadyExists, "", models.ErrExists, "An object of this name lies in the container already: choose another name."},

		// Places.
		{"", 0, "parent does not exist", models.ErrNotFound, "The container it is to lie in is not there any more: refresh and choose another."},
		{"00002089", 0, "", models.ErrNotFound, "The container it is to lie in is not there any more: refresh and choose another."},
		{"00002037", 0, "", models.ErrInvalid, "An object of this kind cannot lie there: choose a container or OU."},
		{"", 0, "child of itself", models.ErrInvalid, "A container cannot be moved into itself."},
		{"00000525", 0, "", models.ErrNotFound, "It is not there any more: refresh and choose again."},
		{"00002035", 0, "unable to find guid", models.ErrNotFound, "It is not there any more: refresh and choose again."},
		{"000020B5", 0, "", models.ErrNotFound, "An object that it refers to is not there any more."},

		// What the domain needs for itself. Samba gives the bare 80 for Administrator
		// and Domain Admins.
		{"", ldap.LDAPResultOther, "during ldb_delete", models.ErrPolicy, "It is built into the domain and cannot be deleted."},
		{"00002035", 0, "cannot delete", models.ErrPolicy, "It is built into the domain and cannot be deleted."},
		{"", 0, "disallow_", models.ErrPolicy, "It is built into the domain and can be neither moved nor renamed."},

		// Groups: the words are Samba's, the code ERROR_DS_INVALID_GROUP_TYPE Windows'.
		{"00002035", 0, "group forbidden", models.ErrPolicy, "A group does not go from global to domain local, or back, in one step: make it universal first."},
		{"00002141", 0, "", models.ErrPolicy, "A group of this kind cannot become one of that: its scope, or that of its members, is in the way. From global to domain local, or back, it goes by way of universal."},

		// Values.
		{"00002077", 0, "", models.ErrInvalid, "This value cannot be empty."},
		{"", ldap.LDAPResultInvalidAttributeSyntax, "", models.ErrInvalid, "A value is too long or not of the form that the directory wants."},
		{"", ldap.LDAPResultNotAllowedOnRDN, "", models.ErrInvalid, "The name itself is changed by renaming."},
		{"", ldap.LDAPResultAdminLimitExceeded, "", models.ErrPolicy, "It is more than the server does at once: do it in smaller parts. Some of it may be done."},
		{"", ldap.LDAPResultReferral, "", models.ErrNotFound, "It belongs to another domain: connect to a domain controller of that one."},
	}
}

func refusalOf(err error, diagnostic string) (refusal, bool) {
	var result *ldap.Error
	if !errors.As(err, &result) {
		return refusal{}, false
	}
	win32, words := win32Code(diagnostic), strings.ToLower(diagnostic)
	for _, r := range refusals() {
		if (r.win32 == "" || r.win32 == win32) && (r.code == 0 || r.code == result.ResultCode) && strings.Contains(words, r.words) {
			r.advice = withParticulars(r, diagnostic)
			return r, true
		}
	}
	return refusal{}, false
}

var (
	minimumWords   = regexp.MustCompile(`longer than (\d{1,4}) characters`)
	attributeWords = regexp.MustCompile(`attribute '([A-Za-z0-9-]{1,64})'`)
)

// withParticulars puts into the advice what the diagnostic tells beyond its code.
func withParticulars(r refusal, diagnostic string) string {
	if found := minimumWords.FindStringSubmatch(diagnostic); found != nil && r.words == "too short" {
		return "The password is too short: it needs at least " + found[1] + " characters."
	}
	if found := attributeWords.FindStringSubmatch(diagnostic); found != nil && r.code == ldap.LDAPResultInvalidAttributeSyntax {
		return models.Field(found[1]).Label() + ": too long, or not of the form that the directory wants."
	}
	return r.advice
}
