package models

import (
	"strconv"
	"strings"
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

// PropertyTypes are all twelve, in the order of their numbers.
func PropertyTypes() []PropertyType {
	return []PropertyType{
		DNString, CaseExactString, CaseIgnoreString, PrintableString, NumericString, Boolean,
		Integer, OctetString, UTCTime, LargeInteger, Timestamp, LogonHours,
	}
}

// Name is the type as Adaxes spells it: "DnString"; "" for one that is not
// known.
func (t PropertyType) Name() string {
	switch t {
	case DNString:
		return "DnString"
	case CaseExactString:
		return "CaseExactString"
	case CaseIgnoreString:
		return "CaseIgnoreString"
	case PrintableString:
		return "PrintableString"
	case NumericString:
		return "NumericString"
	case Boolean:
		return "Boolean"
	case Integer:
		return "Integer"
	case OctetString:
		return "OctetString"
	case UTCTime:
		return "UtcTime"
	case LargeInteger:
		return "LargeInteger"
	case Timestamp:
		return "Timestamp"
	case LogonHours:
		return "LogonHours"
	default:
		return ""
	}
}

// Words names the type for a person.
func (t PropertyType) Words() string {
	switch t {
	case DNString:
		return "name of an object"
	case CaseExactString:
		return "text, case counts"
	case CaseIgnoreString:
		return "text"
	case PrintableString:
		return "plain text"
	case NumericString:
		return "digits"
	case Boolean:
		return "yes or no"
	case Integer:
		return "number"
	case OctetString:
		return "bytes"
	case UTCTime:
		return "time"
	case LargeInteger:
		return "large number"
	case Timestamp:
		return "time or never"
	case LogonHours:
		return "logon hours"
	default:
		return "type not known"
	}
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

// Operation is how the values of a multi-valued property are changed. Names
// and numbers are Adaxes'.
type Operation uint8

// The operations. Replace, the zero value, is also the one for single-valued
// properties; with no values it clears.
const (
	Replace Operation = 0 // all values by these
	Append  Operation = 1 // these beside those that are there
	Remove  Operation = 2 // these out of those that are there; "Delete" on the wire
)

// Name is the operation as Adaxes spells it.
func (o Operation) Name() string {
	switch o {
	case Append:
		return "Append"
	case Remove:
		return "Delete"
	default:
		return "Replace"
	}
}

// ParseOperation reads an operation's name, whatever the case, or its number.
func ParseOperation(text string) (Operation, bool) {
	for _, o := range []Operation{Replace, Append, Remove} {
		if strings.EqualFold(text, o.Name()) || text == strconv.Itoa(int(o)) {
			return o, true
		}
	}
	return 0, false
}
