package directory_test

import (
	"strings"
	"testing"

	"dirdesk/models"
	"dirdesk/simulator/directory"
)

// adder is what can be added to: the directory here, and a real one.
type adder interface {
	Add(dn models.DN, class string, attributes map[string][]string) error
}

func prepareForAdds(t testing.TB, d adder, staff models.DN) {
	t.Helper()
	add(t, d, staff, "organizationalUnit")
	add(t, d, staff.Child("CN", "Anna Berg"), "user", "sAMAccountName", "aberg", "userPrincipalName", "aberg@example.test")
	add(t, d, staff.Child("OU", "Vienna"), "organizationalUnit")
	add(t, d, staff.Child("CN", "Box"), "container")
}

func TestAddFollowsSambasRules(t *testing.T) {
	for _, c := range addCases() {
		t.Run(c.name, func(t *testing.T) {
			d := directory.New(directory.Options{Realm: "example.test", Now: newClock().now})
			staff := d.BaseDN().Child("OU", "Staff")
			prepareForAdds(t, d, staff)
			before := children(t, d, staff)
			dn := models.DN(c.rdn) + "," + staff
			err := d.Add(dn, c.class, attributes(c.pairs...))
			if c.kind == nil {
				if err != nil {
					t.Fatalf("refused: %v (%s)", err, err.(*models.Error).Server)
				}
				if o := get(t, d, dn); !o.DN.Equal(dn) {
					t.Errorf("read back as %q, want %q", o.DN, dn)
				}
				return
			}
			refused(t, err, c.kind, c.code)
			if after := children(t, d, staff); len(after) != len(before) {
				t.Errorf("refused, yet there are now %v", after)
			}
			if d.Conflict("new") {
				t.Error("refused, yet its logon name is taken")
			}
		})
	}
}

// A refused add must not use up what an accepted one would get.
func TestRefusedAddLeavesNoTrace(t *testing.T) {
	add2 := func(refusedFirst bool) models.Object {
		d, staff := domain(t, newClock())
		if refusedFirst {
			if err := d.Add(staff.Child("CN", "Bad"), "user", attributes("shoeSize", "43")); err == nil {
				t.Fatal("accepted an unknown attribute")
			}
		}
		return get(t, d, add(t, d, staff.Child("CN", "Good"), "user"))
	}
	clean, after := add2(false), add2(true)
	if clean.Account.SID != after.Account.SID || clean.Account.GUID != after.Account.GUID {
		t.Errorf("SID and GUID %s %s, want %s %s", after.Account.SID, after.Account.GUID, clean.Account.SID, clean.Account.GUID)
	}
}

func TestAddDefaults(t *testing.T) {
	d, staff := domain(t, newClock())
	for _, c := range []struct {
		class, rdn string
		want       map[string]string
	}{
		{"user", "CN=U", map[string]string{"userAccountControl": "546", "primaryGroupID": "513", "pwdLastSet": "0", "accountExpires": "9223372036854775807"}},
		{"computer", "CN=C", map[string]string{"userAccountControl": "4130", "primaryGroupID": "515"}},
		{"group", "CN=G", map[string]string{"groupType": "-2147483646"}},
		{"container", "CN=B", map[string]string{"showInAdvancedViewOnly": "TRUE", "cn": "B"}},
		{"organizationalUnit", "OU=O", map[string]string{"showInAdvancedViewOnly": "", "ou": "O"}},
	} {
		dn := models.DN(c.rdn) + "," + staff
		add(t, d, dn, c.class)
		got, err := d.Attributes(dn)
		if err != nil {
			t.Fatal(err)
		}
		for name, want := range c.want {
			if have := strings.Join(got[name], "|"); have != want {
				t.Errorf("%s: %s is %q, want %q", c.class, name, have, want)
			}
		}
		if sam := strings.Join(got["sAMAccountName"], ""); c.class == "user" && (!strings.HasPrefix(sam, "$") || !d.Conflict(sam)) {
			t.Errorf("made-up logon name %q does not begin with $ or is not kept", sam)
		}
	}
}
