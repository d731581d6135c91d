package directory

import (
	"errors"
	"fmt"

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
)

// refusal is a fault before it is known which call and object it belongs to.
// code and diagnostic are what Samba's LDAP server would answer, where it was
// measured.
type refusal struct {
	kind       error
	code       int
	diagnostic string
	advice     string
}

func refuse(kind error, code int, advice, diagnostic string, args ...any) *refusal {
	return &refusal{kind: kind, code: code, advice: advice, diagnostic: fmt.Sprintf(diagnostic, args...)}
}

// on completes the refusal into the error that callers see; nil stays nil.
func (r *refusal) on(action string, object models.DN) error {
	if r == nil {
		return nil
	}
	return &models.Error{
		Kind:   r.kind,
		Action: action,
		Object: string(object),
		Advice: r.advice,
		Code:   fmt.Sprintf("LDAP %d", r.code),
		Server: r.diagnostic,
	}
}

func notFound(dn models.DN) *refusal {
	return refuse(models.ErrNotFound, 32, "", "00002030: No such Base DN: %s", dn)
}
