package activedirectory

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

// everything is what anna's classes allow: all of the schema.
func everything() []string {
	var names []string
	for _, row := range fakeSchema() {
		names = append(names, row["lDAPDisplayName"][0])
	}
	return names
}

func annaSheet(t *testing.T) map[string][]string {
	t.Helper()
	object := knownAnna(t)
	object["allowedAttributes"] = everything()
	object["allowedAttributesEffective"] = slices.DeleteFunc(everything(), func(name string) bool { return name == "manager" || name == "description" })
	object["cn"], object["name"] = []string{"anna"}, []string{"anna"}
	object["objectSid"] = []string{"\x01\x02\x00\x00\x00\x00\x00\x05\x20\x00\x00\x00\x20\x02\x00\x00"}
	object["objectGUID"] = []string{"\x33\x22\x11\x00\x55\x44\x77\x66\x88\x99\xaa\xbb\xcc\xdd\xee\xff"}
	object["msTSExpireDate"] = []string{"20270531000000.0Z"}
	object["meetingStartTime"] = []string{"270531000000Z", "not a time"}
	object["thumbnailPhoto"] = []string{"\x00\xff"}
	object["directReports"] = []string{"CN=a,DC=x"}
	object["primaryGroupToken"], object["tokenGroups"] = []string{"513"}, []string{"\x01\x01"}
	object["ms-Mcs-AdmPwd"], object["unicodePwd"] = []string{testPassword}, []string{testPassword}
	object[metaData] = []string{"\x01"}
	return object
}

func TestSheet(t *testing.T) {
	f := newKnowing(t, annaSheet(t))
	usual := f.onSearch
	var asked atomic.Pointer[[]string]
	f.onSearch = func(s *session, r searchRequest) bool {
		if r.base == string(annaDN) {
			asked.Store(&r.attributes)
		}
		return usual(s, r)
	}
	sheet, err := f.open().Properties(t.Context(), models.Ref{DN: annaDN})
	if err != nil {
		t.Fatal(err)
	}
	if sheet.DN != annaDN || sheet.Category != models.Person || sheet.Partial != "" {
		t.Errorf("%s is a %s, partial %q", sheet.DN, sheet.Category, sheet.Partial)
	}
	for _, secret := range []string{"unicodePwd", "ms-Mcs-AdmPwd", "*", "+", "tokenGroups"} {
		if slices.Contains(*asked.Load(), secret) {
			t.Errorf("%s was asked for", secret)
		}
	}
	var got []string
	for _, p := range sheet.Properties {
		multi := ""
		if p.Multi == models.Yes {
			multi = " several"
		}
		got = append(got, fmt.Sprintf("%s %s%s %q %s", p.Name, p.Type.Name(), multi, p.Values, p.Fixed))
	}
	want := []string{
		`accountExpires Timestamp ["Never"] `,
		`adminCount Integer [] `,
		`cn CaseIgnoreString ["anna"] rename it instead`,
		`description CaseIgnoreString ["old"] your account may not change it`,
		`directReports DnString several ["CN=a,DC=x"] the server keeps it: change manager of the other object`,
		`groupType Integer ["-2147483646"] `,
		`jpegPhoto OctetString several [] `,
		`logonHours LogonHours [] `,
		`mail CaseIgnoreString ["anna@x"] `,
		`manager DnString [] your account may not change it`,
		`maxStorage LargeInteger [] `,
		`meetingStartTime UtcTime several ["2027-05-31T00:00:00Z" "not a time"] `,
		`member DnString several ["CN=a,DC=x" "CN=b,DC=x"] `,
		`ms-Mcs-AdmPwd PrintableString [] a secret, which is never shown`,
		`msTSExpireDate UtcTime ["2027-05-31T00:00:00Z"] `,
		`name CaseIgnoreString ["anna"] rename it instead`,
		`objectCategory DnString ["CN=Person,CN=Schema,CN=Configuration,DC=example,DC=test"] says what kind of object it is`,
		`objectGUID CaseIgnoreString ["00112233-4455-6677-8899-aabbccddeeff"] kept by the server`,
		`objectSid CaseIgnoreString ["S-1-5-32-544"] kept by the server`,
		`otherTelephone CaseIgnoreString several ["1" "2"] `,
		`primaryGroupToken Integer ["513"] the server works it out`,
		`pwdLastSet Timestamp ["Never"] switch "must change the password" of userAccountControl instead`,
		`sAMAccountName CaseIgnoreString [] `,
		`showInAdvancedViewOnly Boolean ["TRUE"] `,
		`thumbnailPhoto OctetString ["AP8="] `,
		`unicodePwd OctetString [] a password, which is never shown: set the password instead`,
		`userAccountControl Integer ["66050"] `,
		`x121Address NumericString several [] `,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Who cannot change the password has a flag, wherever the directory keeps it.
func TestSheetShowsCannotChangeThePassword(t *testing.T) {
	object := annaSheet(t)
	object[securityDescriptor] = []string{descriptorWith(t, denial(selfSID()), denial(everyoneSID()))}
	sheet, err := newKnowing(t, object).open().Properties(t.Context(), models.Ref{DN: annaDN})
	if err != nil {
		t.Fatal(err)
	}
	if p, _ := sheet.Property("useraccountcontrol"); !slices.Equal(p.Values, []string{"66114"}) {
		t.Errorf("got %q, want 66050 and 64", p.Values)
	}
}

func TestSheetWithoutWhatIsAllowed(t *testing.T) {
	object := annaSheet(t)
	delete(object, "allowedAttributes")
	delete(object, "allowedAttributesEffective")
	sheet, err := newKnowing(t, object).open().Properties(t.Context(), models.Ref{DN: annaDN})
	if err != nil || !strings.Contains(sheet.Partial, "does not say") {
		t.Fatalf("%q, %v", sheet.Partial, err)
	}
	if p, ok := sheet.Property("description"); !ok || p.Fixed != "" || !slices.Equal(p.Values, []string{"old"}) {
		t.Errorf("%+v", p)
	}
}

// A group with very many members is not read to its end, and says so.
func TestSheetIsBounded(t *testing.T) {
	object := annaSheet(t)
	delete(object, "member")
	object["member;range=0-1"] = []string{"CN=1", "CN=2"}
	f := newKnowing(t, object)
	usual := f.onSearch
	var parts atomic.Int32
	f.onSearch = func(s *session, r searchRequest) bool {
		switch {
		case r.base == string(annaDN) && strings.HasPrefix(r.attributes[0], "member;range="):
			at := 2 * parts.Add(1)
			_ = s.entry(r.id, r.base, map[string][]string{fmt.Sprintf("member;range=%d-%d", at, at+1): {"CN=x", "CN=y"}})
			s.done(r.id, 0, "", nil)
			return true
		case r.base == string(annaDN) && slices.Contains(r.attributes, "member"):
			r.attributes = append(r.attributes, "member;range=0-1")
		}
		return usual(s, r)
	}
	b := f.open()
	var sheet models.PropertySheet
	err := b.use(t.Context(), func() bool { return true }, func(c *conn) (err error) {
		sheet, err = b.sheet(t.Context(), c, string(annaDN), 5)
		return err
	})
	p, _ := sheet.Property("member")
	if err != nil || len(p.Values) != 5 || p.Fixed != tooManyWords || parts.Load() != 2 {
		t.Errorf("%d values after %d parts, fixed %q, %v", len(p.Values), parts.Load(), p.Fixed, err)
	}
}

func TestSchemaIsReadOnce(t *testing.T) {
	f := newKnowing(t, annaSheet(t))
	usual := f.onSearch
	var reads atomic.Int32
	f.onSearch = func(s *session, r searchRequest) bool {
		if isSchema(r) {
			reads.Add(1)
		}
		return usual(s, r)
	}
	b := f.open()
	for range 3 {
		if _, err := b.Properties(t.Context(), models.Ref{DN: annaDN}); err != nil {
			t.Fatal(err)
		}
		if p, err := b.Property(t.Context(), "OTHERTELEPHONE", models.Person); err != nil || p.Name != "otherTelephone" || p.Multi != models.Yes {
			t.Fatalf("%+v, %v", p, err)
		}
	}
	if reads.Load() != 1 {
		t.Errorf("read %d times", reads.Load())
	}
}

// Windows ends a search after 1,000 objects, and the schema has more.
func TestSchemaIsReadByPages(t *testing.T) {
	f := newFake(t)
	rows := fakeSchema()
	f.onSearch = func(s *session, r searchRequest) bool {
		if !isSchema(r) {
			return false
		}
		switch {
		case r.paging == nil:
			_ = s.entry(r.id, "CN=x,"+r.base, rows[0])
			s.done(r.id, ldap.LDAPResultSizeLimitExceeded, "", nil)
		case len(r.paging.Cookie) == 0:
			for _, row := range rows[:20] {
				_ = s.entry(r.id, "CN=x,"+r.base, row)
			}
			s.done(r.id, 0, "", []byte("more"))
		default:
			for _, row := range rows[20:] {
				_ = s.entry(r.id, "CN=x,"+r.base, row)
			}
			s.done(r.id, 0, "", []byte{})
		}
		return true
	}
	b := f.open()
	for _, name := range everything() {
		if p, err := b.Property(t.Context(), name, models.Group); err != nil || p.Name != name {
			t.Errorf("%s: %+v, %v", name, p, err)
		}
	}
}

func TestPropertyByName(t *testing.T) {
	b := newKnowing(t, nil).open()
	for _, test := range []struct {
		name     string
		category models.Category
		want     models.Property
	}{
		{"mail", models.Person, models.Property{Name: "mail", Type: models.CaseIgnoreString, Multi: models.No}},
		{"CN", models.Person, models.Property{Name: "cn", Type: models.CaseIgnoreString, Multi: models.No, Fixed: renameWords}},
		{"cn", models.OrganizationalUnit, models.Property{Name: "cn", Type: models.CaseIgnoreString, Multi: models.No}},
		{"description", models.Person, models.Property{Name: "description", Type: models.CaseIgnoreString, Multi: models.No}},
		{"description", models.OrganizationalUnit, models.Property{Name: "description", Type: models.CaseIgnoreString, Multi: models.Yes}},
		{"logonhours", "", models.Property{Name: "logonHours", Type: models.LogonHours, Multi: models.No}},
	} {
		got, err := b.Property(t.Context(), test.name, test.category)
		if err != nil || got.Name != test.want.Name || got.Type != test.want.Type || got.Multi != test.want.Multi || got.Fixed != test.want.Fixed {
			t.Errorf("%s of a %s: %+v, %v", test.name, test.category, got, err)
		}
	}
	if _, err := b.Property(t.Context(), "nosuch", models.Person); !errors.Is(err, models.ErrNotFound) {
		t.Errorf("got %v", err)
	}
}
