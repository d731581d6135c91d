package dsm

import (
	"encoding/json"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"dirdesk/models"
)

func TestHowValuesAreRead(t *testing.T) {
	for text, want := range map[string]value{
		`"CN=a"`:               {decoded: "CN=a"},
		`CN=a,DC=b`:            {decoded: "CN=a,DC=b", bare: true},
		`12345678`:             {decoded: json.Number("12345678")},
		`1e5`:                  {decoded: json.Number("1e5")},
		`8ec29f37`:             {decoded: "8ec29f37", bare: true},
		`null`:                 {},
		`true`:                 {decoded: true},
		`"CN=Doe\, John"`:      {decoded: `"CN=Doe\, John"`, bare: true}, // glued together by a client: no JSON
		`"CN=Doe\\, John"`:     {decoded: `CN=Doe\, John`},
		`["a", "b"]`:           {decoded: []any{"a", "b"}},
		`{"a":1} {"b":2}`:      {decoded: `{"a":1} {"b":2}`, bare: true},
		`@administrators/Task`: {decoded: "@administrators/Task", bare: true},
		``:                     {decoded: "", bare: true},
	} {
		if got := parseValue(text); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %#v, want %#v", text, got, want)
		}
	}
}

// Where a directory does not say when an account expires, it does not.
func TestAnUnknownExpiryIsNever(t *testing.T) {
	person := describe(&models.Object{Category: models.Person})
	if person.AccountExpiryTime == nil || *person.AccountExpiryTime != 910692730085 {
		t.Errorf("%v", person.AccountExpiryTime)
	}
	if unit := describe(&models.Object{Category: models.OrganizationalUnit}); unit.AccountExpiryTime != nil || unit.Disabled != nil {
		t.Errorf("an OU with members of a person: %+v", unit)
	}
}

// What a careful client encodes as JSON is what the method gets, strict or not;
// and whatever else comes is read without a fault.
func FuzzValue(f *testing.F) {
	for _, seed := range []string{"", "null", "true", "1e5", `"a"`, `CN=Doe\, "J" # ;`, "\x00\xff", "[", `{"a":[1]}`, "null null"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, strict := range []bool{false, true} {
			in := &input{parameters: parameters{form: form{"v": {text}}, json: true, strict: strict}}
			in.text("v")
			in.integer("v", 1, 0)
			in.flag("v", false)
			in.texts("v")
			in.word("v", "one")

			encoded, err := json.Marshal(text)
			if err != nil {
				t.Fatal(err)
			}
			quoted := &input{parameters: parameters{form: form{"v": {string(encoded)}}, json: true, strict: strict}}
			got := quoted.text("v")
			if quoted.failure != nil || got != strings.ToValidUTF8(text, "\uFFFD") && got != string([]rune(text)) {
				t.Errorf("strict %v: %q came as %q, %+v", strict, text, got, quoted.failure)
			}
		}
	})
}

// Whatever query and body a client sends, an answer comes and is JSON.
func FuzzRequest(f *testing.F) {
	f.Add("api=SYNO.API.Info&version=1&method=query&query=all", "")
	f.Add("api=", `api=SYNO.Entry.Request&method=request&version=1&compound=[{"api":"SYNO.API.Info","method":"query","version":"1","query":"all"}]`)
	f.Add("api=SYNO.API.Auth&method=login&version=7&account=a;b&passwd=%zz", "&&=&")
	h := New(Options{})
	f.Fuzz(func(t *testing.T, query, body string) {
		if strings.Contains(query+body, "ncryption") || strings.Contains(query+body, cipherKey) {
			return // making its key takes seconds
		}
		r := httptest.NewRequest("POST", "/webapi/entry.cgi", strings.NewReader(body))
		r.URL.RawQuery = query
		out := httptest.NewRecorder()
		h.ServeHTTP(out, r)
		if out.Code != 200 || !json.Valid(out.Body.Bytes()) {
			t.Errorf("status %d: %s", out.Code, out.Body)
		}
	})
}

// A form encoded by the book arrives as it was, bare semicolons do too.
func TestForms(t *testing.T) {
	f := form{}
	f.addPairs(url.Values{"a": {"x y&=+%;"}}.Encode() + "&b=OU=x;y&c=100%&d")
	for name, want := range map[string]string{"a": "x y&=+%;", "b": "OU=x;y", "c": "100%", "d": ""} {
		if got, ok := f.get(name); got != want || !ok {
			t.Errorf("%s is %q", name, got)
		}
	}
}
