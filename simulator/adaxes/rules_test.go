package adaxes_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/simulator/adaxes"
	"dirdesk/simulator/directory"
)

func TestRulesAreReadAndWritten(t *testing.T) {
	for _, good := range []string{
		"approve@OU=Finance", "fail=Titles come from HR@modify+title", "warn=Mind user@example.com@*", "say=a=b@create",
		"refuse=No@delete", "async=20s@OU=A,DC=example,DC=com", "deny@resetPassword", "hide@OU=Secret",
	} {
		if r, err := adaxes.ParseRule(good); err != nil || r.String() != good {
			t.Errorf("%s: %v, written %s", good, err, r)
		}
	}
	for bad, words := range map[string]string{
		"approve": "no @", "boom@*": "want one of approve", "fail@*": "fail=WORDS", "warn=@*": "warn=WORDS", "async=x@*": "async=20s",
		"async=-1s@*": "async=20s", "approve=x@*": "takes no value", "deny@": "after @", "deny@a++b": "after @",
	} {
		if r, err := adaxes.ParseRule(bad); err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%s: %v, %v", bad, r, err)
		}
	}
}

func title(dn string) string { return set(dn, "title", "3", `["Boss"]`, "") }

func TestAWriteSentForApprovalIsNotDone(t *testing.T) {
	s := newSite(t, simulator.Options{Adaxes: adaxes.Options{Rules: []adaxes.Rule{rule(t, "approve@CN=Users+title")}}})
	_, answer := s.do(http.MethodPatch, objects, title(john))
	want := `{"resultType":2,"innerMessages":[{"source":"Business Rules","text":"Before the operation, a business rule was triggered.","messageType":2,"innerMessages":[` +
		`{"source":"Approval of CN=Users and title","text":"Send this operation for approval.","messageType":3,"innerMessages":[` +
		`{"source":null,"text":"The operation has been submitted for approval.","messageType":4,"innerMessages":[]}]}]}],` +
		`"exception":null,"actualObjectDN":"` + john + `","extraInfo":{}}`
	if answer != want {
		t.Errorf("%s\nwant\n%s", answer, want)
	}
	s.holds(john, "title", "Marketing analyst")
	s.succeeds(http.MethodPatch, objects, set(john, "department", "3", `["Sales"]`, ""))
	s.server.ClearAdaxesRules()
	s.succeeds(http.MethodPatch, objects, title(john))
}

func TestWhatRulesDoToAWrite(t *testing.T) {
	s := newSite(t, simulator.Options{})
	s.server.AdaxesRule(rule(t, "warn=Look twice.@modify+OU=Groups"))
	s.server.AdaxesRule(rule(t, "say=The welcome mail was sent.@modify"))
	r := s.succeeds(http.MethodPatch, objects, set(myGroup, "description", "3", `["x"]`, ""))
	if len(r.InnerMessages) != 2 || r.InnerMessages[0].MessageType != 1 || r.InnerMessages[0].Source != nil || r.InnerMessages[0].Text != "Look twice." ||
		r.InnerMessages[1].MessageType != 2 || *r.InnerMessages[1].Source != "Business Rules" || r.InnerMessages[1].InnerMessages[0].Text != "The welcome mail was sent." {
		t.Errorf("%+v", r.InnerMessages)
	}
	s.holds(myGroup, "description", "x")
	s.server.ClearAdaxesRules()
	s.server.AdaxesRule(rule(t, "fail=Titles come from HR.@title"))
	if got := s.fails(http.MethodPatch, objects, title(john)); got != "Titles come from HR." {
		t.Errorf("fails with %q", got)
	}
	s.server.ClearAdaxesRules()
	s.server.AdaxesRule(rule(t, "refuse=The database is gone.@*"))
	if got := s.refused(http.StatusInternalServerError, http.MethodPatch, objects, title(john)); got != `{"message":"The database is gone.","code":"internalError"}` {
		t.Errorf("%s", got)
	}
	s.server.ClearAdaxesRules()
	s.server.AdaxesRule(rule(t, "deny@modify"))
	if got := s.refused(http.StatusForbidden, http.MethodPatch, objects, title(john)); !strings.Contains(got, `"code":"accessDenied"`) || !strings.Contains(got, "'Edit'") {
		t.Errorf("%s", got)
	}
	s.holds(john, "title", "Marketing analyst")
	s.get(john, "")
}

func TestHiddenObjectsAreNotSeen(t *testing.T) {
	s := newSite(t, simulator.Options{})
	s.server.AdaxesRule(rule(t, "hide@"+john))
	s.refused(http.StatusNotFound, http.MethodGet, query(objects, "directoryObject", john), "")
	s.refused(http.StatusNotFound, http.MethodPatch, objects, title(john))
	if got := s.search(`{"baseObject":"` + users + `","criteria":{"objectTypes":[{"type":"user","items":{"type":0,"property":"cn","operator":"startsWith","values":[{"type":2,"value":"John"}]}}]}}`); len(got) != 0 {
		t.Errorf("%q", got)
	}
	if status, answer := s.do(http.MethodGet, query(objects+"/groupMembers", "group", myGroup), ""); answer != "[]" {
		t.Errorf("members: %d %s", status, answer)
	}
}

// With Adm-Wait a write that takes longer is answered 202, and followed.
func TestAWriteThatTakesLong(t *testing.T) {
	s := newSite(t, simulator.Options{})
	s.server.AdaxesRule(rule(t, "async=20s@title"))
	status, answer := s.do(http.MethodPatch, objects, title(john), "Adm-Wait", "0")
	var id string
	if err := json.Unmarshal([]byte(answer), &id); err != nil || status != http.StatusAccepted || id == "" {
		t.Fatalf("%d %s", status, answer)
	}
	ask := func() string {
		t.Helper()
		status, answer := s.do(http.MethodGet, "/api/runningOperations/"+id, "")
		if status != http.StatusOK {
			t.Errorf("%d %s", status, answer)
		}
		return answer
	}
	if got := ask(); got != `{"completed":false,"operationResult":null}` {
		t.Errorf("at once: %s", got)
	}
	s.clock.advance(20 * time.Second)
	s.server.Inject(spec(t, "stall@adaxes.operation#1"))
	if got := ask(); got != `{"completed":false,"operationResult":null}` {
		t.Errorf("stalled: %s", got)
	}
	want := `{"completed":true,"operationResult":{"resultType":0,"innerMessages":[],"exception":null,"actualObjectDN":"` + john + `","extraInfo":{}}}`
	if got := ask(); got != want {
		t.Errorf("20 s later: %s", got)
	}
	s.holds(john, "title", "Boss")
	s.refused(http.StatusNotFound, http.MethodGet, "/api/runningOperations/0", "")
	// What is done in time is answered as ever, header or not.
	if status, _ := s.do(http.MethodPatch, objects, set(john, "department", "3", `["x"]`, ""), "Adm-Wait", "5"); status != http.StatusOK {
		t.Errorf("quick: %d", status)
	}
}

// Without the header a write waits until its business rules are done.
func TestAWriteThatTakesLongIsWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := directory.New(directory.Options{Realm: "example.com"})
		token := models.NewSecret("token")
		h := adaxes.New(adaxes.Options{Directory: d, Token: token, AsyncAfter: 90 * time.Second})
		for wait, want := range map[string]time.Duration{"": 90 * time.Second, "5": 5 * time.Second, "100": 90 * time.Second, "x": 90 * time.Second} {
			r := httptest.NewRequest(http.MethodPatch, "/restApi"+objects, strings.NewReader(`{"directoryObject":"`+users+`"}`))
			r.Header.Set("Content-Type", "application/json")
			r.Header.Set("Adm-Authorization", token.Reveal())
			if wait != "" {
				r.Header.Set("Adm-Wait", wait)
			}
			start, out := time.Now(), httptest.NewRecorder()
			h.ServeHTTP(out, r)
			if took := time.Since(start); took != want || (out.Code == http.StatusAccepted) != (want == 5*time.Second) {
				t.Errorf("Adm-Wait %q: %d after %v, want %v", wait, out.Code, took, want)
			}
		}
	})
}
