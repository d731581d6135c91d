package adaxes

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"dirdesk/models"
)

func TestEncodeModification(t *testing.T) {
	const dn = `CN=Doe\, <John> & Co,DC=example,DC=com`
	pixel := pngImage(t)
	for _, test := range []struct {
		name    string
		m       models.Modification
		account string
		want    string
	}{
		{
			"all members in the document's order",
			models.Modification{
				Properties: []models.PropertyChange{
					{Name: "url", Type: models.CaseIgnoreString, Operation: models.Append, Values: []string{"https://a?b&c<d>"}},
					{Name: "otherTelephone", Type: models.CaseIgnoreString, Operation: models.Remove, Values: []string{"1", "2"}},
					{Name: "userAccountControl", Type: models.Integer, Values: []string{"65536"}, Masked: true, Mask: -2147418110},
				},
				Licences: []models.LicenceChange{{SKU: "ENTERPRISEPACK"}, {SKU: "E5", Assigned: true}},
				Photo:    []byte(pixel), PhotoSet: true,
			},
			"o365",
			`{"directoryObject":"CN=Doe\\, <John> & Co,DC=example,DC=com","properties":[` +
				`{"propertyName":"url","propertyType":"CaseIgnoreString","values":["https://a?b&c<d>"],"operation":"Append"},` +
				`{"propertyName":"otherTelephone","propertyType":"CaseIgnoreString","values":["1","2"],"operation":"Delete"},` +
				`{"propertyName":"userAccountControl","propertyType":"Integer","values":[65536],"mask":-2147418110}],` +
				`"o365":{"licenseModifications":[{"skuPartNumber":"ENTERPRISEPACK","assigned":false},{"skuPartNumber":"E5","assigned":true}]},` +
				`"photo":"` + base64Of(pixel) + `"}`,
		},
		{
			"the values of each kind",
			models.Modification{Properties: []models.PropertyChange{
				{Name: "a", Type: models.Boolean, Values: []string{"FALSE"}},
				{Name: "b", Type: models.Integer, Values: []string{"2147549186"}},
				{Name: "c", Type: models.LargeInteger, Values: []string{"-9223372036854775808"}},
				{Name: "d", Type: models.Timestamp, Values: []string{"never"}},
				{Name: "e", Type: models.UTCTime, Values: []string{"2027-05-31T00:00:00Z"}},
				{Name: "f", Type: models.CaseExactString},
			}},
			"",
			`{"directoryObject":"CN=Doe\\, <John> & Co,DC=example,DC=com","properties":[` +
				`{"propertyName":"a","propertyType":"Boolean","values":[false]},` +
				`{"propertyName":"b","propertyType":"Integer","values":[-2147418110]},` +
				`{"propertyName":"c","propertyType":"LargeInteger","values":[-9223372036854775808]},` +
				`{"propertyName":"d","propertyType":"Timestamp","values":["Never"]},` +
				`{"propertyName":"e","propertyType":"UtcTime","values":["2027-05-31T00:00:00Z"]},` +
				`{"propertyName":"f","propertyType":"CaseExactString","values":[]}]}`,
		},
		{
			"licences where the server calls the account m365",
			models.Modification{Licences: []models.LicenceChange{{SKU: "E5", Assigned: true}}},
			"m365",
			`{"directoryObject":"CN=Doe\\, <John> & Co,DC=example,DC=com","m365":{"licenseModifications":[{"skuPartNumber":"E5","assigned":true}]}}`,
		},
		{
			"a photo to be taken away",
			models.Modification{PhotoSet: true},
			"",
			`{"directoryObject":"CN=Doe\\, <John> & Co,DC=example,DC=com","properties":[{"propertyName":"thumbnailPhoto","propertyType":"OctetString","values":[]}]}`,
		},
	} {
		body, err := encodeModification(dn, test.m, test.account)
		if err != nil {
			t.Errorf("%s: %v", test.name, ProblemsOf(err))
			continue
		}
		if string(body) != test.want {
			t.Errorf("%s\ngot  %s\nwant %s", test.name, body, test.want)
		}
	}
}

// What the server could take for something else is not sent at all.
func TestEncodeRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		m    models.Modification
		want string
	}{
		"a password":      {models.Modification{Properties: []models.PropertyChange{{Name: "unicodePwd", Type: models.OctetString, Values: []string{"AQID"}}}}, "is a password"},
		"no type":         {models.Modification{Properties: []models.PropertyChange{{Name: "mail", Values: []string{"a"}}}}, "is no type"},
		"no Boolean":      {models.Modification{Properties: []models.PropertyChange{{Name: "a", Type: models.Boolean, Values: []string{"yes"}}}}, "must be true or false"},
		"no number":       {models.Modification{Properties: []models.PropertyChange{{Name: "a", Type: models.Integer, Values: []string{"ten"}}}}, "must be a whole number"},
		"nothing to add":  {models.Modification{Properties: []models.PropertyChange{{Name: "a", Type: models.CaseIgnoreString, Operation: models.Append}}}, "Append needs values"},
		"no photo":        {models.Modification{Photo: []byte("GIF87a"), PhotoSet: true}, "neither a JPEG nor a PNG"},
		"the same twice":  {models.Modification{Properties: []models.PropertyChange{{Name: "a", Type: models.CaseIgnoreString}, {Name: "A", Type: models.CaseIgnoreString}}}, "is changed by properties[0] already"},
		"no licence name": {models.Modification{Licences: []models.LicenceChange{{}}}, "names no licence"},
	} {
		_, err := encodeModification("CN=a,DC=b", test.m, "")
		if !errors.Is(err, models.ErrInvalid) || !strings.Contains(ProblemsOf(err).Error(), test.want) {
			t.Errorf("%s: %v", name, ProblemsOf(err))
		}
	}
	if _, err := encodeModification("CN=a,DC=b", models.Modification{Properties: []models.PropertyChange{
		{Name: "a", Type: models.CaseIgnoreString, Values: []string{"caf\xe9"}},
	}}, ""); err == nil {
		t.Error("text that is not UTF-8 is written")
	}
}

// Whatever is written says what was meant.
func TestWrittenIsMeant(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := modification().Draw(t, "modification")
		body, err := encodeModification("CN=a,DC=b", m, rapid.SampledFrom([]string{"", "o365", "m365"}).Draw(t, "account"))
		if err != nil {
			t.Fatalf("%s\n%v", body, ProblemsOf(err))
		}
		request, err := Check(body)
		if err != nil {
			t.Fatal(err)
		}
		if !sameMeaning(request.Modification, m) {
			t.Fatalf("it means something else: %s", body)
		}
	})
}
