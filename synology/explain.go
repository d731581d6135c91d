package synology

import (
	"cmp"
	"slices"
	"strings"

	"dirdesk/internal/webclient"
	"dirdesk/models"
)

// explainFailure turns a code of DSM into an error of the vocabulary.
func (c *connection) explainFailure(m method, object string, f *failure) error {
	means := meaningOf(m, f)
	e := webclient.Fault(means.kind, means.words, means.advice)
	e.Action, e.Object, e.Code, e.Server, e.Err = m.words, object, f.Code(), f.Words(), f
	if f.code == codeOutOfTime && m.write && !f.inner {
		// A public client has the code's meaning; what had been done by then it
		// does not tell.
		open := webclient.Unknown("DSM ran out of time; whether it was done is not known", nil)
		e.Kind, e.Advice = open.Kind, open.Advice
	}
	if f.code == codeNoAPI {
		words, advice := c.absent(m.api)
		e.Kind, e.Advice = models.InWords(words, models.ErrUnsupported), advice
	}
	return e
}

// absent says what it means that DSM does not offer an API: for the package's
// own ones, that the package is not there (inferred).
func (c *connection) absent(api string) (words, advice string) {
	if strings.HasPrefix(api, apiADPrefix) && c.hasLDAPServer() {
		return c.host + " runs the package LDAP Server (OpenLDAP), and not Synology Directory Server (Active Directory)",
			"Check that this is the right host, or install Synology Directory Server in DSM's Package Center."
	}
	if strings.HasPrefix(api, apiADPrefix) {
		return "Synology Directory Server is not installed or not running on " + c.host,
			"Install or start it in DSM's Package Center, or check that this is the right host."
	}
	return c.host + " does not offer " + api, adviceUpdate
}

// meaningOf finds what a failure means. The numbers from 400 on mean different
// things to SYNO.API.Auth and to everyone else.
func meaningOf(m method, f *failure) meaning {
	own := directoryCodes()
	if m.api == apiAuth {
		own = authCodes()
	} else if means, ok := innerMeaning(f); ok {
		return means
	}
	if means, ok := own.find(f.code); ok {
		return refineOTP(means, f)
	}
	if means, ok := commonCodes().find(f.code); ok {
		return means
	}
	switch {
	case m.api != apiAuth && isDirectoryCode(f.code):
		return meaning{models.ErrServer, "Directory Server refused the request", adviceDetail}
	case f.code == codeNone:
		return meaning{models.ErrServer, "DSM reports an error without a code", adviceRetry}
	default:
		return meaning{models.ErrServer, "DSM reports an error that dirdesk does not know", adviceRetry}
	}
}

// innerMeaning looks into the package's wrappers such as 10104, which say
// little themselves: Samba's words are known, LDAP's codes too.
func innerMeaning(f *failure) (meaning, bool) {
	if !f.inner && !isDirectoryCode(f.code) {
		return meaning{}, false
	}
	if code, ok := ldapCodeOf(f.Words()); ok || f.ldap != 0 {
		code = cmp.Or(f.ldap, code)
		return ldapCodes().find(code)
	}
	if means, ok := ldapCodes().find(f.code); ok && f.inner {
		return means, true
	}
	for _, d := range f.details {
		if means, ok := ldapCodes().find(d.code); ok {
			return means, true
		}
	}
	return meaning{}, false
}

// ldapCodeOf recognises the words that Samba's LDB has for LDAP's results,
// which the package hands through: one text is captured, "ldb updaterecords:
// modify", the ones here are inferred from Samba's.
func ldapCodeOf(words string) (code int, ok bool) {
	words = strings.ToLower(words)
	texts := []struct {
		text string
		code int
	}{
		{"no such object", 32},
		{"no such base dn", 32},
		{"nosuchobject", 32},
		{"invalid dn", 34},
		{"insufficient access", 50},
		{"unwilling to perform", 53},
		{"non-leaf", 66},
		{"already exists", 68},
		{"already a member", 68},
		{"attribute or value exists", 20},
		{"constraint violation", 19},
		{"invalid attribute syntax", 21},
		{"naming violation", 64},
		{"object class violation", 65},
	}
	for _, t := range texts {
		if strings.Contains(words, t.text) {
			return t.code, true
		}
	}
	return 0, false
}

// refineOTP notes that the account's second factor is none that can be typed.
func refineOTP(means meaning, f *failure) meaning {
	if f.code != codeNeedsOTP && f.code != codeOTPEnforced {
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
