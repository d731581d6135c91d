package adaxes

import (
	"slices"
	"strings"

	"dirdesk/models"
)

// attribute is what is known of one of AD's attributes beforehand: the REST API
// tells of no schema (docs/adaxes.md section 6). Names, syntaxes and whether
// there may be several values are Microsoft's documented ones.
type attribute struct {
	name  string // as the schema spells it
	kind  models.PropertyType
	multi models.Flag
	on    classes
	bits  bool   // a number made of flags, though they have no names here
	sid   bool   // told as "S-1-5-..."
	fixed string // why it is not changed as a property; "" when it is
}

// classes are the kinds of object that have an attribute.
type classes uint8

const (
	onUser classes = 1 << iota
	onContact
	onComputer
	onGroup
	onOU
	onContainer

	onAccounts = onUser | onComputer
	onPeople   = onUser | onContact
	onAll      = onUser | onContact | onComputer | onGroup | onOU | onContainer
)

// Why properties are not changed as such.
const (
	keptByServer = "kept by the server"
	workedOut    = "the server works it out"
	identifier   = "an identifier: kept by the server"
	throughName  = "rename the object by name instead"
	throughOther = "kept by the server from the other end of the link"
)

// classesOf finds the kind of an object: class is the server's name of it, and
// category decides when there is none. Objects of other kinds have what all have.
func classesOf(category models.Category, class string) classes {
	switch {
	case strings.EqualFold(class, classContact), class == "" && strings.EqualFold(string(category), classContact):
		return onContact
	case class == "" && category == models.Person, strings.EqualFold(class, "user"), strings.EqualFold(class, "inetOrgPerson"):
		return onUser
	case category == models.Computer, strings.EqualFold(class, "computer"):
		return onComputer
	case category == models.Group, strings.EqualFold(class, "group"):
		return onGroup
	case category == models.OrganizationalUnit, strings.EqualFold(class, "organizationalUnit"):
		return onOU
	default:
		return onContainer
	}
}

// attributesOn are those that an object of one kind may have, in the order of
// their names.
func attributesOn(on classes) []attribute {
	var list []attribute
	for _, a := range attributes() {
		if a.on&on != 0 {
			list = append(list, a)
		}
	}
	slices.SortFunc(list, func(a, b attribute) int {
		return strings.Compare(strings.ToLower(a.name), strings.ToLower(b.name))
	})
	return list
}

// lookUpOn finds an attribute by its name, whatever the case, for one kind of
// object.
func lookUpOn(name string, on classes) (attribute, bool) {
	for _, a := range attributes() {
		if a.on&on != 0 && strings.EqualFold(a.name, name) {
			return a, true
		}
	}
	return attribute{}, false
}

// lookUp finds an attribute for an object of any kind: what differs between the
// kinds is not known then.
func lookUp(name string) (attribute, bool) {
	var found attribute
	for _, a := range attributes() {
		switch {
		case !strings.EqualFold(a.name, name):
			continue
		case found.name == "":
			found = a
			continue
		}
		found.on |= a.on
		if found.multi != a.multi {
			found.multi = models.Unknown
		}
		if found.fixed != a.fixed {
			found.fixed = ""
		}
	}
	return found, found.name != ""
}

// property describes the attribute without values.
func (a attribute) property() models.Property {
	return models.Property{Name: a.name, Type: a.kind, Multi: a.multi, Fixed: a.fixed}
}

func sortProperties(list []models.Property) {
	slices.SortFunc(list, func(a, b models.Property) int {
		return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
}

// attributes are all that are known, those of the most kinds of objects first.
// Identifiers are octet strings in AD, and told as text: "S-1-5-...". A description
// has one value only on what can sign in or is a group: AD's account manager sees to
// that, the schema does not.
func attributes() []attribute {
	const single, many = models.No, models.Yes
	var list []attribute
	for _, row := range []struct {
		kind  models.PropertyType
		multi models.Flag
		on    classes
		fixed string
		names string
	}{
		{models.DNString, single, onAll, "rename or move the object instead", "distinguishedName"},
		{models.DNString, single, onAll, keptByServer, "objectCategory"},
		{models.DNString, many, onAll, throughOther, "directReports managedObjects"},
		{models.CaseIgnoreString, single, onAll, "", "adminDescription adminDisplayName displayName name wWWHomePage"},
		{models.CaseIgnoreString, single, onAll, identifier, "objectGUID"},
		{models.CaseIgnoreString, many, onAll, "", "extensionName url wbemPath"},
		{models.CaseIgnoreString, many, onAll, keptByServer, "objectClass"},
		{models.PrintableString, single, onAll, "", "displayNamePrintable"},
		{models.Boolean, single, onAll, keptByServer, "isCriticalSystemObject"},
		{models.Boolean, single, onAll, "", "showInAdvancedViewOnly"},
		{models.Integer, single, onAll, keptByServer, "instanceType systemFlags"},
		{models.UTCTime, single, onAll, keptByServer, "whenChanged whenCreated"},
		{models.UTCTime, many, onAll, keptByServer, "dSCorePropagationData"},
		{models.LargeInteger, single, onAll, keptByServer, "uSNChanged uSNCreated"},
		{models.DNString, many, onAll &^ onContainer, "", "seeAlso"},
		{models.CaseIgnoreString, single, onAll &^ onContainer, "", "physicalDeliveryOfficeName telephoneNumber"},
		{models.CaseIgnoreString, single, onAll &^ onOU, throughName, "cn"},
		{models.DNString, many, onAll &^ onOU &^ onContainer, "add to or remove from the group instead", "memberOf"},
		{models.CaseIgnoreString, single, onAll &^ onOU &^ onContainer, "", "info"},
		{models.Integer, single, onPeople | onComputer | onOU, "", "countryCode"},
		{models.DNString, single, onPeople | onComputer, "", "manager"},
		{models.CaseIgnoreString, single, onPeople | onComputer, "", "comment"},
		{models.PrintableString, many, onPeople | onComputer, "", "serialNumber"},
		{models.OctetString, many, onPeople | onComputer, "", "userCertificate"},
		{models.CaseIgnoreString, single, onPeople | onGroup, "", `
			extensionAttribute1 extensionAttribute2 extensionAttribute3 extensionAttribute4 extensionAttribute5
			extensionAttribute6 extensionAttribute7 extensionAttribute8 extensionAttribute9 extensionAttribute10
			extensionAttribute11 extensionAttribute12 extensionAttribute13 extensionAttribute14
			extensionAttribute15 mail mailNickname`},
		{models.CaseIgnoreString, many, onPeople | onGroup, "", "proxyAddresses"},
		{models.Boolean, single, onPeople | onGroup, "", "msExchHideFromAddressLists"},
		{models.CaseIgnoreString, single, onAccounts | onGroup, "", "description sAMAccountName"},
		{models.CaseIgnoreString, single, onAccounts | onGroup, identifier, "objectSid"},
		{models.CaseIgnoreString, many, onAccounts | onGroup, identifier, "sIDHistory"},
		{models.Integer, single, onAccounts | onGroup, "", "adminCount gidNumber"},
		{models.Integer, single, onAccounts | onGroup, keptByServer, "sAMAccountType"},
		{models.CaseIgnoreString, single, onPeople | onOU, "", "street"},
		{models.DNString, single, onComputer | onGroup | onOU, "", "managedBy"},
		{models.CaseIgnoreString, many, onContact | onOU | onContainer, "", "description"},
		{models.DNString, single, onPeople, "", "assistant"},
		{models.DNString, many, onPeople, "", "secretary"},
		{models.CaseIgnoreString, single, onPeople, "", `
			c co company department division employeeID employeeNumber employeeType facsimileTelephoneNumber
			generationQualifier givenName homePhone homePostalAddress initials ipPhone l legacyExchangeDN
			middleName mobile pager personalTitle postalCode primaryInternationalISDNNumber primaryTelexNumber
			sn st streetAddress targetAddress title`},
		{models.CaseIgnoreString, many, onPeople, "", `
			businessCategory carLicense departmentNumber houseIdentifier otherFacsimileTelephoneNumber
			otherHomePhone otherIpPhone otherMailbox otherMobile otherPager otherTelephone postalAddress
			postOfficeBox roomNumber`},
		{models.PrintableString, many, onPeople, "", "destinationIndicator"},
		{models.NumericString, many, onPeople, "", "internationalISDNNumber x121Address"},
		{models.OctetString, single, onPeople, "", "thumbnailPhoto"},
		{models.OctetString, many, onPeople, "", "jpegPhoto userSMIMECertificate"},
		{models.CaseIgnoreString, single, onAccounts, "", "homeDirectory homeDrive profilePath scriptPath userPrincipalName userWorkstations"},
		{models.CaseIgnoreString, many, onAccounts, "", "altSecurityIdentities msDS-AllowedToDelegateTo servicePrincipalName"},
		{models.PrintableString, single, onAccounts, "", "gecos loginShell unixHomeDirectory"},
		{models.Boolean, single, onAccounts, "", "msNPAllowDialin"},
		{models.Integer, single, onAccounts, keptByServer, "badPwdCount logonCount"},
		{models.Integer, single, onAccounts, "", "codePage msDS-SupportedEncryptionTypes primaryGroupID uidNumber userAccountControl"},
		{models.Integer, single, onAccounts, workedOut, "msDS-User-Account-Control-Computed"},
		{models.LargeInteger, single, onAccounts, "", "maxStorage"},
		{models.Timestamp, single, onAccounts, "", "accountExpires"},
		{models.Timestamp, single, onAccounts, keptByServer, "badPasswordTime lastLogoff lastLogon lastLogonTimestamp"},
		{models.Timestamp, single, onAccounts, "unlock the account instead", "lockoutTime"},
		{models.Timestamp, single, onAccounts, workedOut, "msDS-UserPasswordExpiryTimeComputed"},
		{models.Timestamp, single, onAccounts, "set the password, or that it must be changed, instead", "pwdLastSet"},
		{models.LogonHours, single, onAccounts, "", "logonHours"},
		{models.CaseIgnoreString, single, onComputer | onOU, "", "location"},
		{models.CaseIgnoreString, single, onUser, "", "preferredLanguage"},
		{models.CaseIgnoreString, many, onUser, "", "uid"},
		{models.CaseIgnoreString, single, onComputer, "", `
			dNSHostName operatingSystem operatingSystemHotfix operatingSystemServicePack operatingSystemVersion`},
		{models.CaseIgnoreString, many, onComputer, "", "networkAddress"},
		{models.DNString, many, onGroup, "", "member"},
		{models.Integer, single, onGroup, "", "groupType"},
		{models.Integer, single, onGroup, workedOut, "primaryGroupToken"},
		{models.CaseIgnoreString, single, onOU, "", "c co facsimileTelephoneNumber gPLink l postalCode st"},
		{models.CaseIgnoreString, many, onOU, "", "businessCategory postalAddress postOfficeBox"},
		{models.CaseIgnoreString, many, onOU, throughName, "ou"},
		{models.Integer, single, onOU, "", "gPOptions"},
	} {
		for name := range strings.FieldsSeq(row.names) {
			list = append(list, attribute{
				name: name, kind: row.kind, multi: row.multi, on: row.on, fixed: row.fixed,
				bits: slices.Contains(madeOfFlags(), name), sid: name == "objectSid" || name == "sIDHistory",
			})
		}
	}
	return list
}

// madeOfFlags are numbers whose bits count, though not all have names here.
func madeOfFlags() []string {
	return []string{
		"groupType", "instanceType", "msDS-SupportedEncryptionTypes", "msDS-User-Account-Control-Computed",
		"systemFlags", "userAccountControl",
	}
}
