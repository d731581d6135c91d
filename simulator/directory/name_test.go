package directory_test

import (
	"testing"
	"unicode/utf8"

	"dirdesk/models"

	"pgregory.net/rapid"
)

// The DNs that Samba gives back for these names, measured on 4.17.12.
func TestDNsAreWrittenAsSambaWritesThem(t *testing.T) {
	d, staff := domain(t, newClock())
	for name, want := range map[string]string{
		"Anna Berg":  `CN=Anna Berg`,
		"a,b":        `CN=a\,b`,
		"a+b":        `CN=a\+b`,
		`a"b`:        `CN=a\"b`,
		`a\b`:        `CN=a\\b`,
		"#a":         `CN=\#a`,
		"a#b":        `CN=a\#b`,
		"a;b":        `CN=a\3Bb`,
		"a=b":        `CN=a\3Db`,
		"a<b>":       `CN=a\<b\>`,
		"a?b":        `CN=a\?b`,
		" lead":      `CN=\ lead`,
		"trail ":     `CN=trail\ `,
		"two  blank": `CN=two  blank`,
		"a\nb":       `CN=a\0Ab`,
		"a\x1b[31mb": "CN=a\x1b[31mb",
		"a\tb":       "CN=a\tb",
		"\u202eabc":  "CN=\u202eabc",
		"a/b":        "CN=a/b",
		"Ä":          "CN=Ä",
	} {
		o := get(t, d, add(t, d, staff.Child("CN", name), "user"))
		if want := models.DN(want) + "," + staff; o.DN != want {
			t.Errorf("%q is written %q, want %q", name, o.DN, want)
		}
		if o.Name != name {
			t.Errorf("name %q, want %q", o.Name, name)
		}
	}
}

// Which names Samba takes for the same, measured.
func TestNamesCompareAsInSamba(t *testing.T) {
	for _, c := range []struct {
		first, second string
		same          bool
	}{
		{"a b", "A  b", true},
		{"Ärger", "äRGER", true},
		{"ΣΑΣ", "σας", true},
		{"trail ", "trail", true},
		{"é", "e\u0301", false},
		{"straße", "strasse", false},
		{"kim", "\u212aim", false}, // the Kelvin sign
	} {
		d, staff := domain(t, newClock())
		add(t, d, staff.Child("CN", c.first), "user")
		err := d.Add(staff.Child("CN", c.second), "user", nil)
		if same := err != nil; same != c.same {
			t.Errorf("%q and %q: the same: %v, want %v (%v)", c.first, c.second, same, c.same, err)
		}
	}
}

func TestAnyWayToWriteADNFindsTheEntry(t *testing.T) {
	d, staff := domain(t, newClock())
	add(t, d, staff.Child("CN", `Berg, Anna "A"`), "user")
	for _, dn := range []models.DN{
		`CN=Berg\, Anna \"A\",OU=Staff,DC=example,DC=test`,
		`cn=BERG\2c ANNA \22a\22 , ou=staff , dc=Example , dc=TEST`,
		`CN=Berg\2C\20Anna \"A\";OU=Staff;DC=example;DC=test`,
	} {
		if o, err := d.Get(dn); err != nil || o.Name != `Berg, Anna "A"` {
			t.Errorf("%q gives %q, %v", dn, o.Name, err)
		}
	}
	for _, dn := range []models.DN{
		"", "DC=test", "DC=other,DC=test", "OU=Staff,DC=example,DC=org", "CN=Ghost,OU=Staff,DC=example,DC=test",
		`OU=Staff\`, "OU=Staff,DC=more,DC=example,DC=test", "CN=a+SN=b,OU=Staff,DC=example,DC=test",
	} {
		_, err := d.Get(dn)
		if err == nil {
			t.Errorf("%q names something", dn)
		}
	}
}

// Whatever an entry is called, the DN that comes back finds it again, and
// reads back as the same name.
func TestEveryNameSurvivesItsDN(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringN(1, 40, 120).Draw(t, "name")
		d, staff := domainForRapid(t)
		dn := staff.Child("CN", name)
		if err := d.Add(dn, "user", nil); err != nil {
			if utf8.ValidString(name) && dn.RDN().Value != "" && len(name) < 60 && !onlySpaces(name) {
				t.Fatalf("%q refused: %v (%s)", name, err, err.(*models.Error).Server)
			}
			return
		}
		page, err := d.List(models.ListRequest{Base: staff})
		if err != nil || page.Total != 1 {
			t.Fatalf("listing: %+v, %v", page, err)
		}
		o := page.Objects[0]
		if again, err := d.Get(o.DN); err != nil || again.Name != o.Name {
			t.Fatalf("%q comes back as %q, which gives %q, %v", name, o.DN, again.Name, err)
		}
		if got := o.DN.RDN().Value; got != o.Name {
			t.Fatalf("%q reads as %q", o.DN, got)
		}
	})
}

func onlySpaces(s string) bool {
	for _, r := range s {
		if r != ' ' {
			return false
		}
	}
	return true
}
