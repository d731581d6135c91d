package dsm_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"dirdesk/models"
	"dirdesk/simulator/directory"
	"dirdesk/simulator/dsm"
)

const (
	base     = "DC=corp,DC=example,DC=com"
	sales    = "OU=Sales," + base
	password = "Corr3ct horse & staple"
	secret   = "JBSWY3DPEHPK3PXP"
)

// clock is a time that stands still until it is moved.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// memory serves a directory in memory, as the simulator's root does.
type memory struct{ d *directory.Directory }

func (m memory) Info(context.Context) (models.DirectoryInfo, error) { return m.d.Info(), nil }
func (m memory) List(_ context.Context, r models.ListRequest) (models.Page, error) {
	return m.d.List(r)
}
func (m memory) Conflict(_ context.Context, n string) (bool, error) { return m.d.Conflict(n), nil }

// nas is a server under test and a client that knows nothing of dirdesk: plain
// HTTPS, no cookies but those a test sends.
type nas struct {
	t       *testing.T
	url     string
	client  *http.Client
	clock   *clock
	handler *dsm.Handler
	mu      sync.Mutex
	calls   []dsm.Call
}

func newNAS(t *testing.T, change func(*dsm.Options)) *nas {
	t.Helper()
	n := &nas{t: t, clock: &clock{now: time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)}}
	d := directory.New(directory.Options{Now: n.clock.Now})
	for _, e := range []struct {
		dn         models.DN
		class      string
		attributes map[string][]string
	}{
		{sales, "organizationalUnit", map[string][]string{"description": {"sells <things> & more"}}},
		{"CN=Ann Lee," + sales, "user", map[string][]string{
			"sAMAccountName": {"alee"}, "displayName": {"Ann Lee"}, "mail": {"alee@example.com"},
			"telephoneNumber": {"555-0100"}, "physicalDeliveryOfficeName": {"B2"},
		}},
		{`CN=Lee\, \"Bob\" \\ Jr.,` + sales, "user", map[string][]string{
			"sAMAccountName": {"12345678"}, "accountExpires": {directory.FileTime(n.clock.Now().AddDate(0, 0, 10))},
		}},
		{"CN=Buyers," + sales, "group", map[string][]string{"sAMAccountName": {"Buyers"}}},
		{"CN=PC1," + sales, "computer", map[string][]string{"sAMAccountName": {"PC1$"}}},
	} {
		if err := d.Add(e.dn, e.class, e.attributes); err != nil {
			t.Fatal(err)
		}
	}
	options := dsm.Options{
		Directory: memory{d},
		Accounts: []dsm.Account{
			{Name: "admin", Password: models.NewSecret(password), Administrator: true},
			{Name: "otp", Password: models.NewSecret(password), Administrator: true, OTPSecret: models.NewSecret(secret)},
			{Name: "enforced", Password: models.NewSecret(password), Administrator: true, OTPEnforced: true},
			{Name: "visitor", Password: models.NewSecret(password)},
			{Name: "disabled", Password: models.NewSecret(password), Administrator: true, Refuse: 401},
		},
		Now: n.clock.Now, DomainUpdate: 3 * time.Second,
		Log: func(calls []dsm.Call) {
			n.mu.Lock()
			defer n.mu.Unlock()
			n.calls = append(n.calls, calls...)
		},
	}
	if change != nil {
		change(&options)
	}
	n.handler = dsm.New(options)
	server := httptest.NewTLSServer(n.handler)
	t.Cleanup(server.Close)
	n.url, n.client = server.URL, server.Client()
	return n
}

// log gives the calls logged so far and forgets them.
func (n *nas) log() []dsm.Call {
	n.mu.Lock()
	defer n.mu.Unlock()
	calls := n.calls
	n.calls = nil
	return calls
}

// reply is an answer as the tests look at it.
type reply struct {
	raw     string
	header  http.Header
	Success bool            `json:"success"`
	Data    json.RawMessage `json:"data"`
	Error   struct {
		Code   int             `json:"code"`
		Errors json.RawMessage `json:"errors"`
	} `json:"error"`
}

// code is 0 for success.
func (r reply) code() int {
	if r.Success {
		return 0
	}
	return r.Error.Code
}

// into decodes the data.
func (r reply) into(t *testing.T, v any) {
	t.Helper()
	if !r.Success {
		t.Fatalf("no success: %s", r.raw)
	}
	if err := json.Unmarshal(r.Data, v); err != nil {
		t.Fatalf("%v: %s", err, r.raw)
	}
}

func (n *nas) send(request *http.Request) reply {
	n.t.Helper()
	response, err := n.client.Do(request)
	if err != nil {
		n.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		n.t.Fatal(err)
	}
	r := reply{raw: string(body), header: response.Header}
	if response.StatusCode != http.StatusOK {
		n.t.Fatalf("status %d: %s", response.StatusCode, body)
	}
	if err := json.Unmarshal(body, &r); err != nil {
		n.t.Fatalf("%v: %s", err, body)
	}
	return r
}

// get sends a query that is encoded already; path is below /webapi/.
func (n *nas) get(path, query string) reply {
	n.t.Helper()
	request, err := http.NewRequestWithContext(n.t.Context(), http.MethodGet, n.url+"/webapi/"+path+"?"+query, nil)
	if err != nil {
		n.t.Fatal(err)
	}
	return n.send(request)
}

// post sends a form of pairs name, value, name, value...
func (n *nas) post(path string, pairs ...string) reply {
	n.t.Helper()
	request, err := http.NewRequestWithContext(n.t.Context(), http.MethodPost, n.url+"/webapi/"+path, strings.NewReader(form(pairs...)))
	if err != nil {
		n.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return n.send(request)
}

func form(pairs ...string) string {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v.Encode()
}

// login posts a login of some version with more pairs.
func (n *nas) login(account, version string, pairs ...string) reply {
	n.t.Helper()
	return n.post("auth.cgi", append([]string{
		"api", "SYNO.API.Auth", "method", "login", "version", version,
		"account", account, "passwd", password, "session", "webui", "format", "sid",
	}, pairs...)...)
}

// sid signs in and gives the session's id.
func (n *nas) sid(account string) string {
	n.t.Helper()
	var data struct{ Sid string }
	n.login(account, "6").into(n.t, &data)
	if data.Sid == "" {
		n.t.Fatal("no sid")
	}
	return data.Sid
}

// call posts one call to entry.cgi.
func (n *nas) call(api, method, version string, pairs ...string) reply {
	n.t.Helper()
	return n.post("entry.cgi", append([]string{"api", api, "method", method, "version", version}, pairs...)...)
}

// record serves one request without a network.
func record(t *testing.T, h http.Handler, r *http.Request) reply {
	t.Helper()
	out := httptest.NewRecorder()
	h.ServeHTTP(out, r)
	got := reply{raw: out.Body.String(), header: out.Header()}
	if err := json.Unmarshal(out.Body.Bytes(), &got); err != nil {
		t.Fatalf("%v: %s", err, got.raw)
	}
	return got
}
