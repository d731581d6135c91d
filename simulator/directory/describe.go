package directory

import (
	"slices"

	"dirdesk/models"
)

// Description is what the schema says of one attribute.
type Description struct {
	Name string // as the schema spells it
	Type models.PropertyType
	Many bool // may have several values
	// Server says that the server keeps it and nobody else can set it.
	Server bool
	// Link says that its values name other entries and follow them.
	Link bool
}

// Describe gives what the schema says of an attribute, whatever the case of its
// name.
func Describe(name string) (Description, bool) {
	i := attributeIndex(name)
	if i < 0 {
		return Description{}, false
	}
	return schema[i].describe(), true
}

func (a *attribute) describe() Description {
	return Description{
		Name: a.name, Type: a.syntax.propertyType(), Many: a.many,
		Server: a.server || a.name == "whenCreated", Link: a.syntax == asDN && a.name != "distinguishedName" && a.name != "objectCategory",
	}
}

// Schema describes all attributes that an object of a class may have, by name in
// the order of the alphabet; nil for a class that is not known.
func Schema(class string) []Description {
	c := classByName(class)
	if c == nil {
		return nil
	}
	var all []Description
	for i := range schema {
		if schema[i].on&c.owners() != 0 {
			all = append(all, schema[i].describe())
		}
	}
	slices.SortFunc(all, func(a, b Description) int {
		switch {
		case a.Name < b.Name:
			return -1
		case a.Name > b.Name:
			return 1
		default:
			return 0
		}
	})
	return all
}

// propertyType is the syntax in the models' words.
func (s syntax) propertyType() models.PropertyType {
	switch s {
	case asExact:
		return models.CaseExactString
	case asPlain:
		return models.PrintableString
	case asDigits:
		return models.NumericString
	case asNumber:
		return models.Integer
	case asLarge:
		return models.LargeInteger
	case asFiletime:
		return models.Timestamp
	case asTime:
		return models.UTCTime
	case asBoolean:
		return models.Boolean
	case asDN:
		return models.DNString
	case asOctets:
		return models.OctetString
	case asHours:
		return models.LogonHours
	default:
		return models.CaseIgnoreString
	}
}

// same compares two values as the directory does.
func (s syntax) same(a, b string) bool {
	switch s {
	case asNumber, asLarge, asFiletime:
		return models.SameValue(models.LargeInteger, a, b)
	case asExact, asTime, asOctets, asHours:
		return a == b
	case asDN:
		return models.DN(a).Equal(models.DN(b))
	default:
		return fold(a) == fold(b)
	}
}
