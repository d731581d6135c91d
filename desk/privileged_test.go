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

// Those who rule the domain are named too where they lie in what is deleted. Of very
// many the first are named, and who was not looked at is told.
func TestWhoRulesTheDomainIsInADeletedTree(t *testing.T) {
	const domain = "S-1-5-21-1-2-3-"
	chief, clerk := roe.Child("CN", "chief"), roe.Child("CN", "clerk")
	tree := &deep{newWorld(), []models.Descendant{folder("a"), {DN: clerk, Class: "user", SID: domain + "1107"}, {DN: chief, Class: "user", SID: domain + "1108"}}}
	r := struct {
		*deep
		TokenReader
	}{tree, ruled{sids: map[models.DN][]string{chief: {domain + "1108", domain + "512"}, clerk: {domain + "513"}}}}
	removal := models.Change{Action: models.Delete, DN: roe}
	asks := func(want string) {
		t.Helper()
		plan := planned(t, open(r), PlanOptions{Subtree: true}, removal)
		if got := plan.PrivilegedQuestion(); got != want || len(plan.Steps[0].Alarms) == 0 {
			t.Errorf("asks %q, want %q; alarms %v", got, want, plan.Steps[0].Alarms)
		}
	}
	asks("chief is in Domain Admins: go on all the same?")

	for range mostAsked {
		tree.below = append(tree.below, models.Descendant{DN: clerk, Class: "user", SID: domain + "1107"})
	}
	asks("chief is in Domain Admins and 2 accounts in it may rule the domain: only the first 2,000 were looked at: go on all the same?")

	tree.below = nil
	for range mostNamed + 2 {
		tree.below = append(tree.below, models.Descendant{DN: chief, Class: "user", SID: domain + "1108"})
	}
	if got := planned(t, open(r), PlanOptions{Subtree: true}, removal).PrivilegedQuestion(); !strings.HasSuffix(got, " and 2 more rule the domain too: go on all the same?") {
		t.Errorf("asks %q", got)
	}
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
