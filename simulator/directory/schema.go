package directory

import "strings"

// syntax is what a value must look like.
type syntax uint8

const (
	asText     syntax = iota // case does not count
	asExact                  // case counts (IA5)
	asPlain                  // PrintableString
	asDigits                 // NumericString: digits and spaces
	asNumber                 // 32 bits, signed
	asLarge                  // 64 bits, signed
	asFiletime               // 64 bits, a moment or never
	asTime                   // generalized time, "20260131120000.0Z"
	asBoolean                // "TRUE" or "FALSE", in capitals (measured: Samba refuses "true")
	asDN                     // the DN of an entry
	asOctets                 // bytes, which the API of this package gives and takes in Base64
	asHours                  // the same, 21 of them: logonHours
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
	printers                   // printQueue
	shares                     // printQueue, volume
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
	{name: "wWWHomePage", limit: 2048, on: anyone},
	{name: "managedBy", syntax: asDN, on: groups | units | machines | shares},
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
	{name: "assistant", syntax: asDN, on: people},
	{name: "secretary", syntax: asDN, many: true, on: people},
	{name: "seeAlso", syntax: asDN, many: true, on: people | groups | units},
	{name: "middleName", limit: 64, on: people},
	{name: "personalTitle", limit: 64, on: people},
	{name: "generationQualifier", limit: 3, on: people},
	{name: "division", limit: 256, on: people},
	{name: "departmentNumber", many: true, on: people},
	{name: "roomNumber", many: true, on: people},
	{name: "houseIdentifier", many: true, limit: 32768, on: people},
	{name: "carLicense", many: true, on: people},
	{name: "preferredLanguage", on: people},
	{name: "ipPhone", limit: 64, on: people},
	{name: "primaryTelexNumber", limit: 64, on: people},
	{name: "otherHomePhone", many: true, limit: 64, on: people},
	{name: "otherMobile", many: true, limit: 64, on: people},
	{name: "otherPager", many: true, limit: 64, on: people},
	{name: "otherIpPhone", many: true, on: people},
	{name: "otherFacsimileTelephoneNumber", many: true, limit: 64, on: people},
	{name: "otherMailbox", many: true, on: people},
	{name: "homePostalAddress", limit: 4096, on: people},
	{name: "postalAddress", many: true, limit: 4096, on: people | groups | units},
	{name: "postOfficeBox", many: true, limit: 40, on: people | groups | units},
	{name: "street", limit: 1024, on: people | units},
	{name: "countryCode", syntax: asNumber, limit: 65535, on: people | units},
	{name: "url", many: true, on: anyone},
	{name: "proxyAddresses", many: true, limit: 1123, on: people | groups},
	{name: "mailNickname", limit: 64, on: people | groups},
	{name: "targetAddress", limit: 1123, on: people | groups},
	{name: "msExchHideFromAddressLists", syntax: asBoolean, on: people | groups},
	{name: "extensionAttribute1", limit: 1024, on: people | groups},
	{name: "extensionAttribute2", limit: 1024, on: people | groups},
	{name: "extensionAttribute3", limit: 1024, on: people | groups},
	{name: "extensionAttribute4", limit: 1024, on: people | groups},
	{name: "extensionAttribute5", limit: 1024, on: people | groups},
	{name: "extensionAttribute6", limit: 1024, on: people | groups},
	{name: "extensionAttribute7", limit: 1024, on: people | groups},
	{name: "extensionAttribute8", limit: 1024, on: people | groups},
	{name: "extensionAttribute9", limit: 1024, on: people | groups},
	{name: "extensionAttribute10", limit: 1024, on: people | groups},
	{name: "extensionAttribute11", limit: 2048, on: people | groups},
	{name: "extensionAttribute12", limit: 2048, on: people | groups},
	{name: "extensionAttribute13", limit: 2048, on: people | groups},
	{name: "extensionAttribute14", limit: 2048, on: people | groups},
	{name: "extensionAttribute15", limit: 2048, on: people | groups},
	{name: "thumbnailPhoto", syntax: asOctets, limit: 102400, on: people},
	{name: "jpegPhoto", syntax: asOctets, many: true, on: people},
	{name: "userCertificate", syntax: asOctets, many: true, limit: 32768, on: people},
	{name: "serialNumber", syntax: asPlain, many: true, limit: 64, on: people},
	{name: "destinationIndicator", syntax: asPlain, many: true, limit: 128, on: people | units},
	{name: "x121Address", syntax: asDigits, many: true, limit: 15, on: people | units},
	{name: "internationalISDNNumber", syntax: asDigits, many: true, limit: 16, on: people | units},
	{name: "gecos", syntax: asExact, limit: 10240, on: accounts},
	{name: "loginShell", syntax: asExact, limit: 1024, on: accounts},
	{name: "unixHomeDirectory", syntax: asExact, limit: 2048, on: accounts},
	{name: "uidNumber", syntax: asNumber, on: accounts},
	{name: "gidNumber", syntax: asNumber, on: accounts | groups},

	{name: "sAMAccountName", limit: 256, on: accounts | groups, field: true},
	{name: "userPrincipalName", limit: 1024, on: accounts},
	{name: "userAccountControl", syntax: asNumber, on: accounts, field: true},
	{name: "primaryGroupID", syntax: asNumber, on: accounts, field: true},
	{name: "accountExpires", syntax: asFiletime, on: accounts, field: true},
	{name: "pwdLastSet", syntax: asFiletime, on: accounts, field: true},
	{name: "lockoutTime", syntax: asFiletime, on: accounts, field: true},
	{name: "badPwdCount", syntax: asNumber, on: accounts, field: true},
	{name: "badPasswordTime", syntax: asFiletime, on: accounts, field: true},
	{name: "lastLogonTimestamp", syntax: asFiletime, on: accounts, field: true},
	{name: "scriptPath", on: accounts},
	{name: "homeDirectory", on: accounts},
	{name: "homeDrive", on: accounts},
	{name: "profilePath", on: accounts},
	{name: "servicePrincipalName", many: true, on: accounts},
	{name: "userWorkstations", limit: 1024, on: accounts},
	{name: "logonWorkstation", syntax: asOctets, on: accounts},
	{name: "logonHours", syntax: asHours, on: accounts},
	{name: "userParameters", limit: 32767, on: accounts},
	{name: "msNPAllowDialin", syntax: asBoolean, on: accounts},
	{name: "codePage", syntax: asNumber, limit: 65535, on: accounts},
	{name: "maxStorage", syntax: asLarge, on: accounts},
	{name: "dNSHostName", limit: 2048, on: machines},
	{name: "operatingSystem", on: machines},
	{name: "operatingSystemVersion", on: machines},
	{name: "location", limit: 1024, on: machines | units | printers},
	{name: "operatingSystemServicePack", on: machines},
	{name: "businessCategory", many: true, limit: 128, on: accounts | units},

	{name: "uNCName", on: shares},
	{name: "keywords", many: true, limit: 256, on: shares},
	{name: "serverName", limit: 1024, on: printers},
	{name: "shortServerName", on: printers},
	{name: "printerName", on: printers},
	{name: "versionNumber", syntax: asNumber, on: printers},
	{name: "printShareName", many: true, on: printers},
	{name: "driverName", on: printers},
	{name: "printColor", syntax: asBoolean, on: printers},

	{name: "groupType", syntax: asNumber, on: groups, field: true},
	{name: "member", syntax: asDN, many: true, on: groups, field: true},
	{name: "whenCreated", syntax: asTime, on: anyone, field: true},

	{name: "memberOf", syntax: asDN, many: true, on: anyone, server: true},
	{name: "directReports", syntax: asDN, many: true, on: people, server: true},
	{name: "managedObjects", syntax: asDN, many: true, on: anyone, server: true},
	{name: "objectClass", many: true, on: anyone, server: true},
	{name: "objectSid", on: anyone, server: true},
	{name: "objectGUID", on: anyone, server: true},
	{name: "whenChanged", syntax: asTime, on: anyone, server: true},
	{name: "primaryGroupToken", syntax: asNumber, on: groups, server: true},
	{name: "sAMAccountType", syntax: asNumber, on: accounts | groups, server: true},
	{name: "isCriticalSystemObject", syntax: asBoolean, on: anyone, server: true},
	{name: "distinguishedName", syntax: asDN, on: anyone, server: true},
	{name: "msDS-PrincipalName", on: anyone, server: true},
	{name: "objectCategory", syntax: asDN, on: anyone, server: true},
	{name: "msDS-UserPasswordExpiryTimeComputed", syntax: asFiletime, on: accounts, server: true},
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
	case c.name == "printQueue":
		return anyone | printers | shares
	case c.name == "volume":
		return anyone | shares
	default:
		return anyone
	}
}
