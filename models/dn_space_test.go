package models_test

import (
	"testing"

	"dirdesk/models"
)

// Only spaces are nothing at the ends of a name; other white space is part of
// it, since Samba writes it into a DN as it is.
func TestOnlySpacesDoNotCountInNames(t *testing.T) {
	for _, c := range []struct {
		a, b models.DN
		same bool
	}{
		{"CN=Anna Berg,DC=x", "cn= ANNA BERG ,dc=X", true},
		{"CN=Anna  Berg,DC=x", "CN=Anna Berg,DC=x", true},
		{`CN=Anna\ ,DC=x`, "CN=Anna,DC=x", true},
		{"CN=Anna\t,DC=x", "CN=Anna,DC=x", false},
		{"CN=Anna\u00a0,DC=x", "CN=Anna,DC=x", false},
		{"CN=a\n,DC=x", "CN=a,DC=x", false},
	} {
		if got := c.a.Equal(c.b); got != c.same {
			t.Errorf("%q and %q are the same: %v, want %v", c.a, c.b, got, c.same)
		}
	}
	if got := models.DN("CN=a\t,\r\n OU=b,DC=x").RDNs(); len(got) != 3 || got[0].Value != "a\t" || got[1].Type != "OU" || got[1].String() != "OU=b" {
		t.Errorf("steps %q", got)
	}
}
