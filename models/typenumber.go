package models

import (
	"strconv"
	"strings"
	"time"

	"dirdesk/models/moment"
)

// integerType is a number of 32 bits, written signed. Of some properties its bits
// have names.
type integerType struct{ unknownType }

func (integerType) name() string        { return "Integer" }
func (integerType) words() string       { return "number" }
func (integerType) alike() PropertyType { return LargeInteger }
func (integerType) editor() Editor      { return EditLine }

func (integerType) hint(string, moment.Clock) string {
	return "A whole number from -2147483648 to 2147483647."
}

// parse takes numbers from 2^31 on for bits where they have names, and where
// they are hexadecimal.
func (integerType) parse(property, text string, _ moment.Clock) (value, wrong string) {
	n, hex, err := parseNumber(text)
	switch {
	case err != nil:
		return text, ""
	case n >= -1<<31 && n < 1<<31:
		return strconv.FormatInt(n, 10), ""
	case n >= 1<<31 && n < 1<<32 && (hex || FlagSet(property) != nil):
		return strconv.FormatInt(int64(int32(uint32(n))), 10), ""
	default:
		return "", misfit(Integer, text, "a number from -2147483648 to 2147483647")
	}
}

func (integerType) check(value string) string {
	if _, ok := Bits(value); !ok {
		return misfit(Integer, value, "a number from -2147483648 to 2147483647")
	}
	return ""
}

func (integerType) same(a, b string) bool {
	x, okX := Bits(a)
	y, okY := Bits(b)
	return okX && okY && x == y
}

func (integerType) format(property, value string, _ *time.Location) string {
	bits, ok := Bits(value)
	if !ok || FlagSet(property) == nil {
		return value
	}
	if words := FlagWords(property, bits); words != "" {
		return words
	}
	return "no flags"
}

// largeType is a number of 64 bits.
type largeType struct{ unknownType }

func (largeType) name() string        { return "LargeInteger" }
func (largeType) words() string       { return "large number" }
func (largeType) alike() PropertyType { return LargeInteger }
func (largeType) editor() Editor      { return EditLine }

func (largeType) hint(string, moment.Clock) string {
	return "A whole number from -9223372036854775808 to 9223372036854775807."
}

func (largeType) parse(_, text string, _ moment.Clock) (value, wrong string) {
	if n, _, err := parseNumber(text); err == nil {
		return strconv.FormatInt(n, 10), ""
	}
	return text, ""
}

func (largeType) check(value string) string {
	if _, err := strconv.ParseInt(value, 10, 64); err != nil {
		return misfit(LargeInteger, value, "a number of at most 64 bits")
	}
	return ""
}

func (largeType) same(a, b string) bool {
	x, errX := strconv.ParseInt(a, 10, 64)
	y, errY := strconv.ParseInt(b, 10, 64)
	return errX == nil && errY == nil && x == y
}

// parseNumber reads a decimal number, or a hexadecimal one of up to 64 bits.
func parseNumber(text string) (n int64, hex bool, err error) {
	text = strings.TrimSpace(text)
	if digits, isHex := strings.CutPrefix(strings.ToLower(text), "0x"); isHex {
		bits, err := strconv.ParseUint(digits, 16, 64)
		return int64(bits), true, err
	}
	n, err = strconv.ParseInt(text, 10, 64)
	return n, false, err
}
