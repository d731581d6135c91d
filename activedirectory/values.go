package activedirectory

import (
	"encoding/base64"
	"errors"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"dirdesk/models"
)

// shown gives a value as a property has it. What is not of the form that the
// schema promises is shown as it came.
func (s syntax) shown(raw string) string {
	switch s.form {
	case asBytes:
		return base64.StdEncoding.EncodeToString([]byte(raw))
	case asSID:
		if text := sidText([]byte(raw)); text != "" {
			return text
		}
		return base64.StdEncoding.EncodeToString([]byte(raw))
	case asGUID:
		if text := guidText([]byte(raw)); text != "" {
			return text
		}
		return base64.StdEncoding.EncodeToString([]byte(raw))
	case asTicks:
		value, ok := ticks(raw)
		if !ok {
			return raw
		}
		if at := fileTime(value); !at.IsZero() {
			return at.Format(time.RFC3339Nano)
		}
		return models.NeverText
	case asGeneralized:
		if at := generalizedTime(raw); !at.IsZero() {
			return at.UTC().Format(time.RFC3339Nano)
		}
	case asUTC:
		if at := utcTime(raw); !at.IsZero() {
			return at.UTC().Format(time.RFC3339)
		}
	}
	return raw
}

func (s syntax) shownAll(raw []string) []string {
	var all []string
	for _, value := range raw {
		all = append(all, s.shown(value))
	}
	return all
}

// stored gives a value as it travels; the error says in words what it should be.
func (s syntax) stored(value string) (string, error) {
	if value == "" {
		return "", errors.New("an empty value cannot be kept: clear the property instead")
	}
	switch s.of {
	case models.DNString:
		if _, err := models.ParseDN(value); err != nil {
			return "", errors.New(`it is the name of an object: "CN=Anna Berg,OU=Staff,DC=example,DC=com"`)
		}
	case models.Boolean:
		switch strings.ToUpper(value) {
		case "TRUE", "FALSE":
			return strings.ToUpper(value), nil
		}
		return "", errors.New("it is TRUE or FALSE")
	case models.Integer:
		bits, ok := models.Bits(value)
		if !ok {
			return "", errors.New("it is a whole number of 32 bits")
		}
		return strconv.FormatInt(int64(bits), 10), nil
	case models.LargeInteger:
		number, err := strconv.ParseInt(strings.TrimSpace(value), 10, 64)
		if err != nil {
			return "", errors.New("it is a whole number of 64 bits")
		}
		return strconv.FormatInt(number, 10), nil
	case models.NumericString:
		if strings.Trim(value, "0123456789 ") != "" {
			return "", errors.New("it is made of digits")
		}
	case models.OctetString, models.LogonHours:
		bytes, err := base64.StdEncoding.DecodeString(value)
		switch {
		case err != nil || len(bytes) == 0:
			return "", errors.New("it is bytes, written as Base64")
		case s.of == models.LogonHours && len(bytes) != logonHourBytes:
			return "", errors.New("logon hours are 21 bytes, written as Base64")
		}
		return string(bytes), nil
	case models.Timestamp, models.UTCTime:
		return s.storedTime(value)
	}
	if !utf8.ValidString(value) {
		return "", errors.New("it is not valid text")
	}
	return value, nil
}

const logonHourBytes = 21 // a bit for each hour of a week

func (s syntax) storedTime(value string) (string, error) {
	if s.of == models.Timestamp && strings.EqualFold(value, models.NeverText) {
		return "0", nil
	}
	at, err := time.Parse(time.RFC3339Nano, value)
	if err != nil {
		if s.of == models.Timestamp {
			return "", errors.New(`it is a time such as "2027-05-31T00:00:00Z", or Never`)
		}
		return "", errors.New(`it is a time such as "2027-05-31T00:00:00Z"`)
	}
	at = at.UTC()
	if s.form != asTicks && at.Nanosecond() != 0 {
		return "", errors.New("this property keeps whole seconds only")
	}
	switch s.form {
	case asTicks:
		seconds := at.Unix() + secondsTo1970
		if seconds <= 0 || seconds >= math.MaxInt64/ticksPerSecond {
			return "", errors.New("the directory keeps times after 1601 only")
		}
		return strconv.FormatInt(seconds*ticksPerSecond+int64(at.Nanosecond())/nanosecondsInTick, 10), nil
	case asUTC:
		if at.Year() < 1950 || at.Year() > 2049 {
			return "", errors.New("this property keeps times from 1950 to 2049 only")
		}
		return at.Format(utcTimeLayout) + "Z", nil
	default:
		return at.Format(generalizedLayout) + ".0Z", nil
	}
}

// utcTimeLayout has a year of two digits: 50 to 99 are of the last century (RFC
// 5280 4.1.2.5.1).
const (
	utcTimeLayout     = "060102150405"
	generalizedLayout = "20060102150405"
)

// utcTime reads "270531000000Z"; zero when it is none. A domain controller may
// also answer in GeneralizedTime.
func utcTime(text string) time.Time {
	if at := generalizedTime(text); !at.IsZero() {
		return at
	}
	digits, ok := strings.CutSuffix(text, "Z")
	if !ok {
		return time.Time{}
	}
	at, err := time.Parse(utcTimeLayout, digits)
	if err != nil {
		return time.Time{}
	}
	if at.Year() >= 2050 {
		at = at.AddDate(-100, 0, 0)
	}
	return at
}
