package models

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestAppendKeyAppendsTheKey(t *testing.T) {
	letters := rapid.StringOfN(rapid.SampledFrom([]rune(`aZ9 ,=+\"#;<>-._'é`+"\n")), 0, 12, -1)
	rapid.Check(t, func(t *rapid.T) {
		dn := DN(letters.Draw(t, "dn"))
		if rapid.Bool().Draw(t, "made") {
			dn = DN("DC=Example").Child("OU", "x"+string(dn)).Child("CN", string(dn)+"y")
		}
		if got := string(dn.AppendKey(nil)); got != dn.Key() {
			t.Fatalf("key of %q is %q, want %q", dn, got, dn.Key())
		}
	})
}

func TestDistinctNamesKeepTheirOrder(t *testing.T) {
	all := []DN{"CN=b,DC=x", "CN=a,DC=x", "cn=B, dc=X", "CN=a,DC=x", "CN=c,DC=x"}
	given := slices.Clone(all)
	if got := Distinct(all); !slices.Equal(got, []DN{"CN=b,DC=x", "CN=a,DC=x", "CN=c,DC=x"}) || !slices.Equal(all, given) {
		t.Errorf("%q of %q, which is %q now", got, given, all)
	}
}
