package simulator_test

import (
	"strings"
	"testing"

	"dirdesk/models"
	"dirdesk/simulator"
)

// A bare value that is JSON by chance changes its type; quoted it is a text.
func TestPasswordsOfDigitsAndWords(t *testing.T) {
	for _, strict := range []bool{false, true} {
		s := newSite(t, simulator.Options{Strict: strict})
		policy := s.directory.Policy()
		policy.MinPasswordLength, policy.PasswordComplexity = 4, false
		s.directory.SetPolicy(policy)
		for i, password := range []string{"12345678", "null", "true", "1e5x", "1e5 ", "1e55", "-12.5e3", `say "hi"`, `back\slash`, `{"a":1}`, `["x"]`, "ünïcödé"} {
			name := "u" + string(rune('a'+i))
			dn := models.DN("CN=" + name + "," + staff)
			isJSON := map[string]bool{"12345678": true, "null": true, "true": true, "1e5 ": true, "1e55": true, "-12.5e3": true, `{"a":1}`: true, `["x"]`: true}[password]
			a := s.bare(userAPI, "create", "1", "logon_name", `"`+name+`"`, "located_dn", `"`+staff+`"`, "password", password)
			switch {
			case strict || isJSON:
				if a.code() != 120 || !strings.Contains(string(a.Error.Errors), `"password"`) {
					t.Errorf("strict %t, bare %q: %+v %s", strict, password, a, a.Error.Errors)
				}
				if s.directory.Conflict(name) {
					t.Errorf("bare %q: made", password)
				}
			case !a.Success || !s.signsIn(name, password):
				t.Errorf("bare %q: %+v", password, a)
			}
			quoted := s.call(userAPI, "create", 1, map[string]any{"logon_name": name + "q", "located_dn": staff, "password": password})
			if !quoted.Success || !s.signsIn(name+"q", password) {
				t.Errorf("quoted %q: %+v", password, quoted)
			}
			set := s.setUsers(map[string]any{"dn": "CN=" + name + "q," + staff, "enbl_change_password": true, "password": "x" + password})
			if !set.Success || !s.signsIn(name+"q", "x"+password) {
				t.Errorf("set to %q: %+v of %s", "x"+password, set, dn)
			}
		}
	}
}

func TestBareNamesChangeTheirType(t *testing.T) {
	s := newSite(t, simulator.Options{})
	if a := s.bare(groupAPI, "conflict", "1", "name", "12345678"); a.code() != 120 {
		t.Errorf("a bare number: %+v", a)
	}
	if a := s.bare(userAPI, "create", "1", "logon_name", "42", "located_dn", users, "password", good); a.code() != 120 {
		t.Errorf("a bare number: %+v", a)
	}
	if a := s.bare(groupAPI, "create", "1", "name", "007 unit", "located_dn", users, "type", `"distribution"`, "scope", "local"); !a.Success {
		t.Errorf("no JSON and so a text: %+v", a)
	}
	for _, flag := range []string{"yes", "True", "1", `"true"`} {
		if a := s.bare(userAPI, "create", "1", "logon_name", "x", "located_dn", users, "password", good, "account_is_disabled", flag); a.code() != 120 {
			t.Errorf("flag %s: %+v", flag, a)
		}
	}
}

// Whatever stands in a field comes to the directory as it was typed.
func TestFieldsKeepEveryCharacter(t *testing.T) {
	s := newSite(t, simulator.Options{Strict: true})
	for _, value := range []string{`say "hi"`, `C:\dir`, "null", "true", "007", "a & b = c + d % e", "zwölf — 十二", "line\nbreak", "<b>"} {
		r := s.setUsers(map[string]any{"dn": anna, "description": value, "physicalDeliveryOfficeName": value})
		if !r.Success || s.attribute(anna, "description") != value || s.attribute(anna, "physicalDeliveryOfficeName") != value {
			t.Errorf("%q: %+v, stored %q", value, r, s.attribute(anna, "description"))
		}
	}
	if r := s.setUsers(map[string]any{"dn": anna, "description": "", "mail": nil}); !r.Success || s.attribute(anna, "description") != "" {
		t.Errorf("cleared: %+v, %q", r, s.attribute(anna, "description"))
	}
}
