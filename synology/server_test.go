package synology

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sync"
	"testing"
	"time"

	"dirdesk/models"
	"dirdesk/test/webtest"
)

// The secrets of every test; logs, URLs and errors are searched for them.
const (
	testPassword = `pa"ss\wörd&1+2=3 %41`
	testCode     = "918273"
	testSID      = "SID-one_2.3"
	testToken    = "TOK.abc-1"
	testDevice   = "DEVICE-token-77"
	newPassword  = `n"ew\pa,ss=&<wörd> 7+7%`
)

// discovery is what a DSM 7 with the package advertises.
const discovery = `{"data":{
 "SYNO.API.Auth":{"maxVersion":7,"minVersion":1,"path":"entry.cgi"},
 "SYNO.API.Info":{"maxVersion":1,"minVersion":1,"path":"entry.cgi","requestFormat":"JSON"},
 "SYNO.Entry.Request":{"maxVersion":2,"minVersion":1,"path":"entry.cgi","requestFormat":"JSON"},
 "SYNO.Core.Directory.Domain":{"maxVersion":3,"minVersion":1,"path":"entry.cgi","requestFormat":"JSON"},
 "SYNO.ActiveDirectory.Info":{"maxVersion":3,"minVersion":1,"path":"entry.cgi","requestFormat":"JSON"},
 "SYNO.ActiveDirectory.Directory":{"maxVersion":3,"minVersion":1,"path":"____entry.cgi","requestFormat":"JSON"},
 "SYNO.Auth.ForgotPwd":{"maxVersion":1,"minVersion":1,"path":"entry.cgi","requestFormat":"JSON"},
 "SYNO.ActiveDirectory.User":{"maxVersion":2,"minVersion":1,"path":"entry.cgi","requestFormat":"JSON"},
 "SYNO.ActiveDirectory.Group.Member":{"maxVersion":1,"minVersion":1,"path":"entry.cgi","requestFormat":"JSON"},
 "SYNO.ActiveDirectory.Group":{"maxVersion":1,"minVersion":1,"path":"entry.cgi","requestFormat":"JSON"},
 "SYNO.ActiveDirectory.Polling":{"maxVersion":1,"minVersion":1,"path":"entry.cgi","requestFormat":"JSON"}
},"success":true}`

const loginAnswer = `{"data":{"account":"jdoe","device_id":"","ik_message":"","is_portal_port":false,` +
	`"sid":"` + testSID + `","synotoken":"` + testToken + `"},"success":true}`

// seen is one request as it arrived.
type seen struct {
	verb, url, path string
	form            url.Values
	header          http.Header
}

func (s seen) call() string { return s.form.Get("api") + "." + s.form.Get("method") }

// canned is a server of fixed answers, by "API.method" or "*". A handler that
// is missing answers like a DSM 7 that is well.
type canned struct {
	t        *testing.T
	server   *webtest.Server
	mu       sync.Mutex
	requests []seen
	handlers map[string]http.HandlerFunc
}

func newCanned(t *testing.T) *canned {
	t.Helper()
	c := &canned{t: t, handlers: map[string]http.HandlerFunc{}}
	c.answer("SYNO.API.Info.query", discovery)
	c.answer("SYNO.API.Auth.login", loginAnswer)
	c.answer("SYNO.API.Auth.logout", `{"success":true}`)
	c.answer(wireCompound, goodTask)
	c.server = webtest.Serve(t, c)
	return c
}

func (c *canned) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		c.t.Errorf("the body is no form: %v", err)
	}
	s := seen{r.Method, r.URL.String(), r.URL.Path, form, r.Header.Clone()}
	c.mu.Lock()
	c.requests = append(c.requests, s)
	handler := c.handlers[s.call()]
	if any, ok := c.handlers["*"]; ok {
		handler = any
	}
	c.mu.Unlock()
	if handler == nil {
		fmt.Fprint(w, `{"error":{"code":103},"success":false}`)
		return
	}
	r.Form = form
	handler(w, r)
}

func (c *canned) on(call string, handler http.HandlerFunc) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.handlers[call] = handler
}

// answer gives the bodies one after another, the last one for ever.
func (c *canned) answer(call string, bodies ...string) {
	var n int
	var mu sync.Mutex
	c.on(call, func(w http.ResponseWriter, _ *http.Request) {
		mu.Lock()
		body := bodies[min(n, len(bodies)-1)]
		n++
		mu.Unlock()
		w.Header().Set("Content-Type", `application/json; charset="UTF-8"`)
		fmt.Fprint(w, body)
	})
}

func (c *canned) seen(call string) []seen {
	c.mu.Lock()
	defer c.mu.Unlock()
	var found []seen
	for _, s := range c.requests {
		if s.call() == call {
			found = append(found, s)
		}
	}
	return found
}

func (c *canned) only(call string) seen {
	c.t.Helper()
	found := c.seen(call)
	if len(found) != 1 {
		c.t.Fatalf("%d requests of %s, want 1", len(found), call)
	}
	return found[0]
}

func (c *canned) options() Options {
	return Options{
		Host: c.server.Listener.Addr().String(), Shown: "synology://nas", TLS: webtest.Roots(c.server),
		Account: "jdoe", Password: models.NewSecret(testPassword), Timeout: 10 * time.Second,
		PollEvery: time.Millisecond,
	}
}

func (c *canned) open() *Backend {
	c.t.Helper()
	client, err := Open(c.t.Context(), c.options())
	if err != nil {
		c.t.Fatalf("Open: %v", err)
	}
	return client
}
