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
// a lost answer leaves the outcome unknown, and in what a refusal means.
func writeError(action, object string, err error) error {
	if err == nil {
		return nil
	}
	var known *models.Error
	var certificate *models.CertificateError
	switch {
	case errors.Is(err, errUnanswered):
		return &models.Error{Kind: models.ErrUnknownOutcome, Action: action, Object: object, Err: err}
	case errors.As(err, &known), errors.As(err, &certificate),
		errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	}
	out := failure(action, object, err)
	if isResult(err, ldap.LDAPResultReferral) {
		elsewhere(out, err)
	} else if refusal, ok := refusalOf(action, err, out.Server); ok {
		out.Kind, out.Advice = refusal.kind, refusal.advice
	} else if unknownNumber(out.Server) {
		if errors.Is(out.Kind, models.ErrPolicy) { // which is a guess: the result says only "unwilling"
			out.Kind = models.InWords("refused by the server", models.ErrPolicy)
		}
		out.Advice = "Look at the server's own words: no more is known of this number."
	}
	return out
}

// refuse is an error of our own, before anything is sent.
func refuse(kind error, action, object, advice string) error {
	return &models.Error{Kind: kind, Action: action, Object: object, Advice: advice}
}

// refusal is what a server's answer to a write means.
type refusal struct {
	win32  string // the Win32 code at the start of the diagnostic; "" any or none
	code   uint16 // the LDAP result; 0 any
	words  string // to be found in the diagnostic or the action, in lower case; "" any
	kind   error
	advice string
}

// notThere is the advice about an object that has gone.
const notThere = "It is not there any more: refresh and choose again."

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
		{"00000561", 0, "", models.InWords("not a member", models.ErrNotFound), "It is no member of the group."},
		{"00000562", 0, "", models.InWords("a member already", models.ErrExists), "It is a member of the group already."},
		{"", ldap.LDAPResultEntryAlreadyExists, "", models.ErrExists, "An object of this name lies in the container already: choose another name."},

		{"00000523", 0, "", models.ErrInvalid, "The account's name is not one that the directory takes: choose another."},

		// Places.
		{"", 0, "parent does not exist", models.ErrNotFound, "The container it is to lie in is not there any more: refresh and choose another."},
		{"00002089", 0, "", models.ErrNotFound, "The container it is to lie in is not there any more: refresh and choose another."},
		{"00002037", 0, "", models.ErrInvalid, "An object of this kind cannot lie there: choose a container or OU."},
		{"", 0, "child of itself", models.ErrInvalid, "A container cannot be moved into itself."},
		{"00002030", 0, "", models.ErrNotFound, notThere},
		{"0000208D", 0, "", models.ErrNotFound, notThere},
		{"00000525", 0, "", models.ErrNotFound, notThere},
		{"00002035", 0, "unable to find guid", models.ErrNotFound, notThere},
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
		{"00002077", 0, "password", models.ErrDenied, "The server does not let this account set the password: ask for the right to reset it."},
		{"00002077", 0, "", models.ErrInvalid, "The server does not take this change: a value is missing, or is not one that it allows here."},
		{"00002082", 0, "", models.ErrInvalid, "A value is too long or too short for its attribute."},
		{"00002024", 0, "", models.ErrPolicy, "The server keeps this attribute itself: it cannot be set."},
		{"00002014", 0, "", models.ErrInvalid, "The change does not fit the kind of object: a value that it needs is missing, or it can have none of these."},
		{"00000057", 0, "", models.ErrUnsupported, "The server does not know a control of the request."},
		{"", ldap.LDAPResultInvalidAttributeSyntax, "", models.ErrInvalid, "A value is too long or not of the form that the directory wants."},
		{"", ldap.LDAPResultNotAllowedOnRDN, "", models.ErrInvalid, "The name itself is changed by renaming."},
		{"", ldap.LDAPResultAdminLimitExceeded, "", models.ErrPolicy, "It is more than the server does at once: do it in smaller parts. Some of it may be done."},
	}
}

func refusalOf(action string, err error, diagnostic string) (refusal, bool) {
	var result *ldap.Error
	if !errors.As(err, &result) {
		return refusal{}, false
	}
	win32, words := win32Code(diagnostic), strings.ToLower(diagnostic+" "+action)
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
