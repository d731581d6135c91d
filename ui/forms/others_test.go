package forms_test

import (
	"strings"
	"testing"
	"time"

	"dirdesk/models"
	"dirdesk/ui/forms"
)

func TestNewGroup(t *testing.T) {
	r := start(t, forms.NewGroup)
	r.backend.taken = func(name string) (bool, error) { return name == "Sales", nil }
	r.Type("Sales")
	r.fire()
	r.shows("This name is taken")
	r.Type(" EU")
	r.fire()
	r.shows("free")
	r.Press("down", "down")
	r.on("Scope")
	r.shows("members from this domain", "members from anywhere", "the whole forest")
	r.Press("right", "down", "right")
	r.shows("a mailing list only")
	r.Press("ctrl+s")
	c := r.only()
	want := models.NewGroup{Container: models.Ref{DN: staff}, Name: "Sales EU", Scope: models.ScopeLocal, Type: models.TypeDistribution}
	if c.Action != models.CreateGroup || *c.Group != want || c.DN != staff.Child("CN", "Sales EU") {
		t.Errorf("the change is %+v with %+v, want %+v", c, *c.Group, want)
	}
}

func TestNewOU(t *testing.T) {
	r := start(t, forms.NewOU)
	r.Press("ctrl+s")
	r.notDone()
	r.shows("An OU needs a name")
	r.Type("Berlin, Mitte")
	r.Press("enter", "enter")
	r.Type("Branch")
	r.Press("enter")
	if c := r.only(); c.Action != models.CreateOU || c.DN != staff.Child("OU", "Berlin, Mitte") || c.Description != "Branch" {
		t.Errorf("the change is %+v", c)
	}
}

func TestRename(t *testing.T) {
	o := person("jdoe", "John Doe")
	r := start(t, func(e forms.Env) forms.Form { return forms.Rename(e, o) })
	r.Press("enter")
	r.notDone()
	r.shows("its name already")
	r.Type("-Roe")
	r.Press("enter")
	if c := r.only(); c.Action != models.Rename || c.NewName != "John Doe-Roe" || c.DN != o.DN {
		t.Errorf("the change is %+v", c)
	}
	r.form.Refuse(&models.Error{Kind: models.ErrExists})
	r.on("New name")
	r.shows("John Doe-Roe")
}

func TestExpiry(t *testing.T) {
	zone := time.FixedZone("CET", 3600)
	for text, c := range map[string]struct {
		at    string // in UTC
		words string
	}{
		"2026-12-31":        {"2026-12-31T23:00:00Z", "It ends at the end of Thursday 31 December 2026, in 40 days."},
		"1.12.2026":         {"2026-12-01T23:00:00Z", "in 10 days"},
		"+30":               {"2026-12-21T23:00:00Z", "in 30 days"},
		"+1 days":           {"2026-11-22T23:00:00Z", "It ends at the end of Sunday 22 November 2026, tomorrow"},
		"+0":                {"2026-11-21T23:00:00Z", "It ends at the end of Saturday 21 November 2026, today"},
		"2026-11-20":        {"2026-11-20T23:00:00Z", "nobody can sign in any more"},
		"yesterday":         {"2026-11-20T23:00:00Z", "20 November 2026, which is past"},
		"31 Dec 2026 17:00": {"2026-12-31T16:00:00Z", "on Thursday 31 December 2026, 17:00 CET, in 40 days"},
	} {
		t.Run(text, func(t *testing.T) {
			o := person("jdoe", "John Doe")
			r := start(t, func(e forms.Env) forms.Form { return forms.Expiry(e, o) },
				func(_ *rig, e *forms.Env) { e.Zone = zone })
			r.Press("ctrl+u")
			r.Type(text)
			r.shows(c.words)
			r.Press("enter")
			change := r.only()
			if change.Action != models.SetExpiry || change.Expiry.String() != c.at || !change.Before.IsNever() {
				t.Errorf("the account is to end at %s, before at %s, want %s", change.Expiry, change.Before, c.at)
			}
		})
	}
}

func TestExpiryFromADateToNever(t *testing.T) {
	o := person("jdoe", "John Doe")
	o.AccountExpiry = models.ExpiryAt(time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC))
	r := start(t, func(e forms.Env) forms.Form { return forms.Expiry(e, o) })
	r.shows("2026-12-31")
	r.Press("enter")
	r.notDone()
	r.shows("It ends then already")
	r.Press("ctrl+u")
	for _, wrong := range []string{"soon", "2026-02-30", "+x", "9999-12-31", "1969-12-31"} {
		r.Press("ctrl+u")
		r.Type(wrong)
		r.Press("enter")
		r.notDone()
	}
	r.Press("ctrl+u")
	r.Type("Never")
	r.shows("never ends")
	r.Press("enter")
	if c := r.only(); !c.Expiry.IsNever() || c.Before != o.AccountExpiry {
		t.Errorf("the change is %+v", c)
	}
}

// The proposal goes when something is typed over it.
func TestExpiryReplacesTheProposal(t *testing.T) {
	r := start(t, func(e forms.Env) forms.Form { return forms.Expiry(e, person("jdoe", "John Doe")) })
	r.Type("tomorrow")
	r.Press("enter")
	if c := r.only(); c.Expiry.String() != "2026-11-23T00:00:00Z" {
		t.Errorf("the account is to end at %s", c.Expiry)
	}
}

// An account that ends at a time of day keeps it while nobody types another.
func TestExpiryKeepsTheTimeOfDay(t *testing.T) {
	o := person("jdoe", "John Doe")
	o.AccountExpiry = models.ExpiryAt(time.Date(2026, 12, 31, 17, 0, 0, 0, time.UTC))
	r := start(t, func(e forms.Env) forms.Form { return forms.Expiry(e, o) })
	r.shows("2026-12-31 17:00 UTC")
	r.Press("enter")
	r.notDone()
	r.shows("It ends then already")
}

// A form without room shows something, whatever the size.
func TestEverySizeIsFilled(t *testing.T) {
	for _, open := range everyForm() {
		r := start(t, open)
		r.Type("ann")
		r.form.Refuse(&models.Error{Kind: models.ErrExists, Server: strings.Repeat("long words ", 40)})
		for _, size := range [][2]int{{1, 1}, {2, 2}, {10, 3}, {20, 5}, {40, 12}, {200, 60}} {
			r.form.SetSize(size[0], size[1])
			lines := strings.Split(r.Screen(), "\n")
			if len(lines) != size[1] {
				t.Errorf("%s: %d lines at %v", r.form.Title(), len(lines), size)
			}
			for _, line := range lines {
				if w := width(line); w != size[0] {
					t.Errorf("%s: a line of %d cells at %v: %q", r.form.Title(), w, size, line)
				}
			}
		}
	}
}
