package desk

import (
	"context"
	"strings"
	"testing"
	"time"

	"dirdesk/desk/journal"
	"dirdesk/desk/verdict"
	"dirdesk/models"
)

// halfway is a server that says yes to a password and leaves out that it must be
// changed, to an edit and leaves out the office, and takes the first member and
// refuses the others.
type halfway struct{ *world }

func (h halfway) SetPassword(ctx context.Context, ref models.Ref, p models.Secret, _ models.Flag) error {
	return h.world.SetPassword(ctx, ref, p, models.Unknown)
}

func (h halfway) EditFields(ctx context.Context, ref models.Ref, changes []models.FieldChange) error {
	return h.world.EditFields(ctx, ref, changes[:1])
}

func (h halfway) AddMembers(ctx context.Context, group models.Ref, members []models.Ref) error {
	if err := h.world.AddMembers(ctx, group, members[:1]); err != nil {
		return err
	}
	return &models.Error{Kind: models.ErrDenied, Action: "add to the group", Object: string(members[1].DN)}
}

// What was done in part is neither done nor failed: it is said what holds and
// what does not, the journal has it so, and it can be taken back.
func TestWhatWasDoneInPart(t *testing.T) {
	two := phone(roe, "1")
	two.Fields = append(two.Fields, models.FieldChange{Field: models.FieldOffice, After: "Vienna"})
	for _, c := range []struct {
		change models.Change
		words  string
		undone bool // there is a way back
	}{
		{
			models.Change{Action: models.SetPassword, DN: roe, Password: models.NewSecret(newPassword), MustChange: models.Yes},
			"jroe: done in part: has a new password, but is still free to keep the password", false,
		},
		{two, "jroe: done in part: phone is now 1, but office is still empty", true},
		{
			models.Change{Action: models.AddMembers, DN: sales, Members: models.Refs(roe, staff)},
			"Sales: permission denied; done in part: Jane Roe added, but it does not have Staff", true,
		},
	} {
		w, j := newWorld(), newJournal(t)
		d := New(halfway{w}, Options{Mode: Open, Journal: j, Settle: []time.Duration{}})
		out := apply(t, d, c.change)[0]
		if out.Verdict != verdict.Partly || out.Words != c.words || !out.MayHold || out.Err == nil {
			t.Errorf("%s: %q (%v)", out.Verdict, out.Words, out.Err)
		}
		e := last(t, j)
		if e.Outcome != verdict.Partly || e.Words != c.words {
			t.Errorf("the journal says %s: %s", e.Outcome, e.Words)
		}
		plan, err := d.Undo(t.Context(), []journal.Entry{e}, nil)
		if (err == nil) != c.undone || c.undone && plan.Ready() != 1 {
			t.Errorf("%s: taking it back: %v, %+v", c.change.Action, err, plan.Steps)
		}
	}
}

// A password that the server took, or may have taken, may hold, whatever is read
// afterwards; one that it refused does not.
func TestWhetherAPasswordMayHold(t *testing.T) {
	change := models.Change{Action: models.SetPassword, DN: roe, Password: models.NewSecret(newPassword)}
	for trouble, want := range map[trouble]bool{
		fine: true, dropBefore: true, dropAfter: true, pretend: true, pending: true, deny: false, away: false,
	} {
		w := newWorld()
		w.trouble = trouble
		if out := apply(t, open(w), change)[0]; out.MayHold != want {
			t.Errorf("%q: %s (%s): may hold is %v, want %v", trouble, out.Verdict, out.Words, out.MayHold, want)
		}
	}
}

// A user of whom the second write was refused is there: that is said, and taking
// it back deletes it.
func TestHalfMadeUserIsTakenBack(t *testing.T) {
	change := everyChange()[0]
	change.User.MustChange = false
	w, j := newWorld(), newJournal(t)
	w.before = func(action models.Action) {
		w.mu.Lock()
		w.trouble = map[bool]trouble{true: deny, false: fine}[action == models.Edit]
		w.mu.Unlock()
	}
	d := New(newDSM(w), Options{Mode: Open, Journal: j, Settle: []time.Duration{}})
	out := apply(t, d, change)[0]
	if out.Verdict != verdict.Partly || !out.MayHold || !out.NewAccount() || !strings.Contains(out.Words, "the account was made, but not all of its fields") {
		t.Errorf("%s: %s", out.Verdict, out.Words)
	}
	plan, err := journaled(w, j).Undo(t.Context(), []journal.Entry{last(t, j)}, nil)
	if err != nil || plan.Steps[0].Change.Action != models.Delete || !plan.Steps[0].Change.DN.Equal(out.NewDN) {
		t.Errorf("taking it back: %v, %+v", err, plan.Steps)
	}
}

// An answer to a creation that was lost proves nothing: what has the name is
// somebody else's where it is older or another one, and never called verified.
func TestALostCreationIsNotSomebodyElses(t *testing.T) {
	for name, c := range map[string]struct {
		trouble trouble
		twin    func(*models.Object) // who has the name by then; nil: nobody
		want    verdict.Verdict
		words   string
	}{
		"made":                     {dropAfter, nil, verdict.Done, "as it was sent; not verified"},
		"not made":                 {dropBefore, nil, verdict.Failed, "there is no such object"},
		"somebody else's":          {dropBefore, func(o *models.Object) { o.Description = "Theirs" }, verdict.Unknown, "may be somebody else's: OU"},
		"somebody else's, renamed": {dropBefore, func(o *models.Object) { o.Account = &models.Account{Created: now.AddDate(-1, 0, 0)} }, verdict.Failed, "another object has that name now"},
	} {
		w := newWorld()
		w.trouble = c.trouble
		made := models.Change{Action: models.CreateOU, DN: staff.Child("OU", "Team"), Description: "Ours"}
		b := twinMaker{world: w}
		if c.twin != nil {
			b.twin = models.Object{DN: made.DN, Name: "Team", Category: models.OrganizationalUnit, Description: "Ours"}
			c.twin(&b.twin)
		}
		d := New(b, Options{Mode: Open, Settle: []time.Duration{}, Now: func() time.Time { return now }})
		out := apply(t, d, made)[0]
		if out.Verdict != c.want || out.Verified || !strings.Contains(out.Words, c.words) {
			t.Errorf("%s: %s, verified %v: %s", name, out.Verdict, out.Verified, out.Words)
		}
	}
}

// twinMaker is a world in which somebody else is as quick.
type twinMaker struct {
	*world
	twin models.Object
}

func (m twinMaker) CreateOU(ctx context.Context, parent models.Ref, name, description string) (models.DN, error) {
	dn, err := m.world.CreateOU(ctx, parent, name, description)
	if m.twin.DN != "" {
		m.objects = append(m.objects, m.twin)
	}
	if err != nil {
		dn = "" // as no answer came
	}
	return dn, err
}
