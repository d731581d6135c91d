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
	case strings.ContainsRune(text, 0):
		return "", "there is a character in it that nobody can see"
	}
	wrong := ""
	switch t {
	case models.DNString:
		if dn, err := models.ParseDN(text); err != nil {
			return "", fmt.Sprintf("%q: %v", english.Short(text), err)
		} else if string(dn) != text {
			wrong = "has spaces around it"
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
	case models.NumericString:
		if strings.Trim(text, "0123456789 ") != "" {
			wrong = "is not digits only"
		}
	case models.PrintableString:
		if strings.IndexFunc(text, func(r rune) bool { return r < ' ' || r > '~' }) >= 0 {
			wrong = "is no plain text: letters, digits and signs of ASCII only"
		}
	}
	if wrong != "" {
		return "", fmt.Sprintf("%q %s", english.Short(text), wrong)
	}
	return text, ""
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
