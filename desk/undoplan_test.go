package desk

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"dirdesk/desk/journal"
	"dirdesk/desk/verdict"
	"dirdesk/models"
)

// domainWorld is a world that tells which domain it is, and by which server.
type domainWorld struct {
	*world
	guid, url string
}

func (w domainWorld) About() models.About {
	about := w.world.About()
	about.URL = w.url
	return about
}

// Get tells of the domain itself.
func (w domainWorld) Get(ctx context.Context, ref models.Ref) (models.Object, error) {
	if ref.DN == "DC=example,DC=test" {
		return models.Object{DN: ref.DN, Account: &models.Account{GUID: w.guid}}, nil
	}
	return w.world.Get(ctx, ref)
}

func undone(t *testing.T, d *Desk, entries []journal.Entry, over ...string) (Plan, []Outcome) {
	t.Helper()
	plan, err := d.Undo(t.Context(), entries, Over{entries[0].ID: over})
	if err != nil {
		t.Fatal(err)
	}
	return plan, slices.Collect(d.Apply(t.Context(), plan))
}

func (w *world) phoneOf(dn models.DN) string {
	for _, o := range w.objects {
		if o.DN.Equal(dn) {
			return o.TelephoneNumber
		}
	}
	return "(no such object)"
}

// Three are taken back as one, the last first; who was changed since is left
// out, and named.
func TestAPlanIsTakenBackWhole(t *testing.T) {
	w, j := newWorld(), newJournal(t)
	d := journaled(w, j)
	third := models.DN("CN=Third,OU=Staff,DC=example,DC=test")
	w.objects = append(w.objects, person(third, "third"))
	apply(t, d, phone(doe, "1"))
	apply(t, d, phone(doe, "A-3"), phone(roe, "A-3"), phone(third, "A-3"))
	made := d.LastMade(t.Context(), entries(t, j), nil)
	byID, err := journal.FindPlan(j.Path(), made[0].Plan)
	if err != nil || len(made) != 3 || len(byID) != 3 {
		t.Fatalf("the last plan: %d entries, by its id %d, %v", len(made), len(byID), err)
	}
	apply(t, journaled(w, newJournal(t)), phone(roe, "B-2")) // somebody else
	plan, outs := undone(t, d, made)
	if s := plan.Steps[0]; s.Change.Name != "third" || s.Title != "undo: edit \u201cthird\u201d" && !strings.HasPrefix(s.Title, "undo: edit ") {
		t.Errorf("first comes %q of %s", s.Title, s.Change.Name)
	}
	refused := plan.Steps[1]
	if refused.Refused == nil || !strings.Contains(refused.Refused.Error(), "phone was changed meanwhile: it is") || !strings.Contains(refused.Refused.Error(), "B-2") {
		t.Errorf("of who was changed since: %v", refused.Refused)
	}
	if q := plan.Question(); !strings.HasPrefix(q.Text, "Undo: edit 2 objects") {
		t.Errorf("question %q", q.Text)
	}
	if got := []string{w.phoneOf(doe), w.phoneOf(roe), w.phoneOf(third)}; !slices.Equal(got, []string{"1", "B-2", "555-0199"}) {
		t.Errorf("phones are %q", got)
	}
	if outs[0].Verdict != verdict.Done || outs[1].Verdict != verdict.NotTried || outs[2].Verdict != verdict.Done {
		t.Errorf("outcomes %+v", outs)
	}
	if next := d.LastMade(t.Context(), entries(t, j), nil); len(next) != 1 || next[0].Name != "jroe" {
		t.Errorf("what is left of the plan: %+v", next)
	}
	whole(t, j)
}

// A newer value is overwritten only when it is named.
func TestUndoNeverOverwritesWhatIsNewer(t *testing.T) {
	for _, c := range []struct {
		name        string
		make, newer models.Change
		over        string
	}{
		{"a field", phone(doe, "A-3"), phone(doe, "B-2"), "B-2"},
		{"a field that was emptied", phone(doe, "A-3"), phone(doe, ""), ""},
		{
			"an expiry",
			models.Change{Action: models.SetExpiry, DN: doe, Expiry: models.ExpiryAt(now.AddDate(0, 1, 0))},
			models.Change{Action: models.SetExpiry, DN: doe, Expiry: models.ExpiryAt(now.AddDate(0, 2, 0))},
			models.ExpiryAt(now.AddDate(0, 2, 0)).String(),
		},
		{"a property", modify(doe, replace("telephoneNumber", "A")), modify(doe, replace("telephoneNumber", "B")), "B"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, j := newWorld(), newJournal(t)
			d := journaled(w, j)
			before := stateOf(w)
			apply(t, d, c.make)
			entry := last(t, j)
			apply(t, journaled(w, newJournal(t)), c.newer)
			newer := stateOf(w)
			plan, outs := undone(t, d, []journal.Entry{entry})
			if outs[0].Verdict != verdict.NotTried || stateOf(w) != newer {
				t.Fatalf("it was overwritten: %s", outs[0].Words)
			}
			var e *models.Error
			if !errors.As(plan.Refused(), &e) || !strings.Contains(e.Advice, "dirdesk undo "+entry.ID+" --over ") {
				t.Errorf("refused with %v", plan.Refused())
			}
			if _, outs = undone(t, d, []journal.Entry{entry}, "something else"); outs[0].Verdict != verdict.NotTried {
				t.Errorf("with another value named: %s", outs[0].Words)
			}
			if _, outs = undone(t, d, []journal.Entry{entry}, c.over); outs[0].Verdict != verdict.Done {
				t.Errorf("with the value named: %s", outs[0].Words)
			}
			if got := stateOf(w); got != before {
				t.Errorf("the world is\n%s\nand was\n%s", got, before)
			}
		})
	}
}

// The last change is the operator's own, on this connection, and known to have
// been made.
func TestTheLastChange(t *testing.T) {
	w, j := domainWorld{newWorld(), "d1", "ldaps://dc1.example.test"}, newJournal(t)
	mine := journaled(w, j)
	apply(t, mine, phone(doe, "1"))
	want := last(t, j)
	for name, options := range map[string]Options{
		"a colleague's":                        {Operator: journal.Operator{Account: "anna", LocalUser: "kim"}},
		"one by another user of this computer": {Operator: journal.Operator{Account: "admin", LocalUser: "lee"}},
	} {
		options.Mode, options.Journal, options.Settle = Open, j, []time.Duration{}
		apply(t, New(w, options), phone(doe, name))
	}
	elsewhere := w
	elsewhere.url = "ldaps://dc2.example.test"
	apply(t, journaled(elsewhere, j), phone(doe, "over another server"))
	lost := want
	lost.ID, lost.Plan, lost.Outcome = "crashed", "p", verdict.Begun
	if err := j.Append(t.Context(), lost); err != nil {
		t.Fatal(err)
	}
	if got := mine.LastMade(t.Context(), entries(t, j), nil); len(got) != 1 || got[0].ID != want.ID {
		t.Errorf("the last is %+v, want %s", got, want.ID)
	}
}

// A domain of the same name is another domain; another server of the same one is
// told of.
func TestUndoBelongsToItsDomain(t *testing.T) {
	w, j := newWorld(), newJournal(t)
	apply(t, journaled(domainWorld{w, "d1", "ldaps://dc1.example.test"}, j), phone(doe, "1"))
	e := last(t, j)
	if e.Domain != "d1" {
		t.Errorf("the entry names the domain %q", e.Domain)
	}
	other := New(domainWorld{w, "d2", "ldaps://dc1.example.test"}, Options{Mode: Open})
	if _, err := other.Undo(t.Context(), []journal.Entry{e}, nil); err == nil || !strings.Contains(err.Error(), "another domain") {
		t.Errorf("over another domain: %v", err)
	}
	another := New(domainWorld{w, "d1", "ldaps://dc2.example.test:636"}, Options{Mode: Open})
	plan, err := another.Undo(t.Context(), []journal.Entry{e}, nil)
	if doubts := plan.Doubts(); err != nil || len(doubts) != 1 || doubts[0].Kind != AnotherServer || !strings.Contains(doubts[0].Text, "another server of the same domain: ldaps://") {
		t.Errorf("over another server: %v, %+v", err, plan)
	}
	e.Domain = "" // as DSM has it
	var refused *models.Error
	if _, err := another.Undo(t.Context(), []journal.Entry{e}, nil); !errors.As(err, &refused) || !strings.Contains(refused.Advice, "connect to ldaps://dc1.example.test") {
		t.Errorf("where no domain is known, at another host: %v", err)
	}
}

// An entry of a version before says nothing of who it was.
func TestUndoOfAnEntryWithoutIdentity(t *testing.T) {
	w, j := newWorld(), newJournal(t)
	d := journaled(w, j)
	apply(t, d, phone(doe, "1"))
	e := last(t, j)
	e.Plan, e.GUID, e.Domain = "", "", ""
	plan, err := d.Undo(t.Context(), []journal.Entry{e}, nil)
	if err != nil || !(len(plan.Doubts()) == 1 && plan.Doubts()[0].Kind == NoIdentity) || !strings.Contains(plan.Steps[0].Warnings[0].String(), "John Doe (jdoe), "+string(doe)) {
		t.Errorf("%v, %+v", err, plan.Steps)
	}
	e.Plan, e.Category = "p", models.Group
	plan, err = d.Undo(t.Context(), []journal.Entry{e}, nil)
	if err != nil || plan.Refused() == nil || !strings.Contains(plan.Refused().Error(), "another object has that name now") {
		t.Errorf("what is of another kind: %v, %v", err, plan.Refused())
	}
}

// What was there comes back, also where a new one would be refused.
func TestUndoPutsBackWhatBreaksTheRules(t *testing.T) {
	w, j := newWorld(), newJournal(t)
	d := journaled(w, j)
	odd := staff.Child("CN", strings.Repeat("very long name ", 6))
	for i := range w.objects {
		if w.objects[i].DN.Equal(doe) {
			w.objects[i].DN, w.objects[i].TelephoneNumber = odd, strings.Repeat("5", 90)
		}
	}
	apply(t, d, phone(odd, "1"))
	apply(t, d, models.Change{Action: models.Rename, DN: odd, NewName: "John"})
	for range 2 {
		if _, outs := undone(t, d, d.LastMade(t.Context(), entries(t, j), nil)); outs[0].Verdict != verdict.Done {
			t.Fatal(outs[0].Words)
		}
	}
	apply(t, d, modify(roe, replace("telephoneNumber", "1")))
	if _, outs := undone(t, d, []journal.Entry{last(t, j)}); outs[0].Verdict != verdict.Done || !w.last.Restores {
		t.Errorf("a property came back by %+v: %s", w.last, outs[0].Words)
	}
	if got := w.phoneOf(odd); got != strings.Repeat("5", 90) {
		t.Errorf("the phone is %q", got)
	}
}

// crashed leaves a note as a program does that was killed.
func crashed(t *testing.T, j *journal.Journal, e journal.Entry) journal.Entry {
	t.Helper()
	e.ID, e.Outcome, e.Words = journal.NewID(), verdict.Begun, ""
	if err := j.Append(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	note := j.Path() + ".begun/" + e.ID + ".json"
	text, err := os.ReadFile(note)
	if err == nil {
		err = errors.Join(os.Remove(note), os.WriteFile(note, text, 0o600))
	}
	if err != nil {
		t.Fatal(err)
	}
	left, err := journal.Begun(j.Path())
	if err != nil || len(left) == 0 {
		t.Fatalf("begun: %+v, %v", left, err)
	}
	return left[len(left)-1]
}

// A crashed write is looked at, and a line says what is there.
func TestSettle(t *testing.T) {
	for name, c := range map[string]struct {
		change models.Change
		done   bool // it was made before the program died
		want   verdict.Verdict
	}{
		"an edit that was made":         {phone(doe, "222"), true, verdict.Done},
		"an edit that was not":          {phone(doe, "222"), false, verdict.Failed},
		"a deletion that was made":      {models.Change{Action: models.Delete, DN: roe}, true, verdict.Done},
		"a deletion that was not":       {models.Change{Action: models.Delete, DN: roe}, false, verdict.Failed},
		"a rename that was made":        {models.Change{Action: models.Rename, DN: roe, NewName: "Jane"}, true, verdict.Done},
		"a rename that was not":         {models.Change{Action: models.Rename, DN: roe, NewName: "Jane"}, false, verdict.Failed},
		"a member that is in":           {models.Change{Action: models.AddMembers, DN: sales, Members: models.Refs(roe)}, true, verdict.Done},
		"a member that is not":          {models.Change{Action: models.AddMembers, DN: sales, Members: models.Refs(roe)}, false, verdict.Failed},
		"a property that was set":       {modify(doe, replace("telephoneNumber", "A")), true, verdict.Done},
		"a password, which nobody sees": {models.Change{Action: models.SetPassword, DN: doe, Password: models.NewSecret(newPassword)}, true, verdict.Unknown},
	} {
		t.Run(name, func(t *testing.T) {
			w, j := newWorld(), newJournal(t)
			apply(t, journaled(w, newJournal(t)), phone(roe, "x")) // nothing to do with it
			scratch := newJournal(t)
			made := newWorld()
			apply(t, journaled(made, scratch), c.change)
			if c.done {
				w = made
			}
			note := crashed(t, j, last(t, scratch))
			d := journaled(w, j)
			settled, err := d.Settle(t.Context(), note)
			if err != nil || settled.Outcome != c.want {
				t.Fatalf("%s: %s, %v; want %s", settled.Outcome, settled.Words, err, c.want)
			}
			if e := last(t, j); e.ID != note.ID || e.Outcome != c.want || e.Settled == nil || e.Settled.Operator.LocalUser != "kim" {
				t.Errorf("the line is %+v", e)
			}
			if left, err := journal.Begun(j.Path()); err != nil || len(left) != 0 {
				t.Errorf("left %+v, %v", left, err)
			}
			whole(t, j)
			if _, err := d.Settle(t.Context(), settled); err == nil {
				t.Error("it was settled twice")
			}
		})
	}
}

// What has the name of something new is never called verified when it is looked at
// after a crash, and is somebody else's where it is older or another one.
func TestSettleTakesNobodyElsesForOurs(t *testing.T) {
	for name, c := range map[string]struct {
		there models.Object
		want  verdict.Verdict
		guid  string
		words string
	}{
		"as it was sent":     {models.Object{Description: "Ours", Account: &models.Account{GUID: "g", Created: now}}, verdict.Done, "g", "not verified"},
		"older":              {models.Object{Description: "Ours", Account: &models.Account{GUID: "g", Created: now.AddDate(-1, 0, 0)}}, verdict.Failed, "", "another object has that name now"},
		"made much later":    {models.Object{Description: "Ours", Account: &models.Account{GUID: "g", Created: now.AddDate(0, 0, 1)}}, verdict.Unknown, "", "may be somebody else's"},
		"with another value": {models.Object{Description: "Theirs", Account: &models.Account{GUID: "g", Created: now}}, verdict.Unknown, "", "may be somebody else's"},
	} {
		w, j := newWorld(), newJournal(t)
		c.there.DN, c.there.Name, c.there.Category = staff.Child("OU", "Team"), "Team", models.OrganizationalUnit
		w.objects = append(w.objects, c.there)
		d := journaled(w, j)
		scratch := newJournal(t)
		apply(t, journaled(newWorld(), scratch), models.Change{Action: models.CreateOU, DN: c.there.DN, Description: "Ours"})
		note := last(t, scratch)
		note.Time, note.GUID, note.NewDN = now, "", ""
		settled, err := d.Settle(t.Context(), crashed(t, j, note))
		if err != nil || settled.Outcome != c.want || settled.Verified || settled.GUID != c.guid || !strings.Contains(settled.Words, c.words) {
			t.Errorf("%s: %s, verified %v, %q: %s, %v", name, settled.Outcome, settled.Verified, settled.GUID, settled.Words, err)
		}
	}
}

// What another dirdesk has under way is not settled, nor is what cannot be read
// lost.
func TestSettleLeavesWhatIsUnderWay(t *testing.T) {
	w, j := newWorld(), newJournal(t)
	d := journaled(w, j)
	if err := j.Append(t.Context(), journal.Entry{ID: "alive", Action: models.Edit, DN: doe, Outcome: verdict.Begun}); err != nil {
		t.Fatal(err)
	}
	if left, err := journal.Begun(j.Path()); err != nil || len(left) != 0 {
		t.Errorf("told of as left: %+v, %v", left, err)
	}
	if _, err := d.Settle(t.Context(), entries(t, j)[0]); !errors.Is(err, models.ErrBusy) {
		t.Errorf("settled with %v", err)
	}
	if err := os.WriteFile(j.Path()+".begun/half.json", []byte(`{"id":"ha`), 0o600); err != nil {
		t.Fatal(err)
	}
	left, err := journal.Begun(j.Path())
	if err != nil || len(left) != 1 {
		t.Fatalf("left %+v, %v", left, err)
	}
	if _, err := d.Settle(t.Context(), left[0]); err != nil {
		t.Fatal(err)
	}
	if e, err := journal.Find(j.Path(), "half"); err != nil || e.Outcome != verdict.Unknown || !strings.Contains(e.Words, `{"id":"ha`) {
		t.Errorf("the line is %+v", e)
	}
	whole(t, j)
}
