package synology

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"dirdesk/models"
)

// roundTripper answers without a network.
type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func response(body string) *http.Response {
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}
}

// unopened is a connection that was never used.
func unopened(t testing.TB) *connection {
	t.Helper()
	c, err := newConnection(Options{Host: "nas", Account: "jdoe"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.sessions.Close)
	return c
}

// offline is a client that knows the APIs and has no network yet.
func offline(t *testing.T) *Backend {
	t.Helper()
	c := unopened(t)
	data, err := decodeEnvelope([]byte(discovery))
	if err != nil {
		t.Fatal(err)
	}
	if c.apis, err = decodeAPIs(data); err != nil {
		t.Fatal(err)
	}
	return &Backend{c}
}

// strictServer decodes what it is sent as one that allows nothing but JSON, and
// says that all is well. The parameters come without api, method and version.
func strictServer(t *testing.T, stored map[string]any) roundTripper {
	return func(r *http.Request) (*http.Response, error) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		form, err := url.ParseQuery(string(body))
		if err != nil {
			t.Errorf("%q is no form: %v", body, err)
		}
		clear(stored)
		for name := range form {
			var value any
			switch name {
			case "api", "method", "version":
				continue
			}
			if err := json.Unmarshal([]byte(form.Get(name)), &value); err != nil {
				t.Errorf("%s=%q: %v", name, form.Get(name), err)
			}
			stored[name] = value
		}
		if form.Get("api") == apiCompound {
			return response(goodSet), nil
		}
		return response(goodCreation), nil
	}
}

// What was typed into a form is what a strict server stores, whatever it is.
func FuzzTypedIsStored(f *testing.F) {
	for _, seed := range []string{
		"jdoe", "12345678", "null", "true", "1e5", `"`, `\`, `\"`, `CN=Doe\, John`, "a&b=c+d%20;", "\x00\n\t", "日本", "<script>", "\u2028", "-0", "[]", "{}",
	} {
		f.Add(seed, `pa"ss`, `OU=a\,b,DC=x`)
	}
	f.Add("jdoe", "gr\xfc\xdfe", "OU=Latin-1,DC=x") // would be stored as another password
	f.Add("\xd7", "\x80", "DC=x")
	f.Fuzz(func(t *testing.T, typed, password, container string) {
		if strings.TrimSpace(typed) == "" || password == "" || container == "" {
			t.Skip("refused before that")
		}
		client, stored := offline(t), map[string]any{}
		client.web.Changes.Transport = strictServer(t, stored)
		isUTF8 := utf8.ValidString(typed) && utf8.ValidString(password) && utf8.ValidString(container)
		check := func(what string, err error, want map[string]any) {
			t.Helper()
			if err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			if !reflect.DeepEqual(stored, want) {
				t.Fatalf("%s: typed %q, stored %q", what, want, stored)
			}
		}
		set := func(record map[string]any) map[string]any {
			call := map[string]any{"api": "SYNO.ActiveDirectory.User", "method": "set", "version": 2.0, "userList": []any{record}}
			return map[string]any{"compound": []any{call}, "mode": "sequential", "stop_when_error": true}
		}
		user := models.NewUser{LogonName: typed, Container: models.Ref{DN: models.DN(container)}, Mail: typed, Description: typed}
		_, err := client.CreateUser(t.Context(), user, models.NewSecret(password))
		if !isUTF8 {
			if !errors.Is(err, models.ErrInvalid) || len(stored) > 0 {
				t.Fatalf("not UTF-8: %v, stored %q", err, stored)
			}
			return
		}
		check("creation", err, map[string]any{
			"logon_name": typed, "password": password, "located_dn": container, "email": typed, "description": typed,
			"account_is_disabled": false, "cannot_change_password": false, "change_password_next_logon": false, "password_never_expire": false,
		})
		err = client.EditFields(t.Context(), models.Ref{DN: models.DN(container)}, []models.FieldChange{{Field: models.FieldDisplayName, After: typed}})
		check("edit", err, set(map[string]any{"dn": container, "displayName": typed}))
		err = client.SetPassword(t.Context(), models.Ref{DN: models.DN(container)}, models.NewSecret(password), models.Unknown)
		check("password", err, set(map[string]any{"dn": container, "enbl_change_password": true, "password": password}))
	})
}
