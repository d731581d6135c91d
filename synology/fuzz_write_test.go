package synology

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"testing"
	"unicode/utf8"

	"dirdesk/models"
)

// strictly decodes what a server that allows nothing but JSON would.
func strictly(t *testing.T, r *http.Request, name string) any {
	t.Helper()
	var value any
	if err := json.Unmarshal([]byte(r.Form.Get(name)), &value); err != nil {
		t.Errorf("%s=%q: %v", name, r.Form.Get(name), err)
	}
	return value
}

// What was typed into a form is what a strict server stores, whatever it is.
func FuzzTypedIsStored(f *testing.F) {
	for _, seed := range []string{
		"jdoe", "12345678", "null", "true", "1e5", `"`, `\`, `\"`, `CN=Doe\, John`, "a&b=c+d%20;", "\x00\n\t", "日本", "<script>", "\u2028", "-0", "[]", "{}",
	} {
		f.Add(seed, `pa"ss`, `OU=a\,b,DC=x`)
	}
	var got map[string]any
	f.Fuzz(func(t *testing.T, typed, password, container string) {
		if !utf8.ValidString(typed+password+container) || typed == "" || password == "" || container == "" {
			t.Skip("what is typed is UTF-8")
		}
		server := newCanned(t)
		client := server.open()
		server.on(wireCreateUser, func(w http.ResponseWriter, r *http.Request) {
			got = map[string]any{}
			for _, name := range []string{"logon_name", "password", "located_dn", "email", "description"} {
				got[name] = strictly(t, r, name)
			}
			fmt.Fprint(w, goodCreation)
		})
		server.on(wireCompound, func(w http.ResponseWriter, r *http.Request) {
			calls, ok := strictly(t, r, "compound").([]any)
			if !ok || len(calls) != 1 {
				t.Errorf("compound=%s", r.Form.Get("compound"))
				return
			}
			got, _ = calls[0].(map[string]any)
			fmt.Fprint(w, goodSet)
		})
		check := func(what string, err error, want map[string]any) {
			t.Helper()
			if err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("%s: typed %q, stored %q", what, want, got)
			}
		}
		user := models.NewUser{LogonName: typed, Container: models.DN(container), Mail: typed, Description: typed}
		_, err := client.CreateUser(t.Context(), user, models.NewSecret(password))
		check("creation", err, map[string]any{
			"logon_name": typed, "password": password, "located_dn": container, "email": typed, "description": typed,
		})
		set := func(record map[string]any) map[string]any {
			return map[string]any{"api": "SYNO.ActiveDirectory.User", "method": "set", "version": 2.0, "userList": []any{record}}
		}
		err = client.EditUser(t.Context(), models.DN(container), []models.FieldChange{{Field: models.FieldDisplayName, After: typed}})
		check("edit", err, set(map[string]any{"dn": container, "displayName": typed}))
		err = client.SetPassword(t.Context(), models.DN(container), models.NewSecret(password))
		check("password", err, set(map[string]any{"dn": container, "enbl_change_password": true, "password": password}))
	})
}
