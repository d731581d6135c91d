package synology

import (
	"slices"
	"strings"

	"dirdesk/models"
)

// explainFailure turns a code of DSM into an error of the vocabulary.
func (c *Client) explainFailure(m method, object string, f *failure) error {
	means := meaningOf(m, f)
	e := &models.Error{
		Kind: reason{means.words, means.kind}, Action: m.words, Object: object,
		Advice: means.advice, Code: f.codeText(), Server: f.words(), Err: f,
	}
	if f.code == codeNoAPI {
		e.Kind, e.Advice = c.absent(m.api)
	}
	return e
}

// absent says what it means that DSM does not offer an API: for the package's
// own ones, that the package is not there (inferred).
func (c *Client) absent(api string) (kind error, advice string) {
	if strings.HasPrefix(api, apiADPrefix) {
		return reason{"Synology Directory Server is not installed or not running on " + c.host, models.ErrUnsupported},
			"Install or start it in DSM's Package Center, or check that this is the right host."
	}
	return reason{c.host + " does not offer " + api, models.ErrUnsupported}, adviceUpdate
}

// meaningOf finds the code in the tables. A wrapper such as 10104 says little:
// the details inside it may say more.
func meaningOf(m method, f *failure) meaning {
	if m.api != apiAuth {
		if means, ok := ldbMeaning(f.words()); ok {
			return means
		}
	}
	for _, code := range codesOf(f) {
		if m.api == apiAuth {
			if means, ok := authMeaning(code); ok {
				return refineOTP(means, code, f)
			}
		} else if means, ok := directoryMeaning(code); ok {
			return means
		}
		if means, ok := commonMeaning(code); ok {
			return means
		}
	}
	if f.code == codeNone {
		return meaning{models.ErrServer, "DSM reports an error without a code", adviceRetry}
	}
	return meaning{models.ErrServer, "DSM reports an error that dirdesk does not know", adviceRetry}
}

func codesOf(f *failure) []int {
	codes := []int{f.code}
	for _, d := range f.details {
		if d.code != codeNone {
			codes = append(codes, d.code)
		}
	}
	return codes
}

// refineOTP notes that the account has no second factor that is a code.
func refineOTP(means meaning, code int, f *failure) meaning {
	if code != codeNeedsOTP && code != codeOTPEnforced {
		return means
	}
	var types []string
	for _, d := range f.details {
		types = append(types, d.types...)
	}
	if len(types) > 0 && !slices.Contains(types, "otp") {
		means.advice = "The account's second factor (" + strings.Join(types, ", ") +
			") works in a browser only: set up a one-time code in DSM's web page."
	}
	return means
}

// ldbMeaning recognises the words of Samba's LDB and of LDAP in what the server
// said: the package hands them through (one captured: "ldb updaterecords:
// modify"; the rest inferred from Samba's texts).
func ldbMeaning(words string) (meaning, bool) {
	words = strings.ToLower(words)
	has := func(parts ...string) bool {
		return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(words, part) })
	}
	switch {
	case has("no such object", "no such base dn", "no_such_object", "nosuchobject"):
		return meaning{models.ErrNotFound, "no such object", "It may have been moved or deleted: refresh its container."}, true
	case has("already exists", "entry_already_exists"):
		return meaning{models.ErrExists, "exists already", "Choose another name."}, true
	case has("insufficient access", "insufficient_access"):
		return meaning{models.ErrDenied, "the account may not do this", adviceAdmin}, true
	case has("invalid dn"):
		return meaning{models.ErrInvalid, "not a distinguished name", "Check its spelling."}, true
	}
	return meaning{}, false
}
