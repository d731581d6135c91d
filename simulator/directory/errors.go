package directory

import (
	"errors"
	"fmt"
	"strings"

	"dirdesk/models"
)

// Why an account may not sign in. An error of [Directory.Authenticate] is one of
// these beside its kind.
var (
	ErrAccountDisabled    = errors.New("the account is disabled")
	ErrAccountExpired     = errors.New("the account has expired")
	ErrAccountLocked      = errors.New("the account is locked out")
	ErrMustChangePassword = errors.New("the password must be changed first")
	ErrPasswordExpired    = errors.New("the password has expired")
	ErrLogonHours         = errors.New("the account may not sign in at this hour")
	ErrLogonComputer      = errors.New("the account may sign in at certain computers only")
)

// refusal is a fault before it is known which call and object it belongs to.
// code and diagnostic are what Samba's LDAP server answers (measured; the
// diagnostics are shortened where Samba names its source files).
type refusal struct {
	code       int
	diagnostic string
	advice     string
}

func refuse(code int, advice, diagnostic string, args ...any) *refusal {
	return &refusal{code: code, diagnostic: fmt.Sprintf(diagnostic, args...), advice: advice}
}

// on completes the refusal into the error that callers see; nil stays nil.
func (r *refusal) on(action string, object models.DN) error {
	if r == nil {
		return nil
	}
	code := fmt.Sprintf("LDAP %d", r.code)
	if win32 := r.win32(); win32 != "" {
		code += " " + win32
	}
	return &models.Error{
		Kind: r.kind(), Action: action, Object: string(object), Advice: r.advice, Code: code, Server: r.diagnostic,
	}
}

// win32 is the error number that most of Samba's diagnostics begin with.
func (r *refusal) win32() string {
	number, _, found := strings.Cut(r.diagnostic, ": ")
	if !found || len(number) != 8 || strings.Trim(number, "0123456789ABCDEF") != "" {
		return ""
	}
	return number
}

// kind makes one of the models' kinds of LDAP's codes, and of Win32's where
// they say more.
func (r *refusal) kind() error {
	switch r.win32() {
	case "0000052D":
		return models.ErrPolicy // the password policy
	case "00000056":
		return models.ErrCredentials // the old password of a change
	case "00000525", "00002095":
		return models.ErrNotFound // no such member, no such parent
	case "00000057", "00002077":
		return models.ErrInvalid // a value that this attribute does not take
	}
	switch r.code {
	case 32:
		return models.ErrNotFound
	case 20, 68:
		return models.ErrExists
	case 53:
		return models.ErrPolicy
	case 66:
		return models.ErrNotEmpty
	case 80:
		return models.ErrServer
	default:
		return models.ErrInvalid
	}
}

func notFound(dn models.DN) *refusal {
	return refuse(32, "", "00002030: No such Base DN: %s", dn)
}

// noBase is a read of what does not exist, which Samba refuses in other words
// than a write, and without a number.
func noBase() *refusal {
	return refuse(32, "", "acl_read: Error retrieving instanceType for base.")
}
