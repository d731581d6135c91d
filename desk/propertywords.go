package desk

import (
	"encoding/base64"
	"fmt"
	"math/bits"
	"strings"
	"time"

	"dirdesk/internal/english"
	"dirdesk/models"
)

// ValueWords says a value for a person: flags by their names, times in the
// local zone, bytes by their number. Text of the directory is not safe to print
// raw.
func ValueWords(property string, t models.PropertyType, value string) string {
	switch t {
	case models.Boolean:
		switch {
		case strings.EqualFold(value, "TRUE"):
			return "yes"
		case strings.EqualFold(value, "FALSE"):
			return "no"
		}
	case models.Integer:
		if n, ok := models.Bits(value); ok && models.FlagSet(property) != nil {
			if words := models.FlagWords(property, n); words != "" {
				return words
			}
			return "no flags"
		}
	case models.UTCTime, models.Timestamp:
		if strings.EqualFold(value, models.NeverText) {
			return "never"
		}
		if moment, err := time.Parse(time.RFC3339Nano, value); err == nil {
			return moment.Local().Format(time.DateTime)
		}
	case models.OctetString:
		if b, err := base64.StdEncoding.DecodeString(value); err == nil {
			return bytesWords(b)
		}
	case models.LogonHours:
		if b, err := base64.StdEncoding.DecodeString(value); err == nil && len(b) == logonHoursSize {
			return hoursWords(b)
		}
	}
	return value
}

// ValuesWords says several values, or "" for none.
func ValuesWords(property string, t models.PropertyType, values []string) string {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = ValueWords(property, t, v)
	}
	return strings.Join(words, "; ")
}

// mostHex is up to how many bytes are shown one by one.
const mostHex = 16

func bytesWords(b []byte) string {
	switch n := len(b); {
	case n == 0:
		return "no bytes"
	case n <= mostHex:
		return fmt.Sprintf("%s: % x", english.Size(n), b)
	default:
		return english.Size(n)
	}
}

func hoursWords(b []byte) string {
	on := 0
	for _, each := range b {
		on += bits.OnesCount8(each)
	}
	switch on {
	case 0:
		return "at no hour"
	case 168:
		return "at all hours"
	default:
		return fmt.Sprintf("%d of 168 hours", on)
	}
}
