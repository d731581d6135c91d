package adaxes

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"dirdesk/internal/rawjson"
	"dirdesk/models"
)

func TestSignIn(t *testing.T) {
	server := newCanned(t)
	b := server.open()
	session, token := server.only(wireSession), server.only(wireToken)
	want, err := rawjson.Encode(map[string]string{"username": "jdoe@example.test", "password": testPassword})
	if err != nil {
		t.Fatal(err)
	}
	var sent, wanted any
	if mustJSON(t, session.body, &sent); fmt.Sprint(sent) != fmt.Sprint(mustJSON(t, string(want), &wanted)) {
		t.Errorf("the session was asked for with %s", session.body)
	}
	if token.body != `{"sessionId":"`+testSession+`"}` {
		t.Errorf("the token was asked for with %s", token.body)
	}
	for _, s := range []seen{session, token} {
		if s.header.Get("Adm-Authorization") != "" || s.header.Get("Content-Type") != "application/json" || s.query != "" {
			t.Errorf("%s: headers %v, query %q", s.wire(), s.header, s.query)
		}
	}
	if search := server.only(wireSearch); search.header.Get("Adm-Authorization") != testToken {
		t.Errorf("the token went as %q", search.header.Get("Adm-Authorization"))
	}
	about := b.About()
	if about.Backend != "Adaxes" || about.URL != "adaxes://test" || about.Account != "jdoe@example.test" || about.Seekable ||
		!strings.HasPrefix(about.TLS, "TLS 1.3, verified") || about.Host != b.base.Host {
		t.Errorf("about: %+v", about)
	}
}

func TestSignInWithAnAccessToken(t *testing.T) {
	server := newCanned(t)
	options := server.options()
	options.Token = models.NewSecret(givenToken)
	b, err := Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(server.seen(wireSession)) + len(server.seen(wireToken)); n != 0 {
		t.Errorf("%d requests to sign in, though there is a token", n)
	}
	if got := server.only(wireSearch).header.Get("Adm-Authorization"); got != givenToken {
		t.Errorf("sent %q", got)
	}
	if account := b.About().Account; account != "access token" {
		t.Errorf("account %q", account)
	}
	// It cannot be renewed: the first 401 is the end, and nothing signs in.
	server.on(wireGet, text(401, told401))
	_, err = b.Get(t.Context(), models.Ref{DN: testUser})
	if !errors.Is(err, models.ErrSession) || len(server.seen(wireSession)) != 0 || len(server.seen(wireGet)) != 1 {
		t.Errorf("after its end: %v", err)
	}
	if err := b.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Get(t.Context(), models.Ref{DN: testUser}); !errors.Is(err, models.ErrSession) || len(server.seen(wireGet)) != 1 {
		t.Errorf("after Close: %v", err)
	}
}

func TestAccessTokenThatIsNotTaken(t *testing.T) {
	server := newCanned(t)
	server.on(wireSearch, text(401, told401))
	options := server.options()
	options.Token = models.NewSecret(givenToken)
	_, err := Open(t.Context(), options)
	if !errors.Is(err, models.ErrCredentials) || !strings.Contains(err.Error(), "access token") {
		t.Errorf("got %v", err)
	}
	noSecrets(t, err)
	options.Token = models.NewSecret("two\nlines")
	if _, err := Open(t.Context(), options); !errors.Is(err, models.ErrInvalid) || strings.Contains(err.Error(), "two") {
		t.Errorf("a token that fits no header: %v", err)
	}
}

// What the server says of a sign-in that it refuses, told apart.
func TestRefusedSignIns(t *testing.T) {
	t.Parallel()
	inner := func(more string) string {
		return `{"message":"Access is denied.","code":"forbidden","innerError":{"message":"said by the server",` + more + `}}`
	}
	for _, c := range []struct {
		name   string
		status int
		body   string
		kind   error
		words  string
	}{
		{"wrong password", 403, inner(`"code":"invalidCredentials","attemptsLeft":2`), models.ErrCredentials, "2 attempts are left"},
		{"last but one", 403, inner(`"code":"invalidCredentials","attemptsLeft":1`), models.ErrCredentials, "1 attempt is left"},
		{"attempts not told", 403, inner(`"code":"InvalidCredentials"`), models.ErrCredentials, "account or password is wrong"},
		{"not on the list", 403, inner(`"code":"accessDenied"`), models.ErrNotAuthorized, "may not use Adaxes' REST API"},
		{"disabled", 403, inner(`"code":"accountIsDisabled"`), models.ErrAccountState, "disabled"},
		{"locked", 403, inner(`"code":"accountLockedOut"`), models.ErrAccountState, "locked out"},
		{"expired", 403, inner(`"code":"accountExpired"`), models.ErrAccountState, "expired"},
		{"wrong hours", 403, inner(`"code":"logonTimeIncorrect"`), models.ErrAccountState, "at this hour"},
		{"another code", 403, inner(`"code":"somethingNew"`), models.ErrCredentials, "was refused"},
		{"details hidden", 403, `{"message":"Logon failed.","code":"forbidden"}`, models.ErrCredentials, "does not say why"},
		{"401", 401, told401, models.ErrCredentials, "refused"},
		{"no such directory", 404, "<h1>404</h1>", models.ErrProtocol, "no REST API of Adaxes"},
		{"redirect", 302, "", models.ErrProtocol, "redirects to a page of its own: there is no REST API"},
		{"web page", 200, "<html>Welcome</html>", models.ErrProtocol, "web page"},
		{"no session", 200, `{"totpState":null}`, models.ErrProtocol, "no session"},
		{"one-time code", 200, `{"sessionId":"` + testSession + `","totpState":{"x":1}}`, models.ErrUnsupported, "one-time code"},
		{"failing", 500, "<h1>500</h1>", models.ErrServer, "HTTP 500"},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := newCanned(t)
			server.on(wireSession, text(c.status, c.body))
			b, err := Open(t.Context(), server.options())
			if b != nil || !errors.Is(err, c.kind) || !strings.Contains(err.Error(), c.words) {
				t.Fatalf("got %v, want %v and %q", err, c.kind, c.words)
			}
			checkForPeople(t, err, "", "jdoe@example.test", c.words)
			if n := len(server.seen(wireSession)); n != 1 {
				t.Errorf("the password was sent %d times", n)
			}
		})
	}
}

// A sign-in that came to nothing on the way is tried again, a few times and no more;
// a change never is.
func TestASignInThatWasLostOnTheWayIsTriedAgain(t *testing.T) {
	for name, trouble := range map[string]http.HandlerFunc{
		"dropped": drop, "cut": cutAnswer,
		"502": text(502, "<h1>502</h1>"), "503": text(503, "<h1>503</h1>"), "504": text(504, "<h1>504</h1>"),
	} {
		for _, wire := range []string{wireSession, wireToken} {
			server, asked, lost := newCanned(t), new(atomic.Int32), new(atomic.Int32)
			lost.Store(2)
			good := server.handlers[wire]
			server.on(wire, func(w http.ResponseWriter, r *http.Request) {
				if asked.Add(1) <= lost.Load() {
					trouble(w, r)
					return
				}
				good(w, r)
			})
			c, err := newConnection(server.options())
			if err != nil {
				t.Fatal(err)
			}
			var waits []time.Duration
			c.after = func(d time.Duration) <-chan time.Time {
				waits = append(waits, d)
				now := make(chan time.Time, 1)
				now <- time.Time{}
				return now
			}
			if err := c.signIn(t.Context()); err != nil || asked.Load() != 3 || !slices.Equal(waits, []time.Duration{signInPause, signInPause}) {
				t.Errorf("%s, %s: %v after %d requests and %v", name, wire, err, asked.Load(), waits)
			}
			asked.Store(0)
			lost.Store(9)
			if err := c.signIn(t.Context()); err == nil || asked.Load() != signInTries {
				t.Errorf("%s for good, %s: %v after %d requests", name, wire, err, asked.Load())
			}
		}
	}
}

func TestAPasswordThatMustBeChangedIsLogged(t *testing.T) {
	server := newCanned(t)
	server.answer(wireSession, strings.Replace(goodSession, `"changePasswordReason":0`, `"changePasswordReason":1`, 1))
	server.open()
	if !strings.Contains(server.log.String(), "level=WARN") || !strings.Contains(server.log.String(), "must be changed") {
		t.Errorf("the log says nothing of it:\n%s", server.log.String())
	}
}

// A refusal when the session is opened again is final: more attempts would lock
// the account.
func TestRefusedRenewalIsNotRepeated(t *testing.T) {
	server := newCanned(t)
	b := server.open()
	server.on(wireGet, text(401, told401))
	server.on(wireSession, text(403, `{"message":"no","code":"forbidden","innerError":{"code":"invalidCredentials","attemptsLeft":1}}`))
	for range 5 {
		_, err := b.Get(t.Context(), models.Ref{DN: testUser})
		if !errors.Is(err, models.ErrSession) || !strings.Contains(err.Error(), "1 attempt is left") {
			t.Fatalf("got %v", err)
		}
		noSecrets(t, err)
	}
	if n := len(server.seen(wireSession)); n != 2 {
		t.Errorf("%d sign-ins, want the first and one more", n)
	}
}

// However many goroutines find the token ended, one signs in.
func TestOneRenewalForAll(t *testing.T) {
	server := newCanned(t)
	b := server.open()
	server.answer(wireToken, strings.Replace(goodToken, testToken, "TOKEN-two", 1))
	server.on(wireGet, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Adm-Authorization") == "TOKEN-two" {
			text(200, goodUser)(w, r)
			return
		}
		text(401, told401)(w, r)
	})
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			if _, err := b.Get(t.Context(), models.Ref{DN: testUser}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := len(server.seen(wireSession)); n != 2 {
		t.Errorf("%d sign-ins, want 2", n)
	}
}

// Two minutes before its end a token is replaced, by the server's clock.
func TestTokenIsRenewedAheadOfTime(t *testing.T) {
	for _, c := range []struct {
		name   string
		skew   time.Duration // of the server's clock
		mute   bool          // it does not tell its clock
		life   time.Duration
		before time.Duration // after this, still the old one
		after  time.Duration // after this, a new one
	}{
		{"usual", 0, false, 30 * time.Minute, 27 * time.Minute, 29 * time.Minute},
		{"their clock is ahead", 5 * time.Hour, false, 30 * time.Minute, 27 * time.Minute, 29 * time.Minute},
		{"their clock is behind", -5 * time.Hour, false, 30 * time.Minute, 27 * time.Minute, 29 * time.Minute},
		{"their clock is not told", 0, true, 30 * time.Minute, 27 * time.Minute, 29 * time.Minute},
		{"a short one", 0, false, time.Minute, 20 * time.Second, 40 * time.Second},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := newCanned(t)
			began := time.Now()
			now := began
			server.on(wireToken, func(w http.ResponseWriter, r *http.Request) {
				theirs := now.Add(c.skew)
				w.Header().Set("Date", theirs.UTC().Format(http.TimeFormat))
				if c.mute {
					w.Header()["Date"] = nil
				}
				text(200, `{"token":"`+testToken+`","expiresAtUtc":"`+theirs.Add(c.life).UTC().Format("2006-01-02T15:04:05.0000000Z")+`"}`)(w, r)
			})
			b, err := newBackend(server.options())
			if err != nil {
				t.Fatal(err)
			}
			b.now = func() time.Time { return now }
			if err := b.open(t.Context()); err != nil {
				t.Fatal(err)
			}
			for _, step := range []struct {
				at      time.Duration
				signIns int
			}{{0, 1}, {c.before, 1}, {c.after, 2}, {c.after, 2}} {
				now = began.Add(step.at)
				if _, err := b.Get(t.Context(), models.Ref{DN: testUser}); err != nil {
					t.Fatal(err)
				}
				if n := len(server.seen(wireToken)); n != step.signIns {
					t.Errorf("after %s: %d tokens, want %d", step.at, n, step.signIns)
				}
			}
			// The way to a new one is blocked: the old one serves as long as it lasts.
			now = began.Add(2*c.after + time.Second)
			server.on(wireSession, text(503, "<h1>503</h1>"))
			if _, err := b.Get(t.Context(), models.Ref{DN: testUser}); err != nil {
				t.Errorf("a token that could not be renewed early is not used any more: %v", err)
			}
		})
	}
}

// Nothing is sent at the end: the two requests that end token and session would
// put them into an address.
func TestCloseSendsNothing(t *testing.T) {
	server := newCanned(t)
	b := server.open()
	before := len(server.requests)
	if err := b.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := len(server.requests) - before; n != 0 {
		t.Errorf("%d requests", n)
	}
	if _, err := b.Get(t.Context(), models.Ref{DN: testUser}); !errors.Is(err, models.ErrSession) {
		t.Errorf("after Close: %v", err)
	}
	if err := b.Close(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestChoosingTheDomain(t *testing.T) {
	head := func(name string) string {
		return fmt.Sprintf(`{"guid":"g-%[1]s","dn":"%[2]s","objectType":"domainDNS","domainName":"%[1]s","properties":{"msDS-PrincipalName":["%[3]s\\"]}}`,
			name, models.DNFromRealm(name), strings.ToUpper(strings.SplitN(name, ".", 2)[0]))
	}
	two := "[" + head("west.test") + "," + head("east.test") + "]"
	for _, c := range []struct {
		name, answer, domain string
		base                 models.DN
		kind                 error
		words                string
	}{
		{"one, none named", "[" + head("east.test") + "]", "", "DC=east,DC=test", nil, ""},
		{"two, one named", two, "West.TEST", "DC=west,DC=test", nil, ""},
		{"by its NetBIOS name", two, "EAST", "DC=east,DC=test", nil, ""},
		{"by its DN", two, "dc=east, dc=test", "DC=east,DC=test", nil, ""},
		{"two, none named", two, "", "", models.ErrInvalid, "east.test, west.test"},
		{"another named", two, "north.test", "", models.ErrNotFound, "east.test, west.test"},
		{"none seen", "[]", "", "", models.ErrDenied, "sees no domain"},
		{"none seen, one named", "[]", "east.test", "", models.ErrNotFound, "east.test"},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := newCanned(t)
			server.answer(wireSearch, c.answer)
			options := server.options()
			options.Domain = c.domain
			b, err := Open(t.Context(), options)
			if !errors.Is(err, c.kind) || c.kind != nil && !strings.Contains(err.Error(), c.words) {
				t.Fatalf("got %v, want %v and %q", err, c.kind, c.words)
			}
			if err != nil {
				return
			}
			server.answer(wireSearch, "[]")
			info, err := b.Info(t.Context())
			if err != nil || info.BaseDN != c.base || info.Realm != c.base.Realm() || info.Workgroup == "" {
				t.Errorf("%+v, %v", info, err)
			}
		})
	}
}

func TestAddresses(t *testing.T) {
	for text, want := range map[string]string{
		"adaxes://host":                   "https://host:443/restApi",
		"adaxes://host:8443":              "https://host:8443/restApi",
		"adaxes://host/adaxes/api2/":      "https://host:443/adaxes/api2",
		"https://host/restApi":            "https://host:443/restApi",
		"HTTPS://[::1]:8443/x":            "https://[::1]:8443/x",
		" adaxes://host ":                 "https://host:443/restApi",
		"http://host/restApi":             "",
		"ldap://host":                     "",
		"adaxes://jdoe:pa55word@host":     "",
		"adaxes://host/restApi?x=1":       "",
		"adaxes://host/restApi#x":         "",
		"adaxes://":                       "",
		"adaxes://host:port":              "",
		"adaxes://jdoe:pa55word@host:nan": "",
	} {
		u, err := parseBase(text)
		got := ""
		if err == nil {
			got = u.String()
		}
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%s: %q, %v, want %q", text, got, err, want)
		}
		if err != nil && (!errors.Is(err, models.ErrInvalid) || strings.Contains(err.Error(), "pa55word")) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// A server that delays its answers after failed sign-ins is waited for.
func TestPatience(t *testing.T) {
	b := &connection{options: Options{}.withDefaults()}
	if got := b.timeoutOf(b.anonymous(pathSession, nil)); got < 30*time.Second {
		t.Errorf("a sign-in is given %s, and the server may wait 30 s before it answers", got)
	}
	if got := b.timeoutOf(request{write: true}); got < time.Minute {
		t.Errorf("a change is given %s, and business rules take their time", got)
	}
}

func mustJSON(t *testing.T, text string, into *any) any {
	t.Helper()
	if err := json.Unmarshal([]byte(text), into); err != nil {
		t.Fatal(err)
	}
	return *into
}

// Open gives up when its caller does.
func TestOpenIsCancelled(t *testing.T) {
	for _, wire := range []string{wireSession, wireToken, wireSearch} {
		server := newCanned(t)
		ctx, cancel := context.WithCancel(t.Context())
		server.on(wire, func(w http.ResponseWriter, r *http.Request) {
			cancel()
			hang(w, r)
		})
		if _, err := Open(ctx, server.options()); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", wire, err)
		}
	}
}
