package models

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"dirdesk/models/moment"
)

// PropertyType is the type of a property's values. Names and numbers are those
// of Adaxes' "Modify directory object" page (official); the LDAP backend maps
// AD's attribute syntaxes to them. 11 to 13 and 15 to 18 mean nothing.
type PropertyType uint8

// The twelve types. The zero value is a type that is not known.
const (
	DNString         PropertyType = 1
	CaseExactString  PropertyType = 2
	CaseIgnoreString PropertyType = 3
	PrintableString  PropertyType = 4
	NumericString    PropertyType = 5
	Boolean          PropertyType = 6
	Integer          PropertyType = 7
	OctetString      PropertyType = 8
	UTCTime          PropertyType = 9
	LargeInteger     PropertyType = 10
	Timestamp        PropertyType = 14
	LogonHours       PropertyType = 19
)

// AnyString is a thirteenth name that is not documented: public clients send it for
// every property, and servers convert by their schema.
const AnyString = "String"

// valueType is all that is particular to the values of one type. Each is
// implemented in a file of its own; a type that lacks a part does not compile.
type valueType interface {
	name() string  // as Adaxes spells it
	words() string // for a person
	// alike is the type that values are written like, so that the two pass for
	// each other.
	alike() PropertyType
	// editor is what a form asks for a value with, and hint what can be typed.
	editor() Editor
	hint(property string, clock moment.Clock) string
	// parse turns what a person types into the form that [Property] describes. What
	// it cannot read it gives as it is, for check to refuse, or says what is wrong.
	parse(property, text string, clock moment.Clock) (value, wrong string)
	// check says what is wrong with a value; "" when nothing is.
	check(value string) string
	// same compares as a directory does.
	same(a, b string) bool
	// explain spells out what a typed value stands for; "" where the text says it.
	explain(value string, clock moment.Clock) string
	// format says a value for a person.
	format(property, value string, zone *time.Location) string
}

// Editor is a way to ask a person for a value.
type Editor uint8

// The editors.
const (
	EditLine   Editor = iota // one line
	EditTime                 // one line, in which a present value stands as Format says it
	EditText                 // a line, or several
	EditChoice               // yes, no or nothing
	EditBytes                // Base64, or a file
	EditHours                // a week of hours
	EditObject               // an object of the directory
)

// valueTypes are the types by their numbers.
var valueTypes = [...]valueType{
	0:                unknownType{},
	DNString:         dnType{},
	CaseExactString:  exactType{},
	CaseIgnoreString: textType{},
	PrintableString:  plainType{},
	NumericString:    digitsType{},
	Boolean:          booleanType{},
	Integer:          integerType{},
	OctetString:      bytesType{},
	UTCTime:          timeType{},
	LargeInteger:     largeType{},
	Timestamp:        timestampType{},
	LogonHours:       hoursType{},
}

func (t PropertyType) valueType() valueType {
	if int(t) < len(valueTypes) && valueTypes[t] != nil {
		return valueTypes[t]
	}
	return unknownType{}
}

// PropertyTypes are all twelve, in the order of their numbers.
func PropertyTypes() []PropertyType {
	var all []PropertyType
	for t := range valueTypes {
		if t > 0 && valueTypes[t] != nil {
			all = append(all, PropertyType(t))
		}
	}
	return all
}

// Name is the type as Adaxes spells it: "DnString"; "" for one that is not
// known.
func (t PropertyType) Name() string { return t.valueType().name() }

// Label names the type for a person.
func (t PropertyType) Label() string { return t.valueType().words() }

// Alike reports whether values of two types are written alike, so that they pass
// for each other. A type that is not known is written like any.
func (t PropertyType) Alike(other PropertyType) bool {
	return t == 0 || other == 0 || t.valueType().alike() == other.valueType().alike()
}

// IsBytes reports whether values are bytes, written as Base64.
func (t PropertyType) IsBytes() bool { return t.valueType().alike() == OctetString }

// Editor is what a form asks for a value with.
func (t PropertyType) Editor() Editor { return t.valueType().editor() }

// Hint says what can be typed as a value of a property.
func (t PropertyType) Hint(property string, clock moment.Clock) string {
	return t.valueType().hint(property, clockOf(property, clock))
}

// Parse turns a value as a person types it into the form that [Property]
// describes; or says what is wrong with it. Yes and no, true and false are
// Booleans; numbers may be hexadecimal (0x200); times are what moment.Clock
// reads, and of accountExpires a date is the last day.
func (t PropertyType) Parse(property, text string, clock moment.Clock) (value, wrong string) {
	value, wrong = t.valueType().parse(property, text, clockOf(property, clock))
	if wrong == "" {
		wrong = t.Check(value)
	}
	if wrong != "" {
		return "", wrong
	}
	return value, ""
}

// clockOf is the clock of a property: only the end of an account is a last day.
func clockOf(property string, clock moment.Clock) moment.Clock {
	clock.LastDay = equalFoldASCII(property, "accountExpires")
	return clock
}

// Check says what is wrong with a value in the form that [Property] describes;
// "" when nothing is, and for a type that is not known.
func (t PropertyType) Check(value string) string { return t.valueType().check(value) }

// Format says a value for a person: flags by their names, times in a zone, bytes
// by their number. Text of the directory is not safe to print raw.
func (t PropertyType) Format(property, value string, zone *time.Location) string {
	return t.valueType().format(property, value, zone)
}

// Explain spells out what a typed value stands for, so that a person sees it
// before it is sent; "" where the text says it all.
func (t PropertyType) Explain(property, value string, clock moment.Clock) string {
	return t.valueType().explain(value, clockOf(property, clock))
}

// FormatAll says several values, "" for none.
func (t PropertyType) FormatAll(property string, values []string, zone *time.Location) string {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = t.Format(property, v, zone)
	}
	return strings.Join(words, "; ")
}

// SameValue compares two values of one type as a directory does: DNs and the
// strings but CaseExactString whatever the case, numbers by their value, times
// by their moment, bytes by what they decode to.
func SameValue(t PropertyType, a, b string) bool { return a == b || t.valueType().same(a, b) }

// SameValues compares two sets of values, in whatever order.
func SameValues(t PropertyType, a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	left := slices.Clone(b)
	for _, v := range a {
		i := slices.IndexFunc(left, func(w string) bool { return SameValue(t, v, w) })
		if i < 0 {
			return false
		}
		left = slices.Delete(left, i, i+1)
	}
	return true
}

// ParsePropertyType reads a type's name, whatever the case, or its number.
func ParsePropertyType(text string) (PropertyType, bool) {
	for _, t := range PropertyTypes() {
		if strings.EqualFold(text, t.Name()) || text == strconv.Itoa(int(t)) {
			return t, true
		}
	}
	return 0, false
}

// misfit says that a value does not fit a type, and what would.
func misfit(t PropertyType, value, form string) string {
	const most = 60 // characters of a value that are shown
	if shown := []rune(value); len(shown) > most {
		value = string(shown[:most-1]) + "…"
	}
	return fmt.Sprintf("%q is no %s: write %s", value, t.Label(), form)
}
