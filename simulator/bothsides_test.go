package simulator_test

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/simulator/adaxes"
)

// overAdaxes sends a request to the Adaxes side and gives the answer, which has
// to be of status 200.
func overAdaxes(t *testing.T, server *simulator.Server, c *http.Client, verb, path, body string) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), verb, server.AdaxesURL()+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Adm-Authorization", server.AdaxesToken().Reveal())
	response, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s %s: %d %v %s", verb, path, response.StatusCode, err, text)
	}
	return string(text)
}

// What is done on one side is seen on the other, over the wire on both.
func TestBothSidesShowOneDirectory(t *testing.T) {
	s := newSite(t, simulator.Options{})
	objects := "/api/directoryObjects"
	get := func(dn, properties string) string {
		t.Helper()
		return overAdaxes(t, s.server, s.client, http.MethodGet, objects+"?directoryObject="+url.QueryEscape(dn)+"&properties="+properties, "")
	}
	// DSM makes a user and describes another: Adaxes reads both.
	s.call(userAPI, "create", 1, map[string]any{
		"logon_name": "fresh", "located_dn": staff, "password": good, "email": "fresh@example.test",
	})
	if got := get("CN=fresh,"+staff, "mail,sAMAccountName"); !strings.Contains(got, `"properties":{"mail":["fresh@example.test"],"sAMAccountName":["fresh"]}`) {
		t.Errorf("DSM's user over Adaxes: %s", got)
	}
	s.setUsers(map[string]any{"dn": anna, "description": "seen from DSM"})
	if got := get(anna, "description"); !strings.Contains(got, `"seen from DSM"`) {
		t.Errorf("DSM's change over Adaxes: %s", got)
	}
	// Adaxes renames, describes, disables and makes a contact: DSM lists it.
	overAdaxes(t, s.server, s.client, http.MethodPatch, objects, `{"directoryObject":`+text(t, anna)+`,"properties":[
		{"propertyName":"name","propertyType":3,"values":["Anna Renamed"]},
		{"propertyName":"description","propertyType":3,"values":["seen from Adaxes"]},
		{"propertyName":"userAccountControl","propertyType":7,"values":[2],"mask":2}]}`)
	overAdaxes(t, s.server, s.client, http.MethodPost, objects, `{"createIn":`+text(t, staff)+`,"objectType":"contact","properties":[
		{"propertyName":"cn","propertyType":3,"values":["A Contact"]}]}`)
	listed := s.call("SYNO.ActiveDirectory.Directory", "list", 1, map[string]any{
		"action": "enum", "scope": "one", "offset": 0, "limit": 0, "objectCategory": []string{"person"}, "basedn": staff,
	})
	data := string(listed.Data)
	for _, want := range []string{"Anna Renamed", "seen from Adaxes", "A Contact", "fresh"} {
		if !strings.Contains(data, want) {
			t.Errorf("%q is not in DSM's list: %s", want, data)
		}
	}
	if strings.Contains(data, string(anna)) {
		t.Errorf("the old name is there still: %s", data)
	}
}

// The objects of the documents' examples stand beside the whole sample company.
func TestTheExamplesHaveTheirObjects(t *testing.T) {
	server := start(t, simulator.Options{Examples: true, Objects: 3})
	c := foreign(t, server)
	if server.BaseDN() != "DC=example,DC=com" {
		t.Errorf("base %s", server.BaseDN())
	}
	for _, dn := range []models.DN{"CN=John Smith,CN=Users,DC=example,DC=com", "CN=Richard Roberts,CN=Users,DC=example,DC=com", "CN=My group,OU=Groups,DC=example,DC=com"} {
		if _, err := server.Directory().Get(dn); err != nil {
			t.Error(err)
		}
	}
	got := overAdaxes(t, server, c, http.MethodGet, "/api/directoryObjects/o365Account/properties?directoryObject=CN%3DJohn+Smith%2CCN%3DUsers%2CDC%3Dexample%2CDC%3Dcom", "")
	if !strings.Contains(got, `{"assigned":true,"consumedUnits":412,"totalUnits":500,"sku":{"skuPartNumber":"ENTERPRISEPACK"`) {
		t.Errorf("John Smith's licences: %s", got)
	}
}

// A new certificate, and the URL's form, hold for both sides.
func TestTheAdaxesSideHasItsOwnSecrets(t *testing.T) {
	one, two := start(t, simulator.Options{}), start(t, simulator.Options{})
	if one.AdaxesURL() != one.URL()+"/restApi" || one.AdaxesUsername() != "adaxes-operator@corp.example.com" {
		t.Errorf("%s, %s", one.AdaxesURL(), one.AdaxesUsername())
	}
	secrets := map[string]bool{}
	for _, s := range []models.Secret{one.Password(), one.AdaxesPassword(), one.AdaxesToken(), two.Password(), two.AdaxesPassword(), two.AdaxesToken()} {
		if s.Empty() || secrets[s.Reveal()] {
			t.Errorf("%q is empty or there twice", s.Reveal())
		}
		secrets[s.Reveal()] = true
	}
	overAdaxes(t, one, foreign(t, one), http.MethodGet, "/api/directoryObjects?directoryObject=DC%3Dcorp%2CDC%3Dexample%2CDC%3Dcom", "")
	if err := one.NewCertificate(); err != nil {
		t.Fatal(err)
	}
	overAdaxes(t, one, foreign(t, one), http.MethodGet, "/api/directoryObjects?directoryObject=DC%3Dcorp%2CDC%3Dexample%2CDC%3Dcom", "")
}

// elsewhere is a domain that the simulator only passes on to.
type elsewhere struct{ simulator.Upstream }

func (elsewhere) Info(context.Context) (models.DirectoryInfo, error) {
	return models.DirectoryInfo{Realm: "example.test", BaseDN: "DC=example,DC=test"}, nil
}

func TestADomainElsewhereHasNoAdaxesSide(t *testing.T) {
	server := start(t, simulator.Options{Upstream: elsewhere{}})
	if server.AdaxesURL() != "" || !server.AdaxesToken().Empty() || server.AdaxesUsername() != "" || !server.AdaxesPassword().Empty() {
		t.Errorf("there is one at %q", server.AdaxesURL())
	}
	server.AdaxesRule(adaxes.Rule{Kind: adaxes.Deny, Terms: []string{"*"}})
	server.ClearAdaxesRules()
	server.ExpireAdaxesTokens()
	response, err := foreign(t, server).Get(server.URL() + "/restApi/api/directoryObjects")
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusNotFound {
		t.Errorf("status %d", response.StatusCode)
	}
}
