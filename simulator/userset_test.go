package simulator_test

import (
	"encoding/json"
	"strings"
	"testing"

	"dirdesk/simulator"
)

const (
	modifyFailed = "ldb updaterecords: modify" // captured
	longInitials = "1234567"                   // AD has room for six characters
)

func TestWhatUserSetRefuses(t *testing.T) {
	s := newSite(t, simulator.Options{})
	for _, test := range []struct {
		name    string
		element map[string]any
		code    int
		inner   int
		words   string
	}{
		{"nobody", map[string]any{"dn": "CN=Ghost," + staff, "web": "x"}, 10104, 10237, "No such Base DN"},
		{"too long", map[string]any{"dn": anna, "initials": longInitials}, 10104, 10237, "invalid value"},
		{"weak password", map[string]any{"dn": anna, "enbl_change_password": true, "password": "weak"}, 10104, 10237, "too short"},
		{"simple password", map[string]any{"dn": anna, "enbl_change_password": true, "password": "allsmallletters"}, 10104, 10237, "complexity"},
		{"password with a part of the name", map[string]any{"dn": anna, "enbl_change_password": true, "password": "Xberg-1234"}, 10104, 10237, "complexity"},
		{"password of a group", map[string]any{"dn": team, "enbl_change_password": true, "password": good}, 10104, 10237, "only possible"},
		{"password missing", map[string]any{"dn": anna, "enbl_change_password": true}, 114, 0, ""},
		{"password of digits", map[string]any{"dn": anna, "enbl_change_password": true, "password": 12345678}, 120, 0, ""},
		{"switch is a text", map[string]any{"dn": anna, "enbl_change_password": "true", "password": good}, 120, 0, ""},
		{"phone of digits", map[string]any{"dn": anna, "telephoneNumber": 5550100}, 120, 0, ""},
		{"no DN", map[string]any{"web": "x"}, 114, 0, ""},
		{"null for a DN", map[string]any{"dn": nil, "web": "x"}, 114, 0, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := s.setUsers(test.element)
			inner, words := r.inner()
			if r.code() != test.code || inner != test.inner || !strings.Contains(words, test.words) {
				t.Errorf("want %d/%d %q, got %+v %s", test.code, test.inner, test.words, r.Error, r.Error.Errors)
			}
			if inner == 10237 && !strings.HasPrefix(words, modifyFailed) {
				t.Errorf("message %q", words)
			}
		})
	}
	if got := s.attribute(anna, "pwdLastSet"); got != "0" {
		t.Errorf("a password was set at %s", got)
	}
}

// Of several elements each is done by itself; the call fails when all do.
func TestUserSetWithSeveralElements(t *testing.T) {
	s := newSite(t, simulator.Options{Strict: true})
	guest := "CN=Guest," + users
	r := s.setUsers(map[string]any{"dn": anna, "initials": longInitials}, map[string]any{"dn": guest, "initials": "G"})
	var results []struct {
		Code int
		Msg  string
	}
	if err := json.Unmarshal(r.Data, &results); err != nil || len(results) != 2 {
		t.Fatalf("%v: %+v", err, r)
	}
	if !r.Success || results[0].Code != 10237 || results[1].Code != 0 || s.attribute("CN=Guest,"+users, "initials") != "G" {
		t.Errorf("%+v, %+v", r, results)
	}
	if r = s.setUsers(map[string]any{"dn": anna}); !r.Success {
		t.Errorf("nothing to change: %+v", r)
	}
	if r = s.setUsers(map[string]any{"dn": anna, "initials": longInitials}, map[string]any{"dn": guest, "initials": longInitials}); r.code() != 10104 {
		t.Errorf("both fail: %+v", r)
	}
	if r = s.setUsers(); r.code() != 120 {
		t.Errorf("nobody at all: %+v", r)
	}
}

// A password is changed with its switch only, and an element with a weak one
// leaves the fields alone.
func TestPasswordsInUserSet(t *testing.T) {
	s := newSite(t, simulator.Options{Strict: true})
	for name, element := range map[string]map[string]any{
		"without the switch": {"dn": anna, "password": good},
		"switched off":       {"dn": anna, "password": good, "enbl_change_password": false},
	} {
		if r := s.setUsers(element); !r.Success || s.signsIn("aberg", good) {
			t.Errorf("%s: %+v, or the password was set", name, r)
		}
	}
	r := s.setUsers(map[string]any{"dn": anna, "web": "new.example.com", "enbl_change_password": true, "password": "weak"})
	if r.Success || s.attribute(anna, "wWWHomePage") != "" {
		t.Errorf("half done: %+v", r)
	}
	r = s.setUsers(map[string]any{"dn": anna, "web": "new.example.com", "enbl_change_password": true, "password": good})
	if !r.Success || s.attribute(anna, "wWWHomePage") != "new.example.com" || !s.signsIn("aberg", good) {
		t.Errorf("both: %+v", r)
	}
}

// Strict finds a misspelt field; lenient passes over it, and says success.
func TestUnknownFields(t *testing.T) {
	for strict, code := range map[bool]int{true: 120, false: 0} {
		s := newSite(t, simulator.Options{Strict: strict})
		if r := s.setUsers(map[string]any{"dn": anna, "givenName": "Anna"}); r.code() != code || s.attribute(anna, "givenName") != "" {
			t.Errorf("strict %t: %+v", strict, r)
		}
	}
}
