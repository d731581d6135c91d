package desk

import (
	"errors"
	"strings"
	"testing"

	"dirdesk/models"
)

// What a profile does not allow is refused in the one door, whatever the account
// could do.
func TestLimitsOfAProfile(t *testing.T) {
	with := func(l models.Limits) *Desk { return New(newWorld(), Options{Mode: Open, Limits: &l}) }
	move := models.Change{Action: models.Move, DN: doe, NewParent: models.Ref{DN: empty}}
	join := models.Change{Action: models.AddMembers, DN: sales, Members: models.Refs(roe)}
	remove := models.Change{Action: models.Delete, DN: staff}
	memberValue := appending("member", string(roe))
	memberValue.Type = models.DNString
	for name, c := range map[string]struct {
		limits models.Limits
		change models.Change
		says   string // "" when it is allowed
	}{
		"in the base":            {models.Limits{AllowBases: []models.DN{staff}}, phone(doe, "1"), ""},
		"outside":                {models.Limits{AllowBases: []models.DN{empty}}, phone(doe, "1"), "no changes in " + string(doe)},
		"moved out":              {models.Limits{AllowBases: []models.DN{staff}}, move, "no changes in " + string(empty)},
		"an action":              {models.Limits{AllowActions: []string{"edit"}}, phone(doe, "1"), ""},
		"another action":         {models.Limits{AllowActions: []string{"set-password"}}, phone(doe, "1"), "does not allow to edit"},
		"never, by name":         {models.Limits{NeverTouch: []string{"JDOE"}}, phone(doe, "1"), "never touches JDOE"},
		"never, by container":    {models.Limits{NeverTouch: []string{string(staff)}}, phone(doe, "1"), "never touches"},
		"never, as a member":     {models.Limits{NeverTouch: []string{"jroe"}}, join, "never touches jroe"},
		"never, in a tree":       {models.Limits{NeverTouch: []string{string(roe)}}, remove, "never touches"},
		"never, into it":         {models.Limits{NeverTouch: []string{string(empty)}}, move, "never touches"},
		"never, an OU by a path": {models.Limits{NeverTouch: []string{"/Staff"}}, phone(doe, "1"), "never touches /Staff"},
		"never, named in a tree": {models.Limits{NeverTouch: []string{"jroe"}}, models.Change{Action: models.Rename, DN: staff, NewName: "Other"}, "never touches jroe, which lies in it"},
		"never, as a value of member": {
			models.Limits{NeverTouch: []string{"jroe"}}, modify(sales, memberValue), "never touches jroe",
		},
		"never, somebody else": {models.Limits{NeverTouch: []string{"jroe"}}, phone(doe, "1"), ""},
		"too many":             {models.Limits{MaxObjects: 2}, remove, "at most 2 are allowed by the profile"},
	} {
		plan := planned(t, with(c.limits), PlanOptions{Subtree: true}, c.change)
		err := plan.Refused()
		if (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: refused with %v, want %q", name, err, c.says)
		}
	}
	if why := with(models.Limits{AllowActions: []string{"edit"}}).Can(models.Delete, models.Object{}); !strings.Contains(why, "does not allow to delete") {
		t.Errorf("offered though it is not allowed: %q", why)
	}
	for _, err := range with(models.Limits{AllowActions: []string{"edit"}}).Sync(t.Context()) {
		if !errors.Is(err, models.ErrDenied) || !strings.Contains(err.Error(), "does not allow to sync") {
			t.Errorf("a sync that is not allowed: %v", err)
		}
	}
	if _, err := with(models.Limits{AllowActions: []string{"edit"}}).Request(t.Context(), []byte("[]")); err == nil {
		t.Error("a raw request passes that is no allowed action")
	}
	if _, err := with(models.Limits{NeverTouch: []string{"x"}}).Request(t.Context(), []byte("[]")); errors.Is(err, nil) {
		t.Error("a raw request passes")
	}
}
