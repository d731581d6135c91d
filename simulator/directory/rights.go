package directory

// Extended rights, property sets and what else an access control entry may name
// (MS-ADTS 5.1.3.2.1 and 3.1.1.2.3.3).
var (
	rightChangePassword = knownGUID("ab721a53-1e2f-11d0-9819-00aa0040529b")
	rightResetPassword  = knownGUID("00299570-246d-11d0-a768-00aa006e0529")
	setPersonal         = knownGUID("77b5b886-944a-11d1-aebd-0000f80367c1")
	setWeb              = knownGUID("e45795b3-9455-11d1-aebd-0000f80367c1")
)

// knownGUID reads a GUID of this source text.
func knownGUID(text string) guid {
	id, ok := parseGUID(text)
	if !ok {
		panic("not a GUID: " + text)
	}
	return id
}

// attributeGUIDs are those of attributes that tools delegate.
var attributeGUIDs = map[string]guid{
	"lockoutTime":                knownGUID("28630ebf-41d5-11d1-a9c1-0000f80367c1"),
	"pwdLastSet":                 knownGUID("bf967a0a-0de6-11d0-a285-00aa003049e2"),
	"telephoneNumber":            knownGUID("bf967a49-0de6-11d0-a285-00aa003049e2"),
	"physicalDeliveryOfficeName": knownGUID("bf9679f7-0de6-11d0-a285-00aa003049e2"),
	"userAccountControl":         knownGUID("bf967a68-0de6-11d0-a285-00aa003049e2"),
	"member":                     knownGUID("bf9679c0-0de6-11d0-a285-00aa003049e2"),
	"description":                knownGUID("bf967950-0de6-11d0-a285-00aa003049e2"),
}

var classGUIDs = map[string]guid{
	"user":               knownGUID("bf967aba-0de6-11d0-a285-00aa003049e2"),
	"inetOrgPerson":      knownGUID("4828cc14-1437-45bc-9b07-ad6f015e5f28"),
	"computer":           knownGUID("bf967a86-0de6-11d0-a285-00aa003049e2"),
	"group":              knownGUID("bf967a9c-0de6-11d0-a285-00aa003049e2"),
	"contact":            knownGUID("5cb41ed0-0e4c-11d0-a286-00aa003049e2"),
	"organizationalUnit": knownGUID("bf967aa5-0de6-11d0-a285-00aa003049e2"),
	"container":          knownGUID("bf967a8b-0de6-11d0-a285-00aa003049e2"),
}

// guid is the attribute's schemaIDGUID, the real one where a tool may know it.
func (a *attribute) guid() guid {
	if id, ok := attributeGUIDs[a.name]; ok {
		return id
	}
	return madeGUID(0, "attribute "+a.name, 0)
}

func (c *class) guid() guid {
	if id, ok := classGUIDs[c.name]; ok {
		return id
	}
	return madeGUID(0, "class "+c.name, 0)
}

// propertySet is the set of attributes that this one belongs to, none for most.
func (a *attribute) propertySet() guid {
	switch a.name {
	case "telephoneNumber", "otherTelephone", "mobile", "otherMobile", "homePhone", "otherHomePhone", "pager", "otherPager",
		"ipPhone", "otherIpPhone", "facsimileTelephoneNumber", "otherFacsimileTelephoneNumber", "physicalDeliveryOfficeName",
		"l", "st", "c", "co", "postalCode", "streetAddress", "street", "postOfficeBox", "postalAddress", "homePostalAddress",
		"info", "assistant", "thumbnailPhoto", "jpegPhoto", "userCertificate", "preferredLanguage", "personalTitle",
		"primaryTelexNumber", "internationalISDNNumber", "x121Address":
		return setPersonal
	case "wWWHomePage", "url":
		return setWeb
	default:
		return guid{}
	}
}
