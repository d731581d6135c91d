package adaxes

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"

	"dirdesk/models"
)

// readValue reads one value as a request must write it (docs/adaxes.md section
// 3.3), and gives it in the form of models.Property. words say what is wrong with
// it, "" when nothing is.
func readValue(t models.PropertyType, n node) (value, words string) {
	switch t {
	case models.Boolean:
		return readBoolean(n)
	case models.Integer:
		number, words := signed32(n)
		return strconv.FormatInt(int64(number), 10), words
	case models.LargeInteger:
		return readLarge(n)
	}
	switch {
	case n.kind == numberNode:
		return "", fmt.Sprintf("%s is text: write %q", t.Name(), shorten(n.text))
	case n.kind != stringNode:
		return "", fmt.Sprintf("must be text in quotes, and is %s", n.kind)
	case n.text == "":
		return "", "an empty text is no value; write [] for values to clear the property"
	}
	if strings.ContainsRune(n.text, 0) {
		return "", "there is a character in it that nobody can see"
	}
	switch t {
	case models.DNString:
		return readDN(n.text)
	case models.OctetString:
		return readBase64(n.text)
	case models.LogonHours:
		return readHours(n.text)
	case models.UTCTime:
		return readTime(n.text)
	case models.Timestamp:
		return readTimestamp(n.text)
	case models.NumericString:
		if strings.Trim(n.text, "0123456789 ") != "" {
			return "", fmt.Sprintf("%q is not digits only", shorten(n.text))
		}
	case models.PrintableString:
		if i := strings.IndexFunc(n.text, func(r rune) bool { return r < ' ' || r > '~' }); i >= 0 {
			return "", fmt.Sprintf("%q is no plain text: letters, digits and signs of ASCII only", shorten(n.text))
		}
	}
	return n.text, ""
}

func readBoolean(n node) (value, words string) {
	switch {
	case n.kind == boolNode:
		return booleanText(n.yes), ""
	case n.kind == stringNode && (strings.EqualFold(n.text, "true") || strings.EqualFold(n.text, "false")):
		return "", "a Boolean stands without quotes: write " + strings.ToLower(n.text)
	default:
		return "", fmt.Sprintf("must be true or false, and is %s", n.kind)
	}
}

func booleanText(yes bool) string {
	if yes {
		return "TRUE"
	}
	return "FALSE"
}

func readDN(text string) (value, words string) {
	dn, err := models.ParseDN(text)
	switch {
	case err != nil:
		return "", fmt.Sprintf("%q: %v", shorten(text), err)
	case string(dn) != text:
		return "", fmt.Sprintf("there are spaces around it: write %q", string(dn))
	}
	return text, ""
}

func readBase64(text string) (value, words string) {
	data, words := decodeBase64(text)
	return base64.StdEncoding.EncodeToString(data), words
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

func readTime(text string) (value, words string) {
	moment, err := time.Parse(time.RFC3339Nano, text)
	if err == nil {
		return moment.UTC().Format(time.RFC3339Nano), ""
	}
	for _, layout := range []string{time.DateOnly, "2006-01-02T15:04", "2006-01-02T15:04:05", time.DateTime} {
		if moment, err := time.Parse(layout, text); err == nil {
			return "", fmt.Sprintf("%q has no time zone: write %s for that time in UTC", text, moment.Format(time.RFC3339))
		}
	}
	return "", fmt.Sprintf("%q is no time such as 2027-05-31T00:00:00Z", shorten(text))
}

// isEndOfTime tells the years in which programs put a moment that never comes: in
// the first that AD's timestamps have, and in the last that .NET's have.
func isEndOfTime(t time.Time) bool { return t.Year() == 1601 || t.Year() >= 9999 }

func readTimestamp(text string) (value, words string) {
	switch {
	case text == models.NeverText:
		return text, ""
	case strings.EqualFold(text, models.NeverText):
		return "", fmt.Sprintf("%q: write %q", text, models.NeverText)
	}
	if _, err := strconv.ParseInt(text, 10, 64); err == nil {
		return "", fmt.Sprintf("%q is AD's own number of a time; write the time, such as 2027-05-31T00:00:00Z, or %q", text, models.NeverText)
	}
	value, words = readTime(text)
	if words != "" {
		return "", words + ", or " + models.NeverText
	}
	moment, err := time.Parse(time.RFC3339Nano, value)
	switch {
	case err != nil:
		return "", fmt.Sprintf("%q is no time", shorten(text))
	case isEndOfTime(moment):
		return "", fmt.Sprintf("%s is a way of saying never: write %q", text, models.NeverText)
	case moment.Year() < 1601:
		return "", text + " is before 1601, where AD's time begins"
	}
	return value, ""
}
