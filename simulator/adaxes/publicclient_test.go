package adaxes_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"dirdesk/simulator"
)

// publicClient asks as clients do that were corrected against real servers: every
// property is a "String", Or is 2, classes are spelled as they please, and nothing
// that a server adds or leaves out is minded.
type publicClient struct {
	t       *testing.T
	http    *http.Client
	base    string
	token   string
	session string
}

// call sends JSON and gives the status and what came back, without following a
// redirect.
func (c *publicClient) call(verb, path string, body any) (int, map[string]any, []any) {
	c.t.Helper()
	var content io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			c.t.Fatal(err)
		}
		content = strings.NewReader(string(text))
	}
	r, err := http.NewRequestWithContext(c.t.Context(), verb, c.base+path, content)
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header.Set("Accept", "application/json")
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if c.token != "" {
		r.Header.Set("Adm-Authorization", c.token)
	}
	response, err := c.http.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	var one map[string]any
	var many []any
	if json.Unmarshal(text, &one) != nil {
		_ = json.Unmarshal(text, &many)
	}
	return response.StatusCode, one, many
}

type row = map[string]any

// done does a write that has to be made, and gives the DN of its result.
func (c *publicClient) done(verb, path string, body any) string {
	c.t.Helper()
	status, result, _ := c.call(verb, path, body)
	if status != http.StatusOK || result["resultType"] != 0.0 || result["exception"] != nil {
		c.t.Fatalf("%s %s %v: %d %v", verb, path, body, status, result)
	}
	return result["actualObjectDN"].(string)
}

// textProperties makes properties of the one type that this client knows.
func textProperties(pairs ...string) (all []row) {
	for i := 0; i < len(pairs); i += 2 {
		all = append(all, row{"propertyName": pairs[i], "propertyType": "String", "values": []string{pairs[i+1]}})
	}
	return all
}

// find searches for an object of a class of which one of the properties is equal,
// and gives its properties.
func (c *publicClient) find(class, selected string, pairs ...string) row {
	c.t.Helper()
	var items []row
	for i := 0; i < len(pairs); i += 2 {
		items = append(items, row{
			"$type": 0, "type": 0, "property": pairs[i], "operator": "eq", "valueLogicalOperator": 0,
			"values": []row{{"type": 2, "value": pairs[i+1]}},
		})
	}
	status, failed, found := c.call(http.MethodPost, "/api/directoryObjects/search", row{
		"criteria": row{"objectTypes": []row{{"type": class, "items": row{"type": 1, "items": items, "logicalOperator": 2}}}},
		"select":   row{"properties": selected}, "properties": []string{"mail"},
	})
	if status != http.StatusOK || len(found) != 1 {
		c.t.Fatalf("search %s %q: %d %v %v", class, pairs, status, found, failed)
	}
	return found[0].(row)["properties"].(row)
}

func (c *publicClient) get(id, property string) (int, []any) {
	c.t.Helper()
	status, o, _ := c.call(http.MethodGet, "/api/directoryObjects?directoryObject="+url.PathEscape(id)+"&properties="+property, nil)
	if status != http.StatusOK {
		return status, nil
	}
	values, _ := o["properties"].(row)[property].([]any)
	return status, values
}

func newPublicClient(t *testing.T) (*publicClient, *site) {
	s := newSite(t, simulator.Options{})
	client := *s.client
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &publicClient{t: t, http: &client, base: strings.Replace(s.server.AdaxesURL(), "restApi", "restapi", 1)}, s
}

func (c *publicClient) signIn(s *site) {
	c.t.Helper()
	_, session, _ := c.call(http.MethodPost, "/api/authSessions/create", row{"username": s.server.AdaxesUsername(), "password": s.server.AdaxesPassword().Reveal()})
	c.session, _ = session["sessionId"].(string)
	_, token, _ := c.call(http.MethodPost, "/api/auth", row{"sessionId": c.session, "type": 0})
	if c.token, _ = token["token"].(string); c.token == "" {
		c.t.Fatalf("no token: %v %v", session, token)
	}
}

// The life of an account, as such a client leads it from signing in to signing out.
func TestAPublicClientLeadsAnAccountsLife(t *testing.T) {
	c, s := newPublicClient(t)
	c.signIn(s)
	const ou = "OU=Groups,DC=example,DC=com"
	dn := c.done(http.MethodPost, "/api/directoryObjects", row{"createIn": users, "objectType": "User", "properties": append(
		textProperties("cn", "Jane Doe", "sAMAccountName", "jane.doe", "userPrincipalName", "jane.doe@example.com", "mail", "jane.doe@example.com",
			"Department", "Sales", "manager", richard, "employeeNumber", "4711", "adm-CustomAttributeText1", "1234", "unicodePwd", "Temp!12300"),
		row{"propertyName": "userAccountControl", "propertyType": "Integer", "values": []any{-2147483648}},
		row{"propertyName": "accountExpires", "propertyType": "Timestamp", "values": []any{"Never"}},
	)})
	if dn != "CN=Jane Doe,"+users || !s.mustChange("CN=Jane Doe,"+users) {
		t.Errorf("created is %s", dn)
	}
	s.holds(dn, "manager", richard)
	known := c.find("User", "objectGUID,sAMAccountName,accountDisabled,adm-CustomAttributeText1", "sAMAccountName", "jane.doe", "mail", "no", "employeeID", "no")
	if guid := known["objectGUID"].([]any); len(guid) != 1 || known["adm-CustomAttributeText1"].([]any)[0] != "1234" {
		t.Fatalf("found %v", known)
	}
	guid := known["objectGUID"].([]any)[0].(string)
	modify := func(properties ...row) string {
		t.Helper()
		return c.done(http.MethodPatch, "/api/directoryObjects", row{"directoryObject": guid, "properties": properties})
	}
	modify(append(textProperties("sAMAccountName", "jane.roe", "mail", "jane.roe@example.com", "manager", john, "adm-CustomAttributeText1", "99"),
		row{"propertyName": "accountExpires", "propertyType": "Timestamp", "values": []string{"2027-05-31T00:00:00Z"}},
		row{"propertyName": "userAccountControl", "propertyType": "Integer", "values": []string{"66048"}},
		row{"propertyName": "employeeNumber", "propertyType": "String", "values": []int{42}},
		row{"propertyName": "proxyAddresses", "propertyType": "String", "values": []string{"SMTP:jane.roe@example.com", "smtp:jane.doe@example.com"}})...)
	s.holds(dn, "employeeNumber", "42")
	s.holds(dn, "userAccountControl", "66048")
	if _, ticket := c.get(guid, "adm-CustomAttributeText1"); !slices.Equal(ticket, []any{"99"}) {
		t.Errorf("the service's own property holds %v", ticket)
	}
	modify(row{"propertyName": "accountExpires", "propertyType": "Timestamp", "values": []string{}})
	s.holds(dn, "accountExpires", "9223372036854775807")
	c.done(http.MethodPost, "/api/directoryObjects/resetPassword", row{"directoryObject": guid, "password": good, "options": row{"mustChangePassword": true}})
	if moved := c.done(http.MethodPost, "/api/directoryObjects/move", row{"directoryObject": guid, "targetContainer": ou}); moved != "CN=Jane Doe,"+ou {
		t.Errorf("moved to %s", moved)
	}
	if renamed := modify(textProperties("cn", "Jane Roe")...); renamed != "CN=Jane Roe,"+ou {
		t.Errorf("renamed to %s", renamed)
	}
	group := c.find("Group", "distinguishedName,objectGUID", "cn", "My group", "sAMAccountName", "My group")["distinguishedName"].([]any)[0].(string)
	c.done(http.MethodPost, "/api/directoryObjects/groupMembers", row{"group": group, "newMember": guid})
	if _, groups := c.get(guid, "memberOf"); !slices.Contains(groups, any(group)) {
		t.Errorf("a member of %v", groups)
	}
	c.done(http.MethodDelete, "/api/directoryObjects/groupMembers?group="+url.PathEscape(group)+"&member="+guid, nil)
	c.done(http.MethodPost, "/api/directoryObjects/account/disable?directoryObject="+guid, row{"directoryObject": guid})
	c.done(http.MethodPost, "/api/directoryObjects/customCommand/execute", row{
		"directoryObject": guid, "customCommandId": "bac40afa-9780-49ad-bf88-f5c93b45d6f3",
		"parameters": []row{{"type": "Text", "name": "param-Ticket", "value": "1234"}},
	})
	token := c.token
	for _, path := range []string{"/api/auth?token=" + url.QueryEscape(token), "/api/authSessions?id=" + url.QueryEscape(c.session)} {
		if status, _, _ := c.call(http.MethodDelete, path, nil); status/100 != 2 {
			t.Errorf("DELETE %s: %d", path, status)
		}
		c.token = "" // the session is ended with nothing but its name
	}
	if s.works(token) {
		t.Error("a destroyed token works")
	}
}

// What such a client takes for granted when something is wrong.
func TestAPublicClientIsToldNo(t *testing.T) {
	c, s := newPublicClient(t)
	c.signIn(s)
	for path, want := range map[string]int{
		"/api/directoryObjects?directoryObject=00000000-0000-4000-8000-000000000000": http.StatusNotFound,
		"/api/directoryObjects?directoryObject=jane.doe":                             http.StatusNotFound,
		"/directoryObjects?directoryObject=" + url.PathEscape(john):                  http.StatusFound,
		"/":  http.StatusFound,
		"":   http.StatusFound,
		"/x": http.StatusFound,
	} {
		if got, _, _ := c.call(http.MethodGet, path, nil); got != want {
			t.Errorf("GET %s: %d, want %d", path, got, want)
		}
	}
	if got, said, _ := c.call(http.MethodPost, "/api/directoryObjects/groupMembers", row{"group": "My group", "newMember": john}); got != http.StatusBadRequest {
		t.Errorf("a group by its name: %d %v", got, said)
	}
	_, said, _ := c.call(http.MethodPost, "/api/directoryObjects/move", row{"object": john, "destination": users})
	text, _ := json.Marshal(said["modelState"])
	for _, want := range []string{"The DirectoryObject field is required.", "The TargetContainer field is required."} {
		if !strings.Contains(string(text), want) {
			t.Errorf("a move with members of other names: %s, want %s", text, want)
		}
	}
	c.token = ""
	if got, said, _ := c.call(http.MethodGet, "/api/directoryObjects", nil); got != http.StatusUnauthorized || said["code"] != "unauthenticated" {
		t.Errorf("nothing to sign in with: %d %v", got, said)
	}
	c.base = strings.Replace(c.base, "https://", "https://me:secret@", 1) // net/http makes HTTP Basic of it
	if got, _, _ := c.call(http.MethodGet, "/api/directoryObjects", nil); got != http.StatusFound {
		t.Errorf("HTTP Basic: %d", got)
	}
	if status, answer := s.do(http.MethodGet, "/directoryObjects", ""); status != http.StatusOK || !strings.HasPrefix(answer, "<html>") {
		t.Errorf("who follows the redirect finds %d %s", status, answer)
	}
}
