package connect

import (
	"context"
	"errors"
	"testing"

	"dirdesk/models"
	"dirdesk/test/modeltest"
)

func TestFailuresSayWhatToDo(t *testing.T) {
	for _, c := range []struct {
		err  error
		want []string
	}{
		{&models.Error{Kind: models.ErrUnreachable, Action: "connect to", Object: "nas:5001"}, []string{"Connect to nas:5001: not reachable", "VPN"}},
		{&models.Error{Kind: models.ErrBlocked, Action: "sign in", Code: "407"}, []string{"blocked for a while (407)", "Wait until the block ends"}},
		{&models.Error{Kind: models.ErrAccountState, Action: "sign in", Object: "admin", Code: "LDAP 49 data 773", Advice: "The password must be changed first."}, []string{"account cannot sign in", "The password must be changed first."}},
		{&models.Error{Kind: models.ErrAccountState, Action: "sign in", Object: "admin"}, []string{"locked out"}},
		{&models.Error{Kind: models.ErrNotAuthorized, Action: "sign in"}, []string{"may not use this service"}},
		{&models.Error{Kind: models.ErrProtocol, Action: "sign in", Server: "<html>\x1b[2J"}, []string{"kind of server", "<html>\uFFFD[2J"}},
		{context.DeadlineExceeded, []string{"did not answer in time"}},
		{errors.New("something odd\nhappened"), []string{"Something odd\uFFFDhappened"}},
	} {
		w := &wire{answers: []any{c.err, &host{}}}
		_, d := start(t, w, Options{Ready: true, SignIn: models.SignIn{Profile: dsm(), Password: models.NewSecret(secret)}})
		expect(t, d, append(c.want, "Not connected", "try again")...)
		if len(w.asked) != 1 {
			t.Errorf("%v: sent %d times", c.err, len(w.asked))
		}
		d.Press("enter")
		opened(t, d)
		if len(w.asked) != 2 || w.asked[1].Password.Reveal() != secret {
			t.Errorf("%v: trying again lost the password", c.err)
		}
	}
}

func TestEscCancelsAnAttemptAndALateConnectionIsClosed(t *testing.T) {
	late := &host{}
	w := &wire{answers: []any{late}}
	m, d := start(t, w, Options{Width: 80, Height: 24, SignIn: models.SignIn{Profile: dsm(), Password: models.NewSecret(secret)}})
	d.Hold = true
	d.Run(m.open(nil)) // in the air
	expect(t, d, "Signing in to nas:5001 as admin", "Esc cancel")
	d.Press("esc")
	expect(t, d, "Cancelled: not connected.", "Sign in · office")
	d.Release()
	if w.ctx.Err() == nil {
		t.Error("the attempt goes on")
	}
	if !late.closed {
		t.Error("the connection that came too late was left open")
	}
	if _, ok := modeltest.Caught[Opened](d); ok {
		t.Error("a cancelled attempt opened")
	}
	d.Press("enter") // everything was kept
	if len(w.asked) != 2 || w.asked[1].Password.Reveal() != secret {
		t.Errorf("asked %d times", len(w.asked))
	}
}

func TestEscGoesBackStepByStep(t *testing.T) {
	w := &wire{profiles: []models.Profile{dsm()}, answers: []any{&host{}}}
	_, d := start(t, w, Options{})
	d.Press("enter")
	d.Type(secret)
	d.Press("esc")
	expect(t, d, "A new connection")
	if _, left := modeltest.Caught[Cancelled](d); left {
		t.Fatal("one step back left the way in")
	}
	d.Press("enter", "enter")
	expect(t, d, "Password: enter the password") // it was wiped
	d.Press("esc", "esc")
	if _, left := modeltest.Caught[Cancelled](d); !left {
		t.Error("Esc at the first step does not leave")
	}
}

func TestLeavingAFormWipesThePassword(t *testing.T) {
	w := &wire{profiles: []models.Profile{dsm()}, answers: []any{&host{}}}
	_, d := start(t, w, Options{})
	d.Press("down", "enter", "enter")
	d.Type("nas")
	d.Press("enter")
	d.Type("jo")
	d.Press("enter")
	d.Type(secret)
	d.Press("esc", "enter")
	expect(t, d, "New connection", "nas", "jo")
	d.Press("enter")
	expect(t, d, "Password: enter the password")
}

func TestAWrongPasswordIsAskedForAgainAndNotSentAgain(t *testing.T) {
	w := &wire{answers: []any{credentials(), &host{}}}
	_, d := start(t, w, Options{})
	d.Press("enter")
	d.Type("nas")
	d.Press("enter")
	d.Type("admin")
	d.Press("enter")
	d.Type("wrong")
	d.Press("enter")
	d.Type("office")
	d.Press("enter")
	expect(t, d, "Sign in admin: account or password not accepted (400)", "The server says: No such account", "Check the account and the password")
	if len(w.asked) != 1 || len(w.saved) != 0 {
		t.Fatalf("asked %d times, saved %v", len(w.asked), w.saved)
	}
	d.Press("enter") // an empty password goes nowhere
	expect(t, d, "Password: enter the password")
	d.Type(secret)
	d.Press("enter", "enter")
	opened(t, d)
	if in := w.asked[1]; in.Profile.URL != "synology://nas" || in.Profile.Account != "admin" || in.Profile.Name != "office" || in.Password.Reveal() != secret {
		t.Errorf("asked for %+v with %q", in.Profile, in.Password.Reveal())
	}
}

// After a failure the cursor is on the answer that it was about.
func TestTheCursorIsOnWhatWasWrong(t *testing.T) {
	for _, c := range []struct {
		kind error
		want string
	}{
		{models.ErrUnreachable, fieldHost}, {models.ErrNotAuthorized, fieldAccount}, {models.ErrCredentials, fieldPassword},
	} {
		m, d := start(t, &wire{answers: []any{&models.Error{Kind: c.kind, Action: "sign in", Object: "nas"}}}, Options{})
		d.Press("enter")
		d.Type("nas")
		d.Press("enter")
		d.Type("admin")
		d.Press("enter")
		d.Type("pw")
		d.Press("enter", "enter")
		if m.stage == failed {
			d.Press("e", "c")
		}
		if m.form == nil || m.form.GetFocusedField().GetKey() != c.want {
			t.Errorf("%v leaves the cursor elsewhere than in %q:\n%s", c.kind, c.want, d.Screen())
		}
	}
}
