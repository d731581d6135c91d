package desktest

import (
	"errors"
	"testing"
	"time"

	"dirdesk/desk"
	"dirdesk/desk/journal"
	"dirdesk/models"
)

func reset(dn models.DN, password models.Secret, must models.Flag) models.Change {
	return models.Change{Action: models.SetPassword, DN: dn, Password: password, MustChange: must}
}

// passwordSet sets a password. Who cannot read the account cannot verify that.
func (w *writes) passwordSet(t *testing.T, change models.Change) {
	t.Helper()
	out := w.accepted(t, change)
	if able[desk.Getter](w) != out.Verified {
		t.Errorf("verified %v: %s", out.Verified, out.Words)
	}
}

// passwords sets difficult ones: each is the one to sign in with.
func (w *writes) passwords(t *testing.T) {
	dn := w.newUser(t, "cf-pass")
	for _, text := range oddPasswords() {
		w.passwordSet(t, reset(dn, w.secret(text), models.Unknown))
		if err := w.SignIn(dn, models.NewSecret(text)); err != nil {
			t.Errorf("%q is not the password that was set: %v", text, err)
		}
	}
	_, err := w.desk.Undo(t.Context(), []journal.Entry{w.lastEntry(t)}, nil)
	if cannot := (*desk.CannotUndo)(nil); !errors.As(err, &cannot) {
		t.Errorf("undo of a password: %v", err)
	}
}

func (w *writes) passwordsRefused(t *testing.T) {
	dn := w.newUser(t, "cf-weak")
	setter := can[desk.PasswordSetter](t, w)
	for _, text := range []string{"Ab-1", "abcdefghijkl", "123456789012", "true", "null", "{}", "0"} {
		w.refused(t, text, reset(dn, models.NewSecret(text), models.Unknown), models.ErrPolicy)
		wantKind(t, text+", of the backend", setter.SetPassword(t.Context(), models.Ref{DN: dn}, models.NewSecret(text), models.Unknown), models.ErrPolicy)
		if err := w.SignIn(dn, models.NewSecret(text)); err == nil {
			t.Errorf("%q was refused, and signs in", text)
		}
	}
	if err := w.SignIn(dn, w.good()); err != nil {
		t.Errorf("a refused password took away the old one: %v", err)
	}
	ghost := w.workshop().Child("CN", "Ghost")
	w.refused(t, "nobody", reset(ghost, w.good(), models.Unknown), models.ErrNotFound)
	wantKind(t, "nobody, of the backend", setter.SetPassword(t.Context(), models.Ref{DN: ghost}, w.good(), models.Unknown), models.ErrNotFound)
	w.refused(t, "no password", reset(dn, models.Secret{}, models.Unknown), models.ErrInvalid)
}

// anyPassword sets passwords that look like numbers and words of JSON, where
// the domain asks for nothing.
func (w *writes) anyPassword(t *testing.T) {
	if w.AnyPassword == nil {
		t.Skip("the domain's policy cannot be changed here")
	}
	dn := w.newUser(t, "cf-any")
	w.AnyPassword(t)
	w.desk = desk.New(w.Backend, desk.Options{Mode: desk.Open, Journal: w.journal, Settle: []time.Duration{}})
	for i, text := range []string{"0", "007", "12345678", "true", "null", "1e5", "{}", "[1]", `"`, `""`, `\`, ",", "+", "ю", "🦊"} {
		w.passwordSet(t, reset(dn, models.NewSecret(text), models.Unknown))
		if err := w.SignIn(dn, models.NewSecret(text)); err != nil {
			t.Errorf("%q is not the password that was set: %v", text, err)
		}
		if i > 4 {
			continue
		}
		made := w.done(t, creation(models.NewUser{Container: models.Ref{DN: w.workshop()}, LogonName: "cf-any-" + text}, models.NewSecret(text))).NewDN
		if err := w.SignIn(made, models.NewSecret(text)); err != nil {
			t.Errorf("%q is not the password of the new user: %v", text, err)
		}
	}
}

// passwordMustChange sets a password for once.
func (w *writes) passwordMustChange(t *testing.T) {
	dn := w.newUser(t, "cf-once")
	if !w.desk.CanMustChange() {
		w.refused(t, "for once", reset(dn, w.secret("Once-Only-33"), models.Yes), models.ErrUnsupported)
		if err := w.SignIn(dn, w.good()); err != nil {
			t.Errorf("the password is another: %v", err)
		}
		return
	}
	for _, must := range []models.Flag{models.Yes, models.No} {
		password := w.secret("Once-Only-" + must.Label())
		w.done(t, reset(dn, password, must))
		if got := w.stored(t, dn).Account.MustChangePassword; got != must {
			t.Errorf("must change is %s, want %s", got.Label(), must.Label())
		}
		if err := w.SignIn(dn, password); (err == nil) != (must == models.No) {
			t.Errorf("must change %s: sign-in %v", must.Label(), err)
		}
	}
}

func (w *writes) enable(t *testing.T) {
	dn := w.newUser(t, "cf-switch")
	can[desk.Enabler](t, w)
	for _, step := range []struct {
		action models.Action
		words  string
	}{
		{models.Disable, "cf-switch: is now disabled, verified"},
		{models.Disable, "nothing to do"},
		{models.Enable, "cf-switch: is now enabled, verified"},
		{models.Enable, "nothing to do"},
		{models.Disable, "disabled"},
	} {
		w.done(t, models.Change{Action: step.action, DN: dn}, step.words)
		disabled := step.action == models.Disable
		if o := w.stored(t, dn); o.Disabled != models.FlagOf(disabled) {
			t.Errorf("%s: disabled is %s", step.action, o.Disabled.Label())
		}
		if err := w.SignIn(dn, w.good()); (err == nil) == disabled {
			t.Errorf("%s: sign-in %v", step.action, err)
		}
	}
	w.undo(t)
	if o := w.stored(t, dn); o.Disabled != models.No {
		t.Error("it is disabled still")
	}
	w.refused(t, "nobody", models.Change{Action: models.Disable, DN: w.workshop().Child("CN", "Ghost")}, models.ErrNotFound)
	w.refused(t, "a group", models.Change{Action: models.Disable, DN: w.newGroup(t, "cf-no-account")}, models.ErrUnsupported)
}

func (w *writes) unlock(t *testing.T) {
	dn := w.newUser(t, "cf-locked")
	can[desk.Unlocker](t, w)
	if err := w.Lock(dn); err != nil {
		t.Fatal(err)
	}
	if o := w.stored(t, dn); o.Locked != models.Yes {
		t.Fatalf("it could not be locked: %+v", o)
	}
	w.done(t, models.Change{Action: models.Unlock, DN: dn}, "cf-locked: is now unlocked, verified")
	if o := w.stored(t, dn); o.Locked != models.No {
		t.Error("it is locked still")
	}
	if err := w.SignIn(dn, w.good()); err != nil {
		t.Errorf("sign-in: %v", err)
	}
	w.done(t, models.Change{Action: models.Unlock, DN: dn}, "nothing to do")
}

func (w *writes) expiry(t *testing.T) {
	dn := w.newUser(t, "cf-expiry")
	can[desk.ExpirySetter](t, w)
	later := models.ExpiryAt(time.Date(2098, 7, 6, 5, 4, 3, 0, time.UTC))
	past := models.ExpiryAt(time.Date(2020, 7, 6, 5, 4, 3, 0, time.UTC))
	for _, at := range []models.Expiry{later, past, models.Never(), later} {
		w.done(t, models.Change{Action: models.SetExpiry, DN: dn, Expiry: at}, "cf-expiry: ")
		if got := w.stored(t, dn).AccountExpiry; got != at {
			t.Errorf("expires %s, want %s", got, at)
		}
		if err := w.SignIn(dn, w.good()); (err == nil) == at.Passed(time.Now()) {
			t.Errorf("expires %s: sign-in %v", at, err)
		}
	}
	w.undo(t)
	if got := w.stored(t, dn).AccountExpiry; got != models.Never() {
		t.Errorf("taken back, it expires %s", got)
	}
	w.done(t, models.Change{Action: models.SetExpiry, DN: dn, Expiry: models.Never()}, "nothing to do")
}

func (w *writes) mustChange(t *testing.T) {
	dn := w.newUser(t, "cf-musty")
	can[desk.MustChanger](t, w)
	for _, must := range []models.Flag{models.Yes, models.No, models.Yes} {
		w.done(t, models.Change{Action: models.SetMustChange, DN: dn, MustChange: must})
		if got := w.stored(t, dn).Account.MustChangePassword; got != must {
			t.Errorf("must change is %s, want %s", got.Label(), must.Label())
		}
		if err := w.SignIn(dn, w.good()); (err == nil) != (must == models.No) {
			t.Errorf("must change %s: sign-in %v", must.Label(), err)
		}
	}
	w.undo(t)
	if err := w.SignIn(dn, w.good()); err != nil {
		t.Errorf("taken back, sign-in: %v", err)
	}
}
