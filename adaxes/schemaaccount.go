package adaxes

import (
	"slices"

	"dirdesk/models"
)

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
