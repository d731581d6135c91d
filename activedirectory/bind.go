package activedirectory

import (
	"context"
	"errors"
	"strings"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

// bindName makes the name that a simple bind takes of what a person typed
// (MS-ADTS 5.1.1.1.1): a DN, a user principal name and DOMAIN\user go as they
// are; a bare logon name becomes name@realm, the implicit user principal name
// that each account has beside the one set on it. Samba refuses a bare name.
//
// Only one form is ever tried: a second try with another one would count as a
// second wrong password and bring the account closer to its lockout.
func bindName(account, realm string) (string, error) {
	account = strings.TrimSpace(account)
	dn, err := models.ParseDN(account)
	switch {
	case account == "":
		return "", &models.Error{Kind: models.ErrInvalid, Action: "sign in", Advice: "Name the account to sign in with."}
	case err == nil && dn.Depth() > 1, strings.ContainsAny(account, `@\`):
		return account, nil
	case realm == "":
		return "", &models.Error{
			Kind: models.ErrInvalid, Action: "sign in as", Object: account,
			Advice: "The server does not tell its domain before signing in: write the account as name@domain or DOMAIN\\name.",
		}
	default:
		return account + "@" + realm, nil
	}
}

// bind signs in with a simple bind.
func (c *conn) bind(ctx context.Context, name string, password models.Secret) error {
	stop := deadlineFrom(ctx, c.net)
	defer stop()
	_, err := c.ldap.SimpleBind(ldap.NewSimpleBindRequest(name, password.Reveal(), nil))
	if err == nil {
		return nil
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		return ctx.Err()
	}
	return bindError(name, err)
}

func bindError(name string, err error) error {
	out := resultError("sign in as", name, err)
	var known *models.Error
	if !errors.As(out, &known) {
		return out
	}
	switch {
	case isResult(err, ldap.LDAPResultInvalidCredentials):
		data := bindDataCode(known.Server)
		if data != "" {
			known.Code += " data " + data
		}
		refused := refusalOf49(data)
		known.Kind, known.Advice = refused.kind, refused.advice
	case isResult(err, ldap.LDAPResultUnwillingToPerform):
		known.Kind = models.InWords("the server does not take this sign-in", models.ErrNotAuthorized)
		known.Advice = "Its own words may say why. Sign in with another account, or connect to another server."
	}
	return known
}

// emptyPassword refuses one before anything is sent: a server takes it for an
// anonymous sign-in and says that it succeeded (RFC 4513 section 5.1.2).
func emptyPassword(account string) error {
	return &models.Error{
		Kind: models.ErrCredentials, Action: "sign in as", Object: account,
		Advice: "Type the password: an empty one is not sent.",
	}
}
