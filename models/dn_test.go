package models_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"dirdesk/models"
)

func TestParseDN(t *testing.T) {
	type step struct{ kind, value string }
	for _, c := range []struct {
		what, in string
		want     []step
	}{
		{"plain", "CN=Jane Doe,OU=Sales,DC=example,DC=test", []step{{"CN", "Jane Doe"}, {"OU", "Sales"}, {"DC", "example"}, {"DC", "test"}}},
		{"spaces between", " CN = Jane , DC = x ", []step{{"CN", "Jane"}, {"DC", "x"}}},
		{"line breaks between, as pasted", "CN=Jane,\r\n  DC=x\n", []step{{"CN", "Jane"}, {"DC", "x"}}},
		{"semicolon, as RFC 2253 has it", "CN=a;DC=x", []step{{"CN", "a"}, {"DC", "x"}}},
		{"comma in a value", `CN=Doe\, Jane,DC=x`, []step{{"CN", "Doe, Jane"}, {"DC", "x"}}},
		{"every special", `CN=\,\+\"\\\<\>\;\=\#,DC=x`, []step{{"CN", `,+"\<>;=#`}, {"DC", "x"}}},
		{"hexadecimal escapes", `CN=a\0ADEL:1\2Cb,DC=x`, []step{{"CN", "a\nDEL:1,b"}, {"DC", "x"}}},
		{"UTF-8 in escapes", `CN=Lu\C4\8Di\C4\87`, []step{{"CN", "Lučić"}}},
		{"UTF-8", "CN=Иванов Пётр,OU=東京", []step{{"CN", "Иванов Пётр"}, {"OU", "東京"}}},
		{"leading and trailing space", `CN=\ a\ ,DC=x`, []step{{"CN", " a "}, {"DC", "x"}}},
		{"trailing space at the very end", `CN=a\ `, []step{{"CN", "a "}}},
		{"backslash and then a space", `CN=a\\ ,DC=x`, []step{{"CN", `a\`}, {"DC", "x"}}},
		{"space in hexadecimal", `CN=\20a,DC=x`, []step{{"CN", " a"}, {"DC", "x"}}},
		{"leading #", `CN=\#1,DC=x`, []step{{"CN", "#1"}, {"DC", "x"}}},
		{"# inside", `CN=a#1,DC=x`, []step{{"CN", "a#1"}, {"DC", "x"}}},
		{"BER", `CN=#0C024869,DC=x`, []step{{"CN", "Hi"}, {"DC", "x"}}},
		{"BER of an old type", `1.3.6.1.4.1.1466.0=#04024869`, []step{{"1.3.6.1.4.1.1466.0", "Hi"}}},
		{"quoted", `CN="Doe, Jane; \"JD\"",DC=x`, []step{{"CN", `Doe, Jane; "JD"`}, {"DC", "x"}}},
		{"equals sign", "CN=a=b,DC=x", []step{{"CN", "a=b"}, {"DC", "x"}}},
		{"tab, as Samba writes it", "CN=a\tb,DC=x", []step{{"CN", "a\tb"}, {"DC", "x"}}},
		{"two pairs", "CN=a+SN=b,DC=x", []step{{"CN", "a"}, {"DC", "x"}}},
		{"dotted number", "2.5.4.3=a", []step{{"2.5.4.3", "a"}}},
	} {
		t.Run(c.what, func(t *testing.T) {
			dn, err := models.ParseDN(c.in)
			if err != nil {
				t.Fatal(err)
			}
			var got []step
			for _, r := range dn.RDNs() {
				got = append(got, step{r.Type, r.Value})
			}
			if !slices.Equal(got, c.want) || dn.Depth() != len(c.want) {
				t.Errorf("%q gives %q, want %q", c.in, got, c.want)
			}
			if string(dn) != strings.Trim(c.in, " \r\n") && !strings.HasSuffix(c.in, `\ `) {
				t.Errorf("the text became %q", dn)
			}
		})
	}
}

func TestParseDNRefuses(t *testing.T) {
	for what, in := range map[string]string{
		"nothing":                "",
		"blanks":                 " \t ",
		"no equals sign":         "CN=a,example",
		"no type":                "=a,DC=x",
		"no value":               "CN=,DC=x",
		"blank value":            "CN= ,DC=x",
		"comma at the end":       "CN=a,",
		"comma at the start":     ",CN=a",
		"two commas":             "CN=a,,DC=x",
		"open backslash":         `CN=a\`,
		"open quote":             `CN="a,DC=x`,
		"quote in the middle":    `CN=a"b,c"d,DC=x`,
		"quote after a quote":    `CN="a" "b",DC=x`,
		"half a hex escape":      `CN=\4,DC=x`,
		"no escape":              `CN=\z,DC=x`,
		"escapes not UTF-8":      `CN=\C3,DC=x`,
		"not UTF-8":              "CN=\xff,DC=x",
		"NUL":                    "CN=a\x00b",
		"type with a blank":      "C N=a",
		"type with a dash first": "-a=b",
		"BER of odd length":      "CN=#0C0",
		"BER cut off":            "CN=#0C0248",
		"BER of a number":        "CN=#020101",
		"bad second pair":        "CN=a+b,DC=x",
		"open second pair":       "CN=a+,DC=x",
	} {
		if dn, err := models.ParseDN(in); !errors.Is(err, models.ErrInvalidDN) {
			t.Errorf("%s: ParseDN(%q) = %q, %v", what, in, dn, err)
		}
		if !utf8.ValidString(in) {
			continue // a server's name may still be taken apart
		}
		if models.DN(in).RDNs() != nil || models.DN(in).RDN() != (models.RDN{}) {
			t.Errorf("%s: %q has steps", what, in)
		}
	}
}

// The pairs are what a real Samba 4.17 (ldb 2.6) takes for the same name, or
// not, asked through its Python bindings; those marked RFC it refuses to parse.
func TestEqual(t *testing.T) {
	same := [][2]string{
		{"CN=a,DC=x", "cn=A , dc=X"},
		{`CN=\20a,DC=x`, "CN=a,DC=x"},
		{`CN=a\ ,DC=x`, "CN=a,DC=x"},
		{"CN=a  b,DC=x", "CN=a b,DC=x"},
		{`CN="a,b",DC=x`, `CN=a\2Cb,DC=x`},
		{`CN=\61,DC=x`, "CN=A,DC=x"},
		{"CN=É,DC=x", `CN=\C3\A9,DC=x`},
		{"CN=a+SN=b,DC=x", "sn=B + cn=A,dc=x"},          // RFC
		{`CN=a+SN=\2C+L=c,DC=x`, `L=c+CN=a+SN=\,,DC=x`}, // RFC
		{"CN=#0C024869,DC=x", "CN=Hi,DC=x"},             // RFC
		{"not a name", "NOT A NAME"},                    // still of use as a key
	}
	different := [][2]string{
		{"CN=a,DC=x", "OU=a,DC=x"},
		{"CN=a,DC=x", "CN=a,DC=y"},
		{"CN=a,DC=x", "CN=a"},
		{`CN=a\0A,DC=x`, "CN=a,DC=x"},
		{`CN=a\0Ab,DC=x`, "CN=a b,DC=x"},
		{`CN=a\,OU=b,DC=x`, "CN=a,OU=b,DC=x"},
		{`CN=\#0C024869,DC=x`, "CN=Hi,DC=x"},
		{"CN=a\u00a0b,DC=x", "CN=a b,DC=x"},
		{"CN=a+SN=b,DC=x", "CN=a+SN=c,DC=x"},
		{"CN=a+SN=b,DC=x", "CN=a,DC=x"},
	}
	for _, p := range same {
		if a, b := models.DN(p[0]), models.DN(p[1]); !a.Equal(b) || a.Key() != b.Key() {
			t.Errorf("%q (%q) and %q (%q) should be one name", a, a.Key(), b, b.Key())
		}
	}
	for _, p := range different {
		if a, b := models.DN(p[0]), models.DN(p[1]); a.Equal(b) || a.Key() == b.Key() {
			t.Errorf("%q and %q should be two names, not %q", a, b, a.Key())
		}
	}
}

func TestEscapeRDNValue(t *testing.T) {
	for in, want := range map[string]string{
		"Jane Doe":     "Jane Doe",
		"Doe, Jane":    `Doe\, Jane`,
		` a `:          `\ a\ `,
		" ":            `\ `,
		"#1#":          `\#1#`,
		`+"\<>;=`:      `\+\"\\\<\>\;\=`,
		"a\nDEL:1\t":   `a\0ADEL:1\09`,
		"\x00\x1f\x7f": `\00\1F\7F`,
		"é 山":          "é 山",
		"":             "",
	} {
		if got := models.EscapeRDNValue(in); got != want {
			t.Errorf("EscapeRDNValue(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestParent(t *testing.T) {
	for in, want := range map[models.DN]models.DN{
		"CN=a,OU=b,DC=x":      "OU=b,DC=x",
		`CN=a\,b, OU=b,DC=x`:  "OU=b,DC=x",
		"CN=a,\n OU=b,DC=x":   "OU=b,DC=x",
		`CN="a,b";DC=x`:       "DC=x",
		"DC=x":                "",
		"":                    "",
		`CN=a\`:               "",
		"CN=a,OU=É\\, z,DC=x": "OU=É\\, z,DC=x",
	} {
		if got := in.Parent(); got != want {
			t.Errorf("the parent of %q is %q, want %q", in, got, want)
		}
	}
}

func TestIsBelow(t *testing.T) {
	const base = models.DN(`OU=A\, B,DC=x`)
	for dn, want := range map[models.DN]bool{
		`CN=c,OU=A\, B,DC=x`:       true,
		`CN=d,CN=c,ou=a\2c b,dc=X`: true,
		base:                       false,
		`OU=a\, b, dc=x`:           false,
		"DC=x":                     false,
		"CN=c,OU=B,DC=x":           false,
		`CN=c,OU=A\, B,DC=x,DC=y`:  false,
		`CN=OU\=A\, B\,DC\=x`:      false,
		"":                         false,
		"no name":                  false,
	} {
		if got := dn.IsBelow(base); got != want {
			t.Errorf("%q below %q: %v", dn, base, got)
		}
	}
	if models.DN("CN=a").IsBelow("") {
		t.Error("something is below nothing")
	}
}

func TestRealm(t *testing.T) {
	for realm, want := range map[string]models.DN{
		"corp.example.com": "DC=corp,DC=example,DC=com",
		" Example.Test. ":  "DC=Example,DC=Test",
		"one":              "DC=one",
		"":                 "",
		"a,b.c":            `DC=a\,b,DC=c`,
	} {
		if got := models.DNFromRealm(realm); got != want {
			t.Errorf("DNFromRealm(%q) = %q, want %q", realm, got, want)
		}
	}
	if got := models.DN("CN=a,OU=b,DC=Corp,dc=Example").Realm(); got != "corp.example" {
		t.Errorf("realm %q", got)
	}
}

func TestRDNString(t *testing.T) {
	for want, r := range map[string]models.RDN{
		`CN=a\,b`:      {Type: "CN", Value: "a,b"},
		`CN=\ `:        {Type: "CN", Value: " "},
		`CN=a+SN=b\2C`: {Type: "CN", Value: "a", More: `SN=b\2C`},
	} {
		if got := r.String(); got != want {
			t.Errorf("%+v gives %q, want %q", r, got, want)
		}
	}
	if got := models.DN(`cn = Doe\2C Jane , DC=x`).RDN().String(); got != `cn = Doe\2C Jane` {
		t.Errorf("a step as written became %q", got)
	}
}
