package adaxes_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"dirdesk/simulator"
	"dirdesk/simulator/adaxes"
)

// people are a few objects to be found: their names below OU=Staff.
func people(s *site) (staff string) {
	staff = "OU=Staff,DC=example,DC=com"
	s.add(staff, "organizationalUnit")
	s.add("OU=Inner,"+staff, "organizationalUnit")
	s.add("CN=Anna,"+staff, "user", "sAMAccountName", "anna", "userAccountControl", "512", "department", "Sales", "title", "Head of Sales",
		"accountExpires", "134246304000000000", "otherTelephone", "1", "otherTelephone", "2")
	s.add("CN=Ben,"+staff, "user", "sAMAccountName", "ben", "userAccountControl", "514", "department", "Purchase", "title", "Clerk")
	s.add("CN=Carl,OU=Inner,"+staff, "contact", "department", "Sales", "mailNickname", "carl")
	s.add("CN=Desk,OU=Inner,"+staff, "computer", "sAMAccountName", "DESK$", "userAccountControl", "4096")
	s.add("CN=Everybody,"+staff, "group", "sAMAccountName", "everybody")
	return staff
}

// found are the names of objects, without where they are.
func found(dns []string) string {
	names := make([]string, 0, len(dns))
	for _, dn := range dns {
		name, _, _ := strings.Cut(dn, ",")
		names = append(names, name[3:])
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

func TestCriteria(t *testing.T) {
	s := newSite(t, simulator.Options{})
	staff := people(s)
	simple := func(property, operator, kind, value string) string {
		return fmt.Sprintf(`{"type":0,"property":%q,"operator":%q,"values":[{"type":%s,"value":%s}]}`, property, operator, kind, value)
	}
	compound := func(operator string, items ...string) string {
		return `{"type":"Compound"` + operator + `,"items":[` + strings.Join(items, ",") + `]}`
	}
	sales := simple("department", "eq", "2", `"SALES"`)
	for _, c := range []struct{ class, items, want string }{
		{"", `{}`, "Anna Ben Carl Desk Everybody Inner"},
		{"user", `{}`, "Anna Ben"},
		{"organizationalUnit", `{}`, "Inner"},
		{"", sales, "Anna Carl"},
		{"user", sales, "Anna"},
		{"", simple("department", "ne", "2", `"Sales"`), "Ben Desk Everybody Inner"},
		{"", simple("title", "contains", "3", `"OF"`), "Anna"},
		{"user", simple("title", "notContains", "3", `"of"`), "Ben"},
		{"", simple("name", "startsWith", "2", `"be"`), "Ben"},
		{"user", simple("name", "notStartsWith", "2", `"be"`), "Anna"},
		{"", simple("sAMAccountName", "EndsWith", "2", `"A"`), "Anna"},
		{"user", simple("sAMAccountName", "notendswith", "2", `"a"`), "Ben"},
		{"", simple("department", "empty", "6", "true"), "Desk Everybody Inner"},
		{"", simple("department", "empty", `"Boolean"`, "false"), "Anna Ben Carl"},
		{"", simple("userAccountControl", "eq", "7", "514"), "Ben"},
		{"", simple("userAccountControl", "gt", "7", "514"), "Desk"},
		{"", simple("userAccountControl", "ge", "7", "514"), "Ben Desk"},
		{"", simple("userAccountControl", "lt", "7", "514"), "Anna"},
		{"", simple("userAccountControl", "le", "7", "514"), "Anna Ben"},
		{"user", simple("accountExpires", "lt", "14", `"2030-01-01T00:00:00Z"`), "Anna"},
		{"user", simple("accountExpires", "eq", "14", `"Never"`), "Ben"},
		{"", simple("whenCreated", "gt", "9", `"2026-11-21T09:30:00Z"`), ""},
		{"user", simple("whenCreated", "ge", "9", `"2026-11-21T09:30:00Z"`), "Anna Ben"},
		{"", simple("otherTelephone", "eq", "2", `"2"`), "Anna"},
		{"", simple("accountDisabled", "eq", "6", "true"), "Ben"},
		{"", simple("mailEnabled", "eq", "6", "true"), "Carl"},
		{"", simple("noSuchThing", "eq", "2", `"x"`), ""},
		{"", compound("", sales, simple("name", "eq", "2", `"ben"`)), "Anna Ben Carl"},
		{"", compound(`,"logicalOperator":"Or"`, sales, simple("name", "eq", "2", `"ben"`)), "Anna Ben Carl"},
		{"", compound(`,"logicalOperator":1`, sales, simple("name", "eq", "2", `"anna"`)), "Anna"},
		{"", compound(`,"logicalOperator":"and"`, compound("", sales, sales), simple("mailEnabled", "eq", "6", "false")), "Anna"},
		{"", `{"type":0,"property":"name","operator":"eq","values":[{"type":2,"value":"Anna"},{"type":2,"value":"Ben"}]}`, "Anna Ben"},
		{"", `{"type":0,"property":"name","operator":"contains","valueLogicalOperator":"And","values":[{"type":2,"value":"a"},{"type":2,"value":"r"}]}`, "Carl"},
	} {
		body := `{"baseObject":"` + staff + `","criteria":{"objectTypes":[{"type":"` + c.class + `","items":` + c.items + `}]}}`
		if got := found(s.search(body)); got != c.want {
			t.Errorf("%s %s finds %q, want %q", c.class, c.items, got, c.want)
		}
	}
	two := `{"baseObject":"` + staff + `","criteria":{"objectTypes":[{"type":"contact","items":{}},{"type":"group"}]}}`
	if got := found(s.search(two)); got != "Carl Everybody" {
		t.Errorf("two types: %s", got)
	}
}

func TestCriteriaThatAreNotUnderstood(t *testing.T) {
	s := newSite(t, simulator.Options{})
	for items, path := range map[string]string{
		`{"type":7}`:          "criteria.objectTypes[0].items.type",
		`{"type":"Advanced"}`: "criteria.objectTypes[0].items.type",
		`{"type":0}`:          "criteria.objectTypes[0].items.property",
		`{"type":0,"property":"a","operator":"like","values":[{"type":2,"value":"x"}]}`: "criteria.objectTypes[0].items.operator",
		`{"type":0,"property":"a","operator":"eq"}`:                                     "criteria.objectTypes[0].items.values",
		`{"type":0,"property":"a","operator":"eq","values":[{"type":2}]}`:               "criteria.objectTypes[0].items.values[0].value",
		`{"type":0,"property":"a","operator":"eq","values":[{"value":"x"}]}`:            "criteria.objectTypes[0].items.values[0].type",
		`{"type":1,"logicalOperator":3,"items":[]}`:                                     "criteria.objectTypes[0].items.logicalOperator",
		strings.Repeat(`{"type":1,"items":[`, 60) + strings.Repeat(`]}`, 60):            "criteria.objectTypes[0].items" + strings.Repeat(".items[0]", 51),
	} {
		answer := s.refused(http.StatusBadRequest, http.MethodPost, objects+"/search", `{"criteria":{"objectTypes":[{"items":`+items+`}]}}`)
		if !strings.Contains(answer, `"`+path+`":[`) {
			t.Errorf("%s: %s", items, answer)
		}
	}
	s.refused(http.StatusBadRequest, http.MethodPost, objects+"/search", `{"sizeLimit":-1}`)
	s.refused(http.StatusBadRequest, http.MethodPost, objects+"/search", `{"baseObject":"wkobj:BusinessUnitsContainer"}`)
	s.refused(http.StatusBadRequest, http.MethodPost, objects+"/search", `{"baseObject":"S-1-5-32"}`)
	s.refused(http.StatusNotFound, http.MethodPost, objects+"/search", `{"baseObject":"OU=Nowhere,DC=example,DC=com"}`)
}

func TestOneLevelAndLimits(t *testing.T) {
	s := newSite(t, simulator.Options{})
	staff := people(s)
	if got := found(s.search(`{"baseObject":"` + staff + `","oneLevel":true}`)); got != "Anna Ben Everybody Inner" {
		t.Errorf("one level: %s", got)
	}
	guid := s.get(staff, "").GUID
	if got := s.search(`{"baseObject":"` + guid + `","sizeLimit":2}`); len(got) != 2 {
		t.Errorf("at most two: %q", got)
	}
	if got := s.search(`{"baseObject":"CN=Anna,` + staff + `"}`); len(got) != 0 {
		t.Errorf("below a user: %q", got)
	}
	if got := s.search(`{"scope":"TotpEnrolledAccounts"}`); len(got) != 0 {
		t.Errorf("enrolled: %q", got)
	}
	all := s.search(`{"sizeLimit":0}`)
	if len(all) < 70 || !slices.Contains(all, john) || !slices.Contains(all, "DC=example,DC=com") {
		t.Errorf("everything: %d objects", len(all))
	}
	status, answer := s.do(http.MethodPost, objects+"/search", `{"baseObject":"`+staff+`","sizeLimit":1,"select":{"properties":"description","thumbnailPhoto":"Normal"}}`)
	if status != http.StatusOK || !strings.HasPrefix(answer, `[{`) || !strings.HasSuffix(answer, `"properties":{}}]`) {
		t.Errorf("the answer is a bare array: %s", answer)
	}
}

func TestTheSearchCapOfOldServers(t *testing.T) {
	s := newSite(t, simulator.Options{Adaxes: adaxes.Options{SearchCap: 3, Before2023: true}})
	staff := people(s)
	old := func(pairs ...string) []string {
		t.Helper()
		status, answer := s.do(http.MethodGet, query(objects+"/search", append(pairs, "baseObject", staff)...), "")
		return s.names(status, answer)
	}
	if got := old("sizeLimit", "4"); len(got) != 3 {
		t.Errorf("the cap of 3 gives %q", got)
	}
	s.refused(http.StatusMethodNotAllowed, http.MethodPost, objects+"/search", `{}`)
	for filter, want := range map[string]string{
		"(department=sales)":                                "Anna Carl",
		"(&(objectClass=user)(!(objectClass=computer)))":    "Anna Ben",
		"(|(name=Ben)(name=desk))":                          "Ben Desk",
		"(title=H*of*s)":                                    "Anna",
		"(title=*)":                                         "Anna Ben",
		"(userAccountControl:1.2.840.113556.1.4.803:=2)":    "Ben",
		"(userAccountControl:1.2.840.113556.1.4.804:=4098)": "Ben Desk",
		"(userAccountControl>=514)":                         "Ben Desk",
		`(name=\41nna)`:                                     "Anna",
		"LockedOutAccounts":                                 "",
		"TotpEnrolledAccounts":                              "",
	} {
		if got := found(old("filter", filter)); got != want {
			t.Errorf("%s finds %q, want %q", filter, got, want)
		}
	}
	for _, filter := range []string{"x", "(", "()", "(a)", "(&(a=b)", "(a=b))", `(a=\4)`, "(a:1.2.3:=4)", "(=x)", strings.Repeat("(!", 80)} {
		s.refused(http.StatusBadRequest, http.MethodGet, query(objects+"/search", "filter", filter), "")
	}
	if err := s.directory.Modify("CN=Anna,OU=Staff,DC=example,DC=com", map[string][]string{"lockoutTime": {"134082054000000000"}}); err != nil {
		t.Fatal(err)
	}
	policy := s.directory.Policy()
	policy.LockoutDuration = 0
	s.directory.SetPolicy(policy)
	if got := found(old("filter", "lockedoutaccounts", "oneLevel", "true")); got != "Anna" {
		t.Errorf("locked out: %q", got)
	}
}

func TestFurtherDomainsAreListedAndRead(t *testing.T) {
	s := newSite(t, simulator.Options{Adaxes: adaxes.Options{OtherDomains: []string{"branch.example.net"}}})
	domains := s.search(`{"criteria":{"objectTypes":[{"type":"domainDNS","items":{}}]}}`)
	if want := []string{"DC=branch,DC=example,DC=net", "DC=example,DC=com"}; !slices.Equal(domains, want) {
		t.Fatalf("domains: %q", domains)
	}
	branch := s.get(domains[0], "name,msDS-PrincipalName")
	if branch.DomainName != "branch.example.net" || branch.ObjectType != "domainDNS" || branch.Properties["msDS-PrincipalName"][0] != `BRANCH\` {
		t.Errorf("%+v", branch)
	}
	if got := s.search(`{"baseObject":"` + branch.GUID + `","oneLevel":true}`); !slices.Contains(got, "CN=Users,DC=branch,DC=example,DC=net") {
		t.Errorf("what is in it: %q", got)
	}
	s.refused(http.StatusNotFound, http.MethodPatch, objects, set("CN=Users,DC=branch,DC=example,DC=net", "description", "3", `["x"]`, ""))
}
