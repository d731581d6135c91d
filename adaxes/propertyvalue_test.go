package adaxes

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"dirdesk/models"
)

// What each type takes, in the form that the program keeps it in, and what it
// refuses, with the words for it.
func TestValuesOfEachType(t *testing.T) {
	week := base64.StdEncoding.EncodeToString(make([]byte, 21))
	for _, test := range []struct {
		kind         models.PropertyType
		value        string // JSON
		want, refuse string
	}{
		{models.DNString, `"CN=Richard Roberts,CN=Users,DC=example,DC=com"`, "CN=Richard Roberts,CN=Users,DC=example,DC=com", ""},
		{models.DNString, `"Richard Roberts"`, "", `"Richard Roberts" is no name of an object: write a DN, such as CN=Ann Smith,CN=Users,DC=example,DC=com`},
		{models.DNString, `" CN=a,DC=b"`, "", `" CN=a,DC=b" has spaces around it`},
		{models.DNString, `7`, "", `must be text in quotes, and is a number`},
		{models.CaseExactString, `" a"`, " a", ""},
		{models.CaseExactString, `true`, "", "must be text in quotes, and is true or false"},
		{models.CaseIgnoreString, `"Ünïcode \ud83d\ude00"`, "Ünïcode 😀", ""},
		{models.CaseIgnoreString, `5`, "", `must be text in quotes, and is a number`},
		{models.CaseIgnoreString, `"a\u0000b"`, "", "the text holds a character that cannot be seen"},
		{models.CaseIgnoreString, `["a"]`, "", "must be text in quotes, and is a list"},
		{models.PrintableString, `"/bin/bash ~!"`, "/bin/bash ~!", ""},
		{models.PrintableString, `"é"`, "", `"é" is no plain text: write letters from A to Z, digits and the signs of a plain keyboard only`},
		{models.NumericString, `"0049 89"`, "0049 89", ""},
		{models.NumericString, `"12a"`, "", `"12a" is no digits: write digits and spaces only`},
		{models.NumericString, `12`, "", `must be text in quotes, and is a number`},
		{models.Boolean, `true`, "TRUE", ""},
		{models.Boolean, `false`, "FALSE", ""},
		{models.Boolean, `"True"`, "", `must be true or false without quotes, and is text`},
		{models.Boolean, `1`, "", `must be true or false without quotes, and is a number`},
		{models.Boolean, `"yes"`, "", `must be true or false without quotes, and is text`},
		{models.Integer, `-2147483648`, "-2147483648", ""},
		{models.Integer, `2147483647`, "2147483647", ""},
		{models.Integer, `-0`, "0", ""},
		{models.Integer, `2147483648`, "", "2147483648 does not fit in signed 32 bits; write -2147483648"},
		{models.Integer, `-2147483649`, "", "-2147483649 does not fit in signed 32 bits"},
		{models.Integer, `4294967296`, "", "4294967296 does not fit in signed 32 bits"},
		{models.Integer, `8.0`, "", "8.0 is no whole number"},
		{models.Integer, `1e3`, "", "1e3 is no whole number"},
		{models.Integer, `"8"`, "", `must be a whole number, and is text`},
		{models.Integer, `true`, "", "must be a whole number, and is true or false"},
		{models.LargeInteger, `9223372036854775807`, "9223372036854775807", ""},
		{models.LargeInteger, `"-9223372036854775808"`, "-9223372036854775808", ""},
		{models.LargeInteger, `9223372036854775808`, "", "9223372036854775808 does not fit in signed 64 bits"},
		{models.LargeInteger, `1.5`, "", `"1.5" is no whole number of 64 bits`},
		{models.LargeInteger, `null`, "", "must be a whole number, and is null"},
		{models.OctetString, `"AQID"`, "AQID", ""},
		{models.OctetString, `"AQI="`, "AQI=", ""},
		{models.OctetString, `"AQI"`, "", "not Base64 with its padding (=)"},
		{models.OctetString, `"AQJ="`, "", "not Base64 with its padding (=)"},
		{models.OctetString, `"AQ\nID"`, "", "Base64 stands here in one piece, without spaces and line breaks"},
		{models.UTCTime, `"2022-05-04T09:00:00Z"`, "2022-05-04T09:00:00Z", ""},
		{models.UTCTime, `"2022-05-04T09:00:00.1234567+02:00"`, "2022-05-04T07:00:00.1234567Z", ""},
		{models.UTCTime, `"2022-05-04"`, "", `"2022-05-04" is no time with its zone, such as 2027-05-31T00:00:00Z`},
		{models.UTCTime, `"2022-05-04T09:00:00"`, "", `"2022-05-04T09:00:00" is no time with its zone, such as 2027-05-31T00:00:00Z`},
		{models.UTCTime, `"20220504090000.0Z"`, "", `"20220504090000.0Z" is no time with its zone, such as 2027-05-31T00:00:00Z`},
		{models.UTCTime, `"2022-02-30T09:00:00Z"`, "", `"2022-02-30T09:00:00Z" is no time with its zone, such as 2027-05-31T00:00:00Z`},
		{models.UTCTime, `"Never"`, "", `"Never" is no time with its zone, such as 2027-05-31T00:00:00Z`},
		{models.Timestamp, `"Never"`, "Never", ""},
		{models.Timestamp, `"never"`, "", `"never" is no time with its zone, such as 2027-05-31T00:00:00Z, or Never`},
		{models.Timestamp, `"2027-05-31T00:00:00Z"`, "2027-05-31T00:00:00Z", ""},
		{models.Timestamp, `"133000000000000000"`, "", `"133000000000000000" is no time with its zone, such as 2027-05-31T00:00:00Z, or Never`},
		{models.Timestamp, `0`, "", `must be text in quotes, and is a number`},
		{models.Timestamp, `"1601-01-01T00:00:00Z"`, "", `1601-01-01T00:00:00Z is a way of saying never: write "Never"`},
		{models.Timestamp, `"9999-12-31T23:59:59Z"`, "", `9999-12-31T23:59:59Z is a way of saying never: write "Never"`},
		{models.Timestamp, `"9998-12-31T23:59:59Z"`, "9998-12-31T23:59:59Z", ""},
		{models.UTCTime, `"9999-12-31T23:59:59Z"`, "9999-12-31T23:59:59Z", ""},
		{models.Timestamp, `"1600-12-31T00:00:00Z"`, "", "1600-12-31T00:00:00Z is before 1601, where AD's time begins"},
		{models.Timestamp, `"soon"`, "", `"soon" is no time with its zone, such as 2027-05-31T00:00:00Z, or Never`},
		{models.LogonHours, strconv.Quote(week), week, ""},
		{models.LogonHours, `"AAAA"`, "", "logon hours are 21 bytes in Base64, and these are 3"},
	} {
		body := bodyWith(`"propertyName":"contosoThing","propertyType":"` + test.kind.Name() + `","values":[` + test.value + `]`)
		request, err := Check([]byte(body))
		if test.refuse != "" {
			if got := ProblemsOf(err).Error(); got != "properties[0].values[0]: "+test.refuse {
				t.Errorf("%s %s\ngot  %s\nwant %s", test.kind.Name(), test.value, got, test.refuse)
			}
			continue
		}
		if err != nil || len(request.Warnings) > 0 {
			t.Errorf("%s %s: %v %v", test.kind.Name(), test.value, ProblemsOf(err), request.Warnings)
			continue
		}
		if got := request.Modification.Properties[0].Values; !slices.Equal(got, []string{test.want}) {
			t.Errorf("%s %s: %q, want %q", test.kind.Name(), test.value, got, test.want)
		}
	}
}

// Each type by its name and by its number, and none besides.
func TestTypesByNameAndNumber(t *testing.T) {
	numbers := map[string]int{
		"DnString": 1, "CaseExactString": 2, "CaseIgnoreString": 3, "PrintableString": 4, "NumericString": 5, "Boolean": 6,
		"Integer": 7, "OctetString": 8, "UtcTime": 9, "LargeInteger": 10, "Timestamp": 14, "LogonHours": 19,
	}
	for name, number := range numbers {
		for _, written := range []string{strconv.Quote(name), strconv.Itoa(number)} {
			for _, values := range []string{"null", "[]"} {
				request, err := Check([]byte(bodyWith(`"propertyName":"contosoThing","propertyType":` + written + `,"values":` + values)))
				if err != nil {
					t.Errorf("%s: %v", written, ProblemsOf(err))
				} else if p := request.Modification.Properties[0]; int(p.Type) != number || p.Values != nil || p.Operation != models.Replace {
					t.Errorf("%s: type %d, values %v", written, p.Type, p.Values)
				}
			}
		}
	}
	for number := range 256 {
		_, err := Check([]byte(bodyWith(`"propertyName":"x","propertyType":` + strconv.Itoa(number) + `,"values":[]`)))
		known := slices.Contains([]int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 14, 19}, number)
		if known != (err == nil) {
			t.Errorf("type %d: %v", number, err)
		}
	}
}

// What the server tells is read whatever JSON it comes in; nothing is lost.
func TestDecodeValues(t *testing.T) {
	for _, test := range []struct {
		kind models.PropertyType
		raw  string
		want []string
	}{
		{models.CaseIgnoreString, `["a","b"]`, []string{"a", "b"}},
		{models.CaseIgnoreString, `[]`, nil},
		{models.CaseIgnoreString, `[null]`, nil},
		{models.CaseIgnoreString, `[5,true]`, []string{"5", "true"}},
		{models.CaseIgnoreString, `[{"a": 1}]`, []string{`{"a": 1}`}},
		{models.DNString, `["CN=a\\,b,DC=c"]`, []string{`CN=a\,b,DC=c`}},
		{models.Boolean, `[true]`, []string{"TRUE"}},
		{models.Boolean, `["False"]`, []string{"FALSE"}},
		{models.Boolean, `["maybe"]`, []string{"maybe"}},
		{models.Integer, `[512]`, []string{"512"}},
		{models.Integer, `["-2147483646"]`, []string{"-2147483646"}},
		{models.Integer, `[2147483650]`, []string{"-2147483646"}},
		{models.Integer, `[99999999999]`, []string{"99999999999"}},
		{models.LargeInteger, `[9007199254740993]`, []string{"9007199254740993"}},
		{models.LargeInteger, `["9223372036854775807"]`, []string{"9223372036854775807"}},
		{models.OctetString, `["AQID"]`, []string{"AQID"}},
		{models.UTCTime, `["2020-07-14T16:27:49.5590448Z"]`, []string{"2020-07-14T16:27:49.5590448Z"}},
		{models.UTCTime, `["2020-07-14T16:27:49"]`, []string{"2020-07-14T16:27:49Z"}},
		{models.UTCTime, `["yesterday"]`, []string{"yesterday"}},
		{models.Timestamp, `["never"]`, []string{"Never"}},
		{models.Timestamp, `[0]`, []string{"Never"}},
		{models.Timestamp, `["9223372036854775807"]`, []string{"Never"}},
		{models.Timestamp, `["9999-12-31T23:59:59.9999999Z"]`, []string{"Never"}},
		{models.Timestamp, `["0001-01-01T00:00:00"]`, []string{"Never"}},
		{models.Timestamp, `[132392176690000000]`, []string{"2020-07-14T16:27:49Z"}},
		{models.Timestamp, `["2027-05-31T02:00:00+02:00"]`, []string{"2027-05-31T00:00:00Z"}},
	} {
		var raws []json.RawMessage
		if err := json.Unmarshal([]byte(test.raw), &raws); err != nil {
			t.Fatal(err)
		}
		if got := decodeValues(test.kind, raws); !slices.Equal(got, test.want) {
			t.Errorf("%s %s: %q, want %q", test.kind.Name(), test.raw, got, test.want)
		}
	}
}

// What is written for a value is read back as that value, for every type.
func TestEncodedValuesAreReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(models.PropertyTypes()).Draw(t, "type")
		values := rapid.SliceOfNDistinct(valueOf(kind), 0, 4, strings.ToLower).Draw(t, "values")
		m := models.Modification{Properties: []models.PropertyChange{{Name: "contosoThing", Type: kind, Values: values}}}
		body, err := encodeModification("CN=a,DC=b", m, "")
		if err != nil {
			t.Fatalf("%s: %v", body, ProblemsOf(err))
		}
		var sent struct {
			Properties []struct{ Values []json.RawMessage }
		}
		if err := json.Unmarshal(body, &sent); err != nil {
			t.Fatal(err)
		}
		if got := decodeValues(kind, sent.Properties[0].Values); !models.SameValues(kind, got, values) {
			t.Fatalf("%q became %s and is read as %q", values, body, got)
		}
	})
}
