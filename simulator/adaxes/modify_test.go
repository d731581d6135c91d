package adaxes_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/simulator/adaxes"
)

// set is the body that changes one property.
func set(dn, name, kind, values, more string) string {
	return fmt.Sprintf(`{"directoryObject":%q,"properties":[{"propertyName":%q,"propertyType":%s,"values":%s%s}]}`, dn, name, kind, values, more)
}

func TestEveryTypeOfProperty(t *testing.T) {
	s := newSite(t, simulator.Options{})
	hours := base64.StdEncoding.EncodeToString(append(make([]byte, 20), 0xff))
	for _, c := range []struct{ name, kind, values, stored, shown string }{
		{"assistant", `"DnString"`, `["` + strings.ToLower(richard) + `"]`, richard, `["` + richard + `"]`},
		{"loginShell", `"CaseExactString"`, `["/bin/Sh"]`, "/bin/Sh", `["/bin/Sh"]`},
		{"title", `3`, `["Chef \"d'équipe\""]`, `Chef "d'équipe"`, `["Chef \"d'équipe\""]`},
		{"serialNumber", `"PrintableString"`, `["A-1 (x)"]`, "A-1 (x)", `["A-1 (x)"]`},
		{"x121Address", `"numericstring"`, `["012 3"]`, "012 3", `["012 3"]`},
		{"msExchHideFromAddressLists", `"Boolean"`, `[true]`, "TRUE", `[true]`},
		{"uidNumber", `7`, `[-40]`, "-40", `[-40]`},
		{"thumbnailPhoto", `"OctetString"`, `["/9j/"]`, "/9j/", `["/9j/"]`},
		{"maxStorage", `"LargeInteger"`, `[12]`, "12", `[12]`},
		{"maxStorage", `"LargeInteger"`, `["9007199254740993"]`, "9007199254740993", `["9007199254740993"]`},
		{"accountExpires", `"Timestamp"`, `["2027-05-31T00:00:00Z"]`, "134561952000000000", `["2027-05-31T00:00:00Z"]`},
		{"accountExpires", `14`, `["Never"]`, "9223372036854775807", `["Never"]`},
		{"accountExpires", `10`, `[0]`, "0", `["Never"]`},
		{"logonHours", `"LogonHours"`, `["` + hours + `"]`, hours, `["` + hours + `"]`},
	} {
		s.succeeds(http.MethodPatch, objects, set(john, c.name, c.kind, c.values, ""))
		s.holds(john, c.name, c.stored)
		_, answer := s.do(http.MethodGet, query(objects, "directoryObject", john, "properties", c.name), "")
		if want := `"properties":{"` + c.name + `":` + c.shown + `}}`; !strings.HasSuffix(answer, want) {
			t.Errorf("%s is shown as %s, want %s", c.name, answer, want)
		}
	}
	s.succeeds(http.MethodPatch, objects, set(john, "accountExpires", "14", `[]`, ""))
	s.holds(john, "accountExpires", "9223372036854775807")
}

func TestWhatIsNotUnderstoodIsABadRequestWithItsPath(t *testing.T) {
	s := newSite(t, simulator.Options{})
	one := func(kind, values, more string) string { return set(john, "title", kind, values, more) }
	for body, path := range map[string]string{
		one(`"Text"`, `["x"]`, ""):                                 "properties[0].propertyType",
		set(john, "accountDisabled", `"String"`, `["true"]`, ""):   "properties[0].propertyName",
		set(john, "userAccountControl", `"String"`, `["yes"]`, ""): "properties[0].values[0]",
		one(`11`, `["x"]`, ""):                                     "properties[0].propertyType",
		one(`[]`, `["x"]`, ""):                                     "properties[0].propertyType",
		one(`3`, `["x",null]`, ""):                                 "properties[0].values[1]",
		one(`3`, `"x"`, ""):                                        "properties[0].values",
		one(`6`, `["TRUE"]`, ""):                                   "properties[0].values[0]",
		one(`7`, `[1.5]`, ""):                                      "properties[0].values[0]",
		one(`7`, `[4294967295]`, ""):                               "properties[0].values[0]",
		one(`8`, `["?"]`, ""):                                      "properties[0].values[0]",
		one(`9`, `["tomorrow"]`, ""):                               "properties[0].values[0]",
		one(`10`, `["x"]`, ""):                                     "properties[0].values[0]",
		one(`14`, `["never"]`, ""):                                 "properties[0].values[0]",
		one(`3`, `["x"]`, `,"operation":3`):                        "properties[0].operation",
		one(`3`, `["x"]`, `,"mask":1`):                             "properties[0].mask",
		one(`7`, `[1]`, `,"mask":2147549186`):                      "properties[0].mask",
		one(`7`, `[1,2]`, `,"mask":1`):                             "properties[0].values",
		`{"properties":[]}`:                                        "directoryObject",
		`{"directoryObject":5}`:                                    "directoryObject",
		`{"directoryObject":"` + john + `","properties":{}}`:       "properties",
		`{"directoryObject":"` + john + `","properties":[{"propertyType":3,"values":[]}]}`:                            "properties[0].propertyName",
		`{"directoryObject":"` + john + `","properties":[{"propertyName":"title","propertyType":3}]}`:                 "properties[0].values",
		`{"directoryObject":"` + john + `","photo":null}`:                                                             "photo",
		`{"directoryObject":"` + john + `","photo":"?"}`:                                                              "photo",
		`{"directoryObject":"` + myGroup + `","photo":"/9j/"}`:                                                        "photo",
		`{"directoryObject":"` + myGroup + `","o365":{}}`:                                                             "o365",
		`{"directoryObject":"` + john + `","m365":{"licenseModifications":[{"skuPartNumber":"X","assigned":"yes"}]}}`: "m365.licenseModifications[0].assigned",
		`[]`:     "",
		`{"a":1`: "",
		`null`:   "",
	} {
		answer := s.refused(http.StatusBadRequest, http.MethodPatch, objects, body)
		if !strings.Contains(answer, `"code":"badRequest","modelState":{`) || !strings.Contains(answer, `"`+path+`":[`) {
			t.Errorf("%s\nis answered %s, want the path %s", body, answer, path)
		}
	}
	s.holds(john, "title", "Marketing analyst")
}

func TestWhatTheDirectoryRefusesIsAFailedOperation(t *testing.T) {
	s := newSite(t, simulator.Options{})
	before := s.get(john, "title,telephoneNumber,userAccountControl")
	for body, words := range map[string]string{
		set(john, "shoeSize", "3", `["44"]`, ""):                                                                        "not in the schema",
		set(john, "title", "7", `[44]`, ""):                                                                             "of the type CaseIgnoreString",
		set(john, "title", "3", `["a","b"]`, ""):                                                                        "one value only",
		set(john, "title", "3", `["a"]`, `,"operation":"Delete"`):                                                       "one value only",
		set(john, "initials", "3", `["1234567"]`, ""):                                                                   "constraint violation",
		set(john, "objectSid", "3", `["S-1-5-21-1"]`, ""):                                                               "unwilling",
		set(john, "member", "1", `["`+richard+`"]`, ""):                                                                 "constraint violation",
		set(john, "manager", "1", `["CN=Nobody,`+users+`"]`, ""):                                                        "constraint violation",
		set(john, "name", "3", `["Richard Roberts"]`, ""):                                                               "already exists",
		set(john, "name", "3", `[]`, ""):                                                                                "cannot be empty",
		set(john, "sAMAccountName", "3", `["RICHARD.ROBERTS"]`, ""):                                                     "already exists",
		set(myGroup, "groupType", "7", `[4]`, `,"mask":14`):                                                             "unwilling",
		set(myGroup, "groupType", "7", `[0]`, `,"mask":14`):                                                             "unwilling",
		set(john, "unicodePwd", "3", `["weak"]`, ""):                                                                    "password policy",
		set("CN=Users,DC=example,DC=com", "name", "3", `["People"]`, ""):                                                "unwilling",
		`{"directoryObject":"` + john + `","o365":{"licenseModifications":[{"skuPartNumber":"NOPE","assigned":true}]}}`: "NOPE",
		`{"directoryObject":"` + john + `","properties":[{"propertyName":"title","propertyType":3,"values":["Boss"]}],"o365":{"licenseModifications":[{"skuPartNumber":"NOPE","assigned":true}]}}`: "NOPE",
		`{"directoryObject":"` + john + `","properties":[{"propertyName":"title","propertyType":3,"values":["Boss"]},{"propertyName":"initials","propertyType":3,"values":["1234567"]}]}`:          "constraint",
	} {
		if got := s.fails(http.MethodPatch, objects, body); !strings.Contains(got, words) {
			t.Errorf("%s\nfails with %q, want %q", body, got, words)
		}
	}
	if after := s.get(john, "title,telephoneNumber,userAccountControl"); fmt.Sprint(after.Properties) != fmt.Sprint(before.Properties) {
		t.Errorf("from %v to %v", before.Properties, after.Properties)
	}
	s.refused(http.StatusNotFound, http.MethodPatch, objects, set("CN=Nobody,"+users, "title", "3", `["x"]`, ""))
}

func TestNamesOfMembersAndPropertiesMatchInAnyCase(t *testing.T) {
	s := newSite(t, simulator.Options{})
	s.succeeds(http.MethodPatch, "/API/directoryobjects", `{"DirectoryObject":"`+john+`","PROPERTIES":[{"PropertyName":"TITLE","propertytype":"caseignorestring","VALUES":["Boss"],"Operation":"REPLACE"}]}`)
	s.holds(john, "title", "Boss")
	_, answer := s.do(http.MethodGet, query(objects, "directoryobject", strings.ToUpper(john), "PROPERTIES", "TITLE,managedby,nothing"), "")
	if !strings.HasSuffix(answer, `"properties":{"TITLE":["Boss"]}}`) || !strings.Contains(answer, `"dn":"`+john+`"`) {
		t.Errorf("%s", answer)
	}
}

func TestAnObjectIsNamedByDNGUIDOrSID(t *testing.T) {
	s := newSite(t, simulator.Options{})
	o, err := s.directory.Get(john)
	if err != nil {
		t.Fatal(err)
	}
	for i, id := range []string{john, o.Account.GUID, o.Account.SID} {
		title := fmt.Sprint("Title ", i)
		s.succeeds(http.MethodPatch, objects, set(id, "title", "3", `["`+title+`"]`, ""))
		s.holds(john, "title", title)
		if got := s.get(id, ""); got.DN != john || got.GUID != o.Account.GUID {
			t.Errorf("%s is %+v", id, got)
		}
	}
	for _, id := range []string{"john.smith", "{" + o.Account.GUID + "}", o.Account.SID + "0"} {
		s.refused(http.StatusNotFound, http.MethodGet, query(objects, "directoryObject", id), "")
	}
}

func TestWithoutAMaskTheWholeSetIsReplacedButForTheKindOfAccount(t *testing.T) {
	s := newSite(t, simulator.Options{})
	if !s.mustChange(john) {
		t.Fatal("John Smith has to change his password to begin with")
	}
	for _, c := range []struct {
		value, want string
		must        bool
	}{
		{"65600", "66112", false},
		{"-2147483648", "512", true},
		{"-2147483646", "514", true},
		{"8388624", "512", false}, // what the server works out is not stored
	} {
		s.succeeds(http.MethodPatch, objects, set(john, "userAccountControl", "7", "["+c.value+"]", ""))
		s.holds(john, "userAccountControl", c.want)
		if got := s.mustChange(john); got != c.must {
			t.Errorf("%s: must change %v", c.value, got)
		}
	}
	s.succeeds(http.MethodPatch, objects, set(john, "userAccountControl", "7", "[-2147483648]", `,"mask":-2147483648`))
	s.holds(john, "userAccountControl", "512")
	if !s.mustChange(john) {
		t.Error("the bit alone does nothing")
	}
	s.succeeds(http.MethodPatch, objects, set(john, "userAccountControl", "7", "[]", `,"mask":-2147483648`))
	if s.mustChange(john) {
		t.Error("no value with a mask is not 0")
	}
}

func (s *site) mustChange(dn models.DN) bool {
	s.t.Helper()
	o, err := s.directory.Get(dn)
	if err != nil {
		s.t.Fatal(err)
	}
	return o.Account.MustChangePassword == models.Yes
}

func TestALenientServerTakesMore(t *testing.T) {
	s := newSite(t, simulator.Options{Adaxes: adaxes.Options{Lenient: true}})
	s.succeeds(http.MethodPatch, objects, set(john, "userAccountControl", "7", `["65536"]`, `,"mask":2147549186`))
	s.holds(john, "userAccountControl", "66048")
	s.succeeds(http.MethodPatch, objects, `{"directoryObject":"`+john+`","photo":"/9j/"}`)
	s.holds(john, "thumbnailPhoto", "/9j/")
	s.succeeds(http.MethodPatch, objects, `{"directoryObject":"`+john+`","photo":null}`)
	s.holds(john, "thumbnailPhoto")
	s.succeeds(http.MethodPatch, objects, `{"directoryObject":"`+myGroup+`","photo":"/9j/"}`)
}

func TestNewerServersTellWhetherAnythingDiffered(t *testing.T) {
	s := newSite(t, simulator.Options{Adaxes: adaxes.Options{NoChanges: true, Member: "m365"}})
	for body, want := range map[string]string{
		set(john, "title", "3", `["Marketing analyst"]`, ""): "true",
		`{"directoryObject":"` + john + `"}`:                 "true",
		set(john, "name", "3", `["John Smith"]`, ""):         "true",
		set(richard, "title", "3", `["Boss"]`, ""):           "false",
		`{"directoryObject":"` + john + `","m365":{"licenseModifications":[{"skuPartNumber":"visioclient","assigned":true},{"skuPartNumber":"VISIOCLIENT","assigned":false}]}}`: "false",
	} {
		if _, answer := s.do(http.MethodPatch, objects, body); !strings.HasSuffix(answer, `"extraInfo":{},"noChanges":`+want+`}`) {
			t.Errorf("%s: %s, want %s", body, answer, want)
		}
	}
	s.refused(http.StatusNotFound, http.MethodGet, query(objects+"/o365Account/properties", "directoryObject", john), "")
	if o := s.get(john, ""); !strings.Contains(string(o.M365), `"skuPartNumber":"ENTERPRISEPACK"`) {
		t.Errorf("a newer server tells the licences with the user: %s", o.M365)
	}
}

func TestLinksFollowARenameOnEitherSide(t *testing.T) {
	s := newSite(t, simulator.Options{})
	s.succeeds(http.MethodPatch, objects, set(john, "manager", "1", `["`+richard+`"]`, ""))
	r := s.succeeds(http.MethodPatch, objects, set(richard, "name", "3", `["Roberts, \"Dick\" #1"]`, ""))
	want := `CN=Roberts\, \"Dick\" \#1,` + users
	if r.ActualObjectDN != want {
		t.Errorf("now %s, want %s", r.ActualObjectDN, want)
	}
	s.holds(john, "manager", want)
	if err := s.directory.Rename(models.DN(john), "John R."); err != nil {
		t.Fatal(err)
	}
	if got := s.get(want, "directReports").Properties["directReports"]; len(got) != 1 || got[0] != "CN=John R.,"+users {
		t.Errorf("reports: %v", got)
	}
}
