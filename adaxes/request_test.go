package adaxes

import (
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dirdesk/internal/english"
	"dirdesk/models"
)

// The document's own examples are good as they are, and mean what it says.
func TestExamplesPass(t *testing.T) {
	const john = "CN=John Smith,CN=Users,DC=example,DC=com"
	for name, want := range map[string]Request{
		"example1-phones": {Object: john, Modification: models.Modification{Properties: []models.PropertyChange{
			{Name: "telephoneNumber", Type: models.CaseIgnoreString, Values: []string{"605-457-8292"}},
			{Name: "otherTelephone", Type: models.CaseIgnoreString, Operation: models.Append, Values: []string{"951-837-6935", "717-332-8612"}},
		}}},
		"example2-group-scope": {Object: "CN=My group,OU=Groups,DC=example,DC=com", Modification: models.Modification{Properties: []models.PropertyChange{
			{Name: "groupType", Type: models.Integer, Values: []string{"8"}, Masked: true, Mask: 14},
		}}},
		"example3-account-options": {Object: john, Modification: models.Modification{Properties: []models.PropertyChange{
			{Name: "userAccountControl", Type: models.Integer, Values: []string{"65536"}, Masked: true, Mask: -2147418110},
		}}},
		"example4-revoke-licence": {Object: john, AccountMember: "o365", Modification: models.Modification{
			Licences: []models.LicenceChange{{SKU: "ENTERPRISEPACK"}},
		}},
		"example5-manager-and-expiry": {Object: john, Modification: models.Modification{Properties: []models.PropertyChange{
			{Name: "manager", Type: models.DNString, Values: []string{"CN=Richard Roberts,CN=Users,DC=example,DC=com"}},
			{Name: "accountExpires", Type: models.Timestamp, Values: []string{"Never"}},
		}}},
		"example6-rename": {Object: john, Modification: models.Modification{Properties: []models.PropertyChange{
			{Name: "name", Type: models.CaseIgnoreString, Values: []string{"John Raymond"}},
		}}},
		"example7-disable": {Object: john, Modification: models.Modification{Properties: []models.PropertyChange{
			{Name: "userAccountControl", Type: models.Integer, Values: []string{"2"}, Masked: true, Mask: 2},
		}}},
	} {
		t.Run(name, func(t *testing.T) {
			body, err := os.ReadFile(filepath.Join("testdata", name+".json"))
			if err != nil {
				t.Fatal(err)
			}
			got, err := Check(body)
			if err != nil {
				t.Fatal(ProblemsOf(err))
			}
			if len(got.Warnings) > 0 {
				t.Errorf("warnings: %v", got.Warnings)
			}
			if !slices.Equal(got.Modification.Request, body) {
				t.Error("the bytes are others")
			}
			if got.Object != want.Object || got.AccountMember != want.AccountMember {
				t.Errorf("object %q, account %q", got.Object, got.AccountMember)
			}
			if fault := differs(got.Modification, want.Modification); fault != "" {
				t.Error(fault)
			}
		})
	}
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) != 7 {
		t.Errorf("%d files of examples, %v", len(files), err)
	}
}

// differs says in what two modifications mean different things; what was there
// before and the bytes of a request are left out.
func differs(got, want models.Modification) string {
	switch {
	case !slices.Equal(got.Licences, want.Licences):
		return "licences"
	case got.PhotoSet != want.PhotoSet || !slices.Equal(got.Photo, want.Photo):
		return "photo"
	case len(got.Properties) != len(want.Properties):
		return "number of properties"
	}
	for i, g := range got.Properties {
		w := want.Properties[i]
		if g.Name != w.Name || g.Type != w.Type || g.Operation != w.Operation || g.Masked != w.Masked || g.Mask != w.Mask ||
			!slices.Equal(g.Values, w.Values) {
			return "property " + w.Name + ": " + strings.Join(g.Values, "|")
		}
	}
	return ""
}

// bodyWith puts the members of one property into a body.
func bodyWith(members string) string {
	return `{"directoryObject":"CN=a,DC=b","properties":[{` + members + `}]}`
}

func TestCheckRefuses(t *testing.T) {
	const mail = `"propertyName":"mail","propertyType":3,`
	for _, test := range []struct{ body, want string }{
		// the text
		{"", "the request is empty"},
		{" \n", "the request is empty"},
		{"\ufeff{}", "the request begins with a byte order mark; save it as UTF-8 without one"},
		{"{\"directoryObject\":\"CN=\xe9\"}", "the request is not UTF-8"},
		{"{\n  'directoryObject': 'x'\n}", "the request is no JSON: invalid character '\\'' looking for beginning of object key string, at line 2, column 3"},
		{`{"directoryObject":"CN=a,DC=b"`, "the request is no JSON: unexpected end of JSON input, at line 1, column 30"},
		{`{"directoryObject":"CN=a,DC=b"} {}`, "the request is no JSON: invalid character '{' after top-level value, at line 1, column 33"},
		{`{"directoryObject":"CN=a,DC=b","properties":[],}`, "the request is no JSON: invalid character '}' looking for beginning of object key string, at line 1, column 48"},
		{`[]`, "the request must be one JSON object, and is a list"},
		{`null`, "the request must be one JSON object, and is null"},
		{`{"directoryObject":"CN=a,DC=b","o365":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + `}`, "o365" + strings.Repeat("[0]", 32) + ": nested more than 32 deep\no365: must be an object, and is a list"},
		{`{"directoryObject":"CN=\ud800,DC=b"}`, `directoryObject: a \u escape is half of a character`},
		{`{"directoryObject":"CN=a,DC=b","directoryObject":"CN=c,DC=b","photo":1}`, "directoryObject: given twice\nphoto: must be Base64 in quotes, and is a number"},
		// the object
		{`{"properties":[]}`, "directoryObject: missing; it names the object by DN, GUID or SID"},
		{`{"directoryObject":7}`, "directoryObject: must be text in quotes, and is a number"},
		{`{"directoryObject":""}`, `directoryObject: "" is no DN, GUID or SID; a logon name does not name an object here`},
		{`{"directoryObject":"jsmith"}`, `directoryObject: "jsmith" is no DN, GUID or SID; a logon name does not name an object here`},
		{`{"directoryObject":"{7a4267ce-d354-44e7-8bd6-c681f1284a41}"}`, `directoryObject: "{7a4267ce-d354-44e7-8bd6-c681f1284a41}" is no DN, GUID or SID; a logon name does not name an object here`},
		{`{"directoryObject":" CN=a,DC=b"}`, `directoryObject: " CN=a,DC=b" is no DN, GUID or SID; a logon name does not name an object here`},
		// members
		{`{"DirectoryObject":"CN=a,DC=b","propertys":[],"comment":""}`, "DirectoryObject: no such member\npropertys: no such member\ncomment: no such member\ndirectoryObject: missing; it names the object by DN, GUID or SID"},
		{`{"directoryObject":"CN=a,DC=b","properties":{}}`, "properties: must be a list, and is an object"},
		{`{"directoryObject":"CN=a,DC=b","properties":null}`, "properties: must be a list, and is null"},
		{`{"directoryObject":"CN=a,DC=b","properties":["mail"]}`, "properties[0]: must be an object, and is text"},
		{bodyWith(mail + `"valeus":[]`), "properties[0].valeus: no such member\nproperties[0].values: missing; write [] to clear the property"},
		// names
		{bodyWith(`"propertyType":3,"values":[]`), "properties[0].propertyName: missing; it is the LDAP name, such as description"},
		{bodyWith(`"propertyName":3,"propertyType":3,"values":[]`), "properties[0].propertyName: must be text in quotes, and is a number"},
		{bodyWith(`"propertyName":"e mail","propertyType":3,"values":[]`), `properties[0].propertyName: "e mail" is no LDAP name of a property`},
		{bodyWith(`"propertyName":"unicodePwd","propertyType":3,"values":["x"]`), "properties[0].propertyName: unicodePwd is a password: it is not set as a property; use dirdesk user passwd"},
		{
			`{"directoryObject":"CN=a,DC=b","properties":[{` + mail + `"values":["a"]},{"propertyName":"MAIL","propertyType":3,"values":["b"]}]}`,
			"properties[1].propertyName: MAIL is changed by properties[0] already",
		},
		// types
		{bodyWith(`"propertyName":"mail","values":[]`), "properties[0].propertyType: missing; it is one of DnString, CaseExactString, CaseIgnoreString, PrintableString, NumericString, Boolean, Integer, OctetString, UtcTime, LargeInteger, Timestamp, LogonHours"},
		{bodyWith(`"propertyName":"mail","propertyType":"DNString","values":[]`), `properties[0].propertyType: "DNString" is no type`},
		{bodyWith(`"propertyName":"mail","propertyType":"CaseIgnorString","values":[]`), `properties[0].propertyType: "CaseIgnorString" is no type`},
		{bodyWith(`"propertyName":"mail","propertyType":"3","values":[]`), `properties[0].propertyType: "3" is no type`},
		{bodyWith(`"propertyName":"mail","propertyType":11,"values":[]`), "properties[0].propertyType: 11 is no type; the types are 1 to 10, 14 and 19"},
		{bodyWith(`"propertyName":"mail","propertyType":null,"values":[]`), "properties[0].propertyType: must be a name in quotes or a number, and is null"},
		{bodyWith(`"propertyName":"mail","propertyType":"Text","values":"a"`), "properties[0].propertyType: \"Text\" is no type\nproperties[0].values: must be a list, even of one value, and is text"},
		// operations
		{bodyWith(`"propertyName":"url","propertyType":3,"operation":"append","values":["a"]`), `properties[0].operation: "append" is no operation`},
		{bodyWith(`"propertyName":"url","propertyType":3,"operation":"Remove","values":["a"]`), `properties[0].operation: "Remove" is no operation`},
		{bodyWith(`"propertyName":"url","propertyType":3,"operation":"1","values":["a"]`), `properties[0].operation: "1" is no operation`},
		{bodyWith(`"propertyName":"url","propertyType":3,"operation":3,"values":["a"]`), "properties[0].operation: 3 is no operation; they are 0 (Replace), 1 (Append) and 2 (Delete)"},
		{bodyWith(`"propertyName":"url","propertyType":3,"operation":null,"values":["a"]`), "properties[0].operation: must be a name in quotes or a number, and is null"},
		{bodyWith(`"propertyName":"url","propertyType":3,"operation":"Append","values":[]`), "properties[0].values: Append needs values"},
		{bodyWith(`"propertyName":"url","propertyType":3,"operation":2,"values":null`), "properties[0].values: Delete needs values"},
		// masks
		{bodyWith(`"propertyName":"userAccountControl","propertyType":7,"values":[2],"mask":2147549186`), "properties[0].mask: 2147549186 does not fit in signed 32 bits; write -2147418110"},
		{bodyWith(`"propertyName":"userAccountControl","propertyType":7,"values":[2],"mask":99999999999`), "properties[0].mask: 99999999999 does not fit in signed 32 bits"},
		{bodyWith(`"propertyName":"userAccountControl","propertyType":7,"values":[2],"mask":"2"`), "properties[0].mask: must be a whole number, and is text"},
		{bodyWith(`"propertyName":"userAccountControl","propertyType":7,"values":[2],"mask":"0x2"`), "properties[0].mask: must be a whole number, and is text"},
		{bodyWith(`"propertyName":"userAccountControl","propertyType":7,"values":[2],"mask":2.5`), "properties[0].mask: 2.5 is no whole number"},
		{bodyWith(`"propertyName":"userAccountControl","propertyType":7,"values":[2],"mask":null`), "properties[0].mask: must be a whole number, and is null"},
		{bodyWith(`"propertyName":"userAccountControl","propertyType":7,"values":[2,4],"mask":6`), "properties[0].values: with a mask there is one value, not 2"},
		{bodyWith(mail + `"values":["a"],"mask":2`), "properties[0].mask: a mask goes with the type Integer only, not with CaseIgnoreString"},
		// values
		{bodyWith(mail + `"values":"a"`), "properties[0].values: must be a list, even of one value, and is text"},
		{bodyWith(mail + `"values":["a",null,""]`), "properties[0].values[1]: must be text in quotes, and is null\nproperties[0].values[2]: an empty text is no value; write [] for values to clear the property"},
		// the account
		{`{"directoryObject":"CN=a,DC=b","o365":{},"m365":{}}`, "m365: o365 and m365 are two names of the same; write one of them"},
		{`{"directoryObject":"CN=a,DC=b","o365":null}`, "o365: must be an object, and is null"},
		{`{"directoryObject":"CN=a,DC=b","m365":{"licenceModifications":[]}}`, "m365.licenceModifications: no such member"},
		{`{"directoryObject":"CN=a,DC=b","o365":{"licenseModifications":{}}}`, "o365.licenseModifications: must be a list, and is an object"},
		{
			`{"directoryObject":"CN=a,DC=b","o365":{"licenseModifications":["E3",{"skuPartnumber":"E3"},{"skuPartNumber":" ","assigned":"true"},{"skuPartNumber":7,"assigned":0}]}}`,
			"o365.licenseModifications[0]: must be an object, and is text\n" +
				"o365.licenseModifications[1].skuPartnumber: no such member\n" +
				"o365.licenseModifications[1].skuPartNumber: missing; it names the licence, such as ENTERPRISEPACK\n" +
				"o365.licenseModifications[1].assigned: missing; true assigns the licence, false revokes it\n" +
				"o365.licenseModifications[2].skuPartNumber: \" \" names no licence\n" +
				"o365.licenseModifications[2].assigned: must be true or false without quotes, and is text\n" +
				"o365.licenseModifications[3].skuPartNumber: must be text in quotes, and is a number\n" +
				"o365.licenseModifications[3].assigned: must be true or false without quotes, and is a number",
		},
		{
			`{"directoryObject":"CN=a,DC=b","o365":{"licenseModifications":[{"skuPartNumber":"E3","assigned":true},{"skuPartNumber":"e3","assigned":false}]}}`,
			"o365.licenseModifications[1].skuPartNumber: e3 is changed by o365.licenseModifications[0] already",
		},
		// the photo
		{`{"directoryObject":"CN=a,DC=b","photo":null}`, "photo: nothing says that this clears the photo; clear the property thumbnailPhoto instead"},
		{`{"directoryObject":"CN=a,DC=b","photo":""}`, "photo: nothing says that this clears the photo; clear the property thumbnailPhoto instead"},
		{`{"directoryObject":"CN=a,DC=b","photo":"AAAA\n"}`, "photo: Base64 stands here in one piece, without spaces and line breaks"},
		{`{"directoryObject":"CN=a,DC=b","photo":"a.jpg"}`, "photo: not Base64 with its padding (=)"},
		{`{"directoryObject":"CN=a,DC=b","photo":"R0lGODdh"}`, "photo: neither a JPEG nor a PNG image"},
		{`{"directoryObject":"CN=a,DC=b","photo":"` + base64.StdEncoding.EncodeToString(make([]byte, photoLimit+1)) + `"}`, "photo: 102401 bytes are more than the 102400 that a photo may have"},
	} {
		request, err := Check([]byte(test.body))
		if !errors.Is(err, models.ErrInvalid) {
			t.Errorf("%s\npasses with %v", english.Short(test.body), request.Warnings)
			continue
		}
		if got := ProblemsOf(err).Error(); got != test.want {
			t.Errorf("%s\ngot  %s\nwant %s", english.Short(test.body), got, test.want)
		}
	}
}

func TestCheckWarns(t *testing.T) {
	for _, test := range []struct{ body, want string }{
		{`{"directoryObject":"CN=a,DC=b"}`, "there is nothing to change in it"},
		{`{"directoryObject":"CN=a,DC=b","properties":[]}`, "there is nothing to change in it"},
		{`{"directoryObject":"CN=a,DC=b","o365":{}}`, "o365: there is nothing in it"},
		{bodyWith(`"propertyName":"telephoneNumber","propertyType":3,"operation":"Replace","values":["1"]`), "properties[0].operation: telephoneNumber has a single value; leave operation out"},
		{bodyWith(`"propertyName":"telephoneNumber","propertyType":3,"values":["1","2"]`), "properties[0].values: telephoneNumber has a single value, and here are 2"},
		{bodyWith(`"propertyName":"manager","propertyType":"CaseIgnoreString","values":["x"]`), "properties[0].propertyType: manager is known as DnString"},
		{bodyWith(`"propertyName":"whenCreated","propertyType":"UtcTime","values":["2027-05-31T00:00:00Z"]`), "properties[0].propertyName: whenCreated is not changed as a property: kept by the server"},
		{bodyWith(`"propertyName":"countryCode","propertyType":"Integer","values":[1],"mask":1`), "properties[0].mask: countryCode is not known to be made of flags"},
		{bodyWith(`"propertyName":"groupType","propertyType":"Integer","values":[2],"mask":0`), "properties[0].mask: 0 touches no flag: nothing is changed\nproperties[0].values: the bits 2 lie outside the mask and do not count"},
		{bodyWith(`"propertyName":"groupType","propertyType":"Integer","values":null,"mask":2`), "properties[0].values: there is no value: all flags of the mask are switched off"},
		{bodyWith(`"propertyName":"someFlags","propertyType":"Integer","operation":1,"values":[2],"mask":2`), "properties[0].mask: with a mask the operation Append does not count"},
		{bodyWith(`"propertyName":"otherTelephone","propertyType":3,"operation":"Append","values":["a","A"]`), "properties[0].values[1]: the same value as one before it"},
		{
			`{"directoryObject":"CN=a,DC=b","m365":{"licenseModifications":[{"skuPartNumber":"E3","assigned":true,"plans":[]}],"location":"DE"}}`,
			"m365.licenseModifications[0].plans: not known; it is sent as it is",
		},
		{bodyWith(`"propertyName":"manager","propertyType":"String","values":["CN=x,DC=b"]`), "properties[0].propertyType: String is not documented, though servers take it; the documented name here is DnString"},
		{bodyWith(`"propertyName":"contosoBadge","propertyType":"String","values":["x"]`), "properties[0].propertyType: String is not documented, though servers take it; the documented name here is CaseIgnoreString"},
		{bodyWith(`"propertyName":"groupType","propertyType":"String","values":["8"],"mask":14`), "properties[0].propertyType: String is not documented, though servers take it; the documented name here is Integer"},
		// What is right is not complained about.
		{bodyWith(`"propertyName":"description","propertyType":3,"operation":"Append","values":["x"]`), ""},
		{bodyWith(`"propertyName":"contosoBadge","propertyType":10,"values":["9223372036854775807"]`), ""},
		{`{"directoryObject":"S-1-5-21-3635565734-1729062999-1822655016-1627","m365":{"location":null,"signInBlocked":true}}`, ""},
		{`{"directoryObject":"7a4267ce-d354-44e7-8bd6-c681f1284a41","properties":[{"propertyName":"member","propertyType":1,"operation":2,"values":["CN=x,DC=b"]}]}`, ""},
		{bodyWith(`"propertyName":"url","propertyType":3,"values":["\ud83d\ude00 \\ud800"]`), ""},
	} {
		request, err := Check([]byte(test.body))
		if err != nil {
			t.Errorf("%s\n%v", test.body, ProblemsOf(err))
			continue
		}
		if got := Problems(request.Warnings).Error(); got != test.want {
			t.Errorf("%s\ngot  %s\nwant %s", test.body, got, test.want)
		}
	}
}
