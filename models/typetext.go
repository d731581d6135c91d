package models

import (
	"strings"
	"time"
	"unicode/utf8"

	"dirdesk/models/moment"
)

// unknownType is of values of which nothing is known: they are left as they are.
// The types of text differ from it in little.
type unknownType struct{}

func (unknownType) name() string                     { return "" }
func (unknownType) words() string                    { return "type not known" }
func (unknownType) alike() PropertyType              { return 0 }
func (unknownType) editor() Editor                   { return EditText }
func (unknownType) hint(string, moment.Clock) string { return "Any text." }
func (unknownType) check(string) string              { return "" }
func (unknownType) same(a, b string) bool            { return strings.EqualFold(a, b) }

func (unknownType) parse(_, text string, _ moment.Clock) (value, wrong string) { return text, "" }

func (unknownType) explain(string, moment.Clock) string { return "" }

func (unknownType) format(_, value string, _ *time.Location) string { return value }

// textType is text whose case does not count.
type textType struct{ unknownType }

func (textType) name() string        { return "CaseIgnoreString" }
func (textType) words() string       { return "text" }
func (textType) alike() PropertyType { return CaseIgnoreString }

// explain warns of what cannot be seen.
func (textType) explain(value string, _ moment.Clock) string {
	if value != strings.TrimSpace(value) {
		return "it begins or ends with a space"
	}
	return ""
}

func (textType) check(value string) string {
	switch {
	case value == "":
		return "an empty text is no value; to clear the property, give none"
	case !utf8.ValidString(value):
		return "the text is not UTF-8"
	case strings.ContainsRune(value, 0):
		return "the text holds a character that cannot be seen"
	default:
		return ""
	}
}

// exactType is text whose case counts.
type exactType struct{ textType }

func (exactType) name() string             { return "CaseExactString" }
func (exactType) words() string            { return "text, case counts" }
func (exactType) same(string, string) bool { return false }

// plainType is text of the characters of a plain keyboard (PrintableString, IA5).
type plainType struct{ textType }

func (plainType) name() string   { return "PrintableString" }
func (plainType) words() string  { return "plain text" }
func (plainType) editor() Editor { return EditLine }

func (plainType) hint(string, moment.Clock) string {
	return "Letters from A to Z, digits and the signs of a plain keyboard."
}

func (plainType) check(value string) string {
	if value == "" || strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r > '~' }) {
		return misfit(PrintableString, value, "letters from A to Z, digits and the signs of a plain keyboard only")
	}
	return ""
}

// digitsType is text of digits and spaces.
type digitsType struct{ textType }

func (digitsType) name() string                     { return "NumericString" }
func (digitsType) words() string                    { return "digits" }
func (digitsType) editor() Editor                   { return EditLine }
func (digitsType) hint(string, moment.Clock) string { return "Digits and spaces." }

func (digitsType) check(value string) string {
	if value == "" || strings.Trim(value, "0123456789 ") != "" {
		return misfit(NumericString, value, "digits and spaces only")
	}
	return ""
}

// dnType is the DN of an object of the directory.
type dnType struct{ unknownType }

func (dnType) name() string                     { return "DnString" }
func (dnType) words() string                    { return "name of an object" }
func (dnType) alike() PropertyType              { return CaseIgnoreString }
func (dnType) editor() Editor                   { return EditObject }
func (dnType) hint(string, moment.Clock) string { return "The DN of an object." }
func (dnType) same(a, b string) bool            { return DN(a).Equal(DN(b)) }

func (dnType) parse(_, text string, _ moment.Clock) (value, wrong string) {
	return strings.TrimSpace(text), ""
}

func (dnType) check(value string) string {
	if dn, err := ParseDN(value); err != nil || dn == "" {
		return misfit(DNString, value, "a DN, such as CN=Ann Smith,CN=Users,DC=example,DC=com")
	}
	return ""
}
