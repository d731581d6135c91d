package dsm_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"dirdesk/simulator/dsm"
)

type page struct {
	Data  []map[string]any
	Total int
}

func list(t *testing.T, n *nas, sid string, pairs ...string) page {
	t.Helper()
	var p page
	n.call("SYNO.ActiveDirectory.Directory", "list", "3", append([]string{"_sid", sid}, pairs...)...).into(t, &p)
	return p
}

func names(p page) []string {
	var all []string
	for _, o := range p.Data {
		all = append(all, o["name"].(string))
	}
	return all
}

func TestListGivesEveryMemberOfAnObject(t *testing.T) {
	n := newNAS(t, nil)
	p := list(t, n, n.sid("admin"), "basedn", `"`+sales+`"`, "objectCategory", `["person"]`)
	if p.Total != 2 {
		t.Fatalf("total %d", p.Total)
	}
	ann := p.Data[slices.IndexFunc(p.Data, func(o map[string]any) bool { return o["sAMAccountName"] == "alee" })]
	for member, want := range map[string]any{
		"dn": "CN=Ann Lee," + sales, "name": "Ann Lee", "objectCategory": "person", "sAMAccountName": "alee",
		"displayName": "Ann Lee", "mail": "alee@example.com", "description": "", "telephoneNumber": "555-0100",
		"physicalDeliveryOfficeName": "B2", "locked": false, "accountExpiryTime": 910692730085.0,
		"primaryGroupToken": 0.0, "deletable": true, "movable": true, "renamable": true, "showInAdvancedViewOnly": false,
	} {
		if got, ok := ann[member]; !ok || got != want {
			t.Errorf("%s is %v, want %v", member, got, want)
		}
	}
	for _, member := range []string{"disabled", "passwordExpired"} {
		if _, ok := ann[member].(bool); !ok {
			t.Errorf("%s is %v, want a boolean", member, ann[member])
		}
	}
	odd := p.Data[1-slices.IndexFunc(p.Data, func(o map[string]any) bool { return o["sAMAccountName"] == "alee" })]
	if got := odd["accountExpiryTime"].(float64); got != float64(n.clock.Now().AddDate(0, 0, 10).Unix()) {
		t.Errorf("expiry %v", got)
	}
}

// DSM writes the members of every object in alphabetical order.
func TestMembersOfObjectsAreSorted(t *testing.T) {
	n := newNAS(t, nil)
	got := n.call("SYNO.ActiveDirectory.Directory", "list", "3", "_sid", n.sid("admin"), "basedn", sales)
	var p struct{ Data []json.RawMessage }
	got.into(t, &p)
	for _, raw := range p.Data {
		var members []string
		d := json.NewDecoder(strings.NewReader(string(raw)))
		for depth := 0; d.More() || depth == 0; depth++ {
			token, err := d.Token()
			if err != nil {
				t.Fatal(err)
			}
			if _, open := token.(json.Delim); open {
				continue
			}
			members = append(members, token.(string))
			if _, err := d.Token(); err != nil {
				t.Fatal(err)
			}
		}
		if len(members) < 8 || !slices.IsSorted(members) {
			t.Errorf("%v", members)
		}
	}
	if got := n.call("SYNO.ActiveDirectory.Directory", "list", "3", "_sid", n.sid("admin"), "basedn", base); !strings.Contains(got.raw, "sells <things> & more") {
		t.Errorf("texts are escaped for HTML: %s", got.raw)
	}
}

func TestListPagesAndFilters(t *testing.T) {
	n := newNAS(t, nil)
	sid := n.sid("admin")
	all := list(t, n, sid, "basedn", sales)
	if all.Total != 4 || len(all.Data) != 4 {
		t.Fatalf("%d of %d", len(all.Data), all.Total)
	}
	var walked []string
	for _, offset := range []string{"0", "1", "2", "3", "4", "400"} {
		p := list(t, n, sid, "basedn", sales, "limit", "1", "offset", offset)
		if p.Total != 4 {
			t.Errorf("total at %s: %d", offset, p.Total)
		}
		walked = append(walked, names(p)...)
	}
	if !slices.Equal(walked, names(all)) {
		t.Errorf("page by page %v, at once %v", walked, names(all))
	}
	if p := list(t, n, sid, "basedn", sales, "objectCategory", `["group","computer"]`); p.Total != 2 {
		t.Errorf("groups and computers: %v", names(p))
	}
	if p := list(t, n, sid, "basedn", strings.ToLower(sales)); p.Total != 4 {
		t.Errorf("a DN in another case: %v", names(p))
	}
	empty := n.call("SYNO.ActiveDirectory.Directory", "list", "3", "_sid", sid, "basedn", "CN=Ann Lee,"+sales)
	if strings.TrimSpace(empty.raw) != `{"data":{"data":[],"total":0},"success":true}` {
		t.Errorf("an empty page: %s", empty.raw)
	}
}

func TestAMissingBaseIsSaid(t *testing.T) {
	n := newNAS(t, nil)
	got := n.call("SYNO.ActiveDirectory.Directory", "list", "3", "_sid", n.sid("admin"), "basedn", "OU=Gone,"+base)
	var details []struct {
		Code int
		Msg  string
	}
	if err := json.Unmarshal(got.Error.Errors, &details); err != nil || got.code() != 10104 {
		t.Fatalf("%v: %s", err, got.raw)
	}
	if len(details) != 1 || details[0].Code != 32 || !strings.Contains(details[0].Msg, "instanceType for base") {
		t.Errorf("details %s", got.Error.Errors)
	}
}

// The exact requests of the Python library, as captured: quotes and spaces in
// the values, "api" empty in the query or there twice.
func TestThePythonLibraryReads(t *testing.T) {
	n := newNAS(t, nil)
	sid := n.sid("admin")
	body := "api=SYNO.ActiveDirectory.Directory&action=%22enum%22&basedn=" + url.QueryEscape(`"`+sales+`"`) +
		"&limit=40&method=%22list%22&objectCategory=" +
		url.QueryEscape(`["person", "group", "organizationalUnit", "computer", "container", "builtinDomain"]`) +
		"&offset=0&scope=%22one%22&version=3&_sid=" + sid
	r, err := http.NewRequest(http.MethodPost, n.url+"/webapi/entry.cgi?api=", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	var p page
	n.send(r).into(t, &p)
	if p.Total != 4 {
		t.Errorf("list: %d", p.Total)
	}

	var info struct {
		Data struct {
			DomainBasicInfo   struct{ Realm, Workgroup string }
			DomainControllers []struct {
				CN, DN, DNSHostname string
				Roles               []string
			}
		}
		Status string
	}
	n.get("entry.cgi", "api=SYNO.ActiveDirectory.Info&api=SYNO.ActiveDirectory.Info&method=get&version=3&_sid="+sid).into(t, &info)
	if info.Status != "running" || info.Data.DomainBasicInfo.Realm != "corp.example.com" || info.Data.DomainBasicInfo.Workgroup != "CORP" {
		t.Errorf("info: %+v", info)
	}
	if dcs := info.Data.DomainControllers; len(dcs) != 1 || len(dcs[0].Roles) != 5 || !strings.Contains(dcs[0].DN, "OU=Domain Controllers") {
		t.Errorf("controllers: %+v", dcs)
	}

	for name, want := range map[string]bool{"alee": true, "ALEE": true, "buyers": true, "nobody": false, "CN=Ann Lee," + sales: false} {
		var answer struct{ IsConflict *bool }
		n.get("entry.cgi", "api=SYNO.ActiveDirectory.Group&version=1&method=conflict&_sid="+sid+"&name="+url.QueryEscape(name)).into(t, &answer)
		if answer.IsConflict == nil || *answer.IsConflict != want {
			t.Errorf("conflict of %s: %v", name, answer.IsConflict)
		}
	}
}

func TestValuesOfTheWrongType(t *testing.T) {
	n := newNAS(t, nil)
	sid := n.sid("admin")
	for _, test := range []struct{ api, method, name, value, reason string }{
		{"SYNO.ActiveDirectory.Group", "conflict", "name", "12345678", "type"}, // digits become a number
		{"SYNO.ActiveDirectory.Group", "conflict", "name", "null", "type"},
		{"SYNO.ActiveDirectory.Group", "conflict", "name", "true", "type"},
		{"SYNO.ActiveDirectory.Group", "conflict", "name", "1e5", "type"},
		{"SYNO.ActiveDirectory.Directory", "list", "limit", `"40"`, "type"},
		{"SYNO.ActiveDirectory.Directory", "list", "limit", "1.5", "type"},
		{"SYNO.ActiveDirectory.Directory", "list", "offset", "-1", "condition"},
		{"SYNO.ActiveDirectory.Directory", "list", "scope", `"base"`, "condition"},
		{"SYNO.ActiveDirectory.Directory", "list", "objectCategory", `"person"`, "type"},
		{"SYNO.ActiveDirectory.Directory", "list", "objectCategory", "[1]", "type"},
	} {
		got := n.call(test.api, test.method, "1", "_sid", sid, "basedn", `"`+sales+`"`, test.name, test.value)
		var details struct{ Name, Reason string }
		if err := json.Unmarshal(got.Error.Errors, &details); err != nil || got.code() != 120 {
			t.Errorf("%s=%s: %v: %s", test.name, test.value, err, got.raw)
			continue
		}
		if details.Name != test.name || details.Reason != test.reason {
			t.Errorf("%s=%s: %+v", test.name, test.value, details)
		}
	}
	var answer struct{ IsConflict bool }
	n.call("SYNO.ActiveDirectory.Group", "conflict", "1", "_sid", sid, "name", `"12345678"`).into(t, &answer)
	if !answer.IsConflict {
		t.Error("digits in quotes are a name")
	}
}

func TestStrictRefusesBareStrings(t *testing.T) {
	n := newNAS(t, func(o *dsm.Options) { o.Strict = true })
	sid := n.sid("admin")
	if got := n.call("SYNO.ActiveDirectory.Group", "conflict", "1", "_sid", sid, "name", "alee"); got.code() != 120 || !strings.Contains(got.raw, `"name":"name"`) {
		t.Errorf("bare: %s", got.raw)
	}
	if got := n.call("SYNO.ActiveDirectory.Group", "conflict", "1", "_sid", sid, "name", `"alee"`); !got.Success {
		t.Errorf("quoted: %s", got.raw)
	}
	// method, action and scope may come either way even so.
	p := list(t, n, sid, "basedn", `"`+sales+`"`, "action", "enum", "scope", "one", "limit", "40")
	if p.Total != 4 {
		t.Errorf("bare words: %d", p.Total)
	}
}

func TestMultipartForms(t *testing.T) {
	n := newNAS(t, nil)
	body := "--x\r\nContent-Disposition: form-data; name=\"api\"\r\n\r\nSYNO.API.Info\r\n" +
		"--x\r\nContent-Disposition: form-data; name=\"query\"\r\n\r\nall\r\n--x--\r\n"
	r, err := http.NewRequest(http.MethodPost, n.url+"/webapi/entry.cgi?version=1&method=query", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	if got := n.send(r); !got.Success {
		t.Errorf("%s", got.raw)
	}
}
