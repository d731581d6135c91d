package desk

import (
	"context"
	"strings"
	"testing"

	"dirdesk/models"
)

// ruled is a world that tells who is in which groups.
type ruled struct {
	*world
	sids   map[models.DN][]string
	marked models.DN
}

func (r ruled) Tokens(_ context.Context, ref models.Ref) ([]string, bool, error) {
	return r.sids[ref.DN], ref.DN == r.marked, nil
}

// Who rules the domain is known by SIDs, whatever the groups are called, and is
// asked about a second time.
func TestWhoRulesTheDomain(t *testing.T) {
	const domain = "S-1-5-21-1-2-3-"
	w := newWorld()
	w.objects[w.index(sales)].Account = &models.Account{SID: domain + "512"}
	r := ruled{w, map[models.DN][]string{doe: {domain + "1105", domain + "519", "S-1-5-32-544"}, sales: {domain + "512"}, roe: {domain + "1106", domain + "513"}}, ""}
	for name, c := range map[string]struct {
		change models.Change
		asks   string
	}{
		"through a group": {phone(doe, "1"), "jdoe is in Enterprise Admins and Administrators: go on all the same?"},
		"the group":       {models.Change{Action: models.AddMembers, DN: sales, Members: models.Refs(roe)}, "Sales is the privileged group Domain Admins: go on all the same?"},
		"nobody":          {phone(roe, "1"), ""},
		"so already":      {phone(doe, "555-0199"), ""},
	} {
		if got := planned(t, open(r), PlanOptions{}, c.change).PrivilegedQuestion(); got != c.asks {
			t.Errorf("%s: asks %q, want %q", name, got, c.asks)
		}
	}
	r.marked = roe
	if got := planned(t, open(r), PlanOptions{}, phone(roe, "1")).PrivilegedQuestion(); !strings.Contains(got, "adminCount is 1") {
		t.Errorf("asks %q", got)
	}
	// Over DSM, which tells no groups, a group is known by its number.
	w.objects[w.index(sales)].Account, w.objects[w.index(sales)].PrimaryGroupToken = nil, 512
	if got := planned(t, open(newDSM(w)), PlanOptions{}, models.Change{Action: models.AddMembers, DN: sales, Members: models.Refs(roe)}).PrivilegedQuestion(); got != "Sales is the privileged group Domain Admins: go on all the same?" {
		t.Errorf("over DSM: %q", got)
	}
}
