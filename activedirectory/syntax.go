package activedirectory

import (
	"strings"

	"dirdesk/models"
)

// wireForm is how values of a property travel.
type wireForm uint8

const (
	asText        wireForm = iota // as they are
	asBytes                       // bytes, which are Base64 in a property
	asSID                         // a SID, written S-1-5-... in a property
	asGUID                        // a GUID, written in the usual form
	asTicks                       // a moment as FILETIME
	asGeneralized                 // a moment as GeneralizedTime (RFC 4517 3.3.13)
	asUTC                         // a moment as UTCTime (RFC 4517 3.3.34)
)

// syntax is a kind of values: their type for a person, and how they travel.
type syntax struct {
	of    models.PropertyType
	form  wireForm
	fixed string // why values of this kind are not changed here; "" when they are
}

// syntaxes maps attributeSyntax (MS-ADTS 3.1.1.2.2.2), and where that has several
// meanings oMSyntax too, to the types that Adaxes has for them, as ADSI does.
var syntaxes = map[string]syntax{
	"2.5.5.1":     {of: models.DNString},
	"2.5.5.2":     {of: models.CaseIgnoreString}, // an OID, or the name of what has it
	"2.5.5.3":     {of: models.CaseExactString},
	"2.5.5.4":     {of: models.CaseIgnoreString}, // teletex
	"2.5.5.5":     {of: models.PrintableString},  // IA5 too
	"2.5.5.6":     {of: models.NumericString},
	"2.5.5.7":     {fixed: "of a kind that is only shown here: bytes with a name"},
	"2.5.5.8":     {of: models.Boolean},
	"2.5.5.9":     {of: models.Integer}, // enumerations too
	"2.5.5.10":    {of: models.OctetString, form: asBytes},
	"2.5.5.11":    {of: models.UTCTime, form: asGeneralized},
	"2.5.5.11/23": {of: models.UTCTime, form: asUTC},
	"2.5.5.12":    {of: models.CaseIgnoreString},
	"2.5.5.13":    {fixed: "of a kind that is only shown here: a presentation address"},
	"2.5.5.14":    {fixed: "of a kind that is only shown here: text with a name"},
	"2.5.5.15":    {of: models.OctetString, form: asBytes, fixed: "an access list: use a tool for permissions"},
	"2.5.5.16":    {of: models.LargeInteger},
	"2.5.5.17":    {of: models.CaseIgnoreString, form: asSID, fixed: "an identifier: kept by the server"},
}

// syntaxOf gives the kind of an attribute's values.
func syntaxOf(name, attributeSyntax, omSyntax string) syntax {
	lower := strings.ToLower(name)
	kind, ok := syntaxes[attributeSyntax+"/"+omSyntax]
	if !ok {
		kind, ok = syntaxes[attributeSyntax]
	}
	switch {
	case !ok:
		return syntax{fixed: "of a kind that is not known here"}
	case kind.of == models.LargeInteger && isTime(lower):
		return syntax{of: models.Timestamp, form: asTicks}
	case lower == "logonhours" && kind.form == asBytes:
		kind.of = models.LogonHours
	case (lower == "objectguid" || lower == "parentguid") && kind.form == asBytes:
		return syntax{of: models.CaseIgnoreString, form: asGUID, fixed: "an identifier: kept by the server"}
	}
	return kind
}

// isTime reports whether a large integer of this name, in lower case, is a moment
// as FILETIME; the schema does not tell it from a number or a duration.
func isTime(name string) bool {
	switch name {
	case "accountexpires", "badpasswordtime", "lastlogoff", "lastlogon", "lastlogontimestamp", "lockouttime", "pwdlastset",
		"msds-lastsuccessfulinteractivelogontime", "msds-lastfailedinteractivelogontime", "msds-userpasswordexpirytimecomputed",
		"msds-approximatelastlogontimestamp", "msds-cached-membership-time-stamp",
		"creationtime", "lsacreationtime", "builtincreationtime", "lastsettime", "priorsettime", "lastbackuprestorationtime",
		"mskds-usestarttime", "mskds-createtime", "ms-mcs-admpwdexpirationtime", "mslaps-passwordexpirationtime":
		return true
	}
	return false
}
