package adaxes

import (
	"encoding/base64"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"dirdesk/models"
	"dirdesk/simulator/directory"
)

// shown makes the JSON values of an attribute.
func shown(a directory.Description, values []string) []any {
	all := make([]any, 0, len(values))
	for _, v := range values {
		all = append(all, shownValue(a.Type, v))
	}
	return all
}

const (
	generalized  = "20060102150405.0Z"
	isoSeconds   = "2006-01-02T15:04:05Z"
	isoMoment    = "2006-01-02T15:04:05.9999999Z"
	exactInFloat = 1 << 53
)

func atoi(text string) int {
	n, _ := strconv.Atoi(text)
	return n
}

// dirTime reads the form of whenCreated.
func dirTime(text string) (time.Time, error) { return time.Parse(generalized, text) }

// moment writes a FILETIME; "Never" for the two that never come.
func moment(filetime string) string {
	n, err := strconv.ParseInt(filetime, 10, 64)
	if err != nil || n <= 0 || n == 1<<63-1 {
		return models.NeverText
	}
	return directory.FromFileTime(n).Format(isoMoment)
}

// propertyType reads a type. "String" is none that is documented: public clients
// send it, and servers were seen to convert by their schema.
func propertyType(word, property string) (models.PropertyType, bool) {
	if !strings.EqualFold(word, models.AnyString) {
		return models.ParsePropertyType(word)
	}
	if a, known := describe(property); known && !models.PasswordProperty(property) {
		return a.Type, true
	}
	return models.CaseIgnoreString, true
}

// written turns one JSON value of a type into the directory's text; complaint
// says what is wrong with its form. Numbers may come as strings and strings as
// numbers (seen on a server); if it is lenient, other values as strings too.
func written(t models.PropertyType, raw json.RawMessage, lenient bool) (text, complaint string) {
	text, plain := numeral(raw)
	switch t {
	case models.Boolean:
		var b bool
		if lenient && plain {
			raw = json.RawMessage(strings.ToLower(text))
		}
		if json.Unmarshal(raw, &b) != nil || isNull(raw) {
			return "", "A boolean is expected."
		}
		return map[bool]string{true: "TRUE", false: "FALSE"}[b], ""
	case models.Integer:
		return writtenInteger(raw, lenient)
	case models.LargeInteger:
		if _, err := strconv.ParseInt(text, 10, 64); !plain || err != nil {
			return "", "A 64-bit integer is expected, as a number or a string."
		}
		return text, ""
	}
	if !plain {
		return "", "A string is expected."
	}
	return writtenText(t, text)
}

func writtenText(t models.PropertyType, s string) (text, complaint string) {
	switch t {
	case models.UTCTime:
		at, ok := isoTime(s)
		if !ok {
			return "", "A date and time is expected, as in 2022-05-04T09:00:00Z."
		}
		return at.UTC().Format(generalized), ""
	case models.Timestamp:
		if s == models.NeverText {
			return neverFileTime, ""
		}
		at, ok := isoTime(s)
		if !ok {
			return "", "A date and time is expected, as in 2022-05-04T09:00:00Z, or Never."
		}
		return directory.FileTime(at), ""
	case models.OctetString, models.LogonHours:
		if _, err := base64.StdEncoding.Strict().DecodeString(s); err != nil {
			return "", "A Base64 string is expected."
		}
	}
	return s, ""
}

// isoTime reads a time in the forms of ISO 8601 that .NET reads; without a zone it
// is UTC.
func isoTime(s string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05", time.DateOnly} {
		if at, err := time.Parse(layout, s); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}

const neverFileTime = "9223372036854775807"

func writtenInteger(raw json.RawMessage, lenient bool) (text, complaint string) {
	text, isNumber := numeral(raw)
	n, err := strconv.ParseInt(text, 10, 64)
	switch {
	case !isNumber || err != nil:
		return "", "An integer is expected."
	case n >= -1<<31 && n < 1<<31:
		return text, ""
	case lenient && n >= 0 && n < 1<<32:
		return strconv.FormatInt(int64(int32(uint32(n))), 10), ""
	default:
		return "", "The value lies outside of 32 bits, signed."
	}
}

// numeral is a JSON number, or a string with one in it.
func numeral(raw json.RawMessage) (string, bool) {
	var s string
	if json.Unmarshal(raw, &s) == nil && !isNull(raw) {
		return s, true
	}
	var n json.Number
	err := json.Unmarshal(raw, &n)
	return n.String(), err == nil && !isNull(raw)
}
