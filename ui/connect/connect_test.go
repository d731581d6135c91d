package connect

import (
	"errors"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"dirdesk/models"
)

func TestANewConnection(t *testing.T) {
	w := &wire{answers: []any{&host{}}}
	_, d := start(t, w, Options{})
	expect(t, d, "New connection", "Synology DSM", "Active Directory (LDAPS)", "Host", "Account", "Password", "Save as")
	d.Press("down", "enter") // LDAPS
	d.Type("dc1.corp.example.com:3269")
	d.Press("enter")
	expect(t, d, `user@domain, DOMAIN\user`)
	d.Type(`CORP\jo`)
	d.Press("enter")
	d.Type(secret)
	d.Press("enter")
	d.Type("corp")
	d.Press("enter")
	o := opened(t, d)
	in := w.asked[0]
	want := models.Profile{Name: "corp", URL: "ldaps://dc1.corp.example.com:3269", Account: `CORP\jo`}
	if in.Profile != want || in.Password.Reveal() != secret || len(w.asked) != 1 {
		t.Errorf("asked for %+v, password %q, %d times", in.Profile, in.Password.Reveal(), len(w.asked))
	}
	if len(w.saved) != 1 || w.saved[0] != want || o.Profile != want || o.NotSaved != nil {
		t.Errorf("saved %+v, opened %+v", w.saved, o)
	}
}

func TestNothingIsSavedUnlessNamed(t *testing.T) {
	w := &wire{answers: []any{&host{}}}
	_, d := start(t, w, Options{})
	d.Press("enter")
	d.Type("nas")
	d.Press("enter")
	d.Type("admin")
	d.Press("enter")
	d.Type(secret)
	d.Press("enter", "enter")
	opened(t, d)
	if len(w.saved) != 0 || w.asked[0].Profile.URL != "synology://nas" {
		t.Errorf("saved %v, asked %+v", w.saved, w.asked)
	}
}

func TestAConnectionThatCannotBeSavedIsStillOpened(t *testing.T) {
	w := &wire{answers: []any{&host{}}, saveErr: errors.New("disk full")}
	_, d := start(t, w, Options{})
	d.Press("enter")
	d.Type("nas")
	d.Press("enter")
	d.Type("admin")
	d.Press("enter")
	d.Type(secret)
	d.Press("enter")
	d.Type("office")
	d.Press("enter")
	if o := opened(t, d); o.NotSaved == nil || o.Backend == nil {
		t.Errorf("opened %+v", o)
	}
}

func TestTheFormInsistsOnWhatItNeeds(t *testing.T) {
	w := &wire{profiles: []models.Profile{dsm()}, answers: []any{&host{}}}
	_, d := start(t, w, Options{})
	d.Press("down", "enter", "enter") // the new one, DSM
	d.Type("http://nas")
	d.Press("enter")
	expect(t, d, "Host: http:// is no kind of connection here")
	for range len("http://nas") {
		d.Press("backspace")
	}
	d.Press("enter")
	expect(t, d, "Host: enter a host name or an address")
	d.Send(tea.PasteMsg{Content: "https://nas.example.com:5001/#/signin\n"})
	d.Press("enter")
	expect(t, d, "nas.example.com:5001")
	if strings.Contains(d.Screen(), "https://") {
		t.Errorf("the pasted address was not taken apart:\n%s", d.Screen())
	}
	d.Press("enter")
	expect(t, d, "Account: enter the account")
	d.Type("admin")
	d.Press("enter", "enter")
	expect(t, d, "Password: enter the password")
	d.Send(tea.PasteMsg{Content: "\ufeff" + secret + "\r\n"})
	d.Press("enter")
	d.Type("office")
	d.Press("enter")
	expect(t, d, "Save as: there is a connection of that name already")
	d.Type(" 2")
	d.Press("enter")
	opened(t, d)
	if in := w.asked[0]; in.Profile.URL != "synology://nas.example.com:5001" || in.Password.Reveal() != secret || in.Profile.Name != "office 2" {
		t.Errorf("asked for %+v with %q", in.Profile, in.Password.Reveal())
	}
}

func TestASavedConnection(t *testing.T) {
	w := &wire{profiles: []models.Profile{dsm(), {Name: "corp", URL: "ldaps://dc1", ReadOnly: true}}, answers: []any{&host{}}}
	_, d := start(t, w, Options{})
	expect(t, d, "Connect", "office · nas:5001 · admin", "corp · dc1", "A new connection")
	d.Press("down", "enter")
	expect(t, d, "Sign in · corp")
	d.Type("jo")
	d.Press("enter")
	d.Type(secret)
	d.Press("enter")
	opened(t, d)
	if in := w.asked[0]; in.Profile.URL != "ldaps://dc1" || in.Profile.Account != "jo" || !in.Profile.ReadOnly {
		t.Errorf("asked for %+v", in.Profile)
	}
	if len(w.saved) != 0 {
		t.Errorf("a known connection was saved again: %v", w.saved)
	}
}

func TestOnlyThePasswordIsMissing(t *testing.T) {
	w := &wire{answers: []any{&host{}}}
	_, d := start(t, w, Options{SignIn: models.SignIn{Profile: dsm(), Fingerprint: "sha256:ab"}})
	d.Type(secret)
	d.Press("enter")
	opened(t, d)
	if in := w.asked[0]; in.Profile != dsm() || in.Password.Reveal() != secret || in.Fingerprint != "sha256:ab" {
		t.Errorf("asked for %+v", in)
	}
}

func TestReadyConnectsAtOnce(t *testing.T) {
	w := &wire{answers: []any{&host{}}}
	_, d := start(t, w, Options{Ready: true, SignIn: models.SignIn{Profile: dsm(), Password: models.NewSecret(secret)}})
	opened(t, d)
	if w.asked[0].Password.Reveal() != secret {
		t.Error("the password got lost")
	}
}

func TestOneTimeCode(t *testing.T) {
	w := &wire{answers: []any{
		&models.Error{Kind: models.ErrCodeRequired, Action: "sign in", Object: "admin", Code: "403"},
		&models.Error{Kind: models.ErrCodeRejected, Action: "sign in", Object: "admin", Code: "404"},
		&host{},
	}}
	_, d := start(t, w, Options{Ready: true, SignIn: models.SignIn{Profile: dsm(), Password: models.NewSecret(secret)}})
	expect(t, d, "One-time code", "remember this device")
	d.Type("111111")
	d.Press("enter", "enter")
	expect(t, d, "one-time code not accepted (404)", "a code works once")
	if strings.Contains(d.Screen(), "111111") {
		t.Error("the rejected code is still in the field")
	}
	d.Type("123 456")
	d.Press("enter", "down", "enter")
	opened(t, d)
	if first := w.asked[1]; first.Code.Reveal() != "111111" || first.RememberDevice {
		t.Errorf("first code: %q, remember %v", first.Code.Reveal(), first.RememberDevice)
	}
	if in := w.asked[2]; in.Code.Reveal() != "123456" || !in.RememberDevice || in.Password.Reveal() != secret {
		t.Errorf("second code: %q, remember %v", in.Code.Reveal(), in.RememberDevice)
	}
}

func TestResizeKeepsWhatWasTyped(t *testing.T) {
	w := &wire{answers: []any{&host{}}}
	_, d := start(t, w, Options{})
	d.Press("enter")
	d.Type("nas")
	d.Send(tea.WindowSizeMsg{Width: 40, Height: 12})
	d.Type("2")
	d.Press("enter")
	d.Send(tea.WindowSizeMsg{Width: 120, Height: 40})
	d.Type("admin")
	d.Press("enter")
	d.Type(secret)
	d.Press("enter", "enter")
	opened(t, d)
	if in := w.asked[0]; in.Profile.URL != "synology://nas2" || in.Profile.Account != "admin" {
		t.Errorf("asked for %+v", in.Profile)
	}
}

// A password with a space at an end is asked about before anything is sent, and used
// as it was typed then.
func TestSpacesOfAPasswordAreAskedAbout(t *testing.T) {
	w := &wire{profiles: []models.Profile{dsm()}, answers: []any{&host{}}}
	_, d := start(t, w, Options{})
	d.Press("enter")
	expect(t, d, "Sign in")
	d.Type(secret + " ")
	d.Press("enter")
	expect(t, d, "begins or ends with a space")
	if len(w.asked) != 0 {
		t.Fatal("it was sent")
	}
	d.Press("enter")
	opened(t, d)
	if got := w.asked[0].Password.Reveal(); got != secret+" " {
		t.Errorf("%q was sent", got)
	}
}
