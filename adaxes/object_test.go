package adaxes

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"dirdesk/models"
)

func objectFrom(t *testing.T, raw string) models.Object {
	t.Helper()
	e, ok := parseEntry([]byte(raw))
	if !ok {
		t.Fatalf("no object: %s", raw)
	}
	return objectOf(e, time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC))
}

// The sample of the documents, and what stands in it.
func TestObjectOfTheSample(t *testing.T) {
	o := objectFrom(t, `{"accountStatus":{"isDisabled":false,"isLocked":true,"expirationDate":null},
	 "passwordStatus":{"whenChanged":"2020-07-14T16:27:49.5590448Z","expirationStatus":0,"expirationDate":"2020-08-09T16:27:49.5590448Z"},
	 "guid":"7A4267CE-d354-44e7-8bd6-c681f1284a41","dn":"CN=John Smith,CN=Users,DC=example,DC=com",
	 "displayName":"John Smith","objectType":"user","objectTypeCode":2,"domainName":"example.com","directoryType":1,
	 "properties":{"department":["Marketing"],"TITLE":["Marketing analyst"],"sAMAccountName":["jsmith"],"memberOf":["CN=a,DC=x","CN=b,DC=x"],
	  "userAccountControl":[66112],"lockoutTime":["2020-07-14T16:27:49Z"],"objectSid":["AQUAAAAAAAUVAAAAAQAAAAIAAAADAAAAUQQAAA=="]}}`)
	if o.DN != "CN=John Smith,CN=Users,DC=example,DC=com" || o.Name != "John Smith" || o.Category != models.Person || o.SAMAccountName != "jsmith" {
		t.Errorf("%+v", o)
	}
	if o.Disabled != models.No || o.Locked != models.Yes || !o.AccountExpiry.IsNever() {
		t.Errorf("disabled %v, locked %v, expires %v", o.Disabled, o.Locked, o.AccountExpiry)
	}
	a := o.Account
	if a.GUID != "7a4267ce-d354-44e7-8bd6-c681f1284a41" || a.SID != "S-1-5-21-1-2-3-1105" || len(a.MemberOf) != 2 ||
		a.PasswordSet.Year() != 2020 || a.PasswordNeverExpires != models.Yes || a.CannotChangePassword != models.Yes || a.LockedSince.IsZero() {
		t.Errorf("%+v", a)
	}
	// The flag outweighs the date: the directory asks for nothing.
	if !a.PasswordExpires.IsNever() || o.PasswordExpired != models.No {
		t.Errorf("password expires %v, expired %v", a.PasswordExpires, o.PasswordExpired)
	}
}

// What a server does not tell stays unknown.
func TestObjectOfLittle(t *testing.T) {
	o := objectFrom(t, `{"dn":"CN=x,DC=y","guid":null,"objectType":"printQueue","properties":null}`)
	want := models.Object{DN: "CN=x,DC=y", Name: "x", Category: "printQueue", Account: &models.Account{Members: -1}}
	if !reflect.DeepEqual(o, want) {
		t.Errorf("%+v %+v", o, o.Account)
	}
	o = objectFrom(t, `{"dn":"CN=x,DC=y","objectType":"user","properties":{}}`)
	if o.Disabled.Known() || o.Locked.Known() || o.AccountExpiry.Known() || o.PasswordExpired.Known() || o.Account.MustChangePassword.Known() {
		t.Errorf("made up: %+v %+v", o, o.Account)
	}
}

func TestAccountStates(t *testing.T) {
	for _, c := range []struct {
		name, status, password, properties string
		holds                              func(models.Object) bool
	}{
		{"bits alone", "", "", `"userAccountControl":["514"]`, func(o models.Object) bool {
			return o.Disabled == models.Yes && o.Locked == models.Unknown && !o.AccountExpiry.Known()
		}},
		{"the reckoning wins over the bits", `"isDisabled":"true"`, "", `"userAccountControl":[512]`, func(o models.Object) bool { return o.Disabled == models.Yes }},
		{"expires", `"expirationDate":"2027-05-31T00:00:00Z"`, "", "", func(o models.Object) bool { return o.AccountExpiry.String() == "2027-05-31T00:00:00Z" }},
		{"never, in words", `"expirationDate":"Never"`, "", "", func(o models.Object) bool { return o.AccountExpiry.IsNever() }},
		{"expiry not told", `"isLocked":false`, "", "", func(o models.Object) bool { return !o.AccountExpiry.Known() && o.Locked == models.No }},
		{"password expired", "", `"expirationStatus":0,"expirationDate":"2026-01-01T00:00:00Z"`, "", func(o models.Object) bool { return o.PasswordExpired == models.Yes }},
		{"password good", "", `"expirationStatus":0,"expirationDate":"2027-01-01T00:00:00Z"`, "", func(o models.Object) bool { return o.PasswordExpired == models.No }},
		{"password never expires", "", `"expirationStatus":1,"expirationDate":null`, "", func(o models.Object) bool { return o.Account.PasswordExpires.IsNever() }},
		{"must change, as a number", "", "", `"pwdLastSet":[0],"userAccountControl":[512]`, func(o models.Object) bool {
			return o.Account.MustChangePassword == models.Yes && o.PasswordExpired == models.Yes
		}},
		{"must change, in words", "", "", `"pwdLastSet":["Never"],"userAccountControl":[512]`, func(o models.Object) bool { return o.Account.MustChangePassword == models.Yes }},
		{"never set, never expires", "", "", `"pwdLastSet":[0],"userAccountControl":[66048]`, func(o models.Object) bool { return o.Account.MustChangePassword == models.No }},
		{"set, as FILETIME", "", "", `"pwdLastSet":["132392176695590448"],"userAccountControl":[512]`, func(o models.Object) bool {
			return o.Account.PasswordSet.Equal(time.Date(2020, 7, 14, 16, 27, 49, 559044800, time.UTC)) && o.Account.MustChangePassword == models.No
		}},
		{"not told", "", "", "", func(o models.Object) bool {
			return !o.Account.MustChangePassword.Known() && !o.PasswordExpired.Known() && !o.Account.PasswordNeverExpires.Known()
		}},
	} {
		o := objectFrom(t, `{"dn":"CN=x,DC=y","objectType":"user","accountStatus":{`+c.status+`},"passwordStatus":{`+c.password+`},"properties":{`+c.properties+`}}`)
		if !c.holds(o) {
			t.Errorf("%s: %+v %+v", c.name, o, o.Account)
		}
	}
}

func TestGroupAndSystemParts(t *testing.T) {
	o := objectFrom(t, `{"dn":"CN=g,DC=y","objectType":"GROUP","properties":{"groupType":[-2147483646],"objectSid":["S-1-5-21-1-2-3-512"],
	 "systemFlags":["-1946157056"],"isCriticalSystemObject":[true],"showInAdvancedViewOnly":["TRUE"]}}`)
	if o.Category != models.Group || o.PrimaryGroupToken != 512 || o.Account.GroupType != -2147483646 {
		t.Errorf("%+v %+v", o, o.Account)
	}
	if o.Deletable != models.No || o.Movable != models.No || o.Renamable != models.No || o.AdvancedOnly != models.Yes {
		t.Errorf("deletable %v, movable %v, renamable %v, advanced %v", o.Deletable, o.Movable, o.Renamable, o.AdvancedOnly)
	}
}

func TestMoments(t *testing.T) {
	for text, want := range map[string]string{
		"":                             "not told",
		"soon":                         "not told",
		"Never":                        "zero",
		"never":                        "zero",
		"0":                            "zero",
		"-1":                           "zero",
		"9223372036854775807":          "zero",
		"1601-01-01T00:00:00Z":         "zero",
		"2027-05-31T00:00:00Z":         "2027-05-31T00:00:00Z",
		"2027-05-31T02:00:00+02:00":    "2027-05-31T00:00:00Z",
		"2027-05-31T00:00:00":          "2027-05-31T00:00:00Z",
		"2022-12-26T05:25:20.1767895Z": "2022-12-26T05:25:20.1767895Z",
		"133244151201767895":           "2023-03-27T18:25:20.1767895Z",
	} {
		got := "not told"
		if at, told := momentOf(text); told {
			got = "zero"
			if !at.IsZero() {
				got = at.Format(time.RFC3339Nano)
			}
		}
		if got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

// Who has the text as the logon name comes first, and nobody twice.
func TestFind(t *testing.T) {
	server := newCanned(t)
	b := server.open()
	hit := func(name, class string) string {
		return `{"dn":"CN=` + name + `,DC=x","guid":"` + name + `","objectType":"` + class + `","properties":{"name":["` + name + `"]}}`
	}
	server.answer(wireSearch, "["+hit("zoe", "user")+"]", "["+hit("Zoe's team", "group")+","+hit("zoe", "user")+","+hit("Anna Zoe", "user")+","+hit("PC-ZOE", "computer")+"]")
	found, _, err := b.Find(t.Context(), findRequest(" zoe ", []models.Category{models.Person, models.Group}, 0))
	var names []string
	for _, o := range found {
		names = append(names, o.Name)
	}
	if want := []string{"zoe", "Zoe's team", "Anna Zoe"}; err != nil || !slices.Equal(names, want) {
		t.Errorf("found %q, want %q, %v", names, want, err)
	}
	searches := server.seen(wireSearch)[1:]
	if len(searches) != 2 || !strings.Contains(searches[0].body, `"operator":"eq"`) || !strings.Contains(searches[1].body, `"operator":"contains"`) ||
		!strings.Contains(searches[1].body, `"baseObject":"DC=example,DC=test"`) || strings.Contains(searches[1].body, "oneLevel") {
		t.Errorf("searched by %+v", searches)
	}
	if _, _, err := b.Find(t.Context(), findRequest("  ", nil, 0)); !errors.Is(err, models.ErrInvalid) {
		t.Errorf("nothing to search for: %v", err)
	}
	server.answer(wireSearch, "["+hit("a", "user")+"]", "["+hit("b", "user")+","+hit("c", "user")+"]")
	if found, _, err := b.Find(t.Context(), findRequest("x", nil, 2)); err != nil || len(found) != 3 {
		t.Errorf("%d of which the desk takes the best 2, %v", len(found), err)
	}
}

func TestOldFilters(t *testing.T) {
	for _, c := range []struct {
		criteria *criteria
		want     string
	}{
		{ofTypes([]string{"user"}, nil), "(&(objectClass=user)(!(objectClass=computer)))"},
		{ofTypes([]string{"group", "computer"}, nil), "(|(objectClass=group)(objectClass=computer))"},
		{ofTypes(nil, allOf(textIs("name", opStartsWith, `a(*\`))), `(&(name=a\28\2a\5c*))`},
		{ofTypes(nil, allOf(textIs("name", opStartsWith, "a"), textIs("name", opStartsNotBy, "ab"))), "(&(name=a*)(!(name=ab*)))"},
		{ofTypes([]string{"group"}, anyOf(textIs("name", opContains, "x"), textIs("mail", opEquals, "x"))), "(&(objectClass=group)(|(name=*x*)(mail=x)))"},
		{ofTypes(nil, allOf(nameIs("memberOf", "CN=a,DC=b"))), "(&(memberOf=CN=a,DC=b))"},
	} {
		if got := c.criteria.filter(); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
}

// findRequest is a search as the desk asks for it, without its judgement.
func findRequest(text string, categories []models.Category, limit int) models.FindRequest {
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return models.FindRequest{Text: text, Words: words, Folded: words, Categories: categories, Limit: limit}
}
