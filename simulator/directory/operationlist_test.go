//go:build samba

package directory_test

import (
	"strings"

	"dirdesk/models"

	"github.com/go-ldap/ldap/v3"
)

// operations are those that were measured on Samba 4.17.12, in the order of the
// measurement, with nothing left out.
func operations() []section {
	concat := func(groups ...[]operation) (all []operation) {
		for _, g := range groups {
			all = append(all, g...)
		}
		return all
	}
	return []section{
		{"transport and bind", concat([]operation{
			only(noServer, "StartTLS + simple bind", startTLS), only(noServer, "simple bind without TLS", clearBind),
			op("set a password to bind with", setting(anna, first)),
			op("bind as UPN", signOn("aberg@example.test", first)),
			op(`bind as DOMAIN\user`, signOn(`EXAMPLE\aberg`, first)),
			op("bind as plain sAMAccountName", signOn("aberg", first)),
			op("bind, wrong password", signOn("aberg@example.test", "wrong")),
			op("bind, unknown DN", signOn(ghost, first)),
			op("bind, DN, empty password", signOn(anna, "")),
			only(noServer, "anonymous search of the domain", anonymous("DC=example,DC=test")),
			only(noServer, "anonymous rootDSE", anonymous("")), only(noServer, "WhoAmI extended operation", whoAmI),
		})},
		{"create", createOperations()},
		{"errors of passwords and names", concat(passwordErrors(), nameErrors())},
		{"errors of values", valueErrors()},
		{"errors of groups and deletions", memberErrors()},
		{"rename, move", placeOperations()},
		{"passwords", passwordOperations()},
		{"lockout", lockoutOperations()},
		{"delete, controls", concat(controlOperations(), missing("it is a view of a list that no client here asks for", "VLV control"),
			[]operation{op("delete user", drop(anna)), op("delete user again", drop(anna))},
			[]operation{only("DSM deletes what is empty only", "tree delete control on the OU", treeDelete(staff))})},
		{"names by GUID, conditions", identityOperations()},
		{"limits of logons, primary groups, classes", limitOperations()},
	}
}

func createOperations() []operation {
	return []operation{
		op("add OU", create("OU=New,"+staff, "organizationalUnit")),
		op("add user with password over ldaps", person(newly, "boek", first)),
		op("bind as the new user", signOn(newly, first)),
		op("add user, no password, UAC 512", create(nopwd, "user", "sAMAccountName", "nopwd", "userAccountControl", "512")),
		op("add user, no password, UAC 514 (disabled)", create(nopwd, "user", "sAMAccountName", "nopwd2", "userAccountControl", "514")),
		op("enable that account (UAC 512) without password", modify(nopwd, "userAccountControl", "512")),
		op("add user, no sAMAccountName", create("CN=No Sam,"+staff, "user")),
		op("add group", create("CN=Crew,"+staff, "group", "sAMAccountName", "crew")),
		op("add member", join("CN=Crew,"+staff, newly)),
	}
}

func passwordErrors() []operation {
	return []operation{
		op("weak password on add (too short)", person(newly, "boek", "Ab-1")),
		op("weak password on add (not complex)", person(newly, "boek", "abcdefghij")),
		op("weak password on add (digits)", person(newly, "boek", "1234567890")),
		op("weak password on reset (too short)", setting(anna, "Ab-1")),
		op("weak password on reset (not complex)", setting(anna, "abcdefghij")),
		only(noUnicode, "unicodePwd without quotes", changing(anna, ldap.ReplaceAttribute, "unicodePwd", "x")),
		only(noServer, "password reset on a plain connection", clearBind),
		op("password of nobody", setting(ghost, first)),
	}
}

func nameErrors() []operation {
	return []operation{
		op("another user to clash with", create(nopwd, "user", "sAMAccountName", "nopwd", "userPrincipalName", "nopwd@example.test")),
		op("sAMAccountName taken (another DN)", create(newly, "user", "sAMAccountName", "aberg")),
		op("same DN exists", create(anna, "user", "sAMAccountName", "another")),
		op("modify sAMAccountName to one taken", modify(anna, "sAMAccountName", "nopwd")),
		op("sAMAccountName with forbidden characters", modify(anna, "sAMAccountName", "a/b")),
		op("sAMAccountName of 25 characters (user)", modify(anna, "sAMAccountName", strings.Repeat("x", 25))),
		op("sAMAccountName back", modify(anna, "sAMAccountName", "aberg")),
		op("sAMAccountName replaced by empty", func(d operator) error { return d.Modify(anna, map[string][]string{"sAMAccountName": nil}) }),
		op("userPrincipalName taken", modify(anna, "userPrincipalName", "nopwd@example.test")),
		op("modify non-existing DN", modify(ghost, "description", "x")),
		op("add below a non-existing parent", create("CN=x,OU=Ghost,DC=example,DC=test", "user")),
		op("search non-existing base", func(d operator) error { return d.List("OU=Ghost,DC=example,DC=test") }),
		op("search outside the directory", func(d operator) error { return d.List("OU=Ghost,DC=elsewhere,DC=test") }),
		op("read non-existing DN", func(d operator) error { return d.Read(ghost) }),
		only(noFilters, "bad filter attribute (unknown)", finding("(noSuchAttribute=x)")),
	}
}

func valueErrors() []operation {
	all := []operation{
		op("unknown attribute", modify(anna, "noSuchAttribute", "x")),
		op("attribute of another class (groupType on user)", modify(anna, "groupType", "2")),
		op("invalid value: userAccountControl=abc", modify(anna, "userAccountControl", "abc")),
		op("userAccountControl back", modify(anna, "userAccountControl", "512")),
		op("invalid value: accountExpires=tomorrow", modify(anna, "accountExpires", "tomorrow")),
		op("invalid value: manager is no DN", modify(anna, "manager", "hello")),
		op("manager = non-existing DN", modify(anna, "manager", ghost)),
		op("two values for single-valued (givenName)", modify(anna, "givenName", "A", "givenName", "B")),
		op("empty value (replace: description with '')", modify(anna, "description", "")),
		op("too long (countryCode c=ABC)", modify(anna, "c", "ABC")),
		op("too long initials (7)", modify(anna, "initials", "1234567")),
		op("system-owned attribute (objectSid)", modify(anna, "objectSid", "S-1-1")),
		op("constructed attribute (memberOf)", modify(anna, "memberOf", team)),
		op("whenCreated", modify(anna, "whenCreated", "20200101000000.0Z")),
		op("naming attribute cn by modify", modify(anna, "cn", "Other")),
	}
	return append(all,
		only(noValues, "delete an attribute that has no value", changing(anna, ldap.DeleteAttribute, "telephoneNumber")),
		only(noValues, "add a value", changing(anna, ldap.AddAttribute, "otherTelephone", "1")),
		only(noValues, "add a value that exists", changing(anna, ldap.AddAttribute, "otherTelephone", "1")))
}

func memberErrors() []operation {
	return []operation{
		op("duplicate member (add)", join(team, anna)),
		op("remove a member that is none", leave(team, "CN=Guest,"+users)),
		op("member = non-existing DN", join(team, ghost)),
		op("group as member of itself", join(team, team)),
		op("members of what does not exist", join(ghost, anna)),
		op("remove from primary group (Domain Users)", leave("CN=Domain Users,"+users, anna)),
		op("add to primary group (Domain Users)", join("CN=Domain Users,"+users, anna)),
		op("group Global -> DomainLocal directly", modify(team, "groupType", "-2147483644")),
		op("group Global -> Universal", modify(team, "groupType", "-2147483640")),
		op("group Universal -> DomainLocal", modify(team, "groupType", "-2147483644")),
		op("delete OU with children", drop(staff)),
		op("delete non-existing", drop("CN=Ghost,DC=example,DC=test")),
		op("delete built-in (CN=Users)", drop(users)),
		op("delete Administrator", drop(admin)),
		op("delete Domain Admins", drop("CN=Domain Admins,"+users)),
	}
}

func placeOperations() []operation {
	rename := func(dn, name string) func(operator) error {
		return func(d operator) error { return d.Rename(models.DN(dn), name) }
	}
	move := func(dn, to string) func(operator) error {
		return func(d operator) error { return d.Move(models.DN(dn), models.DN(to)) }
	}
	const ek = "CN=Anna Berg-Ek,"
	return []operation{
		op("modrdn (rename)", rename(anna, "Anna Berg-Ek")),
		only(noRDN, "modrdn with deleteoldrdn: 0", modrdn(ek+staff, "CN=Anna", false, "")),
		op("rename onto an existing name", rename(ek+staff, "Team")),
		op("move to CN=Users", move(ek+staff, users)),
		op("move to a non-existing parent", move(ek+users, "OU=Ghost,DC=example,DC=test")),
		op("move under a user (no container)", move(ek+users, admin)),
		op("move an OU below itself", move(staff, "OU=Vienna,"+staff)),
		only(noRDN, "rename to RDN of another type", modrdn(ek+users, "OU=Anna", true, "")),
		op("rename built-in CN=Users", rename(users, "People")),
		op("rename non-existing", rename(ghost, "x")),
		op("move back", move(ek+users, staff)),
	}
}

func passwordOperations() []operation {
	change := func(old, secret string) func(operator) error {
		return func(d operator) error { return d.ChangePassword(anna, models.NewSecret(old), models.NewSecret(secret)) }
	}
	return []operation{
		op("a first password", setting(anna, first)),
		op("admin reset of the password", setting(anna, second)),
		op("bind with the old password (just after; grace period)", signOn(anna, first)),
		op("bind with the new password", signOn(anna, second)),
		op("user's own change (delete+add), min age 1 day", change(second, "Third-Kettle-3")),
		op("user's own change, wrong old password", change("Wrong-Kettle-9", "Third-Kettle-3")),
		only("there is one administrator here and no rights", "user changes own description (no right)", asAnna(second, changing(anna, ldap.ReplaceAttribute, "description", "x"))),
		only("there is one administrator here and no rights", "user changes own telephone", asAnna(second, changing(anna, ldap.ReplaceAttribute, "telephoneNumber", "x"))),
		only("there is one administrator here and no rights", "user resets another's password", asAnna(second, changing(admin, ldap.ReplaceAttribute, "unicodePwd", unicodePassword(models.NewSecret(first))))),
		only("there is one administrator here and no rights", "user adds a member", asAnna(second, changing(team, ldap.AddAttribute, "member", admin))),
		only("there is one administrator here and no rights", "user deletes an object", asAnna(second, func(o overLDAP) error { return o.Delete(team) })),
		only("there is one administrator here and no rights", "user renames an object", asAnna(second, modrdn(team, "CN=Other", true, ""))),
		only("there is one administrator here and no rights", "user adds an object", asAnna(second, func(o overLDAP) error { return o.Add("OU=New,"+staff, "organizationalUnit", nil) })),
		op("password history: admin reset to the same", setting(anna, second)),
		op("must change at next logon (pwdLastSet=0)", modify(anna, "pwdLastSet", "0")),
		op("bind with must-change set", signOn(anna, second)),
		op("pwdLastSet=-1 (unset it)", modify(anna, "pwdLastSet", "-1")),
		op("pwdLastSet=12345 (not allowed)", modify(anna, "pwdLastSet", "12345")),
		op("disable (UAC 514)", modify(anna, "userAccountControl", "514")),
		op("bind, disabled account", signOn(anna, second)),
		op("bind, disabled account, wrong password", signOn(anna, "wrong")),
		op("enable (UAC 512)", modify(anna, "userAccountControl", "512")),
		op("expire (accountExpires=1)", modify(anna, "accountExpires", "1")),
		op("bind, expired account", signOn(anna, second)),
		op("unexpire (accountExpires=0)", modify(anna, "accountExpires", "0")),
		op("bind again", signOn(anna, second)),
	}
}

func lockoutOperations() []operation {
	limit := func(n int) func(operator) error { return func(d operator) error { return d.LockAfter(n) } }
	return []operation{
		op("a password", setting(anna, first)),
		op("set policy lockoutThreshold=3 on the domain", limit(3)),
		op("wrong password 1", signOn(anna, "wrong")),
		op("wrong password 2", signOn(anna, "wrong")),
		op("wrong password 3", signOn(anna, "wrong")),
		op("right password, locked", signOn(anna, first)),
		op("lockoutTime, badPwdCount, computed UAC", func(d operator) error { return d.Read(anna) }),
		op("unlock (lockoutTime=0)", modify(anna, "lockoutTime", "0")),
		op("lockoutTime=12345 (lock by hand)", modify(anna, "lockoutTime", "12345")),
		op("right password, unlocked", signOn(anna, first)),
		op("policy back", limit(0)),
	}
}
