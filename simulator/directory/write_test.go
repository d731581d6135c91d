package directory_test

import (
	"slices"
	"strings"
	"testing"

	"dirdesk/models"
	"dirdesk/simulator/directory"
)

// What Samba answers to changes (measured). Every case starts from the same
// small company: OU=Staff with Anna Berg in the group Team, and OU=Vienna below.
func TestWritesFollowSambasRules(t *testing.T) {
	const staff, users = "OU=Staff,DC=example,DC=test", "CN=Users,DC=example,DC=test"
	const anna, team = "CN=Anna Berg," + staff, "CN=Team," + staff
	modify := func(dn string, pairs ...string) func(*directory.Directory) error {
		return func(d *directory.Directory) error { return d.Modify(models.DN(dn), attributes(pairs...)) }
	}
	clearing := func(dn, name string) func(*directory.Directory) error {
		return func(d *directory.Directory) error { return d.Modify(models.DN(dn), map[string][]string{name: nil}) }
	}
	remove := func(dn string) func(*directory.Directory) error {
		return func(d *directory.Directory) error { return d.Delete(models.DN(dn)) }
	}
	rename := func(dn, name string) func(*directory.Directory) error {
		return func(d *directory.Directory) error { return d.Rename(models.DN(dn), name) }
	}
	move := func(dn, to string) func(*directory.Directory) error {
		return func(d *directory.Directory) error { return d.Move(models.DN(dn), models.DN(to)) }
	}
	join := func(group, member string) func(*directory.Directory) error {
		return func(d *directory.Directory) error { return d.AddMember(models.DN(group), models.DN(member)) }
	}
	leave := func(group, member string) func(*directory.Directory) error {
		return func(d *directory.Directory) error { return d.RemoveMember(models.DN(group), models.DN(member)) }
	}
	for _, c := range []struct {
		name string
		do   func(*directory.Directory) error
		kind error // nil: done
		code string
	}{
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
		{"rename to nothing", rename(anna, " "), models.ErrInvalid, "34"},
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
		{"leave", leave(team, anna), nil, ""},
		{"leave what one is not in", leave(team, "CN=Guest,"+users), models.ErrPolicy, "53"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, base := domain(t, newClock())
			add(t, d, anna, "user", "sAMAccountName", "aberg", "description", "first", "userAccountControl", "512")
			add(t, d, team, "group", "sAMAccountName", "team", "member", anna)
			add(t, d, base.Child("OU", "Vienna"), "organizationalUnit")
			before := dump(t, d)
			err := c.do(d)
			if c.kind == nil {
				if err != nil {
					t.Errorf("refused: %v (%s)", err, err.(*models.Error).Server)
				}
				return
			}
			refused(t, err, c.kind, c.code)
			if after := dump(t, d); after != before {
				t.Errorf("refused, yet changed from\n%s\nto\n%s", before, after)
			}
		})
	}
}

// dump writes everything below the base out, for comparing.
func dump(t testing.TB, d *directory.Directory) string {
	t.Helper()
	var b strings.Builder
	var walk func(models.DN)
	walk = func(dn models.DN) {
		a, err := d.Attributes(dn)
		if err != nil {
			t.Fatalf("%q: %v", dn, err)
		}
		var lines []string
		for name, values := range a {
			lines = append(lines, name+"="+strings.Join(values, "|"))
		}
		slices.Sort(lines)
		b.WriteString(strings.Join(lines, "\n") + "\n\n")
		page, err := d.List(models.ListRequest{Base: dn})
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range page.Objects {
			walk(o.DN)
		}
	}
	walk(d.BaseDN())
	return b.String()
}

// A moved unit takes what is in it along, and every link to it follows.
func TestMoveTakesTheSubtreeAlong(t *testing.T) {
	d, staff := domain(t, newClock())
	vienna := add(t, d, staff.Child("OU", "Vienna"), "organizationalUnit")
	boss := add(t, d, vienna.Child("CN", "Boss"), "user", "sAMAccountName", "boss")
	anna := add(t, d, staff.Child("CN", "Anna"), "user", "manager", string(boss))
	team := add(t, d, staff.Child("CN", "Team"), "group", "member", string(boss))
	if err := d.Move(vienna, d.BaseDN()); err != nil {
		t.Fatal(err)
	}
	if err := d.Rename("OU=Vienna,"+d.BaseDN(), "Wien"); err != nil {
		t.Fatal(err)
	}
	moved := models.DN("CN=Boss,OU=Wien,") + d.BaseDN()
	if o := get(t, d, moved); o.SAMAccountName != "boss" || !slices.Equal(o.Account.MemberOf, []models.DN{team}) {
		t.Errorf("moved: %+v", o)
	}
	if _, err := d.Get(boss); err == nil {
		t.Error("still there under the old name")
	}
	a, err := d.Attributes(anna)
	if err != nil || a["manager"][0] != string(moved) {
		t.Errorf("manager %q, %v", a["manager"], err)
	}
	if err := d.Add("CN=New,"+vienna, "user", nil); err == nil {
		t.Error("added below the old name")
	}
	add(t, d, "CN=New,"+moved.Parent(), "user")
}

// What is deleted leaves its groups, frees its names and takes no link along.
func TestDeleteCutsTheLinks(t *testing.T) {
	d, staff := domain(t, newClock())
	boss := add(t, d, staff.Child("CN", "Boss"), "user", "sAMAccountName", "boss", "userPrincipalName", "boss@example.test")
	anna := add(t, d, staff.Child("CN", "Anna"), "user", "manager", string(boss))
	team := add(t, d, staff.Child("CN", "Team"), "group", "member", string(boss), "member", string(anna))
	if err := d.Delete(boss); err != nil {
		t.Fatal(err)
	}
	if members, err := d.Members(team); err != nil || !slices.Equal(members, []models.DN{anna}) {
		t.Errorf("members %q, %v", members, err)
	}
	if a, err := d.Attributes(anna); err != nil || a["manager"] != nil {
		t.Errorf("manager %q, %v", a["manager"], err)
	}
	if d.Conflict("boss") {
		t.Error("the logon name is still taken")
	}
	again := add(t, d, boss, "user", "sAMAccountName", "BOSS", "userPrincipalName", "boss@example.test")
	if o := get(t, d, again); len(o.Account.MemberOf) != 0 {
		t.Errorf("a new account of that name is in %q", o.Account.MemberOf)
	}
	if err := d.Delete(team); err != nil {
		t.Fatal(err)
	}
	if o := get(t, d, anna); len(o.Account.MemberOf) != 0 {
		t.Errorf("still in a deleted group: %q", o.Account.MemberOf)
	}
}

// A change of names moves the account in the indexes.
func TestModifyMovesTheAccountsNames(t *testing.T) {
	d, staff := domain(t, newClock())
	anna := add(t, d, staff.Child("CN", "Anna"), "user", "sAMAccountName", "old", "userPrincipalName", "old@example.test", "description", "kept")
	if err := d.Modify(anna, attributes("sAMAccountName", "new", "userPrincipalName", "new@mail.test", "title", "Boss")); err != nil {
		t.Fatal(err)
	}
	if d.Conflict("old") || !d.Conflict("new") {
		t.Error("the old logon name is taken or the new one is not")
	}
	if _, ok := d.Find("old@example.test"); ok {
		t.Error("found by the old userPrincipalName")
	}
	if dn, ok := d.Find("new@mail.test"); !ok || dn != anna {
		t.Errorf("the new userPrincipalName finds %q", dn)
	}
	if o := get(t, d, anna); o.Description != "kept" {
		t.Errorf("description %q", o.Description)
	}
}
