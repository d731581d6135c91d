//go:build samba

package upstream_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"dirdesk/activedirectory"
	"dirdesk/internal/upstream"
	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/test/sambatest"

	"github.com/go-ldap/ldap/v3"
)

// nas is the DSM face in front of a real Samba, and a plain HTTPS client.
type nas struct {
	t      *testing.T
	samba  *sambatest.Server
	server *simulator.Server
	client *http.Client
	sid    string
}

func newNAS(t *testing.T) *nas {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	samba, err := sambatest.Start(ctx, sambatest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := samba.Close(); err != nil {
			t.Error(err)
		}
	})
	backend, err := activedirectory.Open(ctx, activedirectory.Options{
		URL: samba.URL(), TLS: samba.TLS(), Account: samba.Account(), Password: samba.Password(),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = backend.Close(context.WithoutCancel(t.Context())) })
	server, err := simulator.Start(simulator.Options{Upstream: upstream.New(backend), Strict: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(server.CertificatePEM())
	n := &nas{t: t, samba: samba, server: server, client: &http.Client{
		Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}},
	}}
	var data struct{ Sid string }
	n.into(n.send("auth.cgi", url.Values{
		"api": {"SYNO.API.Auth"}, "version": {"6"}, "method": {"login"}, "format": {"sid"}, "session": {"webui"},
		"account": {server.Account()}, "passwd": {server.Password().Reveal()},
	}), &data)
	n.sid = data.Sid
	return n
}

type envelope struct {
	Success bool
	Data    json.RawMessage
	Error   struct {
		Code   int
		Errors json.RawMessage
	}
}

func (n *nas) send(path string, form url.Values) envelope {
	n.t.Helper()
	response, err := n.client.PostForm(n.server.URL()+"/webapi/"+path, form)
	if err != nil {
		n.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		n.t.Fatal(err)
	}
	var e envelope
	if err := json.Unmarshal(body, &e); err != nil {
		n.t.Fatalf("%v: %s", err, body)
	}
	return e
}

// call sends one call with every value in JSON.
func (n *nas) call(api, method, version string, values map[string]any) envelope {
	n.t.Helper()
	form := url.Values{"api": {api}, "method": {method}, "version": {version}, "_sid": {n.sid}}
	for name, v := range values {
		raw, err := json.Marshal(v)
		if err != nil {
			n.t.Fatal(err)
		}
		form.Set(name, string(raw))
	}
	return n.send("entry.cgi", form)
}

func (n *nas) into(e envelope, v any) {
	n.t.Helper()
	if !e.Success {
		n.t.Fatalf("%+v %s", e.Error, e.Error.Errors)
	}
	if err := json.Unmarshal(e.Data, v); err != nil {
		n.t.Fatalf("%v: %s", err, e.Data)
	}
}

// ends deletes objects and gives the code of each, 0 for a good end.
func (n *nas) ends(dns ...models.DN) []int {
	n.t.Helper()
	var task struct {
		ID string `json:"task_id"`
	}
	n.into(n.call("SYNO.ActiveDirectory.Directory", "delete", "2", map[string]any{"dnList": dns}), &task)
	for {
		var p struct {
			Data     []struct{ Status struct{ Code int } }
			Finished bool
		}
		n.into(n.call("SYNO.ActiveDirectory.Polling", "get", "1", map[string]any{"task_id": task.ID}), &p)
		if p.Finished {
			var codes []int
			for _, one := range p.Data {
				codes = append(codes, one.Status.Code)
			}
			return codes
		}
	}
}

// names lists a container, two objects a page.
func (n *nas) names(container models.DN) string {
	n.t.Helper()
	var all []string
	for {
		var page struct {
			Data  []struct{ Name string }
			Total int
		}
		n.into(n.call("SYNO.ActiveDirectory.Directory", "list", "3", map[string]any{
			"basedn": container, "offset": len(all), "limit": 2, "action": "enum", "scope": "one",
		}), &page)
		for _, o := range page.Data {
			all = append(all, o.Name)
		}
		if len(page.Data) == 0 || len(all) >= page.Total {
			return strings.Join(all, "; ")
		}
	}
}

// bind tries a password on Samba itself.
func (n *nas) bind(dn models.DN, password string) error {
	n.t.Helper()
	c, err := ldap.DialURL(n.samba.URL(), ldap.DialWithTLSConfig(n.samba.TLS()))
	if err != nil {
		n.t.Fatal(err)
	}
	defer c.Close()
	return c.Bind(string(dn), password)
}

// value is the first value of an attribute, from Samba itself.
func (n *nas) value(dn models.DN, attribute string) string {
	n.t.Helper()
	c, err := n.samba.Connect()
	if err != nil {
		n.t.Fatal(err)
	}
	defer c.Close()
	found, err := c.Search(ldap.NewSearchRequest(string(dn), ldap.ScopeBaseObject, ldap.NeverDerefAliases, 0, 0, false,
		"(objectClass=*)", []string{attribute}, nil))
	if err != nil {
		n.t.Fatal(err)
	}
	return found.Entries[0].GetAttributeValue(attribute)
}

func TestDSMInFrontOfSamba(t *testing.T) {
	n := newNAS(t)
	people := n.samba.BaseDN().Child("OU", "Staff, too")
	c, err := n.samba.Connect()
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	add := ldap.NewAddRequest(string(people), nil)
	add.Attribute("objectClass", []string{"organizationalUnit"})
	if err := c.Add(add); err != nil {
		t.Fatal(err)
	}
	const first, second = `Blue "Kettle" \42`, "12345678Ab"
	jdoe, team := people.Child("CN", "jdoe"), people.Child("CN", "Team")

	var made struct{ DN, Name string }
	n.into(n.call("SYNO.ActiveDirectory.User", "create", "1", map[string]any{
		"logon_name": "jdoe", "located_dn": people, "password": first, "email": "jdoe@example.test",
		"description": "null", "account_is_disabled": false, "cannot_change_password": false, "password_never_expire": true,
	}), &made)
	if !models.DN(made.DN).Equal(jdoe) || made.Name != `EXAMPLE\jdoe` {
		t.Errorf("made %+v", made)
	}
	if err := n.bind(jdoe, first); err != nil {
		t.Errorf("with the first password: %v", err)
	}
	if uac, about := n.value(jdoe, "userAccountControl"), n.value(jdoe, "description"); uac != "66048" || about != "null" {
		t.Errorf("userAccountControl %s, description %q", uac, about)
	}
	n.into(n.call("SYNO.ActiveDirectory.Group", "create", "1", map[string]any{
		"name": "Team", "located_dn": people, "type": "distribution", "scope": "universal",
	}), &made)
	if bits := n.value(team, "groupType"); bits != "8" {
		t.Errorf("groupType %s", bits)
	}
	var taken struct{ IsConflict bool }
	if n.into(n.call("SYNO.ActiveDirectory.Group", "conflict", "1", map[string]any{"name": "TEAM"}), &taken); !taken.IsConflict {
		t.Error("no conflict")
	}

	var results []struct{ Code int }
	n.into(n.call("SYNO.ActiveDirectory.User", "set", "2", map[string]any{"userList": []any{map[string]any{
		"dn": jdoe, "firstName": "John", "telephoneNumber": "007", "enbl_change_password": true, "password": second,
	}}}), &results)
	if n.value(jdoe, "givenName") != "John" || n.value(jdoe, "telephoneNumber") != "007" {
		t.Errorf("fields: %q, %q", n.value(jdoe, "givenName"), n.value(jdoe, "telephoneNumber"))
	}
	if err := n.bind(jdoe, second); err != nil {
		t.Errorf("with the second password: %v", err)
	}
	var echoed struct{ Members []models.DN }
	n.into(n.call("SYNO.ActiveDirectory.Group.Member", "add", "1", map[string]any{"dn": team, "members": []models.DN{jdoe}}), &echoed)
	if got := n.value(team, "member"); !models.DN(got).Equal(jdoe) {
		t.Errorf("member %q", got)
	}
	if got := n.names(people); got != "Team; jdoe" {
		t.Errorf("listed %q", got)
	}

	for name, test := range map[string]struct {
		api, method, version string
		values               map[string]any
		inner                string
	}{
		"name taken":    {"SYNO.ActiveDirectory.User", "create", "1", map[string]any{"logon_name": "JDoe", "located_dn": "CN=Users," + n.samba.BaseDN(), "password": first}, `"code":68`},
		"no container":  {"SYNO.ActiveDirectory.User", "create", "1", map[string]any{"logon_name": "x", "located_dn": "OU=Ghost," + n.samba.BaseDN(), "password": first}, `"code":32`},
		"weak password": {"SYNO.ActiveDirectory.User", "create", "1", map[string]any{"logon_name": "x", "located_dn": people, "password": "weak"}, `0000052D`},
		"nobody there":  {"SYNO.ActiveDirectory.User", "set", "2", map[string]any{"userList": []any{map[string]any{"dn": people.Child("CN", "Ghost"), "web": "x"}}}, `"code":10237`},
	} {
		if e := n.call(test.api, test.method, test.version, test.values); e.Error.Code != 10104 || !strings.Contains(string(e.Error.Errors), test.inner) {
			t.Errorf("%s: %d %s", name, e.Error.Code, e.Error.Errors)
		}
	}
	got := n.ends(people, people.Child("CN", "Ghost"), "CN=Users,"+n.samba.BaseDN(), jdoe, team, people)
	if want := "[66 32 53 0 0 0]"; fmt.Sprint(got) != want {
		t.Errorf("deleted: %v, want %s", got, want)
	}
	if err := n.bind(jdoe, second); err == nil {
		t.Error("signs in after the end")
	}
}
