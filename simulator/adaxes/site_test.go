package adaxes_test

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/simulator/adaxes"
	"dirdesk/simulator/directory"
)

const (
	users   = "CN=Users,DC=example,DC=com"
	john    = "CN=John Smith," + users
	richard = "CN=Richard Roberts," + users
	myGroup = "CN=My group,OU=Groups,DC=example,DC=com"
	objects = "/api/directoryObjects"
	good    = "Cedar-Lantern-94" // a password that the policy allows
)

// clock is a hand-set one.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func newClock() *clock { return &clock{at: time.Date(2026, 11, 21, 9, 30, 0, 123456700, time.UTC)} }

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

// site is a running simulator and a client that nobody here wrote.
type site struct {
	t         testing.TB
	server    *simulator.Server
	directory *directory.Directory
	client    *http.Client
	clock     *clock
	token     string
}

// newSite serves a small domain example.com with the objects of the examples.
func newSite(t testing.TB, o simulator.Options) *site {
	t.Helper()
	s := &site{t: t, clock: newClock()}
	if o.Now == nil {
		o.Now = s.clock.now
	}
	if o.Adaxes.LoginDelay == 0 {
		o.Adaxes.LoginDelay = -1
	}
	o.Directory = directory.New(directory.Options{Realm: "example.com", Now: o.Now})
	o.Examples = true
	var err error
	if s.server, err = simulator.Start(o); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.server.Close(); err != nil {
			t.Error(err)
		}
	})
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(s.server.CertificatePEM())
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}
	t.Cleanup(transport.CloseIdleConnections)
	s.client = &http.Client{Transport: transport}
	s.directory, s.token = s.server.Directory(), s.server.AdaxesToken().Reveal()
	return s
}

// send makes a request and gives what came back, or the error.
func (s *site) send(verb, path, body string, headers ...string) (status int, answer string, err error) {
	s.t.Helper()
	var content io.Reader
	if body != "" {
		content = strings.NewReader(body)
	}
	r, err := http.NewRequestWithContext(s.t.Context(), verb, s.server.AdaxesURL()+path, content)
	if err != nil {
		s.t.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if s.token != "" {
		r.Header.Set("Adm-Authorization", s.token)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	response, err := s.client.Do(r)
	if err != nil {
		return 0, "", err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	return response.StatusCode, string(text), err
}

// do is send where an answer is expected.
func (s *site) do(verb, path, body string, headers ...string) (status int, answer string) {
	s.t.Helper()
	status, answer, err := s.send(verb, path, body, headers...)
	if err != nil {
		s.t.Fatalf("%s %s: %v", verb, path, err)
	}
	return status, answer
}

// result is an operation result as a client reads it.
type result struct {
	ResultType     int
	InnerMessages  []message
	Exception      *struct{ Message string }
	ActualObjectDN string
	NoChanges      *bool
}

type message struct {
	Source        *string
	Text          string
	MessageType   int
	InnerMessages []message
}

// write does a write that is answered with an operation result.
func (s *site) write(verb, path, body string) result {
	s.t.Helper()
	status, answer := s.do(verb, path, body)
	var r result
	if err := json.Unmarshal([]byte(answer), &r); err != nil || status != http.StatusOK {
		s.t.Fatalf("%s %s: %d %v: %s", verb, body, status, err, answer)
	}
	return r
}

// succeeds does a write that has to succeed.
func (s *site) succeeds(verb, path, body string) result {
	s.t.Helper()
	r := s.write(verb, path, body)
	if r.ResultType != 0 || r.Exception != nil {
		s.t.Fatalf("%s %s: %+v %+v", verb, body, r, r.Exception)
	}
	return r
}

// fails does a write that has to be an operation that failed.
func (s *site) fails(verb, path, body string) string {
	s.t.Helper()
	r := s.write(verb, path, body)
	if r.ResultType != 1 || r.Exception == nil || r.Exception.Message == "" {
		s.t.Fatalf("%s %s: %+v", verb, body, r)
	}
	return r.Exception.Message
}

// refused does a request that has to end in an HTTP error, and gives its body.
func (s *site) refused(status int, verb, path, body string) string {
	s.t.Helper()
	got, answer := s.do(verb, path, body)
	if got != status {
		s.t.Errorf("%s %s %s: %d, want %d: %s", verb, path, body, got, status, answer)
	}
	return answer
}

// object is a directory object as a client reads it.
type object struct {
	AccountStatus *struct {
		IsDisabled, IsLocked bool
		ExpirationDate       *string
	}
	PasswordStatus *struct {
		WhenChanged, ExpirationDate *string
		ExpirationStatus            int
	}
	GUID, DN, DisplayName, ObjectType, DomainName string
	ObjectTypeCode, DirectoryType                 int
	GroupType, GroupScope, MembershipType         int
	M365                                          json.RawMessage
	Properties                                    map[string][]any
}

func (s *site) get(id, properties string) object {
	s.t.Helper()
	path := objects + "?directoryObject=" + url.QueryEscape(id)
	if properties != "" {
		path += "&properties=" + properties
	}
	status, answer := s.do(http.MethodGet, path, "")
	var o object
	decoder := json.NewDecoder(bytes.NewReader([]byte(answer)))
	decoder.UseNumber()
	if err := decoder.Decode(&o); err != nil || status != http.StatusOK {
		s.t.Fatalf("get %s: %d %v: %s", id, status, err, answer)
	}
	return o
}

// search gives the DNs that a search finds.
func (s *site) search(body string) []string {
	s.t.Helper()
	status, answer := s.do(http.MethodPost, objects+"/search", body)
	return s.names(status, answer)
}

func (s *site) names(status int, answer string) []string {
	s.t.Helper()
	var found []object
	if err := json.Unmarshal([]byte(answer), &found); err != nil || status != http.StatusOK {
		s.t.Fatalf("%d %v: %s", status, err, answer)
	}
	names := []string{}
	for _, o := range found {
		names = append(names, o.DN)
	}
	slices.Sort(names)
	return names
}

// holds compares an attribute of the directory itself.
func (s *site) holds(dn, attribute string, want ...string) {
	s.t.Helper()
	a, err := s.directory.Attributes(models.DN(dn))
	if err != nil {
		s.t.Fatalf("%s: %v", dn, err)
	}
	if !slices.Equal(a[attribute], want) {
		s.t.Errorf("%s of %s: %q, want %q", attribute, dn, a[attribute], want)
	}
}

func (s *site) add(dn, class string, pairs ...string) string {
	s.t.Helper()
	a := map[string][]string{}
	for i := 0; i < len(pairs); i += 2 {
		a[pairs[i]] = append(a[pairs[i]], pairs[i+1])
	}
	if err := s.directory.Add(models.DN(dn), class, a); err != nil {
		s.t.Fatalf("add %s: %v", dn, err)
	}
	return dn
}

func rule(t testing.TB, text string) adaxes.Rule {
	t.Helper()
	r, err := adaxes.ParseRule(text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func query(path string, pairs ...string) string {
	values := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return path + "?" + values.Encode()
}
