package simulator_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"dirdesk/models"
	"dirdesk/simulator"
)

// Each fault says whether the work is done: whoever lost the answer has to look.
func TestWhatAFaultLeavesOfAWrite(t *testing.T) {
	for fault, done := range map[string]bool{
		"drop-before": false, "html-502": false, "expire": false, "deny=105": false,
		"drop-after": true, "truncate": true, "slow=10ms": true,
	} {
		t.Run(fault, func(t *testing.T) {
			s := newSite(t, simulator.Options{})
			send := func(form url.Values) {
				t.Helper()
				form.Set("_sid", s.sid)
				r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, s.server.URL()+"/webapi/entry.cgi", strings.NewReader(form.Encode()))
				if err != nil {
					t.Fatal(err)
				}
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
				if response, err := s.client.Do(r); err == nil {
					_ = response.Body.Close()
				}
			}
			s.server.Inject(parse(t, fault+"@"+userAPI+".set#1"))
			s.server.Inject(parse(t, fault+"@"+userAPI+".create#1"))
			send(url.Values{
				"api": {"SYNO.Entry.Request"}, "method": {"request"}, "version": {"1"}, "mode": {"sequential"},
				"compound": {text(t, []any{map[string]any{
					"api": userAPI, "method": "set", "version": 2, "userList": []any{map[string]any{"dn": anna, "description": "changed"}},
				}})},
			})
			if got := s.attribute(anna, "description") == "changed"; got != done {
				t.Errorf("set: done %t", got)
			}
			if fault == "expire" {
				s.sid = signIn(t, s.client, s.server, s.server.Account())
			}
			send(url.Values{
				"api": {userAPI}, "method": {"create"}, "version": {"1"}, "logon_name": {`"new"`},
				"located_dn": {text(t, staff)}, "password": {text(t, good)},
			})
			if got := s.directory.Conflict("new"); got != done {
				t.Errorf("create: done %t", got)
			}
		})
	}
}

// What is typed is what is stored, whatever it is made of.
func FuzzWhatIsTypedIsStored(f *testing.F) {
	for _, seed := range []string{"null", "true", "007", "1e5", `"`, `\`, `CN=Doe\, "J"`, "a&b=c+d%25;e", "\x00\x1f\u2028", "👩‍💻", " ", "</script>"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		if !utf8.ValidString(typed) || typed == "" || len(typed) > 500 {
			return // JSON has no way to say it, it clears the field, or it is too long
		}
		s := newSite(t, simulator.Options{Strict: true})
		policy := s.directory.Policy()
		policy.MinPasswordLength, policy.PasswordComplexity, policy.PasswordWithoutName = 0, false, false
		s.directory.SetPolicy(policy)
		r := s.setUsers(map[string]any{"dn": anna, "description": typed, "enbl_change_password": true, "password": typed})
		if !r.Success {
			t.Fatalf("%q: %+v %s", typed, r.Error, r.Error.Errors)
		}
		if got := s.attribute(anna, "description"); got != typed {
			t.Errorf("%q is stored as %q", typed, got)
		}
		if _, err := s.directory.Authenticate("aberg", models.NewSecret(typed)); err != nil {
			t.Errorf("password %q: %v", typed, err)
		}
	})
}
