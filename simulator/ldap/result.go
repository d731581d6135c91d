package ldap

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"dirdesk/models"
)

// LDAP's result codes that this server gives.
const (
	success              = 0
	operationsError      = 1
	protocolError        = 2
	sizeLimitExceeded    = 4
	compareFalse         = 5
	compareTrue          = 6
	authMethodUnknown    = 7
	strongerAuthRequired = 8
	referral             = 10
	criticalUnavailable  = 12
	invalidCredentials   = 49
	busy                 = 51
	unavailable          = 52
	unwilling            = 53
)

// result is the outcome of an operation.
type result struct {
	code       int
	diagnostic string
	referrals  []string
	name       string // of an extended response
	value      []byte // of an extended response; nil for none
	controls   []byte
}

func failed(code int, diagnostic string, args ...any) result {
	if len(args) > 0 {
		diagnostic = fmt.Sprintf(diagnostic, args...)
	}
	return result{code: code, diagnostic: diagnostic}
}

// outcome reads the directory's error: its code is LDAP's, and its words are the
// server's.
func outcome(err error) result {
	var known *models.Error
	if !errors.As(err, &known) {
		if err == nil {
			return result{}
		}
		return failed(80, "%v", err)
	}
	number, _, _ := strings.Cut(strings.TrimPrefix(known.Code, "LDAP "), " ")
	code, convErr := strconv.Atoi(number)
	if convErr != nil {
		code = 80
	}
	return result{code: code, diagnostic: known.Server}
}

const (
	tagReferral      = 0xa3
	tagExtendedName  = 0x8a
	tagExtendedValue = 0x8b
)

// encode gives the content of a response.
func (r result) encode() []byte {
	out := number(nil, tagEnumerated, int64(r.code))
	out = text(out, tagOctets, "") // matchedDN
	out = text(out, tagOctets, r.diagnostic)
	if len(r.referrals) > 0 {
		var all []byte
		for _, url := range r.referrals {
			all = text(all, tagOctets, url)
		}
		out = element(out, tagReferral, all)
	}
	if r.name != "" {
		out = text(out, tagExtendedName, r.name)
	}
	if r.value != nil {
		out = element(out, tagExtendedValue, r.value)
	}
	return out
}
