package activedirectory

import (
	"bytes"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"

	"dirdesk/models"
)

const annaDN = models.DN("CN=anna,OU=Staff," + testBase)

// fakeSchema has an attribute for each kind of values, and for each reason not to
// change one: name, attributeSyntax, oMSyntax, and what else there is.
func fakeSchema() []map[string][]string {
	rows := [][]string{
		{"accountExpires", "2.5.5.16", "65", "single"},
		{"adminCount", "2.5.5.9", "2", "single"},
		{"allowedAttributes", "2.5.5.2", "6", "flags=4"},
		{"cn", "2.5.5.12", "64", "single"},
		{"description", "2.5.5.12", "64"},
		{"directReports", "2.5.5.1", "127", "link=43", "system"},
		{"groupType", "2.5.5.9", "2", "single"},
		{"jpegPhoto", "2.5.5.10", "4"},
		{"lockoutTime", "2.5.5.16", "65", "single"},
		{"logonHours", "2.5.5.10", "4", "single"},
		{"mail", "2.5.5.12", "64", "single"},
		{"manager", "2.5.5.1", "127", "link=42", "single"},
		{"maxStorage", "2.5.5.16", "65", "single"},
		{"meetingStartTime", "2.5.5.11", "23"},
		{"member", "2.5.5.1", "127", "link=2"},
		{"ms-Mcs-AdmPwd", "2.5.5.5", "19", "single"},
		{"msTSExpireDate", "2.5.5.11", "24", "single"},
		{"name", "2.5.5.12", "64", "single", "system"},
		{"nTSecurityDescriptor", "2.5.5.15", "66", "single"},
		{"objectCategory", "2.5.5.1", "127", "single"},
		{"objectGUID", "2.5.5.10", "4", "single", "system"},
		{"objectSid", "2.5.5.17", "4", "single", "system"},
		{"otherTelephone", "2.5.5.12", "64"},
		{"otherWellKnownObjects", "2.5.5.7", "127"},
		{"primaryGroupToken", "2.5.5.9", "2", "single", "flags=4"},
		{"pwdLastSet", "2.5.5.16", "65", "single"},
		{"replPropertyMetaData", "2.5.5.10", "4", "single", "system"},
		{"sAMAccountName", "2.5.5.12", "64", "single"},
		{"showInAdvancedViewOnly", "2.5.5.8", "1", "single"},
		{"thumbnailPhoto", "2.5.5.10", "4", "single"},
		{"tokenGroups", "2.5.5.17", "4", "flags=4"},
		{"unicodePwd", "2.5.5.10", "4", "single"},
		{"uSNChanged", "2.5.5.16", "65", "single", "system"},
		{"userAccountControl", "2.5.5.9", "2", "single"},
		{"x121Address", "2.5.5.6", "18"},
	}
	var all []map[string][]string
	for _, row := range rows {
		entry := map[string][]string{
			"lDAPDisplayName": {row[0]}, "attributeSyntax": {row[1]}, "oMSyntax": {row[2]},
			"isSingleValued": {"FALSE"}, "systemOnly": {"FALSE"},
		}
		for _, more := range row[3:] {
			switch word, value, _ := strings.Cut(more, "="); word {
			case "single":
				entry["isSingleValued"] = []string{"TRUE"}
			case "system":
				entry["systemOnly"] = []string{"TRUE"}
			case "flags":
				entry["systemFlags"] = []string{value}
			case "link":
				entry["linkID"] = []string{value}
			}
		}
		all = append(all, entry)
	}
	return all
}

func isSchema(r searchRequest) bool {
	return strings.HasPrefix(r.base, "CN=Schema,")
}

// newWritable is a fake that knows anna, who never has to change her password.
func newWritable(t *testing.T) *fake {
	t.Helper()
	return newKnowing(t, map[string][]string{"userAccountControl": {"66048"}, "pwdLastSet": {"1"}, "objectCategory": {"CN=Person,CN=Schema"}})
}

// newKnowing is a fake with a schema and one object, whose attributes it gives when
// they are asked for by name. The test may change them while it runs.
func newKnowing(t *testing.T, object map[string][]string) *fake {
	t.Helper()
	f := newFake(t)
	f.onSearch = func(s *session, r searchRequest) bool {
		switch {
		case isSchema(r):
			for _, row := range fakeSchema() {
				_ = s.entry(r.id, "CN="+row["lDAPDisplayName"][0]+","+r.base, row)
			}
		case r.base == string(annaDN):
			given := make(map[string][]string)
			for _, name := range r.attributes {
				if values, ok := object[name]; ok {
					given[name] = values
				}
			}
			_ = s.entry(r.id, r.base, given)
		default:
			return false
		}
		s.done(r.id, 0, "", nil)
		return true
	}
	return f
}

// onePixel is a photo.
func onePixel() []byte {
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// descriptorWith is a security descriptor with these entries and one that allows
// something.
func descriptorWith(t *testing.T, entries ...ace) string {
	t.Helper()
	allows := ace(append([]byte{0, 0, 20, 0, 0xff, 0x01, 0x0f, 0x00}, everyoneSID()...))
	sd, err := accessList(controlSelfRelative|controlDACLPresent, slices.Concat(entries, []ace{allows}))
	if err != nil {
		t.Fatal(err)
	}
	return string(sd)
}

// edit is one property to be changed.
func edit(name string, operation models.Operation, values ...string) models.PropertyChange {
	return models.PropertyChange{Name: name, Operation: operation, Values: values}
}

func masked(name string, mask int32, value string) models.PropertyChange {
	return models.PropertyChange{Name: name, Type: models.Integer, Masked: true, Mask: mask, Values: []string{value}}
}
