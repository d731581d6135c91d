package simulator_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/simulator/directory"
)

const (
	base  = "DC=corp,DC=example,DC=com"
	users = "CN=Users," + base
	staff = "OU=Staff," + base
	anna  = `CN=Berg\, Anna,` + staff
	team  = "CN=Team," + staff
	good  = "Blue-Kettle-42"
)

// clock is a time that stands still until it is moved.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// site is a small domain behind a simulator, and a foreign client signed in to
// it.
type site struct {
	t         *testing.T
	clock     *clock
	directory *directory.Directory
	server    *simulator.Server
	client    *http.Client
	sid       string
}

// newSite has an OU=Staff with Anna, and a Team without members.
func newSite(t *testing.T, o simulator.Options) *site {
	t.Helper()
	s := &site{t: t, clock: &clock{at: time.Date(2026, 11, 21, 9, 30, 0, 0, time.UTC)}}
	s.directory = directory.New(directory.Options{Now: s.clock.now})
	for _, e := range []struct {
		dn         models.DN
		class      string
		attributes map[string][]string
	}{
		{staff, "organizationalUnit", nil},
		{anna, "user", map[string][]string{"sAMAccountName": {"aberg"}, "displayName": {"Anna Berg"}, "userAccountControl": {"512"}}},
		{team, "group", map[string][]string{"sAMAccountName": {"Team"}}},
	} {
		if err := s.directory.Add(e.dn, e.class, e.attributes); err != nil {
			t.Fatal(err)
		}
	}
	o.Directory, o.Now = s.directory, s.clock.now
	s.server = start(t, o)
	s.client = foreign(t, s.server)
	s.sid = signIn(t, s.client, s.server, s.server.Account())
	return s
}

// get sends a query below entry.cgi as it stands, with the session.
func (s *site) get(query string) answer {
	s.t.Helper()
	return get(s.t, s.client, s.server.URL()+"/webapi/entry.cgi?"+query+"&_sid="+s.sid)
}

// post sends a form as it stands, with the session.
func (s *site) post(query, body string) answer {
	s.t.Helper()
	response, err := s.client.Post(s.server.URL()+"/webapi/entry.cgi?"+query, "application/x-www-form-urlencoded",
		strings.NewReader(body+"&_sid="+s.sid))
	if err != nil {
		s.t.Fatal(err)
	}
	return read(s.t, response)
}

// call posts one call with every value in JSON, as a careful client does.
func (s *site) call(api, method string, version int, values map[string]any) answer {
	s.t.Helper()
	form := url.Values{"api": {api}, "method": {method}, "version": {text(s.t, version)}}
	for name, v := range values {
		form.Set(name, text(s.t, v))
	}
	return s.post("", form.Encode())
}

// bare posts one call with every value as it stands.
func (s *site) bare(api, method, version string, pairs ...string) answer {
	s.t.Helper()
	form := url.Values{"api": {api}, "method": {method}, "version": {version}}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return s.post("", form.Encode())
}

// text is a value in JSON.
func text(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// attribute is the first value of an attribute in the directory itself.
func (s *site) attribute(dn models.DN, name string) string {
	s.t.Helper()
	a, err := s.directory.Attributes(dn)
	if err != nil {
		s.t.Fatalf("%s: %v", dn, err)
	}
	if len(a[name]) == 0 {
		return ""
	}
	return a[name][0]
}

// signsIn reports whether an account may sign in to the domain.
func (s *site) signsIn(account, password string) bool {
	_, err := s.directory.Authenticate(account, models.NewSecret(password))
	return err == nil
}

// setUsers sends a compound User.set with these elements of userList.
func (s *site) setUsers(elements ...map[string]any) result {
	s.t.Helper()
	return s.compound(map[string]any{
		"api": "SYNO.ActiveDirectory.User", "method": "set", "version": 2, "userList": elements,
	})
}

// result is one item of a compound answer, and what the answer says of them all.
type result struct {
	answer
	HasFail bool `json:"-"`
}

// compound sends one call inside a compound one.
func (s *site) compound(item map[string]any) result {
	s.t.Helper()
	a := s.call("SYNO.Entry.Request", "request", 1, map[string]any{
		"mode": "sequential", "stop_when_error": true, "compound": []any{item},
	})
	return s.only(a)
}

// only takes the one item out of a compound answer.
func (s *site) only(a answer) result {
	s.t.Helper()
	var data struct {
		HasFail bool `json:"has_fail"`
		Result  []answer
	}
	if err := json.Unmarshal(a.Data, &data); err != nil || len(data.Result) != 1 {
		s.t.Fatalf("%v: %+v", err, a)
	}
	if data.HasFail == data.Result[0].Success {
		s.t.Errorf("has_fail %t beside %+v", data.HasFail, data.Result[0])
	}
	return result{data.Result[0], data.HasFail}
}

// code is 0 for success, else the outer error code.
func (a answer) code() int {
	if a.Success {
		return 0
	}
	return a.Error.Code
}

// inner gives the code and the message of the first inner error.
func (a answer) inner() (code int, message string) {
	var details []struct {
		Code int
		Msg  string
	}
	if json.Unmarshal(a.Error.Errors, &details) != nil || len(details) == 0 {
		return 0, ""
	}
	return details[0].Code, details[0].Msg
}

// task gives the task_id of an answer.
func (s *site) task(a answer) string {
	s.t.Helper()
	var data struct {
		ID string `json:"task_id"`
	}
	if err := json.Unmarshal(a.Data, &data); err != nil || data.ID == "" {
		s.t.Fatalf("no task: %+v", a)
	}
	return data.ID
}
