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
