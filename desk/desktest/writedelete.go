package desktest

import (
	"errors"
	"slices"
	"testing"

	"dirdesk/desk"
	"dirdesk/desk/journal"
	"dirdesk/desk/verdict"
	"dirdesk/models"
)

func removal(dn models.DN) models.Change { return models.Change{Action: models.Delete, DN: dn} }

func (w *writes) remove(t *testing.T) {
	odd := w.workshop().Child("OU", oddContainers()[0])
	user := w.done(t, creation(models.NewUser{
		Container: models.Ref{DN: odd}, LogonName: "cf-leaf", DisplayName: "Leaf, the", Mail: "leaf@example.test",
	}, w.good())).NewDN
	group := w.newGroup(t, "cf-leaf-group")
	w.put(t, models.AddMembers, group, user)
	w.done(t, removal(user), "cf-leaf: is gone, verified")
	w.gone(t, user)
	_, err := w.desk.Undo(t.Context(), []journal.Entry{w.lastEntry(t)}, nil)
	cannot := (*desk.CannotUndo)(nil)
	if !errors.As(err, &cannot) || cannot.Recreate == nil {
		t.Fatalf("undo of a deletion: %v", err)
	}
	again := cannot.Recreate.User
	if again.LogonName != "cf-leaf" || again.DisplayName != "Leaf, the" || again.Mail != "leaf@example.test" || !again.Container.DN.Equal(odd) {
		t.Errorf("offers %+v", again)
	}
	if able[desk.Getter](w) && !slices.ContainsFunc(cannot.Groups, group.Equal) {
		t.Errorf("it was in %v", cannot.Groups)
	}
	for _, dn := range []models.DN{group, w.workshop().Child("OU", partBare)} {
		w.done(t, removal(dn), "is gone, verified")
		w.gone(t, dn)
	}
	// The name is free again.
	w.done(t, creation(models.NewUser{Container: models.Ref{DN: odd}, LogonName: "cf-leaf"}, w.good()))
}

func (w *writes) removeRefused(t *testing.T) {
	full := w.workshop().Child("OU", partFull)
	w.refused(t, "not empty", removal(full), models.ErrNotEmpty)
	w.refused(t, "nobody", removal(w.workshop().Child("CN", "Ghost")), models.ErrNotFound)
	users := w.Base.Child("CN", "Users")
	for _, dn := range []models.DN{users, users.Child("CN", "Domain Admins"), users.Child("CN", "Administrator")} {
		w.refused(t, string(dn), removal(dn), models.ErrUnsupported, models.ErrPolicy, models.ErrServer, models.ErrNotEmpty)
		w.stored(t, dn)
	}
	w.stored(t, full.Child("OU", "Inside"))
	// What an earlier step deletes is not deleted again.
	user := w.newUser(t, "cf-twice")
	for i, out := range w.try(t, removal(user), removal(user)) {
		if out.Verdict != verdict.Done {
			t.Errorf("step %d: %s: %s", i, out.Verdict, out.Words)
		}
	}
	w.refused(t, "again", removal(user), models.ErrNotFound)
}

// several deletes good and bad together, of the backend: each is told of once,
// and what is bad keeps nothing good from its end.
func (w *writes) several(t *testing.T) {
	deleter := can[desk.Deleter](t, w)
	one, two := w.newUser(t, "cf-many-1"), w.newUser(t, "cf-many-2")
	full, ghost := w.workshop().Child("OU", partFull), w.workshop().Child("CN", "Ghost")
	want := map[string]error{one.Key(): nil, full.Key(): models.ErrNotEmpty, ghost.Key(): models.ErrNotFound, two.Key(): nil}
	told := map[string]error{}
	err := deleter.Delete(t.Context(), models.Refs(one, full, ghost, two), false, func(dn models.DN, err error) {
		if _, twice := told[dn.Key()]; twice {
			t.Errorf("%s was told of twice", dn)
		}
		told[dn.Key()] = err
	})
	if err != nil {
		t.Fatal(err)
	}
	for key, kind := range want {
		got, known := told[key]
		if !known || !errors.Is(got, kind) {
			t.Errorf("%s: told %v: %v, want %v", key, known, got, kind)
		}
	}
	w.gone(t, one)
	w.gone(t, two)
	w.stored(t, full)
	if !deleter.CanDeleteSubtree() {
		return
	}
	// With all below, when that is asked for.
	plan, err := w.desk.Plan(t.Context(), []models.Change{removal(full)}, desk.PlanOptions{Subtree: true})
	if err != nil {
		t.Fatal(err)
	}
	if q := plan.Question(); q.Kind != desk.TypeNumber || q.Number != 2 {
		t.Errorf("asked %+v", q)
	}
	if out := w.apply(t, plan)[0]; out.Verdict != verdict.Done || !out.Verified {
		t.Errorf("%s: %s", out.Verdict, out.Words)
	}
	w.gone(t, full.Child("OU", "Inside"))
	w.gone(t, full)
}
