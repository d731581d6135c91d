package models

import (
	"slices"
	"strings"
)

// Property is one attribute of an object with what is known of its kind.
//
// Values are text, in one form for every backend:
//
//	DNString                   the DN
//	the strings                as they are
//	Boolean                    "TRUE" or "FALSE"
//	Integer, LargeInteger      decimal, signed (32 and 64 bits)
//	OctetString                Base64, padded
//	UTCTime                    RFC 3339 in UTC: "2027-05-31T00:00:00Z"
//	Timestamp                  the same, or "Never" for FILETIME 0 and 2^63-1
//	LogonHours                 Base64 of 21 bytes: 168 hours from Sunday 00:00
//	                           UTC on, the lowest bit of each byte first
type Property struct {
	Name string // as the schema spells it: "otherTelephone"
	Type PropertyType
	// Multi says whether it may have several values; Unknown where the server
	// does not tell.
	Multi Flag
	// Fixed says in words why it cannot be changed as a property here ("kept by
	// the server", "rename the object instead"); "" when it can.
	Fixed string
	// Values are the present ones; none when it is not set.
	Values []string
}

// NeverText is the value of a Timestamp that does not come.
const NeverText = "Never"

// PropertySheet is all that a server tells of an object's properties, by name
// in the order of the alphabet. Those that are not set, and may be, are in it
// with no values.
type PropertySheet struct {
	DN         DN
	Category   Category
	Properties []Property
	// Partial says in words why there may be properties that are not in the
	// sheet; "" when it is complete.
	Partial string
}

// Property finds one whatever the case of its name.
func (s PropertySheet) Property(name string) (Property, bool) {
	i := slices.IndexFunc(s.Properties, func(p Property) bool { return equalFoldASCII(p.Name, name) })
	if i < 0 {
		return Property{}, false
	}
	return s.Properties[i], true
}

// PropertyChange is one property to be changed.
type PropertyChange struct {
	Name      string
	Type      PropertyType
	Operation Operation
	// Values are the new ones, or those to add or take away, in the form that
	// [Property] describes. None, with Replace, clears the property.
	Values []string
	// Masked says that only the bits of Mask are touched: those of them that
	// are set in the one value are switched on, the others off. Operation does
	// not matter then.
	Masked bool
	Mask   int32

	// Before are the values that were there, as far as they could be read.
	Before      []string
	BeforeKnown bool

	// Of a DNString: which objects Values and Before name, each by its objectGUID,
	// in their order, "" where it is not known. Either may be shorter, or nil.
	GUIDs, BeforeGUIDs []string
}

// Refs are the objects that a change of a DNString names.
func (c PropertyChange) Refs() []Ref { return refsOf(c.Values, c.GUIDs) }

// BeforeRefs are the objects that stood in a DNString.
func (c PropertyChange) BeforeRefs() []Ref { return refsOf(c.Before, c.BeforeGUIDs) }

func refsOf(dns, guids []string) []Ref {
	refs := make([]Ref, len(dns))
	for i, dn := range dns {
		refs[i].DN = DN(dn)
		if i < len(guids) {
			refs[i].GUID = guids[i]
		}
	}
	return refs
}

// LicenceChange assigns or revokes one Microsoft 365 licence.
type LicenceChange struct {
	SKU      string // skuPartNumber: "ENTERPRISEPACK"
	Assigned bool
}

// Modification is one change of any properties of one object: all of it is
// done, or nothing.
type Modification struct {
	Properties []PropertyChange
	// Licences change a user's Microsoft 365 licences; only Adaxes can.
	Licences []LicenceChange
	// Photo is an image for a user or contact, JPEG or PNG; PhotoSet with no
	// bytes clears it.
	Photo    []byte
	PhotoSet bool
	// Others are what Request holds beyond the parts above, which nobody here
	// knows the meaning of; without a Request there are none.
	Others []RequestPart
	// Request is the whole as a person wrote it for Adaxes; it is sent as it is,
	// and the parts above say what it means. Nil: it is made of them. Others
	// than Adaxes refuse it.
	Request []byte
	// Restores says that values come back that were there: the rules for new ones
	// are not held against them.
	Restores bool
}

// RequestPart is a member of a request that is sent as it is written.
type RequestPart struct {
	Path string // "o365.location"
	// Text is its value for a person to read: JSON, cut when it is long, and
	// "(not shown)" for what may be a secret.
	Text string
}

// Clone copies a modification deeply.
func (m Modification) Clone() Modification {
	m.Properties = slices.Clone(m.Properties)
	for i := range m.Properties {
		p := &m.Properties[i]
		p.Values, p.Before = slices.Clone(p.Values), slices.Clone(p.Before)
		p.GUIDs, p.BeforeGUIDs = slices.Clone(p.GUIDs), slices.Clone(p.BeforeGUIDs)
	}
	m.Licences, m.Others = slices.Clone(m.Licences), slices.Clone(m.Others)
	m.Photo, m.Request = slices.Clone(m.Photo), slices.Clone(m.Request)
	return m
}

// Licence is one kind of Microsoft 365 licence as the server tells of it for a
// user.
type Licence struct {
	SKU      string // skuPartNumber
	Name     string // what it is sold as; may be empty
	Assigned bool
	Consumed int // units in use, of Total; both 0 when not told
	Total    int
}

// Licences are a user's Microsoft 365 account, as far as it is told.
type Licences struct {
	HasAccount    bool
	Location      string // ISO 3166-1 alpha-2; may be empty
	SignInBlocked Flag
	Licences      []Licence
}

// PasswordProperty reports whether a property holds a password, or what one can
// be made of: such are never shown, and never changed as properties, but by the
// setting of a password (names are those of Active Directory's schema and of
// Microsoft's LAPS).
func PasswordProperty(name string) bool {
	switch lower := strings.ToLower(name); lower {
	case "unicodepwd", "userpassword", "dbcspwd", "ntpwdhistory", "lmpwdhistory", "supplementalcredentials",
		"ms-mcs-admpwd", "unixuserpassword", "mssfu30password", "msds-managedpassword", "msds-managedpasswordpreviousid",
		"msds-managedpasswordid", "initialauthincoming", "initialauthoutgoing", "trustauthincoming", "trustauthoutgoing",
		"currentvalue", "priorvalue":
		return true
	default:
		return strings.HasPrefix(lower, "mslaps-") && strings.Contains(lower, "password") && lower != "mslaps-passwordexpirationtime"
	}
}
