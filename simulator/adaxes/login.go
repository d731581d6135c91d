package adaxes

import (
	"crypto/subtle"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"dirdesk/models"
	"dirdesk/simulator/directory"
	"dirdesk/simulator/wire"
)

const tokenHeader = "Adm-Authorization"

// openedSession is the answer to a sign-in; the order of members is that of the
// documents.
type openedSession struct {
	SessionID            string          `json:"sessionId"`
	TOTPState            json.RawMessage `json:"totpState"` // always null (official)
	ChangePasswordReason int             `json:"changePasswordReason"`
	ExpiresAtUTC         string          `json:"expiresAtUtc"`
}

type issuedToken struct {
	Token        string `json:"token"`
	ExpiresAtUTC string `json:"expiresAtUtc"`
}

func (h signing) createSession(c *call) (answer, *failure) {
	var r reader
	body := r.object(c.body, "")
	username, password := body.required("username"), models.NewSecret(body.text("password"))
	if failed := r.failure(); failed != nil {
		return answer{}, failed
	}
	if !wire.Pause(c.ctx, h.gate.delay(c.address)) {
		return answer{}, fail(http.StatusServiceUnavailable, "The caller left.")
	}
	who, reason, failed := h.authenticate(username, password)
	if failed == nil {
		c.caller = who
		if h.permitted(c, who.dn) != nil {
			failed = refused("accessDenied", "Access to the REST API is denied.", nil)
		}
	}
	h.gate.note(c.address, failed == nil)
	if failed != nil {
		if h.options.HideDetails {
			failed.Inner = nil
		}
		return answer{}, failed
	}
	id, ends := h.tokens.open(who, h.options.Now())
	return reply(openedSession{SessionID: id, ChangePasswordReason: reason, ExpiresAtUTC: sevenDigits(ends)}), nil
}

// authenticate checks the service's own account first, then the directory's.
func (h signing) authenticate(username string, password models.Secret) (who caller, reason int, f *failure) {
	if h.isOwn(username) {
		left, locked := h.gate.own(sameText(password.Reveal(), h.options.Password.Reveal()), h.options.Now())
		switch {
		case locked:
			return who, 0, refused("accountLockedOut", "The account is locked out.", nil)
		case left != nil:
			return who, 0, refused("invalidCredentials", "The user name or password is incorrect.", left)
		}
		return caller{name: h.options.Account}, 0, nil
	}
	d := h.options.Directory
	o, err := d.Authenticate(username, password)
	switch {
	case errors.Is(err, directory.ErrAccountDisabled):
		return who, 0, refused("accountIsDisabled", "The account is disabled.", nil)
	case errors.Is(err, directory.ErrAccountLocked):
		return who, 0, refused("accountLockedOut", "The account is locked out.", nil)
	case errors.Is(err, directory.ErrAccountExpired):
		return who, 0, refused("accountExpired", "The account has expired.", nil)
	case errors.Is(err, directory.ErrPasswordExpired), errors.Is(err, directory.ErrMustChangePassword):
		dn, _ := d.Find(username)
		return caller{username, dn}, changeReason(err), nil
	case errors.Is(err, directory.ErrLogonHours):
		return who, 0, refused("logonTimeIncorrect", "The account may not sign in at this time.", nil)
	case err != nil:
		return who, 0, refused("invalidCredentials", "The user name or password is incorrect.", h.attemptsLeft(username))
	}
	return caller{username, o.DN}, 0, nil
}

// isOwn reports whether a name is that of the service's own account.
func (h signing) isOwn(username string) bool {
	if h.options.Account == "" {
		return false
	}
	info := h.options.Directory.Info()
	name := username
	if domain, rest, found := strings.Cut(username, `\`); found {
		if !strings.EqualFold(domain, info.Workgroup) && !strings.EqualFold(domain, info.Realm) {
			return false
		}
		name = rest
	} else if user, domain, found := strings.Cut(username, "@"); found {
		if !strings.EqualFold(domain, info.Realm) {
			return false
		}
		name = user
	}
	own, _, _ := strings.Cut(h.options.Account, "@")
	return strings.EqualFold(name, own)
}

// attemptsLeft is how many wrong passwords an account has left before it is
// locked out; nil where that never happens.
func (h signing) attemptsLeft(username string) *int {
	d := h.options.Directory
	threshold := d.Policy().LockoutThreshold
	if threshold == 0 {
		return nil
	}
	left := threshold
	if dn, ok := d.Find(username); ok {
		_ = d.Look(dn, func(v directory.View) {
			if n := v.Values("badPwdCount"); len(n) == 1 {
				left = max(threshold-atoi(n[0]), 0)
			}
		})
	}
	return &left
}

func (h signing) issueToken(c *call) (answer, *failure) {
	var r reader
	session := r.object(c.body, "").required("sessionId")
	if failed := r.failure(); failed != nil {
		return answer{}, failed
	}
	if c.expired {
		h.tokens.close(session)
	}
	token, ends, found := h.tokens.issue(session, h.options.Now())
	if !found {
		return answer{}, sessionEnded()
	}
	return reply(issuedToken{token, sevenDigits(ends)}), nil
}

func (h signing) renewToken(c *call) (answer, *failure) {
	var r reader
	token := r.object(c.body, "").required("token")
	if failed := r.failure(); failed != nil {
		return answer{}, failed
	}
	ends, found := h.tokens.renew(token, h.options.Now())
	if !found {
		return answer{}, unauthenticated()
	}
	return reply(issuedToken{token, sevenDigits(ends)}), nil
}

func (h signing) destroyToken(c *call) (answer, *failure) {
	h.tokens.destroy(c.query.Get("token"))
	return destroyed(), nil
}

func (h signing) endSession(c *call) (answer, *failure) {
	h.tokens.close(c.query.Get("id"))
	return destroyed(), nil
}

// admit finds the caller by the token of the request. An account that may not
// sign in any more takes its tokens along.
func (h signing) admit(c *call) (caller, bool) {
	if c.expired {
		return caller{}, false
	}
	token := c.header.Get(tokenHeader)
	who, found := h.tokens.admit(token, h.options.Now())
	if h.tokens.isAccess(token) { // its account may be one of the directory
		who.dn, _ = h.options.Directory.Find(who.name)
	}
	if !found || who.dn == "" {
		return who, found
	}
	o, err := h.options.Directory.Get(who.dn)
	return who, err == nil && o.Disabled != models.Yes && !o.AccountExpiry.Passed(h.options.Now())
}

// notAdmitted is the answer to a request without a good token: to one that brings a
// name and password by HTTP Basic, a page to sign in (seen on a server).
func (h *service) notAdmitted(c *call) *failure {
	if c.basic && c.header.Get(tokenHeader) == "" {
		return redirect(signInPage(h.options.Mount))
	}
	return unauthenticated()
}

// expire ends the caller's token. The access token, which cannot be had anew,
// is refused this once.
func (h signing) expire(c *call) {
	c.expired = true
	h.tokens.destroy(c.header.Get(tokenHeader))
}

// sevenDigits writes a moment as the service does: "2022-12-26T05:25:20.1767895Z".
func sevenDigits(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.0000000Z") }

// sameText compares without telling by its time where two texts differ.
func sameText(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
