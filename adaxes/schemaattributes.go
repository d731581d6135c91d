package adaxes

import (
	"slices"

	"dirdesk/models"
)

// commonAttributes are those of objects of every kind.
func commonAttributes() []attribute {
	const single, many = models.No, models.Yes
	return slices.Concat(
		[]attribute{
			{name: "name", kind: models.CaseIgnoreString, multi: single, on: onAll},
			{name: "cn", kind: models.CaseIgnoreString, multi: single, on: onAll &^ onOU, fixed: throughName},
			{name: "ou", kind: models.CaseIgnoreString, multi: many, on: onOU, fixed: throughName},
			// One value only on what can sign in or is a group: AD's account
			// manager sees to that, the schema does not.
			{name: "description", kind: models.CaseIgnoreString, multi: single, on: onUser | onComputer | onGroup},
			{name: "description", kind: models.CaseIgnoreString, multi: many, on: onContact | onOU | onContainer},
			{name: "distinguishedName", kind: models.DNString, multi: single, on: onAll, fixed: "rename or move the object instead"},
			{name: "objectCategory", kind: models.DNString, multi: single, on: onAll, fixed: keptByServer},
			{name: "objectClass", kind: models.CaseIgnoreString, multi: many, on: onAll, fixed: keptByServer},
			// Octet strings in AD, and told as text: "S-1-5-...".
			{name: "objectGUID", kind: models.CaseIgnoreString, multi: single, on: onAll, fixed: identifier},
			{name: "objectSid", kind: models.CaseIgnoreString, multi: single, on: onAccounts | onGroup, sid: true, fixed: identifier},
			{name: "sIDHistory", kind: models.CaseIgnoreString, multi: many, on: onAccounts | onGroup, sid: true, fixed: identifier},
			{name: "memberOf", kind: models.DNString, multi: many, on: onAll &^ onOU &^ onContainer, fixed: "add to or remove from the group instead"},
			{name: "dSCorePropagationData", kind: models.UTCTime, multi: many, on: onAll, fixed: keptByServer},
			{name: "showInAdvancedViewOnly", kind: models.Boolean, multi: single, on: onAll},
			{name: "systemFlags", kind: models.Integer, multi: single, on: onAll, bits: true, fixed: keptByServer},
			{name: "adminCount", kind: models.Integer, multi: single, on: onAccounts | onGroup},
			{name: "isCriticalSystemObject", kind: models.Boolean, multi: single, on: onAll, fixed: keptByServer},
			{name: "managedBy", kind: models.DNString, multi: single, on: onComputer | onGroup | onOU},
			{name: "extensionName", kind: models.CaseIgnoreString, multi: many, on: onAll},
		},
		attributesNamed(attribute{kind: models.CaseIgnoreString, multi: single, on: onAll}, "displayName adminDescription adminDisplayName"),
		attributesNamed(attribute{kind: models.CaseIgnoreString, multi: many, on: onAll}, "wbemPath url"),
		attributesNamed(attribute{kind: models.CaseIgnoreString, multi: single, on: onAll}, "wWWHomePage"),
		attributesNamed(attribute{kind: models.UTCTime, multi: single, on: onAll, fixed: keptByServer}, "whenCreated whenChanged"),
		attributesNamed(attribute{kind: models.LargeInteger, multi: single, on: onAll, fixed: keptByServer}, "uSNCreated uSNChanged"),
		attributesNamed(attribute{kind: models.Integer, multi: single, on: onAll, bits: true, fixed: keptByServer}, "instanceType"),
		attributesNamed(attribute{kind: models.DNString, multi: many, on: onAll, fixed: throughOther}, "directReports managedObjects"),
		attributesNamed(attribute{kind: models.CaseIgnoreString, multi: single, on: onPeople | onGroup}, exchangeNames),
	)
}

// exchangeNames are the attributes that Exchange adds for a person to fill.
const exchangeNames = `extensionAttribute1 extensionAttribute2 extensionAttribute3 extensionAttribute4 extensionAttribute5
	extensionAttribute6 extensionAttribute7 extensionAttribute8 extensionAttribute9 extensionAttribute10
	extensionAttribute11 extensionAttribute12 extensionAttribute13 extensionAttribute14 extensionAttribute15
	mailNickname`

// peopleAttributes are those of users and contacts: names, addresses, numbers.
func peopleAttributes() []attribute {
	const single, many = models.No, models.Yes
	text := attribute{kind: models.CaseIgnoreString, multi: single, on: onPeople}
	texts := attribute{kind: models.CaseIgnoreString, multi: many, on: onPeople}
	return slices.Concat(
		attributesNamed(text, `givenName sn initials middleName personalTitle generationQualifier
			title department company division employeeID employeeNumber employeeType
			streetAddress l st postalCode c co homePostalAddress
			homePhone mobile pager ipPhone facsimileTelephoneNumber primaryTelexNumber primaryInternationalISDNNumber
			targetAddress legacyExchangeDN`),
		attributesNamed(texts, `otherTelephone otherHomePhone otherMobile otherPager otherIpPhone otherFacsimileTelephoneNumber
			otherMailbox postOfficeBox postalAddress roomNumber carLicense departmentNumber businessCategory houseIdentifier`),
		[]attribute{
			{name: "telephoneNumber", kind: models.CaseIgnoreString, multi: single, on: onPeople | onGroup | onComputer | onOU},
			{name: "physicalDeliveryOfficeName", kind: models.CaseIgnoreString, multi: single, on: onPeople | onGroup | onComputer | onOU},
			{name: "street", kind: models.CaseIgnoreString, multi: single, on: onPeople | onOU},
			{name: "mail", kind: models.CaseIgnoreString, multi: single, on: onPeople | onGroup},
			{name: "proxyAddresses", kind: models.CaseIgnoreString, multi: many, on: onPeople | onGroup},
			{name: "info", kind: models.CaseIgnoreString, multi: single, on: onPeople | onComputer | onGroup},
			{name: "comment", kind: models.CaseIgnoreString, multi: single, on: onPeople | onComputer},
			{name: "serialNumber", kind: models.PrintableString, multi: many, on: onPeople | onComputer},
			{name: "destinationIndicator", kind: models.PrintableString, multi: many, on: onPeople},
			{name: "displayNamePrintable", kind: models.PrintableString, multi: single, on: onAll},
			{name: "countryCode", kind: models.Integer, multi: single, on: onPeople | onComputer | onOU},
			{name: "manager", kind: models.DNString, multi: single, on: onPeople | onComputer},
			{name: "assistant", kind: models.DNString, multi: single, on: onPeople},
			{name: "secretary", kind: models.DNString, multi: many, on: onPeople},
			{name: "seeAlso", kind: models.DNString, multi: many, on: onPeople | onComputer | onGroup | onOU},
			{name: "internationalISDNNumber", kind: models.NumericString, multi: many, on: onPeople},
			{name: "x121Address", kind: models.NumericString, multi: many, on: onPeople},
			{name: "msExchHideFromAddressLists", kind: models.Boolean, multi: single, on: onPeople | onGroup},
			// Images: shown and set as the photo, too large for a sheet.
			{name: clearedPhoto, kind: models.OctetString, multi: single, on: onPeople},
			{name: "jpegPhoto", kind: models.OctetString, multi: many, on: onPeople},
			{name: "userCertificate", kind: models.OctetString, multi: many, on: onPeople | onComputer},
			{name: "userSMIMECertificate", kind: models.OctetString, multi: many, on: onPeople},
		},
	)
}

// accountAttributes are those of what can sign in: users and computers.
func accountAttributes() []attribute {
	const single, many = models.No, models.Yes
	kept := attribute{multi: single, on: onAccounts, fixed: keptByServer}
	moment, count := kept, kept
	moment.kind, count.kind = models.Timestamp, models.Integer
	return slices.Concat(
		[]attribute{
			{name: "userAccountControl", kind: models.Integer, multi: single, on: onAccounts, bits: true},
			{name: "accountExpires", kind: models.Timestamp, multi: single, on: onAccounts},
			{name: "logonHours", kind: models.LogonHours, multi: single, on: onAccounts},
			{name: "sAMAccountName", kind: models.CaseIgnoreString, multi: single, on: onAccounts | onGroup},
			{name: "userPrincipalName", kind: models.CaseIgnoreString, multi: single, on: onAccounts},
			{name: "servicePrincipalName", kind: models.CaseIgnoreString, multi: many, on: onAccounts},
			{name: "altSecurityIdentities", kind: models.CaseIgnoreString, multi: many, on: onAccounts},
			{name: "msDS-AllowedToDelegateTo", kind: models.CaseIgnoreString, multi: many, on: onAccounts},
			{name: "msDS-SupportedEncryptionTypes", kind: models.Integer, multi: single, on: onAccounts, bits: true},
			{name: "primaryGroupID", kind: models.Integer, multi: single, on: onAccounts},
			{name: "codePage", kind: models.Integer, multi: single, on: onAccounts},
			{name: "maxStorage", kind: models.LargeInteger, multi: single, on: onAccounts},
			{name: "msNPAllowDialin", kind: models.Boolean, multi: single, on: onAccounts},
			{name: "pwdLastSet", kind: models.Timestamp, multi: single, on: onAccounts, fixed: "set the password, or that it must be changed, instead"},
			{name: "lockoutTime", kind: models.Timestamp, multi: single, on: onAccounts, fixed: "unlock the account instead"},
			{name: "msDS-UserPasswordExpiryTimeComputed", kind: models.Timestamp, multi: single, on: onAccounts, fixed: workedOut},
			{name: "msDS-User-Account-Control-Computed", kind: models.Integer, multi: single, on: onAccounts, bits: true, fixed: workedOut},
		},
		attributesNamed(moment, "lastLogon lastLogoff lastLogonTimestamp badPasswordTime"),
		attributesNamed(count, "badPwdCount logonCount"),
		attributesNamed(attribute{kind: models.Integer, multi: single, on: onAccounts | onGroup, fixed: keptByServer}, "sAMAccountType"),
		attributesNamed(attribute{kind: models.CaseIgnoreString, multi: single, on: onAccounts}, `homeDirectory homeDrive profilePath scriptPath
			userWorkstations`),
		attributesNamed(attribute{kind: models.CaseIgnoreString, multi: many, on: onUser}, "uid"),
		attributesNamed(attribute{kind: models.CaseIgnoreString, multi: single, on: onUser}, "preferredLanguage"),
		attributesNamed(attribute{kind: models.Integer, multi: single, on: onAccounts | onGroup}, "gidNumber"),
		attributesNamed(attribute{kind: models.Integer, multi: single, on: onAccounts}, "uidNumber"),
		attributesNamed(attribute{kind: models.PrintableString, multi: single, on: onAccounts}, "loginShell unixHomeDirectory gecos"),
	)
}

// otherAttributes are those of groups, computers and organizational units.
func otherAttributes() []attribute {
	const single, many = models.No, models.Yes
	return slices.Concat(
		[]attribute{
			{name: "groupType", kind: models.Integer, multi: single, on: onGroup, bits: true},
			{name: "member", kind: models.DNString, multi: many, on: onGroup},
			{name: "primaryGroupToken", kind: models.Integer, multi: single, on: onGroup, fixed: workedOut},
			{name: "gPLink", kind: models.CaseIgnoreString, multi: single, on: onOU},
			{name: "gPOptions", kind: models.Integer, multi: single, on: onOU},
			{name: "location", kind: models.CaseIgnoreString, multi: single, on: onComputer | onOU},
			{name: "dNSHostName", kind: models.CaseIgnoreString, multi: single, on: onComputer},
			{name: "networkAddress", kind: models.CaseIgnoreString, multi: many, on: onComputer},
		},
		attributesNamed(attribute{kind: models.CaseIgnoreString, multi: single, on: onComputer}, `operatingSystem operatingSystemVersion
			operatingSystemServicePack operatingSystemHotfix`),
		attributesNamed(attribute{kind: models.CaseIgnoreString, multi: single, on: onOU}, "l st postalCode c co facsimileTelephoneNumber"),
		attributesNamed(attribute{kind: models.CaseIgnoreString, multi: many, on: onOU}, "postalAddress postOfficeBox businessCategory"),
	)
}
