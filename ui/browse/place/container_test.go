package place_test

import (
	"slices"
	"testing"

	"dirdesk/desk/rows"
	"dirdesk/models"
	"dirdesk/ui/browse/place"
)

const top models.DN = "DC=corp,DC=example,DC=test"

func TestTheSameContainerIsTheSamePlace(t *testing.T) {
	a, b := place.Container("OU=Staff,"+top, top), place.Container("ou=staff, dc=CORP,DC=example,DC=test", top)
	if !place.Same(a, b) || a.Key() != b.Key() {
		t.Error("how a name is spelled makes another place of it")
	}
	if place.Same(a, place.Container(top, top)) || place.Same(a, nil) || place.Same(nil, nil) {
		t.Error("other places are the same")
	}
	if a.Address() != "OU=Staff,"+string(top) {
		t.Errorf("its address is %q", a.Address())
	}
}

func TestTheWayDownToAPlace(t *testing.T) {
	c := place.Container("OU=Berlin\\, Mitte,OU=Staff,"+top, top)
	if got := c.Path(); !slices.Equal(got, []string{"Staff", "Berlin, Mitte"}) {
		t.Errorf("%q", got)
	}
	above := c.Up()
	if c.IsTop() || above.Name() != "Staff" || above.IsTop() || !above.Up().IsTop() {
		t.Errorf("above is %s", above.Address())
	}
	if domain := above.Up(); len(domain.Path()) != 0 || domain.Name() != "corp.example.test" {
		t.Errorf("the domain is %q, below %q", domain.Name(), domain.Path())
	}
}

func TestWhatChangesTheRowsOfAContainer(t *testing.T) {
	c := place.Container("OU=Staff,"+top, top)
	if !c.Lists("ou=STAFF,"+top) || c.Lists(top) || c.Lists("OU=Berlin,OU=Staff,"+top) {
		t.Error("its rows are its own children, and no others")
	}
}

func TestAPlaceFollowsARename(t *testing.T) {
	c := place.Container("OU=Berlin,OU=Staff,"+top, top)
	if at, renamed := c.Renamed("OU=Staff,"+top, "OU=People,"+top); !renamed || at.Container() != "OU=Berlin,OU=People,"+top || at.Key() == c.Key() {
		t.Errorf("it is %s, renamed %v", at.Address(), renamed)
	}
	if _, renamed := c.Renamed("OU=Users,"+top, "OU=People,"+top); renamed {
		t.Error("it follows what it is not below")
	}
}

func TestTheOrderNobodyAskedFor(t *testing.T) {
	c := place.Container(top, top)
	if got := c.Natural(models.About{Seekable: true}); got != rows.ServerOrder {
		t.Errorf("%v where any part can be asked for", got)
	}
	if got := c.Natural(models.About{}); got != rows.ByKindAndName {
		t.Errorf("%v where a stream comes in no order", got)
	}
}

func TestRebase(t *testing.T) {
	const old, to models.DN = "OU=Berlin,OU=Staff,DC=x", "OU=Mitte\\, Berlin,OU=Staff,DC=x"
	for _, c := range []struct {
		dn, want models.DN
		renamed  bool
	}{
		{old, to, true},
		{"ou=berlin,ou=staff,dc=x", to, true},
		{"CN=Lee\\, Sam," + old, "CN=Lee\\, Sam," + to, true},
		{"CN=A,OU=B,ou=Berlin,OU=Staff,DC=x", "CN=A,OU=B," + to, true},
		{"OU=Staff,DC=x", "OU=Staff,DC=x", false},
		{"OU=Berlin,DC=x", "OU=Berlin,DC=x", false},
		{"", "", false},
	} {
		if got, renamed := place.Rebase(c.dn, old, to); got != c.want || renamed != c.renamed {
			t.Errorf("Rebase(%q) = %q, %v, want %q, %v", c.dn, got, renamed, c.want, c.renamed)
		}
	}
}
