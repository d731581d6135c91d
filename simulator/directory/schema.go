package directory

import "strings"

// syntax is what a value must look like.
type syntax uint8

const (
	asText    syntax = iota
	asNumber         // 32 bits, signed
	asLarge          // 64 bits, signed: FILETIMEs and the like
	asBoolean        // "TRUE" or "FALSE", in capitals (measured: Samba refuses "true")
	asDN             // the DN of an entry
)

// owner says which classes may carry an attribute.
type owner uint8

const (
	anyone   owner = 1 << iota // every class
	people                     // user, inetOrgPerson, contact, computer
	accounts                   // user, inetOrgPerson, computer
	machines                   // computer
	groups                     // group
	units                      // organizationalUnit
)

// attribute is one row of the schema.
type attribute struct {
	name   string
	syntax syntax
	many   bool // may have several values
	limit  int  // most UTF-16 units of a value; 0: none (limits measured by adding one more)
	on     owner
	server bool // kept by the server: [Directory.Add] refuses it
	field  bool // lives in a field of entry, not among its values
}

// schema lists the attributes that the simulator knows.
var schema = [...]attribute{
	{name: "cn", limit: 64, on: anyone, field: true},
	{name: "ou", limit: 64, on: units, field: true},
	{name: "name", limit: 255, on: anyone, field: true},
	{name: "description", many: true, limit: 1024, on: anyone},
	{name: "displayName", limit: 256, on: anyone},
	{name: "showInAdvancedViewOnly", syntax: asBoolean, on: anyone, field: true},
	{name: "adminDescription", limit: 256, on: anyone},
	{name: "wWWHomePage", limit: 2048, on: people | groups},
	{name: "managedBy", syntax: asDN, on: groups | units | machines},
	{name: "adminCount", syntax: asNumber, on: accounts | groups},

	{name: "givenName", limit: 64, on: people},
	{name: "sn", limit: 64, on: people},
	{name: "initials", limit: 6, on: people},
	{name: "mail", limit: 256, on: people | groups},
	{name: "telephoneNumber", limit: 64, on: people | groups | units},
	{name: "otherTelephone", many: true, limit: 64, on: people},
	{name: "mobile", limit: 64, on: people},
	{name: "homePhone", limit: 64, on: people},
	{name: "pager", limit: 64, on: people},
	{name: "facsimileTelephoneNumber", limit: 64, on: people | units},
	{name: "title", limit: 128, on: people},
	{name: "department", limit: 64, on: people},
	{name: "company", limit: 64, on: people},
	{name: "physicalDeliveryOfficeName", limit: 128, on: people | groups | units},
	{name: "l", limit: 128, on: people | groups | units},
	{name: "st", limit: 128, on: people | groups | units},
	{name: "c", limit: 3, on: people | groups | units},
	{name: "co", limit: 128, on: people | groups | units},
	{name: "postalCode", limit: 40, on: people | groups | units},
	{name: "streetAddress", limit: 1024, on: people | groups},
	{name: "employeeID", limit: 16, on: people},
	{name: "employeeNumber", limit: 512, on: people},
	{name: "employeeType", limit: 256, on: people},
	{name: "info", limit: 1024, on: people | groups},
	{name: "comment", on: people},
	{name: "manager", syntax: asDN, on: people},

	{name: "sAMAccountName", limit: 256, on: accounts | groups, field: true},
	{name: "userPrincipalName", limit: 1024, on: accounts},
	{name: "userAccountControl", syntax: asNumber, on: accounts, field: true},
	{name: "primaryGroupID", syntax: asNumber, on: accounts, field: true},
	{name: "accountExpires", syntax: asLarge, on: accounts, field: true},
	{name: "pwdLastSet", syntax: asLarge, on: accounts, field: true},
	{name: "lockoutTime", syntax: asLarge, on: accounts, field: true},
	{name: "badPwdCount", syntax: asNumber, on: accounts, field: true},
	{name: "badPasswordTime", syntax: asLarge, on: accounts, field: true},
	{name: "lastLogonTimestamp", syntax: asLarge, on: accounts, field: true},
	{name: "scriptPath", on: accounts},
	{name: "homeDirectory", on: accounts},
	{name: "homeDrive", on: accounts},
	{name: "profilePath", on: accounts},
	{name: "servicePrincipalName", many: true, on: accounts},
	{name: "dNSHostName", limit: 2048, on: machines},
	{name: "operatingSystem", on: machines},
	{name: "operatingSystemVersion", on: machines},
	{name: "location", limit: 1024, on: machines | units},

	{name: "groupType", syntax: asNumber, on: groups, field: true},
	{name: "member", syntax: asDN, many: true, on: groups, field: true},
	{name: "whenCreated", on: anyone, field: true},

	{name: "memberOf", syntax: asDN, many: true, on: anyone, server: true},
	{name: "objectSid", on: anyone, server: true},
	{name: "objectGUID", on: anyone, server: true},
	{name: "whenChanged", on: anyone, server: true},
	{name: "primaryGroupToken", syntax: asNumber, on: groups, server: true},
	{name: "sAMAccountType", syntax: asNumber, on: accounts | groups, server: true},
	{name: "distinguishedName", syntax: asDN, on: anyone, server: true},
	{name: "objectCategory", syntax: asDN, on: anyone, server: true},
	{name: "msDS-UserPasswordExpiryTimeComputed", syntax: asLarge, on: accounts, server: true},
	{name: "msDS-User-Account-Control-Computed", syntax: asNumber, on: accounts, server: true},
}

// attributeIndex finds a row whatever the case of the name; -1: not in the schema.
func attributeIndex(name string) int {
	for i := range schema {
		if len(schema[i].name) == len(name) && strings.EqualFold(schema[i].name, name) {
			return i
		}
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
	default:
		return anyone
	}
}
