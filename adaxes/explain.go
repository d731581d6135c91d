package adaxes

import (
	"fmt"
	"net/http"

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
	host := c.base.Host
	switch status := f.status; {
	case status >= 300 && status < 400:
		return meaning{models.ErrProtocol, host + " redirects to another address", adviceHost + " Tokens and passwords are not sent along a redirect."}
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
