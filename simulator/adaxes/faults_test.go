package adaxes_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"dirdesk/simulator"
	"dirdesk/simulator/fault"
)

func spec(t testing.TB, text string) fault.Spec {
	t.Helper()
	s, err := fault.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Each fault says whether the work is done, and how the answer looks.
func TestWhatAFaultLeavesOfAWrite(t *testing.T) {
	for _, c := range []struct {
		fault  string
		done   bool
		status int // 0: no answer
		answer string
	}{
		{"drop-before", false, 0, ""},
		{"drop-after", true, 0, ""},
		{"html-502", false, 502, "<html>"},
		{"html-500", false, 500, "<!DOCTYPE html>"},
		{"truncate", true, 200, `{"resultType":0,`},
		{"slow=20ms", true, 200, `"extraInfo":{}}`},
		{"expire", false, 401, `"unauthenticated"`},
		{"deny=401", false, 401, `"unauthenticated"`},
		{"deny=403", false, 403, `{"message":"Forbidden.","code":"accessDenied"}`},
		{"deny=503", false, 503, `"serviceUnavailable"`},
		{"deny=7", false, 500, `"internalError"`},
	} {
		t.Run(c.fault, func(t *testing.T) {
			s := newSite(t, simulator.Options{})
			s.server.Inject(spec(t, c.fault+"@adaxes.modify#1"))
			status, answer, err := s.send(http.MethodPatch, objects, title(john))
			if status != c.status || (err != nil) != (c.status == 0) || !strings.Contains(answer, c.answer) {
				t.Errorf("%d %v %s", status, err, answer)
			}
			if c.fault == "truncate" && json.Valid([]byte(answer)) {
				t.Errorf("whole: %s", answer)
			}
			want := map[bool]string{true: "Boss", false: "Marketing analyst"}[c.done]
			s.holds(john, "title", want)
			s.succeeds(http.MethodPatch, objects, set(john, "department", "3", `["x"]`, ""))
		})
	}
}

func TestAFaultEndsAnIssuedTokenForGood(t *testing.T) {
	s := newSite(t, simulator.Options{Faults: []fault.Spec{spec(t, "expire@adaxes.get#2")}})
	session, _ := s.open(s.server.AdaxesUsername(), s.server.AdaxesPassword().Reveal())
	token, _ := s.issue(session)
	if !s.works(token) || s.works(token) || s.works(token) {
		t.Error("it should work once")
	}
}

// lines is a request log in memory.
type lines struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func TestTheRequestLogHasBothSides(t *testing.T) {
	var log lines
	s := newSite(t, simulator.Options{RequestLog: &log, Latency: time.Microsecond})
	s.server.Inject(spec(t, "drop-before@adaxes.delete"))
	s.get(john, "title")
	s.refused(http.StatusNotFound, http.MethodGet, query(objects, "directoryObject", "CN=Nobody,"+users), "")
	_, _, _ = s.send(http.MethodDelete, query(objects, "directoryObject", john), "")
	s.refused(http.StatusNotFound, http.MethodGet, "/api/nothing", "")
	if response, err := s.client.Get(s.server.URL() + "/webapi/query.cgi?api=SYNO.API.Info&version=1&method=query&query=all"); err != nil {
		t.Fatal(err)
	} else {
		_ = response.Body.Close()
	}
	type line struct{ HTTP, URL, API, Method, Outcome string }
	var got []line
	log.mu.Lock()
	defer log.mu.Unlock()
	for text := range strings.Lines(log.text.String()) {
		var l line
		if err := json.Unmarshal([]byte(text), &l); err != nil {
			t.Fatal(err)
		}
		l.URL, _, _ = strings.Cut(l.URL, "?")
		got = append(got, l)
	}
	want := []line{
		{"GET", "/restApi/api/directoryObjects", "adaxes", "get", "ok"},
		{"GET", "/restApi/api/directoryObjects", "adaxes", "get", "404"},
		{"DELETE", "/restApi/api/directoryObjects", "adaxes", "delete", "drop-before"},
		{"GET", "/restApi/api/nothing", "adaxes", "", "404"},
		{"GET", "/webapi/query.cgi", "SYNO.API.Info", "query", "ok"},
	}
	if len(got) != len(want) {
		t.Fatalf("%+v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("line %d: %+v, want %+v", i+1, got[i], want[i])
		}
	}
}

func TestRequestsThatLeadNowhere(t *testing.T) {
	s := newSite(t, simulator.Options{})
	s.refused(http.StatusMethodNotAllowed, http.MethodPut, objects, "")
	s.refused(http.StatusNotFound, http.MethodGet, objects+"/businessUnitMembers", "")
	if status, _ := s.do(http.MethodPatch, objects, title(john), "Content-Type", "text/plain"); status != http.StatusUnsupportedMediaType {
		t.Errorf("plain text: %d", status)
	}
	if status, _ := s.do(http.MethodPatch, objects, `{"a":"`+strings.Repeat("x", 9<<20)+`"}`); status != http.StatusRequestEntityTooLarge {
		t.Errorf("9 MB: %d", status)
	}
	for range 2 {
		if err := s.server.Stop(); err != nil {
			t.Fatal(err)
		}
		if _, _, err := s.send(http.MethodGet, whoAmI, ""); err == nil {
			t.Error("it answers with the plug pulled")
		}
		if err := s.server.Resume(); err != nil {
			t.Fatal(err)
		}
		if !s.works(s.token) {
			t.Error("it does not work after the plug was put back")
		}
	}
}
