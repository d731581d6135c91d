package models_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"dirdesk/models"
)

// values draws what people and attackers call their objects.
func values() *rapid.Generator[string] {
	pieces := rapid.SampledFrom([]string{
		"a", "Z", "é", "Ж", "山", " ", "  ", ",", "+", `"`, `\`, "#", ";", "=", "<", ">", "\n", "\t", "\x00", "\x7f",
		"/", "\u202e", "👍", `\2C`, "2C", "\u00a0",
	})
	return rapid.OneOf(
		rapid.StringN(1, 30, -1),
		rapid.Map(rapid.SliceOfN(pieces, 1, 10), func(p []string) string { return strings.Join(p, "") }),
	).Filter(func(s string) bool { return s != "" && utf8.ValidString(s) })
}

func names() *rapid.Generator[models.DN] {
	return rapid.Custom(func(t *rapid.T) models.DN {
		dn := models.DNFromRealm("corp.example.com")
		for _, v := range rapid.SliceOfN(values(), 0, 4).Draw(t, "steps") {
			dn = dn.Child(rapid.SampledFrom([]string{"CN", "OU"}).Draw(t, "type"), v)
		}
		return dn
	})
}

func TestChildAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base, value := names().Draw(t, "base"), values().Draw(t, "value")
		child := base.Child("CN", value)
		if parsed, err := models.ParseDN(string(child)); err != nil || parsed != child {
			t.Fatalf("%q reads as %q, %v", child, parsed, err)
		}
		if got := child.RDN(); got.Type != "CN" || got.Value != value {
			t.Fatalf("%q made of %q gives %q", child, value, got.Value)
		}
		if child.Parent() != base || child.Depth() != base.Depth()+1 || !child.IsBelow(base) || base.IsBelow(child) {
			t.Fatalf("%q is not below %q; its parent is %q", child, base, child.Parent())
		}
	})
}

// TestOneNameManySpellings writes a name in other ways; its key must not change.
func TestOneNameManySpellings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dn := names().Draw(t, "name")
		var steps []string
		for _, r := range dn.RDNs() {
			var b strings.Builder
			for i := range len(r.Value) {
				c := r.Value[i]
				if rapid.Bool().Draw(t, "hex") || strings.IndexByte(" ,+\"\\<>;=#\x00", c) >= 0 || c == 0x7f || c < 0x20 || c >= 0x80 {
					const digits = "0123456789abcdef"
					b.Write([]byte{'\\', digits[c>>4], digits[c&15]})
				} else {
					b.WriteByte(c)
				}
			}
			steps = append(steps, strings.ToLower(r.Type)+" = "+b.String()+" ")
		}
		other, err := models.ParseDN(strings.Join(steps, ", "))
		if err != nil {
			t.Fatal(err)
		}
		if !other.Equal(dn) || other.Key() != dn.Key() {
			t.Fatalf("%q (%q) and %q (%q) should be one name", dn, dn.Key(), other, other.Key())
		}
		if key := models.DN(dn.Key()); key.Key() != string(key) {
			t.Fatalf("the key of %q is %q, and the key of that %q", dn, key, key.Key())
		}
	})
}

func FuzzParseDN(f *testing.F) {
	for _, s := range []string{
		"CN=a,DC=x", `CN=Doe\, Jane,OU=\#1`, `CN="a;b"+SN=c,DC=x`, "CN=#0C024869", `CN=\ a\20\ , DC=x`, `CN=a\0ADEL:1`, "\t=", `\`, `CN=ẞ`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		dn, err := models.ParseDN(text)
		if err != nil {
			if !errors.Is(err, models.ErrInvalidDN) || dn != "" {
				t.Fatalf("ParseDN(%q) = %q, %v", text, dn, err)
			}
			return
		}
		if again, err := models.ParseDN(string(dn)); err != nil || again != dn {
			t.Fatalf("%q read again is %q, %v", dn, again, err)
		}
		depth, seen := dn.Depth(), 0
		for at := dn; at != ""; at = at.Parent() {
			if seen++; seen > depth || at.Depth() != depth-seen+1 {
				t.Fatalf("%q at depth %d of %d in %q", at, at.Depth(), seen, dn)
			}
			if at != dn && !dn.IsBelow(at) {
				t.Fatalf("%q is not below %q", dn, at)
			}
		}
		if seen != depth {
			t.Fatalf("%q has %d steps and %d ancestors", dn, depth, seen)
		}
		rdn := dn.RDN()
		if rdn.More == "" {
			if made := dn.Parent().Child(rdn.Type, rdn.Value); !made.Equal(dn) {
				t.Fatalf("%q made anew is %q", dn, made)
			}
		}
		if key := models.DN(dn.Key()); !key.Equal(dn) {
			t.Fatalf("%q and its key %q differ", dn, key)
		}
	})
}
