package desk

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"testing"

	"dirdesk/desk/journal"
	"dirdesk/desk/rows"
	"dirdesk/desk/verdict"
	"dirdesk/desk/walk"
	"dirdesk/models"
)

// The zero of abilities: a connection that has none of them says so.
func TestPropertyHelpersWithoutTheAbility(t *testing.T) {
	d := open(newDSM(newWorld()))
	_, sheet := d.Properties(t.Context(), models.Ref{DN: doe})
	_, one := d.Property(t.Context(), "info", models.Person)
	_, photo := d.Photo(t.Context(), models.Ref{DN: doe})
	_, licences := d.Licences(t.Context(), models.Ref{DN: doe})
	_, members := d.Members(t.Context(), models.Ref{DN: sales}, false)
	_, indirect := d.Members(t.Context(), models.Ref{DN: sales}, true)
	for i, err := range []error{sheet, one, photo, licences, members, indirect} {
		var e *models.Error
		if !errors.Is(err, models.ErrUnsupported) || !errors.As(err, &e) || e.Action == "" || e.Object == "" || e.Advice == "" {
			t.Errorf("%d: %v", i, err)
		}
	}
	for _, words := range []string{d.CanShowProperties(), d.CanShowPhoto(models.Object{}), d.CanShowLicences(models.Object{}), d.Can(models.Modify, models.Object{})} {
		if words == "" {
			t.Error("it is offered")
		}
	}
	if d.PhotoLimit() != 0 || d.CanSetPasswordWith() || d.CanListMembers(false) || d.CanListMembers(true) {
		t.Error("an ability is found that is not there")
	}
	options := models.Change{Action: models.SetPassword, DN: doe, Password: models.NewSecret(newPassword), Options: models.PasswordOptions{Unlock: true}}
	if err := planned(t, d, PlanOptions{}, options).Refused(); !errors.Is(err, models.ErrUnsupported) || !strings.Contains(err.Error(), "with a password") {
		t.Errorf("options: %v", err)
	}
}

func TestPropertyHelpers(t *testing.T) {
	w := newWorld()
	d := open(w)
	if sheet, err := d.Properties(t.Context(), models.Ref{DN: doe}); err != nil || len(sheet.Properties) != len(schema()) {
		t.Errorf("%+v, %v", sheet, err)
	}
	members, err := d.Members(t.Context(), models.Ref{DN: sales}, true)
	if err != nil || !slices.Equal(members, []models.DN{doe, roe}) || d.PhotoLimit() == 0 || !d.CanSetPasswordWith() || !d.CanListMembers(true) {
		t.Errorf("%v, %v", members, err)
	}
	person, group := models.Object{Category: models.Person}, models.Object{Category: models.Group}
	for _, c := range []struct{ got, want string }{
		{d.CanShowPhoto(person), ""},
		{d.CanShowPhoto(models.Object{Category: "contact"}), ""},
		{d.CanShowPhoto(group), "only users and contacts have a photo"},
		{d.CanShowLicences(person), ""},
		{d.CanShowLicences(group), "only users have Microsoft 365 licences"},
		{d.Can(models.Modify, group), ""},
		{New(w, Options{}).Can(models.Modify, person), "this connection is read-only"},
		{New(w, Options{}).CanShowPhoto(person), ""},
		{New(w, Options{}).Can(models.Modify, group), "this connection is read-only"},
	} {
		if c.got != c.want {
			t.Errorf("said %q, want %q", c.got, c.want)
		}
	}
}

// Objects are found by what servers call them.
func TestLocateByIdentity(t *testing.T) {
	d := open(newWorld())
	for _, text := range []string{doeGUID, strings.ToUpper(doeGUID), "{" + doeGUID + "}", doeSID, strings.ToLower(doeSID), "jdoe", string(doe)} {
		if o, err := d.Locate(t.Context(), text, models.Person); err != nil || o.DN != doe {
			t.Errorf("%q: %q, %v", text, o.DN, err)
		}
	}
	if _, err := d.Locate(t.Context(), doeGUID, models.Group); !errors.Is(err, models.ErrInvalid) || !strings.Contains(err.Error(), "a user, and not a group") {
		t.Errorf("as a group: %v", err)
	}
	if _, err := d.Locate(t.Context(), "S-1-5-21-9"); !errors.Is(err, models.ErrNotFound) {
		t.Errorf("nobody's SID: %v", err)
	}
	// Where the server does not know them, and for what only looks like one.
	for _, text := range []string{doeGUID, "S-1-5-x", "a-b-c-d-e", "S-1-"} {
		if _, err := open(newDSM(newWorld())).Locate(t.Context(), text); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// What is set together with a password is planned, seen and written down.
func TestPasswordOptions(t *testing.T) {
	change := models.Change{
		Action: models.SetPassword, DN: doe, Password: models.NewSecret(newPassword), MustChange: models.No,
		Options: models.PasswordOptions{CannotChange: models.Yes, NeverExpires: models.Yes, Unlock: true},
	}
	w, j := newWorld(), newJournal(t)
	d := journaled(w, j)
	s := planned(t, d, PlanOptions{}, change).Steps[0]
	want := []Line{
		{"password", notShown, aPassword, ""},
		{"must change at next logon", "no", "no", ""},
		{"cannot change the password", "no", "yes", ""},
		{"password never expires", "no", "yes", ""},
		{"locked", "yes", "no", ""},
	}
	if !slices.Equal(s.Lines, want) {
		t.Errorf("lines %q", s.Lines)
	}
	out := apply(t, d, change)[0]
	if out.Words != "jdoe: has a new password, is now kept from changing the password, is now free to keep the password for ever, is now unlocked, verified" || len(w.sent) != 1 {
		t.Errorf("%q after %v", out.Words, w.sent)
	}
	if e := last(t, j); len(e.Fields) != 5 || e.Fields[4] != (journal.Field{Field: "locked", Before: "yes", Known: true, After: "no"}) {
		t.Errorf("fields %+v", e.Fields)
	}
	w.trouble = pretend
	w.objects[2].Locked = models.Yes
	if out := apply(t, d, change)[0]; out.Verdict != verdict.Failed || !strings.Contains(out.Words, "still has the old password, is still locked") {
		t.Errorf("%s: %q", out.Verdict, out.Words)
	}
	for _, options := range []models.PasswordOptions{{CannotChange: models.Yes}, {NeverExpires: models.Yes}} {
		change.MustChange, change.Options = models.Yes, options
		if err := planned(t, d, PlanOptions{}, change).Refused(); !errors.Is(err, models.ErrInvalid) {
			t.Errorf("%+v with must change: %v", options, err)
		}
	}
}

// A container of which the server holds something back is not taken for whole.
func TestCutListing(t *testing.T) {
	w := newWorld()
	const words = "the server gives at most 1,000"
	b := cutting{w, words}
	listing := rows.NewListing(staff, true)
	var report walk.Report
	for page, err := range walk.Pages(t.Context(), b, models.ListRequest{Base: staff}, walk.Options{Report: &report}) {
		if err != nil {
			t.Fatal(err)
		}
		listing.Add(page)
	}
	if listing.Cut() != words || report.Cut != words || listing.Loaded() != 3 {
		t.Errorf("cut %q, %q, %d objects", listing.Cut(), report.Cut, listing.Loaded())
	}
	if rows.NewListing(staff, true).Cut() != "" {
		t.Error("a new one is cut")
	}
	s := planned(t, open(b), PlanOptions{Subtree: true}, models.Change{Action: models.Delete, DN: staff}).Steps[0]
	if !slices.Contains(warnings(s), "there may be more in it: "+words) {
		t.Errorf("warned %q", s.Warnings)
	}
	var cut string
	for found, err := range open(b).Find(t.Context(), Search{Text: "doe"}) {
		if err != nil {
			t.Fatal(err)
		}
		if found.Cut != "" {
			cut = found.Cut
		}
	}
	if !strings.Contains(cut, words) {
		t.Errorf("a search says %q", cut)
	}
}

// cutting is a world that holds back something of each container.
type cutting struct {
	*world
	words string
}

func (c cutting) List(ctx context.Context, req models.ListRequest) iter.Seq2[models.Page, error] {
	return func(yield func(models.Page, error) bool) {
		for page, err := range c.world.List(ctx, req) {
			page.Cut = c.words
			if !yield(page, err) {
				return
			}
		}
	}
}
