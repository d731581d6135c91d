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
