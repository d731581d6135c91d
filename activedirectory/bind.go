package activedirectory

import (
	"context"
	"errors"
	"regexp"
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
		return "", refuse(models.ErrInvalid, "sign in", "", "Name the account to sign in with.")
	case err == nil && dn.Depth() > 1, strings.ContainsAny(account, `@\`):
		return account, nil
	case realm == "":
		return "", refuse(models.ErrInvalid, "sign in as", account,
			"The server does not tell its domain before signing in: write the account as name@domain or DOMAIN\\name.")
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
		c.signedIn = true
		return nil
	}
	err = c.ended(err)
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
	return refuse(models.ErrCredentials, "sign in as", account, "Type the password: an empty one is not sent.")
}

// bindRefusal is what one of Active Directory's sign-in refusals means.
type bindRefusal struct {
	kind   error
	advice string // what is the matter, and what to do
}

// bindRefusals are keyed by the hexadecimal Win32 error that follows "data " in
// the diagnostic of result 49; nothing else tells the cases apart. 52e, 533, 701,
// 773 and 775 were seen on Samba 4.17.12, the others are Microsoft's (system error
// codes 87, 1311, 1317, 1326 to 1331, 1384 and 1385). Samba never says 525. Only
// 52e uses up a try.
var bindRefusals = map[string]bindRefusal{
	"57":  {models.ErrUnsupported, "The server wants the sign-in bound to the TLS channel, which a simple sign-in cannot be."},
	"51f": {models.ErrBusy, "No domain controller that could check the sign-in can be reached by the server. Try again later, or connect to another one."},
	"525": {models.ErrCredentials, "There is no such account. Check the account's spelling and its domain."},
	"52e": {models.ErrCredentials, "Account or password is wrong. Check the account and type the password again. Several wrong tries may lock the account."},
	"52f": {models.ErrAccountState, "The account is restricted: it is one of the Protected Users, or its password is blank. Sign in with another account."},
	"530": {models.ErrAccountState, "The account may not sign in at this time of day. Wait for its logon hours, or sign in with another account."},
	"531": {models.ErrAccountState, "The account may not sign in from this computer. Sign in with another account, or have its logon workstations widened."},
	"532": {models.ErrAccountState, "The password has expired. Change the password first, for instance on a domain computer."},
	"533": {models.ErrAccountState, "The account is disabled. Have it enabled, or sign in with another account."},
	"534": {models.ErrNotAuthorized, "The account may not sign in to this server over the network. Have the right granted, or sign in with another account."},
	"568": {models.ErrAccountState, "The account is in too many groups to sign in. Have some taken away, or sign in with another account."},
	"701": {models.ErrAccountState, "The account has expired. Have its expiry date moved, or sign in with another account."},
	"773": {models.ErrAccountState, "The password must be changed before the first sign-in. Change the password first, for instance on a domain computer."},
	"775": {models.ErrAccountState, "The account is locked out. Wait until the lockout ends, or have it unlocked."},
}

// refusalOf49 is what a refused sign-in means. Without a number it is that of any
// LDAP server; a number that is not known is no reason to try another password.
func refusalOf49(data string) bindRefusal {
	if known, ok := bindRefusals[data]; ok {
		return known
	}
	if data == "" {
		return bindRefusal{models.ErrCredentials, "The server does not say more: check the account and the password."}
	}
	return bindRefusal{
		models.InWords("the server refused the sign-in", models.ErrAccountState),
		"The reason is not one that dirdesk knows: look at the server's words.",
	}
}

// dataCode matches the part of "80090308: LdapErr: DSID-0C0903A9, comment:
// AcceptSecurityContext error, data 52e, v1db1" that matters.
var dataCode = regexp.MustCompile(`(?i)\bdata ([0-9a-f]{1,8})\b`)

func bindDataCode(diagnostic string) string {
	found := dataCode.FindStringSubmatch(diagnostic)
	if found == nil {
		return ""
	}
	return strings.ToLower(found[1])
}
