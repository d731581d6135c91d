package desktest

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"dirdesk/desk"
	"dirdesk/models"
)

// nameProperty renames an object by its property "name"; where that cannot be,
// it is said what to do instead.
func (w *writes) nameProperty(t *testing.T) {
	can[desk.PropertyEditor](t, w)
	dn := w.newUser(t, "cf-name")
	w.newUser(t, "cf-name-taken")
	if fixed := w.shown(t, dn, "name").Fixed; fixed != "" {
		if !strings.Contains(fixed, "rename") {
			t.Errorf("%q does not say to rename it", fixed)
		}
		w.refused(t, "name", propertyChange(dn, set("name", "cf-name-2")), models.ErrUnsupported)
		w.stored(t, dn)
		return
	}
	for _, name := range []string{`Berg, Anna "Å" \ + #1`, "Иван 🦊", "12345678", "cf-name", "CF-NAME"} {
		out := w.done(t, propertyChange(dn, set("name", name), set("info", name)), "is now called "+name, "info is now")
		if out.NewDN == "" {
			t.Fatalf("its new name is not told: %s", out.Words)
		}
		dn = out.NewDN
		if o := w.stored(t, dn); o.Name != name || o.SAMAccountName != "cf-name" || dn.RDN().Value != name {
			t.Errorf("renamed to %q: %s, %+v", name, dn, o)
		}
		w.wantHeld(t, dn, "info", name)
	}
	w.refused(t, "onto another", propertyChange(dn, set("name", "cf-Name-Taken")), models.ErrExists)
	renamed := w.done(t, propertyChange(dn, set("name", "Gone, soon"))).NewDN
	w.undo(t)
	w.gone(t, renamed)
	w.stored(t, dn)
}

// photo sets, shows and clears the photo of a user.
func (w *writes) photo(t *testing.T) {
	editor := can[desk.PhotoEditor](t, w)
	dn, group := w.newUser(t, "cf-photo"), w.newGroup(t, "cf-no-photo")
	change := func(dn models.DN, photo []byte) models.Change {
		return models.Change{Action: models.Modify, DN: dn, Modification: &models.Modification{PhotoSet: true, Photo: photo}}
	}
	want := func(photo []byte) {
		t.Helper()
		if got, err := editor.Photo(t.Context(), models.Ref{DN: dn}); err != nil || !bytes.Equal(got, photo) {
			t.Errorf("the photo has %d bytes, %v; want %d", len(got), err, len(photo))
		}
	}
	want(nil)
	first, second := picture(t, 16, false), picture(t, 64, true)
	w.done(t, change(dn, first), "has the new photo")
	want(first)
	w.undo(t)
	want(nil)
	w.done(t, change(dn, first))
	w.done(t, change(dn, second), "has the new photo")
	want(second)
	w.done(t, change(dn, second), "nothing to do")
	w.done(t, change(dn, nil), "has no photo now")
	want(nil)

	large := picture(t, 16, false)
	large = append(large, make([]byte, editor.PhotoLimit()-len(large)+1)...)
	w.refused(t, "too large", change(dn, large), models.ErrUnsupported, models.ErrInvalid)
	w.refused(t, "no picture", change(dn, []byte("GIF89a")), models.ErrInvalid)
	w.refused(t, "of a group", change(group, first), models.ErrUnsupported)
	_, err := editor.Photo(t.Context(), models.Ref{DN: w.workshop().Child("CN", "Ghost")})
	wantKind(t, "of nobody", err, models.ErrNotFound)
	want(nil)
}

// picture is a noisy square, so that its bytes are many.
func picture(t *testing.T, side int, asJPEG bool) []byte {
	t.Helper()
	source := rand.New(rand.NewPCG(1, uint64(side)))
	canvas := image.NewRGBA(image.Rect(0, 0, side, side))
	for i := range side * side {
		canvas.Set(i%side, i/side, color.RGBA{uint8(source.Uint32()), uint8(source.Uint32()), uint8(source.Uint32()), 255})
	}
	var out bytes.Buffer
	var err error
	if asJPEG {
		err = jpeg.Encode(&out, canvas, nil)
	} else {
		err = png.Encode(&out, canvas)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// licences assigns and revokes a Microsoft 365 licence, where the server tells
// of any.
func (w *writes) licences(t *testing.T) {
	reader := can[desk.LicenceReader](t, w)
	group, bare := w.newGroup(t, "cf-no-licence"), w.newUser(t, "cf-unlicensed")
	dn := w.done(t, creation(models.NewUser{Container: models.Ref{DN: w.workshop()}, LogonName: "cf-licence", Mail: "cf-licence@example.test"}, w.good())).NewDN
	told, err := reader.Licences(t.Context(), models.Ref{DN: dn})
	if err != nil || len(told.Licences) == 0 {
		t.Skipf("the server tells of no licences: %v", err)
	}
	first := told.Licences[0]
	change := func(dn models.DN, sku string, assigned bool) models.Change {
		return models.Change{Action: models.Modify, DN: dn, Modification: &models.Modification{Licences: []models.LicenceChange{{SKU: sku, Assigned: assigned}}}}
	}
	want := func(assigned bool) {
		t.Helper()
		now, err := reader.Licences(t.Context(), models.Ref{DN: dn})
		i := slices.IndexFunc(now.Licences, func(l models.Licence) bool { return l.SKU == first.SKU })
		if err != nil || i < 0 || now.Licences[i].Assigned != assigned {
			t.Errorf("%+v, %v; want %s assigned: %v", now, err, first.SKU, assigned)
		}
	}
	w.done(t, change(dn, first.SKU, !first.Assigned), first.SKU+" is ")
	want(!first.Assigned)
	w.done(t, change(dn, first.SKU, !first.Assigned), "nothing to do")
	w.undo(t)
	want(first.Assigned)
	w.refused(t, "of a group", change(group, first.SKU, true), models.ErrUnsupported)
	w.refused(t, "no such licence", change(dn, "CF_NO_SUCH_PLAN", true), models.ErrInvalid, models.ErrNotFound, models.ErrPolicy, models.ErrServer)
	if none, err := reader.Licences(t.Context(), models.Ref{DN: bare}); err == nil && !none.HasAccount {
		w.refused(t, "without an account", change(bare, first.SKU, true), models.ErrInvalid, models.ErrNotFound, models.ErrPolicy, models.ErrServer)
	}
}

// passwordOptions sets what goes with a password in one operation.
func (w *writes) passwordOptions(t *testing.T) {
	can[desk.PasswordOptionSetter](t, w)
	dn := w.newUser(t, "cf-options")
	if err := w.Lock(dn); err != nil {
		t.Fatal(err)
	}
	password := w.secret("Other-Kettle-77")
	change := models.Change{Action: models.SetPassword, DN: dn, Password: password, Options: models.PasswordOptions{NeverExpires: models.Yes, Unlock: true}}
	w.done(t, change, "is now unlocked")
	if o := w.stored(t, dn); o.Locked == models.Yes || o.Account.PasswordNeverExpires != models.Yes {
		t.Errorf("locked %s, never expires %s", o.Locked.Label(), o.Account.PasswordNeverExpires.Label())
	}
	if err := w.SignIn(dn, password); err != nil {
		t.Errorf("it cannot sign in: %v", err)
	}
	change.Options = models.PasswordOptions{NeverExpires: models.No}
	change.MustChange, change.Password = models.Yes, w.secret("Third-Kettle-78")
	w.done(t, change)
	if o := w.stored(t, dn); o.Account.MustChangePassword != models.Yes || o.Account.PasswordNeverExpires != models.No {
		t.Errorf("must change %s, never expires %s", o.Account.MustChangePassword.Label(), o.Account.PasswordNeverExpires.Label())
	}
	change.Options = models.PasswordOptions{CannotChange: models.Yes}
	w.refused(t, "must and cannot", change, models.ErrInvalid)
}

// indirectMembers lists members through other groups, each once.
func (w *writes) indirectMembers(t *testing.T) {
	reader := can[desk.IndirectMemberReader](t, w)
	outer, inner, other := w.newGroup(t, "cf-outer"), w.newGroup(t, "cf-within"), w.newGroup(t, "cf-beside")
	one, two := w.newUser(t, "cf-within-1"), w.newUser(t, "cf-within-2")
	w.put(t, models.AddMembers, outer, inner, other, one)
	w.put(t, models.AddMembers, inner, one, two)
	w.put(t, models.AddMembers, other, two)
	got, err := reader.IndirectMembers(t.Context(), models.Ref{DN: outer})
	if err != nil || len(got) != 4 {
		t.Errorf("%v, %v", got, err)
	}
	for _, want := range []models.DN{inner, other, one, two} {
		if !slices.ContainsFunc(got, want.Equal) {
			t.Errorf("%s is not among %v", want, got)
		}
	}
	_, err = reader.IndirectMembers(t.Context(), models.Ref{DN: w.workshop().Child("CN", "Ghost")})
	wantKind(t, "of no group", err, models.ErrNotFound)
}

// identify finds an object by what never changes of it.
func (w *writes) identify(t *testing.T) {
	can[desk.Identifier](t, w)
	dn := w.newUser(t, "cf-identified")
	account := w.stored(t, dn).Account
	for _, id := range []string{account.GUID, strings.ToUpper(account.GUID), "{" + account.GUID + "}", account.SID} {
		if o, err := w.desk.Locate(t.Context(), id, models.Person); err != nil || !o.DN.Equal(dn) {
			t.Errorf("%q is %s, %v", id, o.DN, err)
		}
	}
	for _, id := range []string{"00000000-1111-2222-3333-444444444444", "S-1-5-21-1-2-3-4"} {
		_, err := w.desk.Locate(t.Context(), id)
		wantKind(t, id, err, models.ErrNotFound)
	}
}
