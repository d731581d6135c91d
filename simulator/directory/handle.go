package directory

import (
	"encoding/base64"
	"strings"
)

// Attribute is one attribute of the schema, looked up once and used often.
type Attribute struct{ row *attribute }

// AttributeNamed finds an attribute whatever the case of its name.
func AttributeNamed(name string) (Attribute, bool) {
	i := attributeIndex(name)
	if i < 0 {
		return Attribute{}, false
	}
	return Attribute{&schema[i]}, true
}

// Ordinary are the attributes that "*" stands for: all that are kept.
func Ordinary() (all []Attribute) {
	first := attributeByName("objectClass")
	all = append(all, Attribute{first})
	for i := range schema {
		if !schema[i].made && &schema[i] != first {
			all = append(all, Attribute{&schema[i]})
		}
	}
	return all
}

// Operational are those that "+" stands for (RFC 3673).
func Operational() (all []Attribute) {
	for _, name := range []string{"createTimeStamp", "modifyTimeStamp", "structuralObjectClass", "subSchemaSubEntry", "canonicalName"} {
		all = append(all, Attribute{attributeByName(name)})
	}
	return all
}

// Name is the name as the schema spells it.
func (a Attribute) Name() string { return a.row.name }

// IsDN reports whether values are names of entries.
func (a Attribute) IsDN() bool { return a.row.syntax == asDN }

// Wire gives a value as it travels over LDAP: bytes where the rest of this
// package has a text for them.
func (a Attribute) Wire(text string) []byte {
	switch a.row.syntax {
	case asOctets, asHours, asDescriptor:
		if b, err := base64.StdEncoding.DecodeString(text); err == nil {
			return b
		}
	case asSID:
		if b := SIDBytes(text); b != nil {
			return b
		}
	case asGUID:
		if b := GUIDBytes(text); b != nil {
			return b
		}
	}
	return []byte(text)
}

// FromWire turns a value that came over LDAP into this package's form. A SID and
// a GUID may come in their usual forms too, as in filters.
func (a Attribute) FromWire(b []byte) string {
	switch a.row.syntax {
	case asOctets, asHours, asDescriptor:
		return base64.StdEncoding.EncodeToString(b)
	case asSID:
		if text, length := SIDText(b); length > 0 && length == len(b) {
			return text
		}
		return strings.ToUpper(string(b))
	case asGUID:
		if text := GUIDText(b); text != "" {
			return text
		}
		return strings.ToLower(strings.Trim(string(b), "{}"))
	}
	return string(b)
}
