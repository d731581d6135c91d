package directory_test

import "dirdesk/models"

// writer is what can be changed: the directory here, and a real one.
type writer interface {
	adder
	Modify(dn models.DN, changes map[string][]string) error
	Delete(dn models.DN) error
	Rename(dn models.DN, name string) error
	Move(dn, container models.DN) error
	AddMember(group, member models.DN) error
	AddMembers(group models.DN, members []models.DN) error
	RemoveMember(group, member models.DN) error
}

// writeCase is one change to an OU=Staff that holds the user Anna Berg, the
// group Team with her in it, and the unit Vienna, and Samba's answer to it.
type writeCase struct {
	name string
	do   func(writer) error
	kind error // nil: done
	code string
}

// Names in the cases.
const (
	staff = "OU=Staff,DC=example,DC=test"
	users = "CN=Users,DC=example,DC=test"
	anna  = "CN=Anna Berg," + staff
	team  = "CN=Team," + staff
)

// writeCases were measured on Samba 4.17.12; a test with the build tag samba
// asks it again.
func writeCases() []writeCase {
	modify := func(dn string, pairs ...string) func(writer) error {
		return func(d writer) error { return d.Modify(models.DN(dn), attributes(pairs...)) }
	}
	clearing := func(dn, name string) func(writer) error {
		return func(d writer) error { return d.Modify(models.DN(dn), map[string][]string{name: nil}) }
	}
	remove := func(dn string) func(writer) error {
		return func(d writer) error { return d.Delete(models.DN(dn)) }
	}
	rename := func(dn, name string) func(writer) error {
		return func(d writer) error { return d.Rename(models.DN(dn), name) }
	}
	move := func(dn, to string) func(writer) error {
		return func(d writer) error { return d.Move(models.DN(dn), models.DN(to)) }
	}
	join := func(group, member string) func(writer) error {
		return func(d writer) error { return d.AddMember(models.DN(group), models.DN(member)) }
	}
	joinAll := func(group string, members ...models.DN) func(writer) error {
		return func(d writer) error { return d.AddMembers(models.DN(group), members) }
	}
	leave := func(group, member string) func(writer) error {
		return func(d writer) error { return d.RemoveMember(models.DN(group), models.DN(member)) }
	}
	return []writeCase{
		{"change a field", modify(anna, "telephoneNumber", "555-0100"), nil, ""},
		{"clear a field", clearing(anna, "description"), nil, ""},
		{"clear what is not there", clearing(anna, "title"), nil, ""},
		{"change nobody", modify("CN=Ghost,"+staff, "title", "x"), models.ErrNotFound, "32"},
		{"logon name taken", modify(anna, "sAMAccountName", "administrator"), models.ErrExists, "68"},
		{"logon name in other letters", modify(anna, "sAMAccountName", "ABERG"), nil, ""},
		{"no logon name", clearing(anna, "sAMAccountName"), models.ErrInvalid, "53"},
		{"no accountExpires", clearing(anna, "accountExpires"), models.ErrInvalid, "53"},
		{"unknown attribute", modify(anna, "shoeSize", "43"), models.ErrInvalid, "16"},
		{"two values for one", modify(anna, "givenName", "A", "givenName", "B"), models.ErrExists, "20"},
		{"empty value", modify(anna, "description", ""), models.ErrInvalid, "21"},
		{"too long", modify(anna, "initials", "1234567"), models.ErrInvalid, "21"},
		{"no date", modify(anna, "accountExpires", "tomorrow"), models.ErrInvalid, "21"},
		{"the name", modify(anna, "cn", "Other"), models.ErrInvalid, "67"},
		{"objectSid", modify(anna, "objectSid", "S-1-1"), models.ErrPolicy, "53"},
		{"memberOf", modify(anna, "memberOf", team), models.ErrPolicy, "53"},
		{"whenCreated", modify(anna, "whenCreated", "20200101000000.0Z"), models.ErrInvalid, "19"},
		{"manager is nobody", modify(anna, "manager", "CN=Ghost,"+staff), models.ErrInvalid, "19"},
		{"must change", modify(anna, "pwdLastSet", "0"), nil, ""},
		{"need not change", modify(anna, "pwdLastSet", "-1"), nil, ""},
		{"pwdLastSet by hand", modify(anna, "pwdLastSet", "12345"), models.ErrInvalid, "80"},
		{"lock by hand", modify(anna, "lockoutTime", "12345"), nil, ""},
		{"a user's group type", modify(anna, "groupType", "2"), models.ErrInvalid, "1"},
		{"a group's initials", modify(team, "initials", "T"), models.ErrInvalid, "65"},
		{"global to local", modify(team, "groupType", "-2147483644"), models.ErrPolicy, "53"},
		{"global to universal", modify(team, "groupType", "-2147483640"), nil, ""},
		{"security to distribution", modify(team, "groupType", "2"), nil, ""},

		{"delete a user", remove(anna), nil, ""},
		{"delete nobody", remove("CN=Ghost," + staff), models.ErrNotFound, "32"},
		{"delete a full unit", remove(staff), models.ErrNotEmpty, "66"},
		{"delete an empty unit", remove("OU=Vienna," + staff), nil, ""},
		{"delete CN=Users", remove(users), models.ErrPolicy, "53"},
		{"delete Administrator", remove("CN=Administrator," + users), models.ErrServer, "80"},
		{"delete Domain Admins", remove("CN=Domain Admins," + users), models.ErrServer, "80"},
		{"delete a builtin group", remove("CN=Server Operators,CN=Builtin,DC=example,DC=test"), models.ErrPolicy, "53"},

		{"rename", rename(anna, "Anna Ek, born Berg"), nil, ""},
		{"rename to other letters", rename(anna, "ANNA BERG"), nil, ""},
		{"rename onto another", rename(anna, "team"), models.ErrExists, "68"},
		{"rename nobody", rename("CN=Ghost,"+staff, "x"), models.ErrNotFound, "32"},
		{"rename to a space", rename(anna, " "), nil, ""},
		{"rename CN=Users", rename(users, "People"), models.ErrPolicy, "53"},
		{"rename Administrator", rename("CN=Administrator,"+users, "Root"), nil, ""},
		{"move", move(anna, users), nil, ""},
		{"move to nowhere", move(anna, "OU=Ghost,"+staff), models.ErrNotFound, "80"},
		{"move under a user", move(team, anna), models.ErrInvalid, "64"},
		{"move a unit below itself", move(staff, "OU=Vienna,"+staff), models.ErrPolicy, "53"},
		{"move a unit into a container", move("OU=Vienna,"+staff, users), models.ErrInvalid, "64"},

		{"join", join(team, "CN=Guest,"+users), nil, ""},
		{"join again", join(team, anna), models.ErrExists, "68"},
		{"join the primary group", join("CN=Domain Users,"+users, anna), models.ErrExists, "68"},
		{"nobody joins", join(team, "CN=Ghost,"+staff), models.ErrNotFound, "32"},
		{"join a user", join(anna, team), models.ErrInvalid, "65"},
		{"a group joins itself", join(team, team), nil, ""},
		{"two join", joinAll(team, "CN=Guest,"+users, staff), nil, ""},
		{"one of two is in", joinAll(team, "CN=Guest,"+users, anna), models.ErrExists, "68"},
		{"one of two is nobody", joinAll(team, "CN=Guest,"+users, "CN=Ghost,"+staff), models.ErrNotFound, "32"},
		{"one joins twice", joinAll(team, "CN=Guest,"+users, "CN=Guest,"+users), nil, ""},
		{"leave", leave(team, anna), nil, ""},
		{"leave the primary group", leave("CN=Domain Users,"+users, anna), models.ErrInvalid, "16"},
		{"leave what one is not in", leave(team, "CN=Guest,"+users), models.ErrPolicy, "53"},
	}
}
