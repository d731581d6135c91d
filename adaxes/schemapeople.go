package adaxes

import (
	"slices"

	"dirdesk/models"
)

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
