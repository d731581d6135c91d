package dsm

import (
	"net/http"
	"time"

	"dirdesk/models"
)

// Account is someone who may sign in to the NAS. It is one of DSM's own, not of
// the directory that is served.
type Account struct {
	Name          string
	Password      models.Secret
	Administrator bool // may use the directory's APIs
	// Refuse is the code that the right password gets: 401 disabled, 408 to 410
	// expired password; 0 signs in.
	Refuse      int
	OTPSecret   models.Secret // base32 as in an authenticator; empty: no second factor
	OTPEnforced bool          // without an OTPSecret the sign-in is refused with 406
}

// account finds one by its name, which is the same in any case.
func (h *Handler) account(name string) *Account {
	for i := range h.options.Accounts {
		if sameAccount(h.options.Accounts[i].Name, name) {
			return &h.options.Accounts[i]
		}
	}
	return nil
}

// login is SYNO.API.Auth.login, versions 3 to 7. Its parameters are plain
// texts, never JSON, and its booleans yes and no.
func (h *Handler) login(c *call) (any, *failure) {
	in := c.input()
	name, password := in.plain("account"), in.plain("passwd")
	if name == "" {
		return nil, missing("account")
	}
	if _, sent := in.lookup("passwd"); !sent {
		return nil, missing("passwd")
	}
	now, address := h.options.Now(), c.request.credentials.address
	account := h.account(name)
	if f := h.gate.refuses(address, account, now); f != nil {
		return nil, f
	}
	if account == nil || !h.passwordRight(account, password, in.plain("otp_code"), now) {
		h.gate.failed(address, account, now)
		return nil, fail(codeCredentials)
	}
	if account.Refuse != 0 {
		return nil, fail(account.Refuse)
	}
	if !account.Administrator && !sessionPermitted(in.plain("session")) {
		return nil, fail(codeNoApplication)
	}
	device, f := h.secondFactor(in, c.version, account, address, now)
	if f != nil {
		return nil, f
	}
	h.gate.succeeded(address, account)
	tokenAsked := in.plain("enable_syno_token") == "yes"
	s := h.sessions.open(account, address, tokenAsked, h.options.SingleLogin, now)
	asCookie := in.plain("format") != "sid"
	if asCookie {
		setCookie(c.request.header, "id", s.id, week)
	}
	if device != "" && (asCookie || deviceCookieWithSid) {
		setCookie(c.request.header, "did", device, month)
	}
	return loginAnswer(c.version, s, device), nil
}

// passwordRight accepts the account's password and, together with a one-time
// code, the token that the answer 403 carried (as one public client does).
func (h *Handler) passwordRight(a *Account, password, code string, now time.Time) bool {
	if sameText(password, a.Password.Reveal()) {
		return true
	}
	return code != "" && h.second.redeem(a, password, now)
}

// secondFactor asks for the one-time code where the account has one, and gives
// the id of a newly trusted device where the caller wants one.
func (h *Handler) secondFactor(in *input, version int, a *Account, address string, now time.Time) (device string, f *failure) {
	if a.OTPSecret.Empty() {
		if a.OTPEnforced {
			return "", fail(codeOTPEnforced)
		}
		return "", nil
	}
	deviceName := in.plain("device_name")
	if version >= 6 && h.second.trusts(a, in.plain("device_id"), deviceName) {
		return "", nil
	}
	code := in.plain("otp_code")
	if code == "" {
		return "", &failure{codeOTPRequired, map[string]any{
			"token": h.second.issue(a, now),
			"types": []map[string]any{{"type": "otp"}},
		}}
	}
	if !h.second.accept(a, code, now) {
		if wrongCodeCountsAsFailure {
			h.gate.failed(address, a, now)
		}
		return "", fail(codeOTPRejected)
	}
	if version >= 6 && in.plain("enable_device_token") == "yes" {
		device = h.second.trust(a, deviceName)
	}
	return device, nil
}

// noToken stands for a SynoToken that was not asked for (live, two reports).
const noToken = "--------"

// loginAnswer has the members that each version has.
func loginAnswer(version int, s *session, device string) map[string]any {
	answer := map[string]any{"sid": s.id, "is_portal_port": false}
	if s.tokenRequired {
		answer["synotoken"] = s.token
	} else if version >= 6 {
		answer["synotoken"] = noToken
	}
	switch {
	case version >= 7:
		answer["account"] = s.account.Name
		answer["device_id"] = device
		answer["ik_message"] = ""
	case version == 6 && device != "":
		answer["did"] = device
	}
	return answer
}

// How long the cookies live, in seconds (live).
const (
	week  = 7 * 86400
	month = 30 * 86400
)

func setCookie(h http.Header, name, value string, age int) {
	cookie := http.Cookie{Name: name, Value: value, Path: "/", MaxAge: age, HttpOnly: true, Secure: true}
	h.Add("Set-Cookie", cookie.String())
}

// logout ends the session it comes with.
func (h *Handler) logout(c *call) (any, *failure) {
	if c.session == nil && !logoutAlwaysSucceeds {
		return nil, fail(missingSession)
	}
	if c.session != nil {
		h.sessions.close(c.session.id)
	}
	return nil, nil
}

// token gives the SynoToken of the session it comes with.
func (h *Handler) token(c *call) (any, *failure) {
	if c.session == nil {
		_, f := h.sessions.check(c.request.credentials, h.options.Now())
		return nil, f
	}
	return map[string]any{"synotoken": c.session.token}, nil
}
