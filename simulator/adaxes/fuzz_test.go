package adaxes_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"dirdesk/models"
	"dirdesk/simulator/adaxes"
	"dirdesk/simulator/company"
	"dirdesk/simulator/directory"
)

// Whatever is sent is answered: with JSON, with a status that fits, and with the
// directory as it was unless the answer is an operation that succeeded.
func FuzzRequests(f *testing.F) {
	for _, body := range []string{
		set(john, "title", "3", `["x"]`, `,"operation":"Append","mask":null`),
		set(john, "userAccountControl", "7", `[65536]`, `,"mask":-2147418110`),
		set(john, "name", `"CaseIgnoreString"`, `["a,b"]`, ""),
		`{"directoryObject":"` + john + `","photo":"/9j/","o365":{"licenseModifications":[{"skuPartNumber":"EMS","assigned":true}]}}`,
		creation(users, "user", "cn", "x", "unicodePwd", good),
		`{"baseObject":"` + users + `","oneLevel":true,"criteria":{"objectTypes":[{"type":"user","items":{"type":1,"logicalOperator":1,"items":[{"type":0,"property":"cn","operator":"eq","values":[{"type":2,"value":"x"}]}]}}]},"select":{"properties":"cn"},"scope":"All","sizeLimit":5}`,
		`{"directoryObject":"` + john + `","password":"x","options":{"mustChangePassword":null}}`,
		`{"group":"` + myGroup + `","newMember":"` + richard + `"}`,
		`null`, `[`, `{"a":{}}`, `"\ud800"`,
	} {
		for route := range uint8(6) {
			f.Add(route, body)
		}
	}
	now := time.Date(2026, 11, 21, 9, 30, 0, 0, time.UTC)
	d := directory.New(directory.Options{Realm: "example.com", Now: func() time.Time { return now }})
	if err := company.AddExamples(d); err != nil {
		f.Fatal(err)
	}
	token := models.NewSecret("token")
	h := adaxes.New(adaxes.Options{Directory: d, Token: token, Now: func() time.Time { return now }})
	state := func() string {
		var b strings.Builder
		_ = d.Walk(d.BaseDN(), false, func(v directory.View) bool {
			_, _ = fmt.Fprint(&b, v.DN(), v.Values("userAccountControl"), v.Values("title"), v.Values("member"), v.Values("pwdLastSet"), "\n")
			return true
		})
		return b.String()
	}
	f.Fuzz(func(t *testing.T, route uint8, body string) {
		routes := []struct{ verb, path string }{
			{http.MethodPatch, objects},
			{http.MethodPost, objects},
			{http.MethodPost, objects + "/search"},
			{http.MethodPost, objects + "/resetPassword"},
			{http.MethodPost, objects + "/groupMembers"},
			{http.MethodPost, objects + "/move"},
		}
		to := routes[int(route)%len(routes)]
		before := state()
		r := httptest.NewRequest(to.verb, "/restApi"+to.path, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Adm-Authorization", token.Reveal())
		out := httptest.NewRecorder()
		h.ServeHTTP(out, r)
		var answer struct {
			ResultType *int
			Message    string
		}
		switch err := json.Unmarshal(out.Body.Bytes(), &answer); {
		case to.path == objects+"/search" && out.Code == http.StatusOK:
		case err != nil:
			t.Fatalf("%d, no JSON: %s", out.Code, out.Body)
		case out.Code == http.StatusOK && answer.ResultType == nil, out.Code != http.StatusOK && answer.Message == "":
			t.Fatalf("%d %s", out.Code, out.Body)
		}
		if done := answer.ResultType != nil && *answer.ResultType == 0; !done && state() != before {
			t.Fatalf("%s\nanswered %d %s, yet changed\n%s\nto\n%s", body, out.Code, out.Body, before, state())
		}
	})
}
