package synology

import (
	"encoding/json"
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"dirdesk/models"
)

// parseObject reads one object as a page does, of which all is valid JSON.
func parseObject(body []byte) (models.Object, error) {
	if !json.Valid(body) {
		return models.Object{}, errors.New("no JSON")
	}
	o, ok := decodeObject(body)
	if !ok {
		return o, errors.New("no object")
	}
	return o, nil
}

func TestObjectWithEveryMember(t *testing.T) {
	got, err := parseObject([]byte(`{"dn":"CN=jdoe,CN=Users,DC=x","name":"john","objectCategory":"person",
		"sAMAccountName":"jdoe","displayName":"John Doe","mail":"j@x","description":"d","telephoneNumber":"555",
		"physicalDeliveryOfficeName":"B1","disabled":false,"locked":true,"passwordExpired":true,
		"accountExpiryTime":910692730085,"primaryGroupToken":513,"deletable":true,"movable":false,"renamable":true,
		"showInAdvancedViewOnly":false,"groupType":-2147483646}`))
	if err != nil {
		t.Fatal(err)
	}
	want := models.Object{
		DN: "CN=jdoe,CN=Users,DC=x", Name: "john", Category: models.Person, SAMAccountName: "jdoe",
		DisplayName: "John Doe", Mail: "j@x", Description: "d", TelephoneNumber: "555", Office: "B1",
		Disabled: models.No, Locked: models.Yes, PasswordExpired: models.Yes, AccountExpiry: models.Never(),
		PrimaryGroupToken: 513, Deletable: models.Yes, Movable: models.No, Renamable: models.Yes, AdvancedOnly: models.No,
		Extra: map[string]json.RawMessage{"groupType": json.RawMessage("-2147483646")},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestObjectMembersAreOptional(t *testing.T) {
	for _, body := range []string{
		`{"dn":"CN=a\\, b,DC=x"}`,
		`{"dn":"CN=a\\, b,DC=x","name":null,"disabled":null,"accountExpiryTime":null,"primaryGroupToken":null,"mail":null}`,
		`{"dn":"CN=a\\, b,DC=x","name":"","disabled":"","accountExpiryTime":""}`,
	} {
		got, err := parseObject([]byte(body))
		want := models.Object{DN: `CN=a\, b,DC=x`, Name: "a, b"}
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %+v, %v", body, got, err)
		}
	}
}

func TestObjectMembersOfOtherTypes(t *testing.T) {
	expiry := models.ExpiryAt(time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC))
	for _, test := range []struct {
		member string
		is     func(models.Object) bool
	}{
		{`"disabled":1`, func(o models.Object) bool { return o.Disabled == models.Yes }},
		{`"disabled":0`, func(o models.Object) bool { return o.Disabled == models.No }},
		{`"disabled":"true"`, func(o models.Object) bool { return o.Disabled == models.Yes }},
		{`"locked":"No"`, func(o models.Object) bool { return o.Locked == models.No }},
		{`"accountExpiryTime":"910692730085"`, func(o models.Object) bool { return o.AccountExpiry.IsNever() }},
		{`"accountExpiryTime":9.10692730085e11`, func(o models.Object) bool { return o.AccountExpiry.IsNever() }},
		{`"accountExpiryTime":1893553445`, func(o models.Object) bool { return o.AccountExpiry == expiry }},
		{`"accountExpiryTime":"1893553445"`, func(o models.Object) bool { return o.AccountExpiry == expiry }},
		{`"accountExpiryTime":9223372036854775807`, func(o models.Object) bool { return o.AccountExpiry.IsNever() }},
		{`"accountExpiryTime":-11644473600`, func(o models.Object) bool { return o.AccountExpiry.IsNever() }},
		{`"accountExpiryTime":0`, func(o models.Object) bool { return o.AccountExpiry.IsNever() }},
		{`"name":12345678`, func(o models.Object) bool { return o.Name == "12345678" }},
		{`"sAMAccountName":true`, func(o models.Object) bool { return o.SAMAccountName == "true" }},
		{`"primaryGroupToken":"513"`, func(o models.Object) bool { return o.PrimaryGroupToken == 513 }},
	} {
		o, err := parseObject([]byte(`{"dn":"CN=a",` + test.member + `}`))
		if err != nil || !test.is(o) || o.Extra != nil {
			t.Errorf("%s: %+v, %v", test.member, o, err)
		}
	}
}

// What cannot be read is neither lost nor an error.
func TestOddMembersAreKept(t *testing.T) {
	body := `{"dn":"CN=a","name":["x"],"disabled":"perhaps","accountExpiryTime":"soon","primaryGroupToken":1e18,` +
		`"mail":{"a":1},"newThing":[1,2],"dN":"other"}`
	o, err := parseObject([]byte(body))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"accountExpiryTime", "dN", "disabled", "mail", "name", "newThing", "primaryGroupToken"}
	if got := slices.Sorted(maps.Keys(o.Extra)); !slices.Equal(got, want) {
		t.Errorf("kept %v, want %v", got, want)
	}
	if string(o.Extra["mail"]) != `{"a":1}` || o.Name != "a" || o.Disabled.Known() || o.AccountExpiry.Known() {
		t.Errorf("got %+v", o)
	}
}

func TestInfoShapes(t *testing.T) {
	info, err := decodeInfo([]byte(`{"data":{"domainBasicInfo":{"realm":"MY.DOMAIN.COM","workgroup":"MY"},
		"domainControllers":[{"cn":"AD","dn":"CN=AD,OU=Domain Controllers,DC=my,DC=domain,DC=com","dnshostname":"AD.MY.DOMAIN.COM","roles":["pdc","rid"]}]},"status":"running"}`))
	if err != nil {
		t.Fatal(err)
	}
	want := models.DirectoryInfo{
		Realm: "MY.DOMAIN.COM", Workgroup: "MY", BaseDN: "DC=my,DC=domain,DC=com", Status: "running",
		Controllers: []models.DomainController{{
			Name: "AD", DN: "CN=AD,OU=Domain Controllers,DC=my,DC=domain,DC=com", HostName: "AD.MY.DOMAIN.COM", Roles: []string{"pdc", "rid"},
		}},
	}
	if !reflect.DeepEqual(info, want) {
		t.Errorf("got  %+v\nwant %+v", info, want)
	}
	for realm, base := range map[string]models.DN{"MY.DOMAIN.COM": "DC=MY,DC=DOMAIN,DC=COM", "x": "DC=x"} {
		info, err := decodeInfo([]byte(`{"data":{"domainBasicInfo":{"realm":"` + realm + `"}}}`))
		if err != nil || info.BaseDN != base {
			t.Errorf("%s: base %q, %v; want %q", realm, info.BaseDN, err, base)
		}
	}
}

func TestTaskShapes(t *testing.T) {
	client := &Backend{unopened(t)}
	for _, test := range []struct {
		data     string
		finished bool
		total    int
		failed   []bool // for each object
	}{
		{`{"data":[{"dn":"CN=a","status":{}}],"finished":true,"total":1}`, true, 1, []bool{false}},
		{`{"data":[],"finished":false,"total":3}`, false, 3, nil},
		{`{"finished":0}`, false, models.UnknownTotal, nil},
		{`{"data":[{"dn":"CN=a"},{"dn":"CN=b","status":null},{"dn":"CN=c","status":""}],"finished":"true","total":"3"}`, true, 3, []bool{false, false, false}},
		{`{"data":[{"dn":"CN=a","status":{"code":0,"msg":"fine"}},{"dn":"CN=b","status":{"code":10237,"msg":"ldb delete"}}],"finished":true,"total":2}`, true, 2, []bool{false, true}},
		{`{"data":[{"dn":"CN=a","status":{"why":"odd"}},{"dn":"CN=b","status":"failed"},{"dn":"CN=c","status":66},{"dn":"CN=d","status":[1]}],"finished":true,"total":4}`, true, 4, []bool{true, true, true, true}},
	} {
		got, err := client.decodeTask([]byte(test.data))
		var failed []bool
		for _, object := range got.objects {
			failed = append(failed, object.err != nil)
		}
		if err != nil || got.finished != test.finished || got.total != test.total || !slices.Equal(failed, test.failed) {
			t.Errorf("%s: %+v, %v", test.data, got, err)
		}
	}
}

// Of a list that is longer than what was asked for, no more is decoded; a value that
// no directory has is cut, and says so.
func TestNoMoreIsDecodedThanWasAskedFor(t *testing.T) {
	rows := `{"total":3,"data":[` + strings.Repeat("{},", 1<<20) + `{}]}`
	if page, err := decodePage([]byte(rows), 5); err != nil || len(page.Objects) != 5 {
		t.Errorf("%d objects, %v", len(page.Objects), err)
	}
	long := strings.Repeat("x", 1<<20)
	page, err := decodePage([]byte(`{"data":[{"name":"`+long+`","odd":"`+long+`"}]}`), 5)
	if err != nil || !strings.HasSuffix(page.Objects[0].Name, "[cut: it has 1,049 kB]") || len(page.Objects[0].Extra["odd"]) > 10<<10 {
		t.Errorf("%.50q, %v", page.Objects[0].Name, err)
	}
}
