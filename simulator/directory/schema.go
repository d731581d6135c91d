package directory

import "strings"

// syntax is what a value must look like.
type syntax uint8

const (
	asText       syntax = iota // case does not count
	asExact                    // case counts (IA5)
	asPlain                    // PrintableString
	asDigits                   // NumericString: digits and spaces
	asNumber                   // 32 bits, signed
	asLarge                    // 64 bits, signed
	asFiletime                 // 64 bits, a moment or never
	asTime                     // generalized time, "20260131120000.0Z"
	asBoolean                  // "TRUE" or "FALSE", in capitals (measured: Samba refuses "true")
	asDN                       // the DN of an entry
	asOctets                   // bytes, which the API of this package gives and takes in Base64
	asHours                    // the same, 21 of them: logonHours
	asSID                      // a SID, in the form S-1-...
	asGUID                     // a GUID, in the usual form
	asDescriptor               // a security descriptor, in Base64
)

// owner says which classes may carry an attribute.
type owner uint32

const (
	anyone     owner = 1 << iota // every class
	people                       // user, inetOrgPerson, contact, computer
	accounts                     // user, inetOrgPerson, computer
	machines                     // computer
	groups                       // group
	units                        // organizationalUnit
	printers                     // printQueue
	shares                       // printQueue, volume
	domains                      // domainDNS: the head of the domain
	settings                     // msDS-PasswordSettings
	recoveries                   // msFVE-RecoveryInformation
	forest                       // what lies in the configuration and the schema
)

// attribute is one row of the schema.
type attribute struct {
	name   string
	syntax syntax
	many   bool // may have several values
	limit  int  // most UTF-16 units of a value, bytes of octets, the largest number from 0 on; 0: none (measured by adding one more)
	on     owner
	server bool // kept by the server: [Directory.Add] refuses it
	field  bool // lives in a field of entry, not among its values
	made   bool // worked out when somebody asks for it by name
	secret bool // confidential: reading it takes a right of its own
	at     int  // its place in the table
}

// byName finds rows by their names in lower case; made once, never changed.
var byName = func() map[string]int {
	all := make(map[string]int, len(schema))
	for i := range schema {
		all[strings.ToLower(schema[i].name)] = i
		schema[i].at = i
	}
	return all
}()

// attributeIndex finds a row whatever the case of the name; -1: not in the schema.
func attributeIndex(name string) int {
	if i, ok := byName[strings.ToLower(name)]; ok {
		return i
	}
	return -1
}

// attributeByName is the row of a name that is in the schema.
func attributeByName(name string) *attribute { return &schema[attributeIndex(name)] }

// owners is what c counts as among the classes that may carry an attribute.
func (c *class) owners() owner {
	switch {
	case c.name == "computer":
		return anyone | people | accounts | machines
	case c.account:
		return anyone | people | accounts
	case c.name == "contact":
		return anyone | people
	case c.kind == kindGroup:
		return anyone | groups
	case c.kind == kindOU:
		return anyone | units
	case c.name == "printQueue":
		return anyone | printers | shares
	case c.name == "volume":
		return anyone | shares
	case c.name == "domainDNS":
		return anyone | domains
	case c.name == "msDS-PasswordSettings":
		return anyone | settings
	case c.name == "msFVE-RecoveryInformation":
		return anyone | recoveries
	case c.isForest():
		return anyone | forest
	default:
		return anyone
	}
}
