package desk

import (
	"strings"
	"testing"
	"time"

	"dirdesk/desk/verdict"
	"dirdesk/models"
)

func newPasswordFor(dn models.DN, must models.Flag) models.Change {
	return models.Change{Action: models.SetPassword, DN: dn, Password: models.NewSecret(newPassword), MustChange: must}
}

// A password that never expires cannot have to be changed: that is said before,
// the part is left out, and the rest is done.
func TestMustChangeOfWhatNeverExpires(t *testing.T) {
	w := newWorld()
	w.objects[3].Account.PasswordNeverExpires = models.Yes
	d := open(w)
	s := planned(t, d, PlanOptions{}, newPasswordFor(roe, models.Yes)).Steps[0]
	if len(s.Warnings) != 1 || !strings.Contains(s.Warnings[0].String(), "never expires, so it cannot have to be changed") || len(s.Lines) != 1 {
		t.Errorf("warned %v, lines %v", s.Warnings, s.Lines)
	}
	if out := apply(t, d, newPasswordFor(roe, models.Yes))[0]; out.Verdict != verdict.Done || !out.Verified {
		t.Errorf("%s: %s", out.Verdict, out.Words)
	}
	alone := models.Change{Action: models.SetMustChange, DN: roe, MustChange: models.Yes}
	if err := planned(t, d, PlanOptions{}, alone).Refused(); err == nil || !strings.Contains(err.Error(), "never expires") {
		t.Errorf("by itself: %v", err)
	}
	// Where the same change has it expire from now on, it can.
	both := newPasswordFor(roe, models.Yes)
	both.Options.NeverExpires = models.No
	if s := planned(t, d, PlanOptions{}, both).Steps[0]; len(s.Warnings) != 0 || s.Change.MustChange != models.Yes {
		t.Errorf("with an end: %+v", s)
	}
}

// Who cannot sign in with a new password is named before, with why, and what
// would let them in is offered and done when it is wanted.
func TestWhoStaysOut(t *testing.T) {
	for name, c := range map[string]struct {
		make  func(*models.Object)
		alarm string
		mends string
	}{
		"disabled": {func(o *models.Object) { o.Disabled = models.Yes }, "the account stays DISABLED: nobody can sign in with it", "enable the account"},
		"expired": {
			func(o *models.Object) { o.AccountExpiry = models.ExpiryAt(time.Unix(1, 0)) }, "the account stays EXPIRED: nobody can sign in with it",
			"let the account never expire",
		},
		"locked": {func(o *models.Object) { o.Locked = models.Yes }, "the account stays LOCKED: nobody can sign in with it", "unlock the account"},
		"cannot change": {
			func(o *models.Object) { o.Account.CannotChangePassword = models.Yes },
			"nobody can sign in with it: the password must be changed at the next logon, and the account CANNOT CHANGE it",
			"let the account change its password",
		},
	} {
		w := newWorld()
		c.make(&w.objects[3])
		d := open(w)
		changes := []models.Change{newPasswordFor(roe, models.Yes)}
		plan := planned(t, d, PlanOptions{}, changes...)
		if alarms := plan.Steps[0].Alarms; len(alarms) != 1 || alarms[0].String() != c.alarm || plan.Mends() != c.mends {
			t.Errorf("%s: %v; offered is %q", name, alarms, plan.Mends())
			continue
		}
		mended := plan.Mended()
		if alarms := mended.Steps[0].Alarms; len(alarms) != 0 || mended.Mends() != "" || mended.Refused() != nil {
			t.Errorf("%s: mended, there is %v, %v", name, alarms, mended.Refused())
		}
		for out := range d.Apply(t.Context(), mended) {
			if out.Verdict != verdict.Done || !out.Verified {
				t.Errorf("%s: %s: %s", name, out.Verdict, out.Words)
			}
		}
	}
}

// What the name of an action promises and this connection cannot do is said
// before, and the rest is done.
func TestRescueOverDSMSaysWhatItCannot(t *testing.T) {
	rescue := newPasswordFor(doe, models.Yes)
	rescue.Rescue = true
	plan := planned(t, open(newDSM(newWorld())), PlanOptions{}, rescue)
	var said []string
	for _, a := range plan.Steps[0].Alarms {
		said = append(said, a.String())
	}
	all := strings.Join(said, "\n")
	if !strings.Contains(all, "stays LOCKED: DSM's documented calls cannot unlock") || !strings.Contains(all, "need NOT be changed at the next logon: ") ||
		!strings.Contains(all, "cannot ask for a new password") || plan.Ready() != 1 || plan.Mends() != "" {
		t.Errorf("said %s", all)
	}
	rescue.Rescue = false
	if err := planned(t, open(newDSM(newWorld())), PlanOptions{}, rescue).Refused(); err == nil {
		t.Error("what was asked for by name is left out")
	}
}
