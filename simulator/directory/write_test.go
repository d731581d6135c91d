package directory_test

import (
	"slices"
	"strings"
	"testing"

	"dirdesk/models"
	"dirdesk/simulator/directory"
)

func prepareForWrites(t testing.TB, d adder) {
	t.Helper()
	add(t, d, staff, "organizationalUnit")
	add(t, d, anna, "user", "sAMAccountName", "aberg", "description", "first", "userAccountControl", "512")
	add(t, d, team, "group", "sAMAccountName", "team", "member", anna)
	add(t, d, "OU=Vienna,"+staff, "organizationalUnit")
}

func TestWritesFollowSambasRules(t *testing.T) {
	for _, c := range slices.Concat(writeCases(), propertyCases(), windowsCases()) {
		t.Run(c.name, func(t *testing.T) {
			d := directory.New(directory.Options{Realm: "example.test", Now: newClock().now})
			prepareForWrites(t, d)
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
	add(t, d, vienna.Child("CN", "Last before the move"), "user")
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
