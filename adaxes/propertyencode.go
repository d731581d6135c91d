package adaxes

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"dirdesk/internal/english"
	"dirdesk/internal/rawjson"
	"dirdesk/models"
)

// body is a request to modify an object, with its members in the order of the
// document (docs/adaxes.md section 3).
type body struct {
	Object     string         `json:"directoryObject"`
	Properties []bodyProperty `json:"properties,omitempty"`
	O365       *bodyAccount   `json:"o365,omitempty"`
	M365       *bodyAccount   `json:"m365,omitempty"`
	Photo      string         `json:"photo,omitempty"`
}

type bodyProperty struct {
	Name      string `json:"propertyName"`
	Type      string `json:"propertyType"`
	Values    []any  `json:"values"`
	Operation string `json:"operation,omitempty"`
	Mask      *int32 `json:"mask,omitempty"`
}

type bodyAccount struct {
	Licences []bodyLicence `json:"licenseModifications"`
}

type bodyLicence struct {
	SKU      string `json:"skuPartNumber"`
	Assigned bool   `json:"assigned"`
}

// encodeModification writes the request for a modification. account is the name
// under which the server takes a Microsoft 365 account. What comes of it has
// passed Check; the error is Check's.
func encodeModification(object string, m models.Modification, account string) ([]byte, error) {
	out := body{Object: object}
	changes := m.Properties
	if m.PhotoSet && len(m.Photo) == 0 {
		changes = append(m.Clone().Properties, clearPhoto())
	}
	for _, change := range changes {
		out.Properties = append(out.Properties, encodeProperty(change))
	}
	if len(m.Licences) > 0 {
		list := new(bodyAccount)
		for _, l := range m.Licences {
			list.Licences = append(list.Licences, bodyLicence{l.SKU, l.Assigned})
		}
		if account == memberM365 {
			out.M365 = list
		} else {
			out.O365 = list
		}
	}
	if m.PhotoSet {
		out.Photo = base64.StdEncoding.EncodeToString(m.Photo)
	}
	text, err := rawjson.Encode(out)
	if err != nil {
		return nil, err
	}
	_, err = Check(text)
	return text, err
}

// encodeProperty writes one change. What does not fit its type is written as it
// is, and is for Check to refuse.
func encodeProperty(change models.PropertyChange) bodyProperty {
	p := bodyProperty{Name: change.Name, Type: change.Type.Name(), Values: []any{}}
	for _, v := range change.Values {
		p.Values = append(p.Values, encodeValue(change.Type, v))
	}
	switch {
	case change.Masked:
		mask := change.Mask
		p.Mask = &mask
	case change.Operation != models.Replace: // which is the preset (official)
		p.Operation = change.Operation.Name()
	}
	return p
}

func encodeValue(t models.PropertyType, value string) any {
	switch t {
	case models.Boolean:
		if strings.EqualFold(value, booleanText(true)) || strings.EqualFold(value, booleanText(false)) {
			return strings.EqualFold(value, booleanText(true))
		}
	case models.Integer:
		if bits, ok := models.Bits(value); ok {
			return bits
		}
	case models.LargeInteger:
		if n, err := strconv.ParseInt(value, 10, 64); err == nil {
			return largeNumber(n)
		}
	case models.Timestamp:
		if strings.EqualFold(value, models.NeverText) {
			return models.NeverText
		}
	}
	return value
}

// decodeValues gives the values of a property as the server tells them, in the
// form of models.Property. What does not fit the type is kept as it came.
func decodeValues(t models.PropertyType, raws []json.RawMessage) []string {
	var values []string
	for _, raw := range raws {
		if !rawjson.IsNull(raw) {
			values = append(values, decodeValue(t, raw))
		}
	}
	return values
}

func decodeValue(t models.PropertyType, raw json.RawMessage) string {
	text := rawjson.Scalar(raw)
	if kind := rawjson.First(raw); kind == '{' || kind == '[' {
		return strings.TrimSpace(string(raw))
	}
	switch t {
	case models.Boolean:
		if flag := rawjson.Flag(raw); flag.Known() {
			return booleanText(flag == models.Yes)
		}
	case models.Integer:
		if bits, ok := models.Bits(text); ok {
			return strconv.FormatInt(int64(bits), 10)
		}
	case models.LargeInteger:
		if n, ok := rawjson.Int(raw); ok {
			return strconv.FormatInt(n, 10)
		}
	case models.OctetString, models.LogonHours:
		if data, err := base64.StdEncoding.DecodeString(text); err == nil {
			return base64.StdEncoding.EncodeToString(data)
		}
	case models.UTCTime, models.Timestamp:
		return decodeTime(t, raw)
	case models.CaseIgnoreString, models.CaseExactString, models.PrintableString, models.NumericString, models.DNString:
	}
	return text
}

func decodeTime(t models.PropertyType, raw json.RawMessage) string {
	text := rawjson.Scalar(raw)
	moment, ok := timeOf(text)
	if t == models.Timestamp {
		moment, ok = momentOf(text)
	}
	switch {
	case !ok:
		return text
	case t == models.Timestamp && moment.IsZero():
		return models.NeverText
	default:
		return moment.Format(time.RFC3339Nano)
	}
}

// readValue reads one value as a request must write it (docs/adaxes.md section
// 3.3), and gives it in the form of models.Property. words say what is wrong with
// it, "" when nothing is.
func readValue(t models.PropertyType, raw json.RawMessage) (value, words string) {
	kind, text := kindOf(raw), rawjson.Scalar(raw)
	switch t {
	case models.Boolean:
		if kind != "true or false" {
			return "", "must be true or false without quotes, and is " + kind
		}
		return booleanText(text == "true"), ""
	case models.Integer:
		number, words := signed32(raw)
		return strconv.FormatInt(int64(number), 10), words
	case models.LargeInteger:
		return readLarge(kind, text)
	}
	switch {
	case kind != "text":
		return "", "must be text in quotes, and is " + kind
	case text == "":
		return "", "an empty text is no value; write [] for values to clear the property"
	}
	switch t {
	case models.DNString:
		if strings.TrimSpace(text) != text {
			return "", fmt.Sprintf("%q has spaces around it", english.Short(text))
		}
	case models.OctetString:
		data, words := decodeBase64(text)
		return base64.StdEncoding.EncodeToString(data), words
	case models.LogonHours:
		return readHours(text)
	case models.UTCTime:
		return readTime(text)
	case models.Timestamp:
		return readTimestamp(text)
	}
	return text, t.Check(text)
}

func booleanText(yes bool) string {
	if yes {
		return "TRUE"
	}
	return "FALSE"
}

func decodeBase64(text string) (data []byte, words string) {
	if strings.ContainsAny(text, " \t\r\n") {
		return nil, "Base64 stands here in one piece, without spaces and line breaks"
	}
	data, err := base64.StdEncoding.Strict().DecodeString(text)
	if err != nil {
		return nil, "not Base64 with its padding (=)"
	}
	return data, ""
}

// readTime reads a time with its zone: without one it means what the server's
// zone makes of it.
func readTime(text string) (value, words string) {
	moment, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return "", fmt.Sprintf("%q is no time with its zone, such as 2027-05-31T00:00:00Z", english.Short(text))
	}
	return moment.UTC().Format(time.RFC3339Nano), ""
}

// isEndOfTime tells the years in which programs put a moment that never comes: in
// the first that AD's timestamps have, and in the last that .NET's have.
func isEndOfTime(t time.Time) bool { return t.Year() == 1601 || t.Year() >= 9999 }

func readTimestamp(text string) (value, words string) {
	if text == models.NeverText {
		return text, ""
	}
	value, words = readTime(text)
	moment, err := time.Parse(time.RFC3339Nano, value)
	switch {
	case words != "" || err != nil:
		return "", words + ", or " + models.NeverText
	case isEndOfTime(moment):
		return "", fmt.Sprintf("%s is a way of saying never: write %q", text, models.NeverText)
	case moment.Year() < 1601:
		return "", text + " is before 1601, where AD's time begins"
	}
	return value, ""
}
