package adaxes

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"dirdesk/models"
	"dirdesk/test/webtest"
)

// The secrets of every test; logs, addresses and errors are searched for them.
const (
	testPassword  = `pa"ss\wörd&1+2=3 %41 <x>`
	testToken     = "TOKEN-one_2.3+/=="
	testSession   = "SESSION-id-77/+="
	givenToken    = "ACCESS-token-5+/="
	chosenSecret  = `n"ew\pa,ss=&<wörd> 7+7%`
	testBase      = models.DN("DC=example,DC=test")
	testUsers     = models.DN("CN=Users,DC=example,DC=test")
	testUser      = models.DN("CN=John Doe,CN=Users,DC=example,DC=test")
	testGroup     = models.DN("CN=Sales,CN=Users,DC=example,DC=test")
	wireSession   = "POST /restApi/api/authSessions/create"
	wireToken     = "POST /restApi/api/auth"
	wireGet       = "GET /restApi/api/directoryObjects"
	wireSearch    = "POST /restApi/api/directoryObjects/search"
	wireCreate    = "POST /restApi/api/directoryObjects"
	wireModify    = "PATCH /restApi/api/directoryObjects"
	wireDelete    = "DELETE /restApi/api/directoryObjects"
	wireMove      = "POST /restApi/api/directoryObjects/move"
	wireEnable    = "POST /restApi/api/directoryObjects/account/enable"
	wireUnlock    = "POST /restApi/api/directoryObjects/account/unlock"
	wireReset     = "POST /restApi/api/directoryObjects/resetPassword"
	wireMembers   = "GET /restApi/api/directoryObjects/groupMembers"
	wireAdd       = "POST /restApi/api/directoryObjects/groupMembers"
	wireRemove    = "DELETE /restApi/api/directoryObjects/groupMembers"
	wireOperation = "GET /restApi/api/runningOperations/7a42-1"

	goodSession = `{"sessionId":"` + testSession + `","totpState":null,"changePasswordReason":0,"expiresAtUtc":"2099-12-26T05:25:20.1767895Z"}`
	goodToken   = `{"token":"` + testToken + `","expiresAtUtc":"2099-12-26T05:25:20.1767895Z"}`
	goodResult  = `{"resultType":0,"innerMessages":[],"exception":null,"actualObjectDN":"CN=John Doe,CN=Users,DC=example,DC=test","extraInfo":{}}`
	goodDomains = `[{"guid":"11111111-1111-1111-1111-111111111111","dn":"DC=example,DC=test","objectType":"domainDNS","domainName":"example.test","properties":{}}]`
	goodUser    = `{"accountStatus":{"isDisabled":false,"isLocked":false,"expirationDate":null},"passwordStatus":{"whenChanged":"2020-07-14T16:27:49.5590448Z","expirationStatus":1,"expirationDate":null},` +
		`"guid":"7a4267ce-d354-44e7-8bd6-c681f1284a41","dn":"CN=John Doe,CN=Users,DC=example,DC=test","displayName":"John Doe","objectType":"user","objectTypeCode":2,"domainName":"example.test","directoryType":1,` +
		`"properties":{"sAMAccountName":["jdoe"],"memberOf":["CN=Sales,CN=Users,DC=example,DC=test"],"objectSid":["S-1-5-21-1-2-3-1105"]}}`
)

// secretTexts are what must never be seen outside a body and the token's header.
func secretTexts() []string {
	return []string{testPassword, testToken, testSession, givenToken, chosenSecret, `pa\"ss\\w`, `n\"ew\\pa`, "SESSION-id", "n%22ew"}
}

// seen is one request as it arrived.
type seen struct {
	verb, path, query string
	header            http.Header
	body              string
}

func (s seen) wire() string { return s.verb + " " + s.path }

// canned is a server of fixed answers, by verb and path. One that is missing is
// answered as Adaxes answers what it does not know.
type canned struct {
	t        *testing.T
	server   *webtest.Server
	log      *lockedBuffer
	mu       sync.Mutex
	requests []seen
	handlers map[string]http.HandlerFunc
}

type lockedBuffer struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.all.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.all.String()
}

func newCanned(t *testing.T) *canned {
	t.Helper()
	c := &canned{t: t, log: &lockedBuffer{}, handlers: map[string]http.HandlerFunc{}}
	c.answer(wireSession, goodSession)
	c.answer(wireToken, goodToken)
	c.answer(wireGet, goodUser)
	c.on(wireSearch, searchWell)
	for _, wire := range []string{wireCreate, wireModify, wireDelete, wireMove, wireEnable, wireUnlock, wireReset, wireAdd, wireRemove} {
		c.answer(wire, goodResult)
	}
	c.answer(wireMembers, "["+goodUser+"]")
	c.server = webtest.Serve(t, c)
	t.Cleanup(c.checkSecrets)
	return c
}

// searchWell finds the domain, and nothing below anything.
func searchWell(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	if strings.Contains(string(body), "domainDNS") {
		fmt.Fprint(w, goodDomains)
		return
	}
	fmt.Fprint(w, "[]")
}

func (c *canned) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	s := seen{r.Method, r.URL.Path, r.URL.RawQuery, r.Header.Clone(), string(body)}
	c.mu.Lock()
	c.requests = append(c.requests, s)
	handler := c.handlers[s.wire()]
	c.mu.Unlock()
	if handler == nil {
		w.WriteHeader(http.StatusNotFound)
		fmt.Fprint(w, `{"message":"No HTTP resource was found.","code":"notFound"}`)
		return
	}
	handler(w, r)
}

func (c *canned) on(wire string, handler http.HandlerFunc) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.handlers[wire] = handler
}

// answer gives the bodies one after another, the last one for ever.
func (c *canned) answer(wire string, bodies ...string) {
	var handlers []http.HandlerFunc
	for _, body := range bodies {
		handlers = append(handlers, text(http.StatusOK, body))
	}
	c.inTurn(wire, handlers...)
}

func (c *canned) inTurn(wire string, handlers ...http.HandlerFunc) {
	var n int
	var mu sync.Mutex
	c.on(wire, func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		handler := handlers[min(n, len(handlers)-1)]
		n++
		mu.Unlock()
		handler(w, r)
	})
}

func text(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		if strings.HasPrefix(body, "<") {
			w.Header().Set("Content-Type", "text/html")
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

func (c *canned) seen(wire string) []seen {
	c.mu.Lock()
	defer c.mu.Unlock()
	var found []seen
	for _, s := range c.requests {
		if s.wire() == wire {
			found = append(found, s)
		}
	}
	return found
}

func (c *canned) only(wire string) seen {
	c.t.Helper()
	found := c.seen(wire)
	if len(found) != 1 {
		c.t.Fatalf("%d requests of %s, want 1", len(found), wire)
	}
	return found[0]
}

func (c *canned) options() Options {
	return Options{
		URL: c.server.URL + "/restApi", Shown: "adaxes://test", TLS: webtest.Roots(c.server),
		Account: "jdoe@example.test", Password: models.NewSecret(testPassword),
		Timeout: 10 * time.Second, WriteTimeout: 10 * time.Second, SignInTimeout: 10 * time.Second, PollEvery: time.Millisecond,
		Logger: slog.New(slog.NewTextHandler(c.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
}

func (c *canned) open() *Backend {
	c.t.Helper()
	b, err := Open(c.t.Context(), c.options())
	if err != nil {
		c.t.Fatalf("Open: %v", err)
	}
	c.t.Cleanup(func() { _ = b.Close(c.t.Context()) })
	b.capKnown.Store(true) // hand-written answers do not tell what a server gives at most
	return b
}

// checkSecrets looks for secrets where they must not be: the log, and addresses.
func (c *canned) checkSecrets() {
	c.mu.Lock()
	defer c.mu.Unlock()
	log := c.log.String()
	for _, secret := range secretTexts() {
		if strings.Contains(log, secret) {
			c.t.Errorf("the log holds %q", secret)
		}
		for _, s := range c.requests {
			if strings.Contains(s.path+"?"+s.query, secret) {
				c.t.Errorf("the address of %s holds %q", s.wire(), secret)
			}
			for name, values := range s.header {
				if name != "Adm-Authorization" && strings.Contains(strings.Join(values, " "), secret) {
					c.t.Errorf("the header %s of %s holds %q", name, s.wire(), secret)
				}
			}
		}
	}
}
