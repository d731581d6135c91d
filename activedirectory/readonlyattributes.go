package activedirectory

import (
	"strings"

	"dirdesk/models"
)

const (
	secretWords  = "a secret, which is never shown"
	renameWords  = "rename it instead"
	deniedWords  = "your account may not change it"
	tooManyWords = "too many values to change them here: only the first are shown"
)

// isSecret reports whether an attribute holds a password, a key or what stands
// for one. Such a one is neither read nor written as a property.
func isSecret(name string) bool {
	switch strings.ToLower(name) {
	case "unicodepwd", "userpassword", "unixuserpassword", "mssfu30password", "dbcspwd", "ntpwdhistory", "lmpwdhistory",
		"supplementalcredentials", "orclcommonattribute",
		"ms-mcs-admpwd", "ms-mcs-admpwdhistory",
		"mslaps-password", "mslaps-encryptedpassword", "mslaps-encryptedpasswordhistory",
		"mslaps-encrypteddsrmpassword", "mslaps-encrypteddsrmpasswordhistory", "mslaps-currentpasswordversion",
		"msds-managedpassword", "msds-executescriptpassword",
		"trustauthincoming", "trustauthoutgoing", "initialauthincoming", "initialauthoutgoing",
		"currentvalue", "priorvalue", "peklist", "linktracksecret", "privatekey", "mskds-rootkeydata", "mskds-secretagreementparam",
		"msfve-recoverypassword", "msfve-keypackage", "mstpm-ownerinformation",
		"mspkiaccountcredentials", "mspkidpapimasterkeys", "mspki-credentialroamingtokens":
		return true
	}
	return false
}

// fixedByName says why an attribute is not changed as a property although the
// schema would have it: "" for all others. Most of them belong to the account
// database (MS-SAMR 3.1.1.8), which refuses to have them written.
func fixedByName(name string) string {
	switch strings.ToLower(name) {
	case "unicodepwd", "userpassword":
		return "a password, which is never shown: set the password instead"
	case "name":
		return renameWords
	case "distinguishedname":
		return "rename or move it instead"
	case "objectclass", "objectcategory":
		return "says what kind of object it is"
	case "pwdlastset":
		return `switch "must change the password" of userAccountControl instead`
	case "lockouttime":
		return "unlock it instead"
	case "samaccounttype", "badpwdcount", "badpasswordtime", "lastlogon", "lastlogoff", "logoncount", "lastlogontimestamp",
		"iscriticalsystemobject", "rid", "revision":
		return "kept by the server"
	}
	return ""
}

// namingAttribute is the attribute that names objects of a category: the type of
// the first step of their DNs.
func namingAttribute(category models.Category) string {
	switch category {
	case models.OrganizationalUnit:
		return "ou"
	case "Domain-DNS":
		return "dc"
	default:
		return "cn"
	}
}
