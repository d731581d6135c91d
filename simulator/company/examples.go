package company

import (
	"errors"

	"dirdesk/models"
	"dirdesk/simulator/directory"
)

// AddExamples adds the objects that the examples in Adaxes' documents change, so
// that those can be run as they stand in a domain example.com: two users, one of
// them disabled and having to change the password, and a global group.
func AddExamples(d *directory.Directory) error {
	base := d.BaseDN()
	users, groups := base.Child("CN", "Users"), base.Child("OU", "Groups")
	for _, o := range []struct {
		dn         models.DN
		class      string
		attributes map[string][]string
	}{
		{groups, "organizationalUnit", nil},
		{users.Child("CN", "John Smith"), "user", map[string][]string{
			"sAMAccountName": {"john.smith"}, "userPrincipalName": {"john.smith@" + d.Realm()},
			"givenName": {"John"}, "sn": {"Smith"}, "displayName": {"John Smith"}, "mail": {"john.smith@" + d.Realm()},
			"telephoneNumber": {"605-457-0000"}, "otherTelephone": {"951-837-6935"},
			"department": {"Marketing"}, "title": {"Marketing analyst"}, "c": {"US"},
			"userAccountControl": {"514"}, "pwdLastSet": {"0"},
			"accountExpires": {directory.FileTime(d.Now().AddDate(1, 0, 0))},
		}},
		{users.Child("CN", "Richard Roberts"), "user", map[string][]string{
			"sAMAccountName": {"richard.roberts"}, "userPrincipalName": {"richard.roberts@" + d.Realm()},
			"givenName": {"Richard"}, "sn": {"Roberts"}, "displayName": {"Richard Roberts"},
			"mail": {"richard.roberts@" + d.Realm()}, "department": {"Marketing"}, "title": {"Head of Marketing"}, "c": {"US"},
			"userAccountControl": {"512"}, "pwdLastSet": {directory.FileTime(d.Now())},
		}},
		{groups.Child("CN", "My group"), "group", map[string][]string{
			"sAMAccountName": {"My group"}, "groupType": {"-2147483646"}, "description": {"The group of the examples"},
			"member": {string(users.Child("CN", "John Smith"))},
		}},
	} {
		if err := d.Add(o.dn, o.class, o.attributes); err != nil && !(o.class == "organizationalUnit" && errors.Is(err, models.ErrExists)) {
			return err
		}
	}
	return nil
}
