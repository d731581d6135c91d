package directory_test

import (
	"strings"

	"dirdesk/models"
)

// addCase is one add below an OU=Staff that holds the user Anna Berg, the unit
// Vienna and the container Box, and Samba's answer to it.
type addCase struct {
	name  string
	rdn   string // below OU=Staff
	class string
	pairs []string
	kind  error // nil: accepted
	code  string
}

// addCases were measured on Samba 4.17.12; a test with the build tag samba
// asks it again.
func addCases() []addCase {
	long := func(n int) string { return strings.Repeat("ö", n) }
	return []addCase{
		{"user", "CN=New", "user", []string{"sAMAccountName", "new"}, nil, ""},
		{"user without attributes", "CN=New", "user", nil, nil, ""},
		{"attribute names in any case", "CN=New", "user", []string{"SAMACCOUNTNAME", "new", "GivenName", "N"}, nil, ""},
		{"unit in a unit", "OU=New", "organizationalUnit", nil, nil, ""},
		{"container in a unit", "CN=New", "container", nil, nil, ""},
		{"contact", "CN=New", "contact", []string{"mail", "x@example.test"}, nil, ""},
		{"missing parent", "CN=New,OU=Ghost", "user", nil, models.ErrNotFound, "32"},
		{"name exists", "CN=Anna Berg", "user", nil, models.ErrExists, "68"},
		{"name exists in other letters", "cn=ANNA  berg", "user", nil, models.ErrExists, "68"},
		{"same name in another container", "CN=Anna Berg,OU=Vienna", "user", nil, nil, ""},
		{"same name with another attribute type", "OU=Anna Berg", "organizationalUnit", nil, nil, ""},
		{"below a user", "CN=New,CN=Anna Berg", "user", nil, models.ErrInvalid, "64"},
		{"unit below a user", "OU=New,CN=Anna Berg", "organizationalUnit", nil, models.ErrInvalid, "64"},
		{"unit below a container", "OU=New,CN=Box", "organizationalUnit", nil, models.ErrInvalid, "64"},
		{"container below a container", "CN=New,CN=Box", "container", nil, nil, ""},
		{"user named by OU", "OU=New", "user", nil, models.ErrInvalid, "64"},
		{"unknown class", "CN=New", "starship", nil, models.ErrInvalid, "16"},
		{"class that only the domain makes", "CN=New", "builtinDomain", nil, models.ErrInvalid, "64"},
		{"a space for a name", "CN=\\ ", "user", nil, nil, ""},
		{"not a DN", "New", "user", nil, models.ErrInvalid, "34"},
		{"64 characters", "CN=" + long(64), "user", nil, nil, ""},
		{"65 characters", "CN=" + long(65), "user", nil, models.ErrInvalid, "19"},

		{"logon name taken by a user", "CN=New", "user", []string{"sAMAccountName", "ABERG"}, models.ErrExists, "68"},
		{"logon name taken by a group", "CN=New", "user", []string{"sAMAccountName", "domain users"}, models.ErrExists, "68"},
		{"group named like a user", "CN=New", "group", []string{"sAMAccountName", "aberg"}, models.ErrExists, "68"},
		{"logon name with a slash", "CN=New", "user", []string{"sAMAccountName", "a/b"}, models.ErrInvalid, "19"},
		{"logon name ending in a dot", "CN=New", "user", []string{"sAMAccountName", "ab."}, models.ErrInvalid, "19"},
		{"logon name with @ and a space", "CN=New", "user", []string{"sAMAccountName", "a@b c"}, nil, ""},
		{"logon name of 25 characters", "CN=New", "user", []string{"sAMAccountName", long(25)}, nil, ""},
		{"logon name of 257 characters", "CN=New", "user", []string{"sAMAccountName", long(257)}, models.ErrInvalid, "21"},
		{"computer without $", "CN=New", "computer", []string{"sAMAccountName", "PC"}, nil, ""},
		{"computer without $, by its flags", "CN=New", "computer", []string{"sAMAccountName", "PC", "userAccountControl", "4096"}, nil, ""},
		{"userPrincipalName taken", "CN=New", "user", []string{"userPrincipalName", "ABERG@example.test"}, models.ErrInvalid, "19"},

		{"unknown attribute", "CN=New", "user", []string{"shoeSize", "43"}, models.ErrInvalid, "16"},
		{"attribute of another class", "CN=New", "user", []string{"groupType", "2"}, models.ErrInvalid, "65"},
		{"contact with a logon name", "CN=New", "contact", []string{"sAMAccountName", "x"}, models.ErrInvalid, "65"},
		{"two values for one", "CN=New", "user", []string{"givenName", "A", "givenName", "B"}, models.ErrInvalid, "19"},
		{"two descriptions", "CN=New", "user", []string{"description", "A", "description", "B"}, nil, ""},
		{"one value twice", "CN=New", "user", []string{"otherTelephone", "1", "otherTelephone", "1"}, models.ErrExists, "20"},
		{"empty value", "CN=New", "user", []string{"description", ""}, models.ErrInvalid, "21"},
		{"no number", "CN=New", "user", []string{"accountExpires", "tomorrow"}, models.ErrInvalid, "21"},
		{"no capital boolean", "CN=New", "user", []string{"showInAdvancedViewOnly", "true"}, models.ErrInvalid, "21"},
		{"initials of 7", "CN=New", "user", []string{"initials", "ABCDEFG"}, models.ErrInvalid, "21"},
		{"given name of 64", "CN=New", "user", []string{"givenName", long(64)}, nil, ""},
		{"given name of 65", "CN=New", "user", []string{"givenName", long(65)}, models.ErrInvalid, "21"},
		{"33 emoji count twice", "CN=New", "user", []string{"givenName", strings.Repeat("😀", 33)}, models.ErrInvalid, "21"},
		{"no UTF-8", "CN=New", "user", []string{"givenName", "\xff"}, models.ErrInvalid, "21"},
		{"cn that differs", "CN=New", "user", []string{"cn", "Old"}, models.ErrInvalid, "34"},
		{"cn that agrees", "CN=New", "user", []string{"cn", "New"}, nil, ""},
		{"memberOf", "CN=New", "user", []string{"memberOf", "CN=Domain Users,CN=Users,DC=example,DC=test"}, models.ErrPolicy, "53"},
		{"objectSid", "CN=New", "user", []string{"objectSid", "S-1-5-21-1"}, models.ErrInvalid, "19"},
		{"primary group", "CN=New", "user", []string{"primaryGroupID", "512"}, models.ErrPolicy, "53"},
		{"group type without a scope", "CN=New", "group", []string{"groupType", "0"}, models.ErrPolicy, "53"},
		{"group type of nothing", "CN=New", "group", []string{"groupType", "16"}, models.ErrPolicy, "53"},
		{"manager is no DN", "CN=New", "user", []string{"manager", "hello"}, models.ErrInvalid, "34"},
		{"manager does not exist", "CN=New", "user", []string{"manager", "CN=Ghost,DC=example,DC=test"}, models.ErrInvalid, "19"},
		{"member does not exist", "CN=New", "group", []string{"member", "CN=Ghost,DC=example,DC=test"}, models.ErrNotFound, "32"},
		{"member given twice", "CN=New", "group", []string{
			"member", "CN=Anna Berg,OU=Staff,DC=example,DC=test", "member", "cn=anna berg,ou=staff,dc=EXAMPLE,dc=test",
		}, models.ErrExists, "68"},
	}
}
