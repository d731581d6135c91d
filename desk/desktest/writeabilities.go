package desktest

import (
	"strings"
	"testing"

	"dirdesk/desk"
	"dirdesk/desk/journal"
	"dirdesk/desk/verdict"
	"dirdesk/models"
)

// abilities asks for every action whether it can be done. What cannot be is
// said in words, and is refused before anything is sent.
func (w *writes) abilities(t *testing.T) {
	user, group := w.newUser(t, "cf-able"), w.newGroup(t, "cf-able-group")
	has := w.can()
	for action, change := range map[models.Action]models.Change{
		models.CreateOU:      {DN: w.workshop().Child("OU", "cf-able-ou")},
		models.RemoveMembers: {DN: group, Members: models.Refs(user)},
		models.Enable:        {DN: user},
		models.Disable:       {DN: user},
		models.Unlock:        {DN: user},
		models.SetExpiry:     {DN: user, Expiry: models.Never()},
		models.SetMustChange: {DN: user, MustChange: models.Yes},
		models.Rename:        {DN: user, NewName: "cf-able-2"},
		models.Move:          {DN: user, NewParent: models.Ref{DN: w.workshop().Child("OU", partElsewhere)}},
		models.Modify:        propertyChange(user, models.PropertyChange{Name: "telephoneNumber", Values: []string{"1"}}),
		models.Protect:       {DN: user},
		models.Unprotect:     {DN: user},
		models.SendResetMail: {DN: user},
		models.SyncDomain:    {Name: "the domain"},
	} {
		words := w.desk.Can(action, models.Object{})
		if (words == "") != has[action] {
			t.Errorf("%s: can it? %q", action, words)
		}
		if has[action] {
			continue
		}
		if !strings.Contains(words, "'s documented calls cannot") && !strings.Contains(words, "Adaxes' documented calls cannot") && !strings.Contains(words, "only DSM does that") {
			t.Errorf("%s: %q does not say why not", action, words)
		}
		change.Action = action
		w.refused(t, string(action), change, models.ErrUnsupported)
	}
	w.stored(t, user)
	if e := w.lastEntry(t); e.Action != models.CreateGroup {
		t.Errorf("%s of %s stands in the journal, though nothing was sent", e.Action, e.DN)
	}
}

// can tells by the backend's own methods what it can do.
func (w *writes) can() map[models.Action]bool {
	return map[models.Action]bool{
		models.CreateUser: able[desk.UserCreator](w), models.CreateGroup: able[desk.GroupCreator](w), models.CreateOU: able[desk.OUCreator](w),
		models.Edit: able[desk.FieldEditor](w), models.SetPassword: able[desk.PasswordSetter](w), models.SendResetMail: able[desk.ResetMailer](w),
		models.AddMembers: able[desk.MemberAdder](w), models.RemoveMembers: able[desk.MemberRemover](w),
		models.Enable: able[desk.Enabler](w), models.Disable: able[desk.Enabler](w), models.Unlock: able[desk.Unlocker](w),
		models.SetExpiry: able[desk.ExpirySetter](w), models.SetMustChange: able[desk.MustChanger](w),
		models.Rename: able[desk.Renamer](w), models.Move: able[desk.Mover](w), models.Delete: able[desk.Deleter](w),
		models.Protect: able[desk.Protector](w), models.Unprotect: able[desk.Protector](w),
		models.SyncDomain: able[desk.DomainSyncer](w), models.Modify: able[desk.PropertyEditor](w),
	}
}

func able[T any](w *writes) bool {
	_, ok := desk.Capability[T](w.Backend)
	return ok
}

// readOnly opens the door without the right to write: nothing changes.
func (w *writes) readOnly(t *testing.T) {
	dn := w.newUser(t, "cf-readonly")
	closed := desk.New(w.Backend, desk.Options{Mode: desk.Never, Journal: w.journal})
	if words := closed.Can(models.Edit, models.Object{DN: dn, Category: models.Person}); !strings.Contains(words, "read-only") {
		t.Errorf("can it? %q", words)
	}
	lines := func() int {
		check, err := journal.Verify(t.Context(), w.journal.Path())
		if err != nil {
			t.Fatal(err)
		}
		return check.Lines
	}
	before := lines()
	for _, mode := range []desk.Mode{desk.Never, desk.Ask} {
		closed := desk.New(w.Backend, desk.Options{Mode: mode, Journal: w.journal})
		plan, err := closed.Plan(t.Context(), []models.Change{
			fields(dn, models.FieldTelephone, "555"),
			{Action: models.Delete, DN: dn},
			{Action: models.SetPassword, DN: dn, Password: w.secret("Other-Pass-77")},
		}, desk.PlanOptions{})
		if err != nil {
			t.Fatal(err)
		}
		for out := range closed.Apply(t.Context(), plan) {
			if out.Verdict != verdict.NotTried || out.Err == nil {
				t.Errorf("mode %d: %s: %s", mode, out.Change.Action, out.Verdict)
			}
		}
	}
	if o := w.stored(t, dn); o.TelephoneNumber != "" {
		t.Errorf("the phone is %q", o.TelephoneNumber)
	}
	if err := w.SignIn(dn, w.good()); err != nil {
		t.Errorf("the password is another: %v", err)
	}
	if n := lines() - before; n != 0 {
		t.Errorf("%d lines were written down", n)
	}
}
