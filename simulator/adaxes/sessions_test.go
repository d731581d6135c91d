package adaxes_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/simulator/adaxes"
	"dirdesk/simulator/directory"
)

const whoAmI = objects + "?directoryObject=" + "DC%3Dexample,DC%3Dcom"

// open signs in and gives the session, or the refusal.
func (s *site) open(username, password string) (session, answer string) {
	s.t.Helper()
	body, err := json.Marshal(map[string]string{"username": username, "password": password})
	if err != nil {
		s.t.Fatal(err)
	}
	status, answer := s.do(http.MethodPost, "/api/authSessions/create", string(body), "Adm-Authorization", "")
	var opened struct{ SessionID string }
	if err := json.Unmarshal([]byte(answer), &opened); err != nil || (status == http.StatusOK) != (opened.SessionID != "") {
		s.t.Fatalf("%d %v: %s", status, err, answer)
	}
	return opened.SessionID, answer
}

// issue gives a token for a session.
func (s *site) issue(session string) (token string, status int) {
	s.t.Helper()
	status, answer := s.do(http.MethodPost, "/api/auth", `{"sessionId":"`+session+`","type":0}`, "Adm-Authorization", "")
	var issued struct{ Token string }
	if err := json.Unmarshal([]byte(answer), &issued); err != nil {
		s.t.Fatal(err)
	}
	return issued.Token, status
}

func (s *site) works(token string) bool {
	s.t.Helper()
	status, _ := s.do(http.MethodGet, whoAmI, "", "Adm-Authorization", token)
	return status == http.StatusOK
}

func TestSessionsAndTokensEndByTheClock(t *testing.T) {
	s := newSite(t, simulator.Options{})
	session, answer := s.open(s.server.AdaxesUsername(), s.server.AdaxesPassword().Reveal())
	form := `^\{"sessionId":"[^"]{20,}","totpState":null,"changePasswordReason":0,"expiresAtUtc":"2026-11-21T09:40:00\.1234567Z"\}$`
	if !regexp.MustCompile(form).MatchString(answer) {
		t.Errorf("the session: %s", answer)
	}
	// What many get wrong: a session is no token.
	refusal := `{"message":"The provided authentication token is either expired or invalid.","code":"unauthenticated"}`
	for _, wrong := range []string{session, "", "nonsense", "Bearer " + s.token} {
		if status, answer := s.do(http.MethodGet, whoAmI, "", "Adm-Authorization", wrong); status != http.StatusUnauthorized || answer != refusal {
			t.Errorf("%q as a token: %d %s", wrong, status, answer)
		}
	}
	token, _ := s.issue(session)
	s.clock.advance(10*time.Minute - time.Second)
	second, _ := s.issue(session)
	if !s.works(token) || !s.works(second) {
		t.Error("a token does not work")
	}
	s.clock.advance(time.Second)
	if _, status := s.issue(session); status != http.StatusUnauthorized {
		t.Errorf("a token for a session that has ended: %d", status)
	}
	if !s.works(token) {
		t.Error("the token ended with its session")
	}
	s.clock.advance(20*time.Minute - time.Second)
	if !s.works(token) {
		t.Error("the token ended too early")
	}
	s.clock.advance(time.Second)
	if s.works(token) || !s.works(second) {
		t.Errorf("after 30 minutes: first %v, second %v", s.works(token), s.works(second))
	}
	if !s.works(s.token) {
		t.Error("the access token ended")
	}
}

func TestTokensAreRenewedAndDestroyed(t *testing.T) {
	s := newSite(t, simulator.Options{})
	session, _ := s.open(`example\`+"adaxes-operator", s.server.AdaxesPassword().Reveal())
	token, _ := s.issue(session)
	s.clock.advance(20 * time.Minute)
	if status, answer := s.do(http.MethodPatch, "/api/auth", `{"token":"`+token+`"}`); status != http.StatusOK || !strings.Contains(answer, "T10:20:00.") {
		t.Errorf("renewal: %d %s", status, answer)
	}
	s.clock.advance(20 * time.Minute)
	if !s.works(token) {
		t.Error("the renewed token ended")
	}
	if status, answer := s.do(http.MethodDelete, query("/api/auth", "token", token), ""); status != http.StatusNoContent || answer != "" {
		t.Errorf("destroy: %d %s", status, answer)
	}
	if s.works(token) {
		t.Error("the destroyed token works")
	}
	session, _ = s.open(s.server.AdaxesUsername(), s.server.AdaxesPassword().Reveal())
	token, _ = s.issue(session)
	if status, _ := s.do(http.MethodDelete, query("/api/authSessions", "id", session), ""); status != http.StatusNoContent {
		t.Errorf("end: %d", status)
	}
	if _, status := s.issue(session); status != http.StatusUnauthorized {
		t.Errorf("a token for a session that was ended: %d", status)
	}
	s.server.ExpireAdaxesTokens()
	if s.works(token) || !s.works(s.token) {
		t.Error("after all tokens expired: the issued one should not work, the access token should")
	}
}

func TestAnAccessTokenMayEnd(t *testing.T) {
	ends := newClock().at.Add(time.Hour)
	s := newSite(t, simulator.Options{Adaxes: adaxes.Options{TokenEnds: ends}})
	if !s.works(s.token) {
		t.Error("it does not work")
	}
	s.clock.advance(time.Hour)
	if s.works(s.token) {
		t.Error("it works after its end")
	}
}

func TestAnAccessTokenSleepsWithItsAccount(t *testing.T) {
	s := newSite(t, simulator.Options{Adaxes: adaxes.Options{Account: "richard.roberts"}})
	for bits, works := range map[string]bool{"514": false, "512": true} {
		if err := s.directory.Modify(richard, map[string][]string{"userAccountControl": {bits}}); err != nil {
			t.Fatal(err)
		}
		if got := s.works(s.token); got != works {
			t.Errorf("with %s it works: %v", bits, got)
		}
	}
}

func TestWhyASignInIsRefused(t *testing.T) {
	s := newSite(t, simulator.Options{})
	policy := s.directory.Policy()
	policy.LockoutThreshold = 3
	s.directory.SetPolicy(policy)
	set := func(dn string, changes map[string][]string) {
		t.Helper()
		if err := s.directory.SetPassword(models.DN(dn), models.NewSecret(good), false); err != nil {
			t.Fatal(err)
		}
		if err := s.directory.Modify(models.DN(dn), changes); err != nil {
			t.Fatal(err)
		}
	}
	account := func(name string, changes map[string][]string) {
		t.Helper()
		set(s.add("CN="+name+","+users, "user", "sAMAccountName", name, "userAccountControl", "512"), changes)
	}
	account("off", map[string][]string{"userAccountControl": {"514"}})
	account("over", map[string][]string{"accountExpires": {"1"}})
	account("night", map[string][]string{"logonHours": {strings.Repeat("A", 28)}})
	account("well", nil)
	for i, c := range []struct{ username, password, inner string }{
		{"off@example.com", good, `"code":"accountIsDisabled"}`},
		{"off@example.com", "wrong", `"code":"invalidCredentials","attemptsLeft":2}`},
		{"over@example.com", good, `"code":"accountExpired"}`},
		{`EXAMPLE\night`, good, `"code":"logonTimeIncorrect"}`},
		{"well@example.com", "wrong", `"code":"invalidCredentials","attemptsLeft":2}`},
		{"well@example.com", "wrong", `"code":"invalidCredentials","attemptsLeft":1}`},
		{"well@example.com", "wrong", `"code":"invalidCredentials","attemptsLeft":0}`},
		{"well@example.com", good, `"code":"accountLockedOut"}`},
		{"nobody@example.com", good, `"code":"invalidCredentials","attemptsLeft":3}`},
		{`OTHER\well`, good, `"code":"invalidCredentials"`},
	} {
		session, answer := s.open(c.username, c.password)
		if session != "" || !strings.Contains(answer, c.inner) || !strings.HasPrefix(answer, `{"message":"`) {
			t.Errorf("%d %s: %s, want %s", i, c.username, answer, c.inner)
		}
	}
	s.clock.advance(time.Hour) // the lockout is over
	session, _ := s.open("well@example.com", good)
	token, _ := s.issue(session)
	if !s.works(token) {
		t.Fatal("the token of an account of the directory does not work")
	}
	set("CN=well,"+users, map[string][]string{"userAccountControl": {"514"}})
	if s.works(token) {
		t.Error("the token of a disabled account works")
	}
	set("CN=well,"+users, map[string][]string{"userAccountControl": {"512"}})
	if !s.works(token) {
		t.Error("the token of an account that was enabled again does not work")
	}
	set("CN=well,"+users, map[string][]string{"pwdLastSet": {"0"}})
	if _, answer := s.open("well@example.com", good); !strings.Contains(answer, `"changePasswordReason":2`) {
		t.Errorf("must change: %s", answer)
	}
	s.server.AdaxesRule(rule(t, "deny@login"))
	if _, answer := s.open(s.server.AdaxesUsername(), s.server.AdaxesPassword().Reveal()); !strings.Contains(answer, `"code":"accessDenied"}}`) {
		t.Errorf("not on the list: %s", answer)
	}
}

func TestOldVersionsTellNoDetails(t *testing.T) {
	s := newSite(t, simulator.Options{Adaxes: adaxes.Options{HideDetails: true}})
	if _, answer := s.open("nobody@example.com", "x"); answer != `{"message":"Logon failed.","code":"accessDenied"}` {
		t.Errorf("%s", answer)
	}
}

func TestTheServicesOwnAccountIsLockedOutForAWhile(t *testing.T) {
	s := newSite(t, simulator.Options{})
	for i := range 5 {
		_, answer := s.open(s.server.AdaxesUsername(), "wrong")
		if want := `"attemptsLeft":` + string(rune('4'-i)); !strings.Contains(answer, want) {
			t.Errorf("attempt %d: %s", i+1, answer)
		}
	}
	if _, answer := s.open(s.server.AdaxesUsername(), s.server.AdaxesPassword().Reveal()); !strings.Contains(answer, "accountLockedOut") {
		t.Errorf("after five: %s", answer)
	}
	s.clock.advance(time.Minute)
	if session, answer := s.open(s.server.AdaxesUsername(), s.server.AdaxesPassword().Reveal()); session == "" {
		t.Errorf("a minute later: %s", answer)
	}
}

// In a bubble of its own, where waiting takes no time.
func TestFailedSignInsAreDelayedMoreAndMore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := directory.New(directory.Options{Realm: "example.com"})
		h := adaxes.New(adaxes.Options{Directory: d, Account: "operator", Password: models.NewSecret(good)})
		attempt := func(address, username, password string) time.Duration {
			r := httptest.NewRequest(http.MethodPost, "/restApi/api/authSessions/create",
				strings.NewReader(`{"username":"`+username+`","password":"`+password+`"}`))
			r.Header.Set("Content-Type", "application/json")
			r.RemoteAddr = address
			start := time.Now()
			h.ServeHTTP(httptest.NewRecorder(), r)
			return time.Since(start)
		}
		for i, want := range []time.Duration{0, 0, 0, 1, 2, 4, 8, 16, 30, 30} {
			if got := attempt("192.0.2.1:1000", "nobody", "wrong"); got != want*time.Second {
				t.Errorf("attempt %d takes %v, want %v s", i+1, got, int(want))
			}
		}
		if got := attempt("192.0.2.2:1000", "nobody", "wrong"); got != 0 {
			t.Errorf("another address waits %v", got)
		}
		if got := attempt("192.0.2.1:2000", "operator", good); got != 30*time.Second {
			t.Errorf("the right password waits %v", got)
		}
		if got := attempt("192.0.2.1:3000", "nobody", "wrong"); got != 0 {
			t.Errorf("after a success: %v", got)
		}
	})
}
