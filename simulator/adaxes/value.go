package adaxes

import (
	"encoding/base64"
	"encoding/json"
	"strconv"
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

// written turns one JSON value of a type into the directory's text; complaint
// says what is wrong with its form.
func written(t models.PropertyType, raw json.RawMessage, lenient bool) (text, complaint string) {
	switch t {
	case models.Boolean:
		var b bool
		if json.Unmarshal(raw, &b) != nil || isNull(raw) {
			return "", "A boolean is expected."
		}
		return map[bool]string{true: "TRUE", false: "FALSE"}[b], ""
	case models.Integer:
		return writtenInteger(raw, lenient)
	case models.LargeInteger:
		text, ok := numeral(raw)
		if _, err := strconv.ParseInt(text, 10, 64); !ok || err != nil {
			return "", "A 64-bit integer is expected, as a number or a string."
		}
		return text, ""
	}
	var s string
	if json.Unmarshal(raw, &s) != nil || isNull(raw) {
		return "", "A string is expected."
	}
	return writtenText(t, s)
}

func writtenText(t models.PropertyType, s string) (text, complaint string) {
	switch t {
	case models.UTCTime:
		at, err := time.Parse(time.RFC3339Nano, s)
		if err != nil {
			return "", "A date and time is expected, as in 2022-05-04T09:00:00Z."
		}
		return at.UTC().Format(generalized), ""
	case models.Timestamp:
		if s == models.NeverText {
			return neverFileTime, ""
		}
		at, err := time.Parse(time.RFC3339Nano, s)
		if err != nil {
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

const neverFileTime = "9223372036854775807"

func writtenInteger(raw json.RawMessage, lenient bool) (text, complaint string) {
	text, isNumber := string(raw), raw[0] != '"'
	if lenient {
		text, isNumber = numeral(raw)
	}
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
