package company_test

import (
	"errors"
	"slices"
	"testing"

	"dirdesk/models"
	"dirdesk/simulator/company"
	"dirdesk/simulator/directory"
)

// What a closer look at the company shows, seen by its administrator and by the
// help desk.
func TestTheCompanyHasWhatMakesItReal(t *testing.T) {
	d := directory.New(directory.Options{Seed: 1})
	if _, err := company.Fill(d, company.Options{Seed: 1, Large: 3200}); err != nil {
		t.Fatal(err)
	}
	base := d.BaseDN()
	secret := models.NewSecret("First-Kettle-12")
	signIn := func(name string, dn models.DN) *directory.Caller {
		if err := d.SetPassword(dn, secret, false); err != nil {
			t.Fatal(err)
		}
		c, err := d.SignIn(0, name, secret)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	admin := signIn("Administrator", base.Child("CN", "Users").Child("CN", "Administrator"))
	desk, _ := d.Find(company.HelpDesk)
	helpDesk := signIn(company.HelpDesk, desk)
	has := func(attribute string) directory.Filter {
		a, ok := directory.AttributeNamed(attribute)
		if !ok {
			t.Fatalf("no attribute %s", attribute)
		}
		return directory.Present(a)
	}
	class := func(name string) directory.Filter { return func(v directory.View) bool { return v.IsA(name) } }
	for _, c := range []struct {
		name         string
		filter       directory.Filter
		deleted      bool
		least, forHD int // found by the administrator at least, and by the help desk exactly; -1: as many
	}{
		{"BitLocker keys", has("msFVE-RecoveryPassword"), false, 2, 0},
		{"old LAPS", has("ms-Mcs-AdmPwd"), false, 1, 0},
		{"new LAPS", has("msLAPS-Password"), false, 1, 0},
		{"when LAPS ends", has("msLAPS-PasswordExpirationTime"), false, 1, -1},
		{"policies", class("msDS-PasswordSettings"), false, 1, 0},
		{"deleted objects", directory.And(has("isDeleted"), has("sAMAccountName")), true, 5, -1},
		{"children of people", class("msExchActiveSyncDevice"), false, 2, -1},
		{"secretaries", has("secretary"), false, 10, -1},
		{"logon hours", has("logonHours"), false, 3, -1},
		{"workstations", has("userWorkstations"), false, 3, -1},
		{"large groups", func(v directory.View) bool { return len(v.Values("member")) >= 3000 }, false, 1, -1},
		{"other primary groups", directory.And(class("user"), directory.Not(class("computer")), func(v directory.View) bool {
			return !slices.Contains([]string{"513", "514"}, v.Values("primaryGroupID")[0])
		}), false, 3, -1},
	} {
		query := directory.Query{Base: string(base), Scope: directory.Subtree, Filter: c.filter, Deleted: c.deleted}
		all, err := admin.Find(query)
		if err != nil || len(all) < c.least {
			t.Errorf("%s: %d, %v, want %d at least", c.name, len(all), err, c.least)
		}
		want := c.forHD
		if want < 0 {
			want = len(all)
		}
		if seen, err := helpDesk.Find(query); err != nil || len(seen) != want {
			t.Errorf("%s: the help desk finds %d, %v, want %d", c.name, len(seen), err, want)
		}
	}
	protected := base.Child("OU", "Service Accounts")
	if err := admin.Delete(string(protected), true); err == nil || errors.Is(err, models.ErrNotEmpty) {
		t.Errorf("an OU that is protected is deleted: %v", err)
	}
}

// None of it shows over DSM, which lists six kinds of objects.
func TestWhatLiesBelowPeopleIsInNoListing(t *testing.T) {
	d := directory.New(directory.Options{Seed: 1})
	if _, err := company.Fill(d, company.Options{Seed: 1}); err != nil {
		t.Fatal(err)
	}
	laptop := d.BaseDN().Child("OU", "Devices").Child("OU", "Laptops").Child("CN", "LT-VIE-0001")
	page, err := d.List(models.ListRequest{Base: laptop})
	if err != nil || page.Total != 0 {
		t.Errorf("%d rows, %v", page.Total, err)
	}
}
