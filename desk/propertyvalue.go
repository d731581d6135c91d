package desk

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"dirdesk/internal/english"
	"dirdesk/models"
)

// ParseValue turns a value as a person types it into the form that
// [models.Property] describes. Yes and no, true and false are Booleans; numbers
// may be hexadecimal (0x200); times are RFC 3339, or a date, or a date and a
// time in the zone, of accountExpires a date is the last day; "never" is one too
// where a property may never come. The error is models.ErrInvalid.
func ParseValue(property string, t models.PropertyType, text string, zone *time.Location) (string, error) {
	value := text
	switch t {
	case models.Boolean:
		value = parseBoolean(text)
	case models.Integer, models.LargeInteger:
		value = parseNumber(property, t, text)
	case models.UTCTime, models.Timestamp:
		value = parseTime(property, t, text, zone)
	case models.OctetString, models.LogonHours:
		value = parseBytes(text)
	case models.DNString:
		value = strings.TrimSpace(text)
	}
	if words := CheckValue(t, value); words != "" {
		return "", invalidProperty(property, english.Naming(words, ""))
	}
	return value, nil
}

// CheckValue says what is wrong with a value of a type in the form that
// [models.Property] describes; "" when nothing is, and for a type that is not
// known.
func CheckValue(t models.PropertyType, value string) string {
	wrong := func(form string) string { return english.Quoted(value) + " is no " + t.Words() + ": write " + form }
	switch t {
	case models.DNString:
		if dn, err := models.ParseDN(value); err != nil || dn == "" {
			return wrong("a DN, such as CN=Ann Smith,CN=Users,DC=example,DC=com")
		}
	case models.Boolean:
		return when(value != "TRUE" && value != "FALSE", wrong("yes or no"))
	case models.Integer:
		_, ok := models.Bits(value)
		return when(!ok, wrong("a number from -2147483648 to 2147483647"))
	case models.LargeInteger:
		_, err := strconv.ParseInt(value, 10, 64)
		return when(err != nil, wrong("a number of at most 64 bits"))
	case models.UTCTime:
		_, err := time.Parse(time.RFC3339Nano, value)
		return when(err != nil, wrong("2027-05-31 or 2027-05-31T17:00:00Z"))
	case models.Timestamp:
		_, err := time.Parse(time.RFC3339Nano, value)
		return when(err != nil && !strings.EqualFold(value, models.NeverText), wrong("2027-05-31, 2027-05-31T17:00:00Z or never"))
	case models.OctetString:
		_, err := base64.StdEncoding.DecodeString(value)
		return when(err != nil, "these are no bytes in Base64")
	case models.LogonHours:
		hours, err := base64.StdEncoding.DecodeString(value)
		return when(err != nil || len(hours) != logonHoursSize, "logon hours are 21 bytes in Base64, one bit for each hour of the week")
	case models.NumericString:
		return when(value == "" || strings.Trim(value, "0123456789 ") != "", wrong("digits and spaces only"))
	case models.PrintableString:
		return when(value == "" || strings.ContainsFunc(value, func(r rune) bool { return r < 0x20 || r > 0x7e }), wrong("plain letters, digits and signs only"))
	case models.CaseExactString, models.CaseIgnoreString:
		switch {
		case value == "":
			return "an empty text is no value; to clear the property, give none"
		case !utf8.ValidString(value):
			return "the text is not UTF-8"
		case strings.ContainsRune(value, 0):
			return "the text holds a character that cannot be seen"
		}
	}
	return ""
}

// logonHoursSize is the number of bytes of logon hours: 168 hours.
const logonHoursSize = 21

func parseBoolean(text string) string {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "yes", "true", "on", "1":
		return "TRUE"
	case "no", "false", "off", "0":
		return "FALSE"
	default:
		return text
	}
}

// parseNumber reads decimal or hexadecimal. Numbers above 2^31 are bits where
// the property has flags.
func parseNumber(property string, t models.PropertyType, text string) string {
	text = strings.TrimSpace(text)
	bits := t == models.Integer && models.FlagSet(property) != nil
	if hex, isHex := strings.CutPrefix(strings.ToLower(text), "0x"); isHex {
		n, err := strconv.ParseUint(hex, 16, 64)
		if err != nil || t == models.Integer && n > 1<<32-1 {
			return text
		}
		if t == models.Integer {
			return decimal(int32(uint32(n)))
		}
		return strconv.FormatInt(int64(n), 10)
	}
	n, err := strconv.ParseInt(text, 10, 64)
	switch {
	case err != nil:
		return text
	case t == models.Integer && n >= 1<<31 && !bits:
		return fmt.Sprintf("%d (too large)", n)
	case t == models.Integer && n >= 1<<31 && n < 1<<32:
		return decimal(int32(uint32(n)))
	default:
		return strconv.FormatInt(n, 10)
	}
}

// parseTime reads a moment. Of the end of an account a date is the last day, as
// it is for whoever sets it in another way, and in Windows' own tools: it ends at
// the midnight after it.
func parseTime(property string, t models.PropertyType, text string, zone *time.Location) string {
	text = strings.TrimSpace(text)
	if t == models.Timestamp && strings.EqualFold(text, models.NeverText) {
		return models.NeverText
	}
	for _, layout := range []string{time.RFC3339Nano, time.DateOnly, "2006-01-02 15:04", time.DateTime, "2006-01-02T15:04", "2006-01-02T15:04:05"} {
		if moment, err := time.ParseInLocation(layout, text, zone); err == nil {
			if layout == time.DateOnly && strings.EqualFold(property, "accountExpires") {
				moment = moment.AddDate(0, 0, 1)
			}
			return moment.UTC().Format(time.RFC3339Nano)
		}
	}
	return text
}

// parseBytes takes Base64 with and without its padding.
func parseBytes(text string) string {
	text = strings.Join(strings.Fields(text), "")
	if b, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(text, "=")); err == nil {
		return bytesText(b)
	}
	return text
}

func bytesText(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

func decimal(n int32) string { return strconv.FormatInt(int64(n), 10) }
