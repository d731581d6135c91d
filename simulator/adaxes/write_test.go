package adaxes_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"dirdesk/simulator"
	"dirdesk/simulator/directory"
)

// creation is the body that makes an object; properties come as name, value.
func creation(container, kind string, properties ...string) string {
	var items []string
	for i := 0; i < len(properties); i += 2 {
		items = append(items, fmt.Sprintf(`{"propertyName":%q,"propertyType":"CaseIgnoreString","values":[%q]}`, properties[i], properties[i+1]))
	}
	return fmt.Sprintf(`{"createIn":%q,"objectType":%q,"properties":[%s]}`, container, kind, strings.Join(items, ","))
}

func TestEveryTypeOfObjectIsMade(t *testing.T) {
	s := newSite(t, simulator.Options{})
	ou := "OU=New,DC=example,DC=com"
	for _, c := range []struct{ body, dn string }{
		{creation("DC=example,DC=com", "organizationalUnit", "ou", "New", "description", "x"), ou},
		{creation(ou, "organizationalUnit", "name", "Inner"), "OU=Inner," + ou},
		{creation(ou, "container", "cn", "Box"), "CN=Box," + ou},
		{creation(ou, "user", "CN", "Müller, Jörg", "sAMAccountName", "jm"), `CN=Müller\, Jörg,` + ou},
		{creation(ou, "contact", "name", "Con"), "CN=Con," + ou},
		{creation(ou, "group", "cn", "Grp"), "CN=Grp," + ou},
		{creation(ou, "Computer", "cn", "pc1"), "CN=pc1," + ou},
		{creation(ou, "printQueue", "cn", "Prn", "uNCName", `\\s\p`, "printerName", "p"), "CN=Prn," + ou},
		{creation(ou, "volume", "cn", "Vol", "uNCName", `\\s\v`), "CN=Vol," + ou},
	} {
		if r := s.succeeds(http.MethodPost, objects, c.body); r.ActualObjectDN != c.dn {
			t.Errorf("made %s, want %s", r.ActualObjectDN, c.dn)
		}
		if o := s.get(c.dn, ""); o.DN != c.dn {
			t.Errorf("%s: %+v", c.dn, o)
		}
	}
	s.holds("CN=pc1,"+ou, "sAMAccountName", "PC1$")
	s.holds("CN=pc1,"+ou, "userAccountControl", "4130")
	for body, words := range map[string]string{
		creation(ou, "group", "cn", "grp"):                      "already exists",
		creation(ou, "user", "description", "no name"):          "'cn' is required",
		creation(ou, "volume", "cn", "No path"):                 "uNCName",
		creation("CN=Box,"+ou, "organizationalUnit", "ou", "X"): "constraint violation",
		creation(ou, "user", "cn", "X", "shoeSize", "44"):       "not in the schema",
		creation(ou, "user", "cn", strings.Repeat("x", 65)):     "constraint violation",
		strings.Replace(creation(ou, "user", "cn", "X", "title", "y"), `"CaseIgnoreString","values":["y"]`, `7,"values":[1]`, 1): "of the type",
	} {
		if got := s.fails(http.MethodPost, objects, body); !strings.Contains(got, words) {
			t.Errorf("%s fails with %q, want %q", body, got, words)
		}
	}
	s.refused(http.StatusNotFound, http.MethodPost, objects, creation("OU=Nowhere,DC=example,DC=com", "user", "cn", "x"))
	s.refused(http.StatusBadRequest, http.MethodPost, objects, creation(ou, "dinosaur", "cn", "x"))
	s.refused(http.StatusBadRequest, http.MethodPost, objects, `{"objectType":"user"}`)
	s.refused(http.StatusBadRequest, http.MethodPost, objects, strings.Replace(creation(ou, "group", "cn", "x"), "{", `{"photo":"/9j/",`, 1))
}

func TestANewUserGetsAPasswordOrWarnings(t *testing.T) {
	s := newSite(t, simulator.Options{})
	made := func(name, password, bits string) result {
		t.Helper()
		body := creation(users, "user", "cn", name, "sAMAccountName", name, "unicodePwd", password)
		if bits != "" {
			body = strings.Replace(body, `]}]}`, `]},{"propertyName":"userAccountControl","propertyType":"Integer","values":[`+bits+`]}]}`, 1)
		}
		return s.succeeds(http.MethodPost, objects, body)
	}
	made("well", good, "")
	s.holds("CN=well,"+users, "userAccountControl", "512")
	if session, answer := s.open("well@example.com", good); session == "" {
		t.Errorf("cannot sign in: %s", answer)
	}
	made("must", good, "-2147483648")
	s.holds("CN=must,"+users, "userAccountControl", "512")
	s.holds("CN=must,"+users, "pwdLastSet", "0")
	r := made("weak", "weak", "-2147483648")
	if len(r.InnerMessages) != 2 || r.InnerMessages[0].MessageType != 1 || r.InnerMessages[0].Source != nil ||
		!strings.Contains(r.InnerMessages[1].Text, "userAccountControl") || r.ActualObjectDN != "CN=weak,"+users {
		t.Errorf("%+v", r)
	}
	s.holds("CN=weak,"+users, "userAccountControl", "546")
	made("off", good, "66050")
	s.holds("CN=off,"+users, "userAccountControl", "66050")
	body := strings.Replace(creation(users, "user", "cn", "pic", "mail", "pic@example.com"), "{", `{"photo":"/9j/","m365":{"licenseModifications":[{"skuPartNumber":"VISIOCLIENT","assigned":true}]},`, 1)
	s.succeeds(http.MethodPost, objects, body)
	s.holds("CN=pic,"+users, "thumbnailPhoto", "/9j/")
	if _, answer := s.do(http.MethodGet, query(objects+"/o365Account/properties", "directoryObject", "CN=pic,"+users), ""); !strings.Contains(answer, `{"assigned":true,"consumedUnits":9,"totalUnits":10,"sku":{"skuPartNumber":"VISIOCLIENT"`) {
		t.Errorf("%s", answer)
	}
}

func TestAccountsAreSwitchedAndUnlocked(t *testing.T) {
	s := newSite(t, simulator.Options{})
	one := func(what, dn string) (string, string, string) {
		return http.MethodPost, objects + "/account/" + what, `{"directoryObject":"` + dn + `"}`
	}
	s.succeeds(one("enable", john))
	s.holds(john, "userAccountControl", "512")
	s.succeeds(one("DISABLE", john))
	s.holds(john, "userAccountControl", "514")
	policy := s.directory.Policy()
	policy.LockoutDuration = 0
	s.directory.SetPolicy(policy)
	if err := s.directory.Modify(john, map[string][]string{"lockoutTime": {"134082054000000000"}}); err != nil {
		t.Fatal(err)
	}
	if o := s.get(john, ""); !o.AccountStatus.IsLocked || !o.AccountStatus.IsDisabled {
		t.Errorf("%+v", o.AccountStatus)
	}
	s.succeeds(one("unlock", john))
	if o := s.get(john, ""); o.AccountStatus.IsLocked {
		t.Errorf("%+v", o.AccountStatus)
	}
	s.fails(one("enable", myGroup))
	s.fails(one("unlock", myGroup))
	s.refused(http.StatusNotFound, http.MethodPost, objects+"/account/enable", `{"directoryObject":"CN=Nobody,`+users+`"}`)
	s.refused(http.StatusBadRequest, http.MethodPost, objects+"/account/enable", `{}`)
}

func TestAPasswordIsResetWithItsOptions(t *testing.T) {
	s := newSite(t, simulator.Options{})
	reset := func(more string) (string, string, string) {
		return http.MethodPost, objects + "/resetPassword", `{"directoryObject":"` + john + `","password":"` + good + `"` + more + `}`
	}
	s.succeeds(reset(""))
	s.holds(john, "userAccountControl", "514")
	if s.mustChange(john) {
		t.Error("it must be changed")
	}
	if err := s.directory.Modify(john, map[string][]string{"lockoutTime": {directory.FileTime(s.clock.now())}}); err != nil {
		t.Fatal(err)
	}
	s.succeeds(reset(`,"unlockAccount":false`))
	if !s.get(john, "").AccountStatus.IsLocked {
		t.Error("it was unlocked unasked")
	}
	s.succeeds(reset(`,"unlockAccount":true`))
	if s.get(john, "").AccountStatus.IsLocked {
		t.Error("it is locked still")
	}
	s.succeeds(reset(`,"options":{"cannotChangePassword":true,"mustChangePassword":null,"passwordNeverExpires":true},"unlockAccount":true`))
	s.holds(john, "userAccountControl", "66114")
	s.succeeds(reset(`,"options":{"cannotChangePassword":false,"mustChangePassword":true,"passwordNeverExpires":false}`))
	s.holds(john, "userAccountControl", "514")
	if !s.mustChange(john) {
		t.Error("it need not be changed")
	}
	if got := s.fails(http.MethodPost, objects+"/resetPassword", `{"directoryObject":"`+john+`","password":"weak","options":{"passwordNeverExpires":true}}`); !strings.Contains(got, "password policy") {
		t.Errorf("weak: %s", got)
	}
	s.holds(john, "userAccountControl", "514")
	s.fails(http.MethodPost, objects+"/resetPassword", `{"directoryObject":"`+myGroup+`","password":"`+good+`"}`)
	for _, body := range []string{`{"directoryObject":"` + john + `"}`, `{"directoryObject":"` + john + `","password":"x","options":{"mustChangePassword":"yes"}}`} {
		s.refused(http.StatusBadRequest, http.MethodPost, objects+"/resetPassword", body)
	}
}

func TestMembersComeAndGoOneAtATime(t *testing.T) {
	s := newSite(t, simulator.Options{})
	outer := s.add("CN=Outer,OU=Groups,DC=example,DC=com", "group", "sAMAccountName", "outer")
	members := func(group string, pairs ...string) string {
		t.Helper()
		status, answer := s.do(http.MethodGet, query(objects+"/groupMembers", append(pairs, "group", group)...), "")
		return found(s.names(status, answer))
	}
	join := func(group, member string) (string, string, string) {
		return http.MethodPost, objects + "/groupMembers", `{"group":"` + group + `","newMember":"` + member + `"}`
	}
	s.succeeds(join(outer, myGroup))
	s.succeeds(join(outer, richard)) // twice in it, once by way of the other
	s.succeeds(join(myGroup, s.get(richard, "").GUID))
	s.succeeds(join(myGroup, outer)) // round in a circle
	for _, c := range []struct{ got, want string }{
		{members(outer), "My group Richard Roberts"},
		{members(outer, "includeIndirect", "true"), "John Smith My group Richard Roberts"},
		{members(myGroup, "sizeLimit", "2"), "John Smith Richard Roberts"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
	if got := s.fails(join(myGroup, john)); !strings.Contains(got, "already exists") {
		t.Errorf("twice: %s", got)
	}
	r := s.succeeds(http.MethodDelete, query(objects+"/groupMembers", "group", myGroup, "member", john), "")
	if r.ActualObjectDN != myGroup {
		t.Errorf("%+v", r)
	}
	if got := members(myGroup); got != "Outer Richard Roberts" {
		t.Errorf("left: %q", got)
	}
	s.fails(http.MethodDelete, query(objects+"/groupMembers", "group", myGroup, "member", john), "")
	s.refused(http.StatusBadRequest, http.MethodGet, query(objects+"/groupMembers", "group", john), "")
	s.refused(http.StatusBadRequest, http.MethodGet, query(objects+"/groupMembers", "group", myGroup, "sizeLimit", "x"), "")
	s.refused(http.StatusNotFound, http.MethodPost, objects+"/groupMembers", `{"group":"`+myGroup+`","newMember":"CN=Nobody,`+users+`"}`)
	s.succeeds(http.MethodPatch, objects, set(myGroup, "member", "1", `["`+john+`"]`, `,"operation":"Append"`))
	s.holds(john, "memberOf", myGroup)
}

func TestObjectsAreMovedAndDeleted(t *testing.T) {
	s := newSite(t, simulator.Options{})
	guid := s.get(john, "").GUID
	move := func(dn, target string) (string, string, string) {
		return http.MethodPost, objects + "/move", `{"directoryObject":"` + dn + `","targetContainer":"` + target + `"}`
	}
	moved := "CN=John Smith,OU=Groups,DC=example,DC=com"
	if r := s.succeeds(move(john, "OU=Groups,DC=example,DC=com")); r.ActualObjectDN != moved || s.get(guid, "").DN != moved {
		t.Errorf("%+v", r)
	}
	s.fails(move(moved, myGroup))
	s.refused(http.StatusNotFound, http.MethodPost, objects+"/move", `{"directoryObject":"`+moved+`","targetContainer":"OU=Nowhere,DC=example,DC=com"}`)
	if got := s.fails(http.MethodDelete, query(objects, "directoryobject", "OU=Groups,DC=example,DC=com"), ""); !strings.Contains(got, "leaf object") {
		t.Errorf("not empty: %s", got)
	}
	s.fails(http.MethodDelete, query(objects, "directoryobject", users), "")
	if r := s.succeeds(http.MethodDelete, query(objects, "directoryObject", guid), ""); r.ActualObjectDN != moved {
		t.Errorf("%+v", r)
	}
	s.refused(http.StatusNotFound, http.MethodGet, query(objects, "directoryObject", guid), "")
	s.refused(http.StatusBadRequest, http.MethodDelete, objects, "")
	if _, found := s.directory.Identify(guid); found {
		t.Error("it is there still")
	}
	s.holds(myGroup, "member")
}

// Requests of many clients at once leave a directory whose links agree.
func TestManyClientsAtOnce(t *testing.T) {
	s := newSite(t, simulator.Options{})
	var clients sync.WaitGroup
	for n := range 4 {
		clients.Go(func() {
			for i := range 15 {
				name := fmt.Sprintf("User %d-%d", n, i)
				dn := "CN=" + name + "," + users
				for _, request := range []struct{ verb, path, body string }{
					{http.MethodPost, objects, creation(users, "user", "cn", name, "sAMAccountName", name, "mail", "x@example.com")},
					{http.MethodPatch, objects, set(dn, "manager", "1", `["`+john+`"]`, "")},
					{http.MethodPatch, objects, `{"directoryObject":"` + dn + `","m365":{"licenseModifications":[{"skuPartNumber":"EMS","assigned":true}]}}`},
					{http.MethodPost, objects + "/groupMembers", `{"group":"` + myGroup + `","newMember":"` + dn + `"}`},
					{http.MethodPost, objects + "/search", `{"baseObject":"` + users + `","select":{"properties":"manager,memberOf"}}`},
					{http.MethodGet, query(objects, "directoryObject", john, "properties", "directReports"), ""},
				} {
					if status, answer, err := s.send(request.verb, request.path, request.body); err != nil || status != http.StatusOK || strings.Contains(answer, `"resultType":1`) {
						t.Errorf("%s: %d %v %s", request.body, status, err, answer)
					}
				}
			}
		})
	}
	clients.Wait()
	reports, members := s.get(john, "directReports").Properties["directReports"], s.get(myGroup, "member").Properties["member"]
	if len(reports) != 60 || len(members) != 61 {
		t.Errorf("%d reports, %d members", len(reports), len(members))
	}
}
