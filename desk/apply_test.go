package desk

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dirdesk/desk/verdict"
	"dirdesk/models"
)

const newPassword = "Correct-Horse-7391"

// everyChange is one change of each kind that touches the directory.
func everyChange() []models.Change {
	return []models.Change{
		{
			Action: models.CreateUser, Password: models.NewSecret(newPassword),
			User: &models.NewUser{Container: models.Ref{DN: staff}, LogonName: "asmith", GivenName: "Ann", Surname: "Smith", DisplayName: "Ann Smith", MustChange: true},
		},
		{Action: models.CreateGroup, Group: &models.NewGroup{Container: models.Ref{DN: staff}, Name: "Support", Scope: models.ScopeGlobal, Type: models.TypeSecurity}},
		{Action: models.CreateOU, DN: staff.Child("OU", "Night")},
		phone(doe, "555-0100"),
		{Action: models.SetPassword, DN: doe, Password: models.NewSecret(newPassword)},
		{Action: models.SetPassword, DN: doe, Password: models.NewSecret(newPassword), MustChange: models.Yes},
		{Action: models.AddMembers, DN: sales, Members: models.Refs(roe)},
		{Action: models.RemoveMembers, DN: sales, Members: models.Refs(doe)},
		{Action: models.Disable, DN: doe},
		{Action: models.Unlock, DN: doe},
		{Action: models.SetExpiry, DN: doe, Expiry: models.ExpiryFromUnix(1900000000)},
		{Action: models.SetMustChange, DN: doe, MustChange: models.Yes},
		{Action: models.Rename, DN: doe, NewName: "Johnny Doe"},
		{Action: models.Move, DN: doe, NewParent: models.Ref{DN: empty}},
		{Action: models.Protect, DN: doe},
		{Action: models.Delete, DN: doe},
		modify(doe, replace("telephoneNumber", "555-0100"), appending("otherTelephone", "951-837-6935")),
		modify(doe, switching("userAccountControl", 2, 2)),
		modify(doe, replace("name", "John Raymond")),
		{Action: models.Modify, DN: doe, Modification: &models.Modification{PhotoSet: true, Photo: aPhoto()}},
		{Action: models.Modify, DN: doe, Modification: &models.Modification{Licences: []models.LicenceChange{{SKU: "ENTERPRISEPACK"}, {SKU: "EMS", Assigned: true}}}},
	}
}

// The verdict is what the directory holds, whatever became of the answer.
func TestVerdictEqualsTheDirectory(t *testing.T) {
	for _, change := range everyChange() {
		for trouble, want := range map[trouble]verdict.Verdict{
			fine: verdict.Done, dropBefore: verdict.Failed, dropAfter: verdict.Done, deny: verdict.Failed, pretend: verdict.Failed, late: verdict.Done,
		} {
			t.Run(string(change.Action)+" "+string(trouble), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					w := newWorld()
					w.trouble = trouble
					d := New(w, Options{Mode: Open})
					outcomes := apply(t, d, change)
					if len(outcomes) != 1 {
						t.Fatalf("%d outcomes, want 1", len(outcomes))
					}
					out := outcomes[0]
					if out.Verdict != want || out.Verified != (want == verdict.Done) {
						t.Errorf("%s, verified %v (%s), want %s", out.Verdict, out.Verified, out.Words, want)
					}
					if (out.Err == nil) != (want == verdict.Done) {
						t.Errorf("error %v with verdict %s", out.Err, out.Verdict)
					}
					if len(w.sent) != 1 {
						t.Errorf("sent %v, want one write", w.sent)
					}
				})
			})
		}
	}
}

// Over a DSM less can be seen. What cannot be seen is said not to be known.
func TestVerdictWhereNotAllCanBeSeen(t *testing.T) {
	password := models.Change{Action: models.SetPassword, DN: doe, Password: models.NewSecret(newPassword)}
	member := models.Change{Action: models.AddMembers, DN: sales, Members: models.Refs(roe)}
	firstName := models.Change{Action: models.Edit, DN: doe, Fields: []models.FieldChange{{Field: models.FieldGivenName, After: "Jon"}}}
	both := phone(doe, "555-0100")
	both.Fields = append(both.Fields, firstName.Fields[0])
	for _, c := range []struct {
		change   models.Change
		trouble  trouble
		want     verdict.Verdict
		verified bool
		words    string
	}{
		{password, fine, verdict.Done, false, "jdoe: the new password was accepted; DSM cannot show it, so not verified"},
		{password, dropBefore, verdict.Unknown, false, "nobody knows"},
		{password, dropAfter, verdict.Unknown, false, "nobody knows"},
		{password, deny, verdict.Failed, false, "denied"},
		{password, away, verdict.Failed, false, "jdoe: not reachable; nothing was changed"},
		{member, fine, verdict.Done, false, "Sales: adding Jane Roe was accepted; DSM cannot list members, so not verified"},
		{member, dropAfter, verdict.Unknown, false, "DSM cannot list members"},
		{phone(doe, "555-0100"), fine, verdict.Done, true, "jdoe: phone is now 555-0100, verified"},
		{phone(doe, "555-0100"), dropAfter, verdict.Done, true, "jdoe: the answer was lost, but phone is now 555-0100, verified"},
		{phone(doe, "555-0100"), dropBefore, verdict.Failed, false, "jdoe: the answer was lost, and phone is still 555-0199"},
		{phone(doe, "555-0100"), twist, verdict.Failed, false, "jdoe: the server said yes, but phone is twisted and not 555-0100"},
		{phone(doe, ""), fine, verdict.Done, true, "jdoe: phone is now empty, verified"},
		{firstName, fine, verdict.Done, false, "jdoe: accepted; DSM cannot show first name, so not verified"},
		{firstName, dropBefore, verdict.Unknown, false, "nobody knows"},
		{both, fine, verdict.Done, true, "phone is now 555-0100, verified; not verified, as it cannot be shown: first name"},
		{both, dropAfter, verdict.Unknown, false, "nobody knows"},
	} {
		t.Run(string(c.change.Action)+" "+string(c.trouble), func(t *testing.T) {
			w := newWorld()
			w.trouble = c.trouble
			out := apply(t, open(newDSM(w)), c.change)[0]
			if out.Verdict != c.want || out.Verified != c.verified || !strings.Contains(out.Words, c.words) {
				t.Errorf("%s, verified %v: %q; want %s, %v: %q", out.Verdict, out.Verified, out.Words, c.want, c.verified, c.words)
			}
			if len(w.sent) != 1 {
				t.Errorf("sent %v, want one write", w.sent)
			}
		})
	}
}

// A DSM takes a user's names only in a second write; that it is one user is all
// that a person sees.
func TestCreateUserInTwoWrites(t *testing.T) {
	change := everyChange()[0]
	change.User.MustChange = false
	w := newWorld()
	var second trouble
	w.before = func(action models.Action) {
		if action == models.Edit {
			w.mu.Lock()
			w.trouble = second
			w.mu.Unlock()
		}
	}
	for _, c := range []struct {
		first, second trouble
		want          verdict.Verdict
		sent          int
	}{
		{fine, fine, verdict.Done, 2},
		{dropAfter, fine, verdict.Done, 2}, // the user is found, and the second write was never sent before
		{dropBefore, fine, verdict.Failed, 1},
		{fine, deny, verdict.Partly, 2},
		{fine, dropAfter, verdict.Unknown, 2},
	} {
		w.objects, w.sent, w.trouble, second = newWorld().objects, nil, c.first, c.second
		out := apply(t, open(newDSM(w)), change)[0]
		if out.Verdict != c.want || len(w.sent) != c.sent {
			t.Errorf("%q then %q: %s (%s) after %v, want %s after %d writes", c.first, c.second, out.Verdict, out.Words, w.sent, c.want, c.sent)
		}
		if c.second == deny && (!strings.Contains(out.Words, "account was made") || out.NewDN == "") {
			t.Errorf("that the account is there is not said: %q, %q", out.Words, out.NewDN)
		}
	}
}

// A failed read after a write neither fails the write nor verifies it.
func TestReadBackFails(t *testing.T) {
	for trouble, want := range map[trouble]verdict.Verdict{fine: verdict.Done, dropAfter: verdict.Unknown} {
		w := newWorld()
		w.trouble = trouble
		w.before = func(models.Action) {
			w.mu.Lock()
			w.readErr = &models.Error{Kind: models.ErrUnreachable, Action: "read"}
			w.mu.Unlock()
		}
		out := apply(t, open(w), phone(doe, "555-0100"))[0]
		if out.Verdict != want || out.Verified || !strings.Contains(out.Words, "could not be read back") {
			t.Errorf("%q: %s, verified %v: %s; want %s", trouble, out.Verdict, out.Verified, out.Words, want)
		}
	}
}

// Cancelling lets the write under way come to its end, and tries no other.
func TestCancelBetweenObjects(t *testing.T) {
	w := newWorld()
	d := open(w)
	plan, err := d.Plan(t.Context(), []models.Change{phone(doe, "1"), phone(roe, "2"), {Action: models.Disable, DN: roe}}, PlanOptions{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	w.before = func(models.Action) { cancel() }
	var got []verdict.Verdict
	for out := range d.Apply(ctx, plan) {
		got = append(got, out.Verdict)
		if out.Verdict == verdict.Done && !out.Verified {
			t.Errorf("the write under way did not come to its end: %s", out.Words)
		}
		if out.Verdict == verdict.NotTried && !errors.Is(out.Err, context.Canceled) {
			t.Errorf("not tried because of %v", out.Err)
		}
	}
	if want := []verdict.Verdict{verdict.Done, verdict.NotTried, verdict.NotTried}; !slices.Equal(got, want) {
		t.Errorf("verdicts %v, want %v", got, want)
	}
	if len(w.sent) != 1 {
		t.Errorf("sent %v, want one write", w.sent)
	}
}

// One failure does not keep the others from being tried.
func TestBulkGoesOnAfterAFailure(t *testing.T) {
	w := newWorld()
	w.before = func(models.Action) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.trouble = map[bool]trouble{true: deny, false: fine}[len(w.sent) == 1]
	}
	var got []verdict.Verdict
	for i, out := range apply(t, open(w), phone(doe, "1"), phone(roe, "2"), models.Change{Action: models.Unlock, DN: doe}) {
		got = append(got, out.Verdict)
		if out.Step != i {
			t.Errorf("outcome %d is of step %d", i, out.Step)
		}
	}
	if want := []verdict.Verdict{verdict.Done, verdict.Failed, verdict.Done}; !slices.Equal(got, want) {
		t.Errorf("verdicts %v, want %v", got, want)
	}
}

// What is so already is done without a write.
func TestNothingToDo(t *testing.T) {
	w := newWorld()
	for _, c := range []models.Change{
		phone(doe, "555-0199"),
		{Action: models.Enable, DN: doe},
		{Action: models.AddMembers, DN: sales, Members: models.Refs(doe)},
		{Action: models.RemoveMembers, DN: sales, Members: models.Refs(roe)},
		{Action: models.SetExpiry, DN: doe, Expiry: models.Never()},
		{Action: models.Unlock, DN: roe},
		{Action: models.Move, DN: doe, NewParent: models.Ref{DN: staff}},
		{Action: models.Rename, DN: doe, NewName: "John Doe"},
	} {
		out := apply(t, open(w), c)[0]
		if out.Verdict != verdict.Done || !strings.Contains(out.Words, "nothing to do") {
			t.Errorf("%s: %s: %s", c.Action, out.Verdict, out.Words)
		}
	}
	if len(w.sent) != 0 {
		t.Errorf("sent %v", w.sent)
	}
}

// Read-back where one object cannot be read looks around its place first.
func TestReadBackNearTheRememberedPlace(t *testing.T) {
	w := newWorld()
	w.objects = many(0, 3000)
	d := open(newDSM(w))
	target := w.objects[2000]
	target.Category = models.Person
	w.objects[2000] = target
	d.Remember(target, 1990) // ten rows were added above it since
	o, err := d.Read(t.Context(), models.Ref{DN: target.DN})
	if err != nil || !o.DN.Equal(target.DN) {
		t.Fatalf("%q, %v", o.DN, err)
	}
	if len(w.lists) != 1 || w.lists[0].Limit > 100 {
		t.Errorf("requests %+v, want one short one", w.lists)
	}
	w.lists = nil
	if o, err := d.Read(t.Context(), models.Ref{DN: w.objects[5].DN}); err != nil || o.Name != w.objects[5].Name {
		t.Errorf("without a remembered place: %q, %v", o.DN, err)
	}
	if _, err := d.Read(t.Context(), models.Ref{DN: crowd.Child("CN", "nobody")}); !errors.Is(err, models.ErrNotFound) {
		t.Errorf("of nobody: %v", err)
	}
}

// Many objects of one container cost one reading of it, and a deletion does not
// cost another for each.
func TestBulkReadsTheContainerOnce(t *testing.T) {
	w := newWorld()
	w.objects = many(0, 5000)
	var changes []models.Change
	for i := range 20 {
		w.objects[i*200].Category = models.Person
		changes = append(changes, models.Change{Action: models.Delete, DN: w.objects[i*200].DN})
	}
	d := open(struct {
		dsm
		Deleter
	}{newDSM(w), w})
	for _, out := range apply(t, d, changes...) {
		if out.Verdict != verdict.Done || !out.Verified {
			t.Fatalf("%s: %s", out.Verdict, out.Words)
		}
	}
	rows := 0
	for _, l := range w.lists {
		rows += min(l.Limit, 5000)
	}
	if rows > 10_000 {
		t.Errorf("asked for %d rows in %d requests", rows, len(w.lists))
	}
}

// A person who looks away for a quarter of an hour has to be asked again.
func TestWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		d := New(w, Options{Mode: Ask})
		try := func(want verdict.Verdict) {
			t.Helper()
			out := apply(t, d, phone(doe, time.Now().String()))[0]
			if out.Verdict != want {
				t.Errorf("%s (%s), want %s", out.Verdict, out.Words, want)
			}
			if want == verdict.NotTried && !errors.Is(out.Err, ErrReadOnly) {
				t.Errorf("error %v", out.Err)
			}
		}
		try(verdict.NotTried)
		if words := d.Window().Words; words != "READ-ONLY" {
			t.Errorf("header %q", words)
		}
		if err := d.Allow(DefaultWindow); err != nil {
			t.Fatal(err)
		}
		try(verdict.Done)
		time.Sleep(time.Minute)
		if got := d.Window(); got.Words != "CHANGES ALLOWED, 14 min left" || !got.Writable || time.Until(got.Until) != 14*time.Minute {
			t.Errorf("window %+v", got)
		}
		time.Sleep(14 * time.Minute)
		try(verdict.NotTried)
		if d.Window().Writable {
			t.Error("writable after its end")
		}
	})
}

func TestNeverWrites(t *testing.T) {
	w := newWorld()
	d := New(w, Options{})
	if err := d.Allow(time.Hour); !errors.Is(err, ErrReadOnly) {
		t.Errorf("allowed: %v", err)
	}
	if got := d.Window(); !got.Never || got.Writable {
		t.Errorf("window %+v", got)
	}
	plan, err := d.Plan(t.Context(), everyChange(), PlanOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for out := range d.Apply(t.Context(), plan) {
		if out.Verdict != verdict.NotTried {
			t.Errorf("%s: %s", out.Change.Action, out.Verdict)
		}
	}
	for _, err := range d.Sync(t.Context()) {
		if !errors.Is(err, ErrReadOnly) {
			t.Errorf("sync: %v", err)
		}
	}
	if len(w.sent) != 0 {
		t.Errorf("sent %v", w.sent)
	}
	if words := d.Can(models.Delete, models.Object{}); words == "" {
		t.Error("a deletion is offered")
	}
}
