package directory_test

import (
	"strings"

	"dirdesk/models"
)

// propertyCases are changes of the attributes that a property editor offers,
// with Samba 4.17.12's answers: which class has what, how many values, how long,
// and of which form.
func propertyCases() []writeCase {
	modify := func(dn string, pairs ...string) func(writer) error {
		return func(d writer) error { return d.Modify(models.DN(dn), attributes(pairs...)) }
	}
	const (
		unit     = "OU=Vienna," + staff
		tooLong  = "21"
		noClass  = "65"
		badValue = "21"
		single   = "20"
	)
	refusedAs := func(name, dn, attribute, value, code string) writeCase {
		return writeCase{name, modify(dn, attribute, value), models.ErrInvalid, code}
	}
	cases := []writeCase{
		{"a manager", modify(anna, "manager", "CN=Administrator,"+users), nil, ""},
		{"an assistant", modify(anna, "assistant", "CN=Administrator,"+users), nil, ""},
		{"one's own manager", modify(anna, "manager", anna), nil, ""},
		{"who manages a group", modify(team, "managedBy", anna), nil, ""},
		{"who manages a unit", modify(unit, "managedBy", anna), nil, ""},
		{"two to see also", modify(anna, "seeAlso", team, "seeAlso", users), nil, ""},
		{"the reports", modify(anna, "directReports", team), models.ErrPolicy, "53"},
		{"what one manages", modify(anna, "managedObjects", team), models.ErrPolicy, "53"},
		refusedAs("a user's managedBy", anna, "managedBy", team, noClass),
		refusedAs("a group's manager", team, "manager", anna, noClass),

		{"digits", modify(anna, "x121Address", "012 3"), nil, ""},
		{"plain text", modify(anna, "serialNumber", "A-1 (b), c=d?"), nil, ""},
		{"a shell", modify(anna, "loginShell", "/bin/Sh"), nil, ""},
		{"a boolean", modify(anna, "msNPAllowDialin", "TRUE"), nil, ""},
		refusedAs("a boolean in small letters", anna, "msNPAllowDialin", "true", badValue),
		{"a number", modify(anna, "uidNumber", "-40"), nil, ""},
		{"the last country", modify(anna, "countryCode", "65535"), nil, ""},
		refusedAs("a country too many", anna, "countryCode", "65536", badValue),
		refusedAs("a country below none", anna, "countryCode", "-1", badValue),
		{"a large number", modify(anna, "maxStorage", "9223372036854775807"), nil, ""},
		refusedAs("too large a number", anna, "maxStorage", "9223372036854775808", badValue),
	}
	for attribute, limit := range map[string]int{
		"middleName": 64, "personalTitle": 64, "division": 256, "ipPhone": 64, "homePhone": 64,
		"otherHomePhone": 64, "otherMobile": 64, "otherPager": 64, "otherFacsimileTelephoneNumber": 64,
		"homePostalAddress": 4096, "postalAddress": 4096, "postOfficeBox": 40, "street": 1024, "userWorkstations": 1024,
		"proxyAddresses": 1123, "primaryTelexNumber": 64,
	} {
		cases = append(cases,
			writeCase{"a full " + attribute, modify(anna, attribute, strings.Repeat("x", limit)), nil, ""},
			refusedAs("too long a "+attribute, anna, attribute, strings.Repeat("x", limit+1), tooLong))
	}
	for _, attribute := range []string{
		"otherHomePhone", "otherMobile", "otherPager", "otherIpPhone", "otherMailbox", "url", "proxyAddresses", "postalAddress", "postOfficeBox",
		"roomNumber", "departmentNumber", "carLicense", "serialNumber", "x121Address", "houseIdentifier",
	} {
		cases = append(cases, writeCase{"two of " + attribute, modify(anna, attribute, "1", attribute, "2"), nil, ""})
	}
	for _, attribute := range []string{
		"middleName", "personalTitle", "division", "ipPhone", "homePhone", "homePostalAddress", "street", "userWorkstations", "comment",
		"preferredLanguage", "generationQualifier", "primaryTelexNumber", "scriptPath", "info", "mobile", "pager",
	} {
		cases = append(cases, writeCase{"two of " + attribute, modify(anna, attribute, "1", attribute, "2"), models.ErrExists, single})
	}
	for _, c := range []struct{ dn, attribute, value string }{
		{team, "middleName", "x"},
		{team, "userWorkstations", "x"},
		{unit, "mail", "x"},
		{unit, "otherMobile", "1"},
		{unit, "middleName", "x"},
		{team, "businessCategory", "x"},
		{unit, "comment", "x"},
		{unit, "gecos", "x"},
		{team, "loginShell", "x"},
		{team, "countryCode", "1"},
	} {
		cases = append(cases, refusedAs(c.attribute+" of another class", c.dn, c.attribute, c.value, noClass))
	}
	for _, c := range []struct{ dn, attribute, value string }{
		{team, "info", "x"},
		{team, "wWWHomePage", "x"},
		{team, "gidNumber", "1"},
		{unit, "postalAddress", "x"},
		{unit, "street", "x"},
		{unit, "countryCode", "1"},
		{unit, "businessCategory", "x"},
		{unit, "url", "x"},
		{team, "proxyAddresses", "x"},
		{unit, "x121Address", "1"},
		{unit, "destinationIndicator", "x"},
		{unit, "facsimileTelephoneNumber", "1"},
		{team, "url", "x"},
		{unit, "wWWHomePage", "x"},
		{anna, "businessCategory", "x"},
	} {
		cases = append(cases, writeCase{c.attribute + " of " + c.dn[:2], modify(c.dn, c.attribute, c.value), nil, ""})
	}
	return cases
}

// windowsCases are what Windows refuses and Samba does not look at (measured).
func windowsCases() []writeCase {
	refused := func(name, attribute, value string) writeCase {
		return writeCase{name, func(d writer) error {
			return d.Modify(anna, attributes(attribute, value))
		}, models.ErrInvalid, "21"}
	}
	return []writeCase{
		refused("digits and a letter", "x121Address", "12a"),
		refused("plain text with a star", "serialNumber", "A*"),
		refused("a shell with an umlaut", "loginShell", "/bin/ä"),
		refused("a number of 33 bits", "uidNumber", "4294967296"),
		refused("a long generation", "generationQualifier", "VIII"),
	}
}
