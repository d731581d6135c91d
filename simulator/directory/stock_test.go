package directory_test

import (
	"slices"
	"strings"
	"testing"

	"dirdesk/models"
	"dirdesk/simulator/directory"
)

func TestNewDomainHoldsWhatSambaProvisions(t *testing.T) {
	d := directory.New(directory.Options{Realm: "example.test", Workgroup: "EXAMPLE"})
	base := d.BaseDN()
	if base != "DC=example,DC=test" {
		t.Fatalf("base %q", base)
	}
	if got, want := children(t, d, base), []string{
		"builtinDomain Builtin", "organizationalUnit Domain Controllers", "container Computers",
		"container ForeignSecurityPrincipals", "container Managed Service Accounts", "container Program Data",
		"container System", "container Users",
	}; !slices.Equal(got, want) {
		t.Errorf("below the base %q, want %q", got, want)
	}
	for _, c := range []struct {
		dn       string // below the base
		category models.Category
		sam      string
		rid      int
		advanced bool
		disabled models.Flag
	}{
		{"CN=Administrator,CN=Users", models.Person, "Administrator", 0, false, models.No},
		{"CN=Guest,CN=Users", models.Person, "Guest", 0, false, models.Yes},
		{"CN=krbtgt,CN=Users", models.Person, "krbtgt", 0, true, models.Yes},
		{"CN=Domain Admins,CN=Users", models.Group, "Domain Admins", 512, false, models.Unknown},
		{"CN=Domain Users,CN=Users", models.Group, "Domain Users", 513, false, models.Unknown},
		{"CN=Domain Guests,CN=Users", models.Group, "Domain Guests", 514, false, models.Unknown},
		{"CN=Domain Computers,CN=Users", models.Group, "Domain Computers", 515, false, models.Unknown},
		{"CN=Domain Controllers,CN=Users", models.Group, "Domain Controllers", 516, false, models.Unknown},
		{"CN=Administrators,CN=Builtin", models.Group, "Administrators", 544, false, models.Unknown},
		{"CN=Event Log Readers,CN=Builtin", models.Group, "Event Log Readers", 573, false, models.Unknown},
		{"CN=NAS,OU=Domain Controllers", models.Computer, "NAS$", 0, false, models.No},
		{"CN=System", models.Container, "", 0, true, models.Unknown},
		{"CN=Program Data", models.Container, "", 0, true, models.Unknown},
		{"CN=Users", models.Container, "", 0, false, models.Unknown},
		{"CN=Builtin", models.BuiltinDomain, "", 0, false, models.Unknown},
		{"CN=LostAndFound", "lostAndFound", "", 0, true, models.Unknown},
	} {
		o := get(t, d, models.DN(c.dn)+","+base)
		if o.Category != c.category || o.SAMAccountName != c.sam || o.PrimaryGroupToken != c.rid || o.Disabled != c.disabled {
			t.Errorf("%s: category %q, logon name %q, RID %d, disabled %s", c.dn, o.Category, o.SAMAccountName, o.PrimaryGroupToken, o.Disabled.Label())
		}
		if o.AdvancedOnly != models.FlagOf(c.advanced) {
			t.Errorf("%s: advanced only: %s", c.dn, o.AdvancedOnly.Label())
		}
		if o.Deletable != models.No || o.Movable != models.No || o.Renamable != models.No {
			t.Errorf("%s: may be deleted, moved or renamed", c.dn)
		}
	}
}

func TestInfo(t *testing.T) {
	d := directory.New(directory.Options{Realm: "Corp.Example.Test", Controller: "DISK1"})
	info := d.Info()
	if info.Realm != "Corp.Example.Test" || info.Workgroup != "CORP" || info.Status != "running" {
		t.Errorf("info %+v", info)
	}
	dc := info.Controllers[0]
	if len(info.Controllers) != 1 || dc.Name != "DISK1" || dc.HostName != "disk1.corp.example.test" || len(dc.Roles) != 5 {
		t.Errorf("controllers %+v", info.Controllers)
	}
	if o := get(t, d, dc.DN); o.Category != models.Computer {
		t.Errorf("the controller's DN %q names a %s", dc.DN, o.Category)
	}
}

func TestWellKnownMembershipsAndSIDs(t *testing.T) {
	d := directory.New(directory.Options{Realm: "example.test"})
	at := func(dn string) models.DN { return models.DN(dn) + "," + d.BaseDN() }
	members, err := d.Members(at("CN=Administrators,CN=Builtin"))
	if err != nil {
		t.Fatal(err)
	}
	if want := []models.DN{at("CN=Administrator,CN=Users"), at("CN=Enterprise Admins,CN=Users"), at("CN=Domain Admins,CN=Users")}; !slices.Equal(members, want) {
		t.Errorf("Administrators: %q, want %q", members, want)
	}
	admin := get(t, d, at("CN=Administrator,CN=Users")).Account
	if !strings.HasSuffix(admin.SID, "-500") || !strings.HasPrefix(admin.SID, "S-1-5-21-") {
		t.Errorf("Administrator's SID %s", admin.SID)
	}
	if !slices.Contains(admin.MemberOf, at("CN=Domain Admins,CN=Users")) || slices.Contains(admin.MemberOf, at("CN=Domain Users,CN=Users")) {
		t.Errorf("Administrator is in %q; the primary group must not be listed", admin.MemberOf)
	}
	if sid := get(t, d, at("CN=Administrators,CN=Builtin")).Account.SID; sid != "S-1-5-32-544" {
		t.Errorf("Administrators' SID %s", sid)
	}
	first := add(t, d, at("CN=First,CN=Users"), "user")
	if sid := get(t, d, first).Account.SID; !strings.HasSuffix(sid, "-1103") {
		t.Errorf("the first account's SID %s does not end in 1103, as Samba's does", sid)
	}
}

func TestSeedDecidesIdentity(t *testing.T) {
	identity := func(seed int64) string {
		d := directory.New(directory.Options{Seed: seed})
		return get(t, d, d.BaseDN()).Account.SID + " " + get(t, d, d.BaseDN().Child("CN", "Users")).Account.GUID
	}
	first, again, other := identity(1), identity(1), identity(2)
	if first != again {
		t.Errorf("two domains of one seed differ: %s and %s", first, again)
	}
	if first == other {
		t.Errorf("domains of different seeds are the same: %s", first)
	}
}
