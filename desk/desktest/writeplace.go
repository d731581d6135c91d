package desktest

import (
	"testing"

	"dirdesk/desk"
	"dirdesk/models"
)

func (w *writes) newOU(t *testing.T) {
	can[desk.OUCreator](t, w)
	for _, name := range []string{"cf new", `cf, "new" \ + #1`, "Отдел два", "00700"} {
		dn := w.workshop().Child("OU", name)
		out := w.done(t, models.Change{Action: models.CreateOU, DN: dn, Description: "first; second"}, "is now in Writes")
		if o := w.stored(t, dn); !out.NewDN.Equal(dn) || o.Category != models.OrganizationalUnit || o.Name != name || o.Description != "first; second" {
			t.Errorf("made %s: %+v", out.NewDN, o)
		}
		w.refused(t, "made again", models.Change{Action: models.CreateOU, DN: dn}, models.ErrExists)
	}
	w.undo(t)
	w.gone(t, w.workshop().Child("OU", "00700"))
	w.refused(t, "no such container", models.Change{
		Action: models.CreateOU, DN: w.workshop().Child("OU", "Ghost").Child("OU", "below"),
	}, models.ErrNotFound)
}

func (w *writes) rename(t *testing.T) {
	dn := w.newUser(t, "cf-rename")
	w.newUser(t, "cf-in-the-way")
	renamer := can[desk.Renamer](t, w)
	for _, name := range []string{`Berg, Anna "Å" \ + #1`, "Иван 🦊", "12345678", "cf-rename", "CF-RENAME"} {
		out := w.done(t, models.Change{Action: models.Rename, DN: dn, NewName: name}, "is now called "+name+", verified")
		dn = out.NewDN
		if o := w.stored(t, dn); o.Name != name || o.SAMAccountName != "cf-rename" || dn.RDN().Value != name {
			t.Errorf("renamed to %q: %s, %+v", name, dn, o)
		}
	}
	w.refused(t, "onto another", models.Change{Action: models.Rename, DN: dn, NewName: "cf-In-the-way"}, models.ErrExists)
	_, err := renamer.Rename(t.Context(), models.Ref{DN: dn}, "cf-In-the-way")
	wantKind(t, "onto another, of the backend", err, models.ErrExists)
	w.refused(t, "nobody", models.Change{Action: models.Rename, DN: w.workshop().Child("CN", "Ghost"), NewName: "x"}, models.ErrNotFound)
	w.refused(t, "no name", models.Change{Action: models.Rename, DN: dn, NewName: " "}, models.ErrInvalid)

	renamed := w.done(t, models.Change{Action: models.Rename, DN: dn, NewName: "Gone, soon"}).NewDN
	w.undo(t)
	w.gone(t, renamed)
	w.stored(t, dn)
}

func (w *writes) move(t *testing.T) {
	dn := w.newUser(t, "cf-move")
	mover := can[desk.Mover](t, w)
	home, away := w.workshop(), w.workshop().Child("OU", partElsewhere)
	odd := home.Child("OU", oddContainers()[0])
	for _, to := range []models.DN{away, odd, home} {
		out := w.done(t, models.Change{Action: models.Move, DN: dn, NewParent: models.Ref{DN: to}}, "is now in "+to.RDN().Value+", verified")
		w.gone(t, dn)
		dn = out.NewDN
		if o := w.stored(t, dn); !dn.Parent().Equal(to) || o.SAMAccountName != "cf-move" {
			t.Errorf("moved to %s: %+v", dn, o)
		}
	}
	w.done(t, models.Change{Action: models.Move, DN: dn, NewParent: models.Ref{DN: odd}})
	w.undo(t)
	w.stored(t, dn)

	ghost := home.Child("OU", "Ghost")
	w.refused(t, "to nowhere", models.Change{Action: models.Move, DN: dn, NewParent: models.Ref{DN: ghost}}, models.ErrNotFound)
	_, err := mover.Move(t.Context(), models.Ref{DN: dn}, models.Ref{DN: ghost})
	wantKind(t, "to nowhere, of the backend", err, models.ErrNotFound)
	w.refused(t, "below itself", models.Change{Action: models.Move, DN: home, NewParent: models.Ref{DN: away}}, models.ErrInvalid)
	_, err = mover.Move(t.Context(), models.Ref{DN: home}, models.Ref{DN: away})
	wantKind(t, "below itself, of the backend", err, models.ErrInvalid)
	w.refused(t, "below a user", models.Change{Action: models.Move, DN: w.newUser(t, "cf-move-2"), NewParent: models.Ref{DN: dn}}, models.ErrInvalid)
	w.stored(t, dn)
}

// protect protects an OU from deletion: the directory itself then refuses to delete
// it, and its container with all that is in it is left alone too.
func (w *writes) protect(t *testing.T) {
	can[desk.Protector](t, w)
	deleter := can[desk.Deleter](t, w)
	above := w.done(t, models.Change{Action: models.CreateOU, DN: w.workshop().Child("OU", "cf protect")}).NewDN
	dn := w.done(t, models.Change{Action: models.CreateOU, DN: above.Child("OU", "kept, always")}).NewDN
	free := w.done(t, models.Change{Action: models.CreateOU, DN: above.Child("OU", "free")}).NewDN
	protected := func(dn models.DN, want models.Flag) {
		t.Helper()
		o, err := w.desk.Read(t.Context(), models.Ref{DN: dn})
		if err != nil || o.Protected != want || want == models.Yes && (o.Deletable != models.No || o.Movable != models.No) {
			t.Errorf("%s: protected %s, want %s, deletable %s, movable %s (%v)", dn, o.Protected.Label(), want.Label(), o.Deletable.Label(), o.Movable.Label(), err)
		}
	}
	protected(dn, models.No)
	w.done(t, models.Change{Action: models.Protect, DN: dn}, "is now protected from deletion, verified")
	protected(dn, models.Yes)
	protected(free, models.No)
	w.listedProtected(t, above, dn)
	w.refused(t, "deleted", models.Change{Action: models.Delete, DN: dn}, models.ErrUnsupported)
	w.refused(t, "moved", models.Change{Action: models.Move, DN: dn, NewParent: models.Ref{DN: free}}, models.ErrUnsupported)
	plan, err := w.desk.Plan(t.Context(), []models.Change{{Action: models.Delete, DN: above}}, desk.PlanOptions{Subtree: true})
	if err != nil {
		t.Fatal(err)
	}
	wantKind(t, "a tree with it", plan.Refused(), models.ErrPolicy)
	for _, subtree := range []bool{false, true} {
		if subtree && !w.Backend.About().Searches { // DSM deletes what is empty
			continue
		}
		err := deleter.Delete(t.Context(), []models.Ref{{DN: dn}}, subtree, func(_ models.DN, err error) { wantKind(t, "by the directory itself", err, models.ErrDenied) })
		if err != nil {
			t.Error(err)
		}
	}
	w.stored(t, dn)
	w.done(t, models.Change{Action: models.Rename, DN: dn, NewName: "kept"})
	dn = above.Child("OU", "kept")
	w.done(t, models.Change{Action: models.Unprotect, DN: dn}, "is now no longer protected from deletion, verified")
	protected(dn, models.No)
	w.undo(t)
	protected(dn, models.Yes)
	w.done(t, models.Change{Action: models.Unprotect, DN: dn})
	w.done(t, models.Change{Action: models.Delete, DN: dn})
	w.done(t, models.Change{Action: models.Delete, DN: free}) // though its container still denies it to who may delete all in it
}

// listedProtected looks whether a listing tells which of its objects is protected. DSM's
// listing does not tell it, whatever lies beside.
func (w *writes) listedProtected(t *testing.T, above, dn models.DN) {
	for page, err := range w.Backend.List(t.Context(), models.ListRequest{Base: above}) {
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range page.Objects {
			if (w.Backend.About().Searches || o.Protected.Known()) && o.Protected != models.FlagOf(o.DN.Equal(dn)) {
				t.Errorf("listed: %s: protected %s", o.DN, o.Protected.Label())
			}
		}
	}
}
