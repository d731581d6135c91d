package adaxes

import (
	"fmt"
	"net/http"
	"strings"

	"dirdesk/models"
)

// meaning is what an answer says to a person: what happened, of which kind that
// is, and what to do now.
type meaning struct {
	kind   error
	words  string
	advice string
}

// meaningOf says what an answer that is no success means. The statuses are official
// where Adaxes' page on errors names them; 404, 405, 415 and those of the web server in
// front are inferred.
func (c *connection) meaningOf(r request, f *failure) meaning {
	switch status := f.status; {
	case status >= 300 && status < 400:
		return c.redirectMeaning(r)
	case status == http.StatusBadRequest, status == http.StatusUnprocessableEntity:
		return badRequestMeaning(f)
	case status == http.StatusUnauthorized:
		return c.unauthenticatedMeaning(r)
	case status == http.StatusForbidden:
		return refusedMeaning(r, f)
	case status == http.StatusNotFound, status == http.StatusGone:
		return c.notFoundMeaning(r, f)
	case status == http.StatusMethodNotAllowed, status == http.StatusNotImplemented:
		return notAllowedMeaning(r)
	case status == http.StatusRequestURITooLong:
		return tooLongMeaning()
	case status == http.StatusRequestEntityTooLarge:
		return meaning{models.ErrInvalid, "it is larger than the web server takes", "Make it smaller, or have the web server's limit raised."}
	case status == http.StatusConflict:
		return meaning{models.ErrBusy, "it stands against what is there now", "Look at it again, then try again."}
	case status == http.StatusTooManyRequests, status == http.StatusServiceUnavailable && f.told:
		return meaning{models.ErrBusy, "the server asks for patience", "Wait a moment and try again."}
	case status == http.StatusProxyAuthRequired:
		return meaning{models.ErrDenied, "a proxy on the way refused the request", "Check the proxy rules for this computer."}
	case status >= 500 && f.told:
		return meaning{models.ErrServer, "Adaxes failed", adviceRetry}
	case status >= 500:
		return meaning{models.ErrServer, "the web server in front of Adaxes failed", "The Adaxes service may be starting or stopped. Wait a moment and try again."}
	default:
		return meaning{models.ErrProtocol, "the answer is not one of Adaxes", adviceHost}
	}
}

// redirectMeaning: the web server sends to a page what does not lie below DIRECTORY/api,
// and what does not bring the token that it wants (seen on a server).
func (c *connection) redirectMeaning(r request) meaning {
	words := "the web server redirects to a page of its own: there is no REST API of Adaxes at " + c.base.String()
	if !r.anonymous {
		words += ", or it wants another access token"
	}
	return meaning{models.ErrProtocol, words, adviceHost + " Tokens and passwords are not sent along a redirect."}
}

func badRequestMeaning(f *failure) meaning {
	if !f.told {
		return meaning{models.ErrProtocol, "the web server in front of Adaxes does not take the request", adviceHost}
	}
	words := "Adaxes does not take the request"
	if f.fields != "" {
		words += ": " + f.fields
	} else if f.message != "" {
		words += ": " + f.message
	}
	return meaning{models.ErrInvalid, words, "Correct what the server names."}
}

func (c *connection) unauthenticatedMeaning(r request) meaning {
	switch {
	case r.anonymous:
		return meaning{models.ErrCredentials, "the sign-in was refused", "Check the account and the password."}
	case !c.hasAccessToken():
		return meaning{models.ErrSession, "the session has ended, and the new one is not taken either", ""}
	case c.worked():
		return meaning{models.ErrSession, "the access token is not taken any more: it has expired or was revoked, or its account is disabled", adviceToken}
	default:
		return meaning{models.ErrCredentials, "the access token is not taken: it is wrong, has expired or was revoked, or its account is disabled", adviceToken}
	}
}

// notFoundMeaning tells an object that is not there from an address that is none
// of Adaxes'. Once something has worked, the address is right.
//
// IIS answers with a page of its own, and 404, to a query of more than 2,048
// bytes by preset (Microsoft): a long name takes six for each letter that is not
// Latin.
func (c *connection) notFoundMeaning(r request, f *failure) meaning {
	const longest = 2048
	if !f.told && len(r.query.Encode()) > longest {
		return tooLongMeaning()
	}
	if r.anonymous || !f.told && !c.worked() || r.object == "" && !f.told {
		return meaning{models.ErrProtocol, "there is no REST API of Adaxes at " + c.base.String(), adviceHost}
	}
	return meaning{models.ErrNotFound, "there is no such object, or this account may not see it", "Refresh, and look where it is now."}
}

func tooLongMeaning() meaning {
	return meaning{
		models.ErrInvalid, "the name is too long for an address of this web server",
		"Have maxQueryString raised in the web server's request filtering (IIS).",
	}
}

// notAllowedMeaning: IIS' module for WebDAV takes PATCH and DELETE for itself
// (inferred; the usual cause with ASP.NET behind IIS).
func notAllowedMeaning(r request) meaning {
	words := fmt.Sprintf("the web server does not let %s through", r.verb)
	if r.verb == http.MethodPatch || r.verb == http.MethodDelete {
		return meaning{models.ErrUnsupported, words, "Have the module WebDAV Publishing taken out of the web server (IIS): it keeps PATCH and DELETE for itself."}
	}
	return meaning{models.ErrUnsupported, words, "This server may be too old for it; update Adaxes."}
}

// refusedMeaning reads a 403. Of a sign-in it says why in innerError (official);
// servers that hide that, as old ones do by preset, say only that it was refused.
func refusedMeaning(r request, f *failure) meaning {
	if means, ok := signInMeaning(f); ok {
		return means
	}
	switch {
	case r.anonymous && f.innerCode != "":
		return meaning{models.ErrCredentials, "the sign-in was refused", "Read what the server says."}
	case r.anonymous:
		return meaning{
			models.ErrCredentials, "the sign-in was refused, and the server does not say why",
			"Check the account and the password. If they are right, the account may be locked, disabled or expired, or not be allowed to use the REST API.",
		}
	case !f.told:
		return meaning{models.ErrDenied, "a web server or proxy in front of Adaxes refused the request", "Check the proxy and firewall rules for this computer."}
	default:
		return meaning{
			models.ErrDenied, "this account may not do that here",
			"Ask for a security role in Adaxes that allows it. The REST API may also be limited to some operations and objects.",
		}
	}
}

// signInMeaning explains innerError.code, all of whose values are official.
func signInMeaning(f *failure) (means meaning, ok bool) {
	state := func(words, advice string) meaning { return meaning{models.ErrAccountState, words, advice} }
	means, ok = map[string]meaning{
		"invalidcredentials": {models.ErrCredentials, "account or password is wrong" + attempts(f.attemptsLeft), wrongPasswordAdvice(f.attemptsLeft)},
		"accessdenied":       {models.ErrNotAuthorized, "this account may not use Adaxes' REST API", "Have it allowed in the access settings of the REST API in Adaxes."},
		"accountisdisabled":  state("the account is disabled", "Have it enabled."),
		"accountlockedout":   state("the account is locked out", "Wait until the lockout is over, or have it unlocked."),
		"accountexpired":     state("the account has expired", "Have its expiry date changed."),
		"logontimeincorrect": state("the account may not sign in at this hour", "Try again within its logon hours, or have them changed."),
	}[strings.ToLower(f.innerCode)]
	return means, ok
}

func attempts(left int) string {
	switch {
	case left < 0:
		return ""
	case left == 1:
		return "; 1 attempt is left until the account is locked"
	default:
		return fmt.Sprintf("; %d attempts are left until the account is locked", left)
	}
}

func wrongPasswordAdvice(left int) string {
	if left >= 0 && left <= 1 {
		return "Be sure of the password before you try again. The account is written as user@domain or DOMAIN\\user."
	}
	return "Type them again. The account is written as user@domain or DOMAIN\\user."
}
