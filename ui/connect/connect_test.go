package connect

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/internal/modeltest"
	"dirdesk/models"
	"dirdesk/theme"
)

var goldens = modeltest.UpdateFlag()

// wire is a Connector that answers as the test says.
type wire struct {
	profiles []models.Profile
	answers  []any // each an error, or a desk.Backend; the last repeats
	asked    []models.SignIn
	trusted  []string
	saved    []models.Profile
	saveErr  error
	trustErr error
	ctx      context.Context // of the last attempt
}

func (w *wire) Profiles() []models.Profile { return w.profiles }

func (w *wire) Open(ctx context.Context, in models.SignIn) (desk.Backend, error) {
	w.asked, w.ctx = append(w.asked, in), ctx
	answer := w.answers[min(len(w.asked), len(w.answers))-1]
	if err, ok := answer.(error); ok {
		return nil, err
	}
	return answer.(desk.Backend), nil
}

func (w *wire) Trust(c *models.CertificateError) error {
	if w.trustErr == nil {
		w.trusted = append(w.trusted, c.Host+" "+c.Fingerprint)
	}
	return w.trustErr
}

func (w *wire) Save(p models.Profile) error {
	if w.saveErr == nil {
		w.saved = append(w.saved, p)
	}
	return w.saveErr
}

func (w *wire) KnownCertificates() string { return "/home/jo/.local/state/dirdesk/known-certificates" }

// host is a connection that only knows whether it was closed.
type host struct{ closed bool }

func (*host) About() models.About { return models.About{} }
func (*host) Info(context.Context) (models.DirectoryInfo, error) {
	return models.DirectoryInfo{}, nil
}
func (*host) List(context.Context, models.ListRequest) iter.Seq2[models.Page, error] { return nil }
func (h *host) Close(context.Context) error                                          { h.closed = true; return nil }

var today = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

const secret = "Tr0ub4dor&3"

func start(t *testing.T, w *wire, o Options) (*Model, *modeltest.Driver) {
	t.Helper()
	o.Connector, o.Now = w, func() time.Time { return today }
	if o.Theme == nil {
		th := theme.New(theme.Options{})
		o.Theme = &th
	}
	if o.Width == 0 {
		o.Width, o.Height = 80, 24
	}
	m := New(o)
	m.tick = func() tea.Cmd { return nil }
	return m, modeltest.Start(t, m, m.Init())
}

func expect(t *testing.T, d *modeltest.Driver, texts ...string) {
	t.Helper()
	screen := d.Screen()
	for _, text := range texts {
		if !strings.Contains(strings.Join(strings.Fields(screen), " "), text) {
			t.Errorf("the screen does not say %q:\n%s", text, screen)
		}
	}
	if strings.Contains(screen, secret) {
		t.Errorf("the screen shows the password:\n%s", screen)
	}
}

func opened(t *testing.T, d *modeltest.Driver) Opened {
	t.Helper()
	o, ok := modeltest.Caught[Opened](d)
	if !ok {
		t.Fatalf("nothing was opened; the screen is\n%s", d.Screen())
	}
	return o
}

func dsm() models.Profile {
	return models.Profile{Name: "office", URL: "synology://nas:5001", Account: "admin"}
}

func credentials() error {
	return &models.Error{Kind: models.ErrCredentials, Action: "sign in", Object: "admin", Code: "400", Server: "No such account or incorrect password"}
}

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
	d.Send(tea.PasteMsg{Content: secret + "\r\n"})
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
	expect(t, d, "Sign in admin: account or password not accepted (400)", "The server says: No such account", "Type the password again")
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

func certificate() *models.CertificateError {
	return &models.CertificateError{
		Host: "nas:5001", Subject: "CN=nas\x1b[31m", Issuer: "CN=Nobody", Reason: "signed by an unknown authority",
		NotBefore: today.AddDate(-2, 0, 0), NotAfter: today.AddDate(-1, 0, 0),
		Fingerprint: "sha256:" + strings.Repeat("0123456789abcdef", 4),
	}
}

func TestACertificateIsTrustedOnPurposeOnly(t *testing.T) {
	w := &wire{answers: []any{fmt.Errorf("sign in: %w", certificate()), &host{}}}
	_, d := start(t, w, Options{Ready: true, SignIn: models.SignIn{Profile: dsm(), Password: models.NewSecret(secret)}})
	expect(t, d, "signed by an unknown authority", "0123 4567 89AB CDEF", "CN=Nobody", "2025-11-21 12:00 UTC EXPIRED", "> No, do not connect")
	d.Press("enter")
	expect(t, d, "the certificate was refused", "Sign in")
	if len(w.trusted) != 0 || len(w.asked) != 1 {
		t.Fatalf("trusted %v, asked %d times", w.trusted, len(w.asked))
	}
	w.asked = nil
	d.Press("enter")
	d.Press("down", "enter")
	opened(t, d)
	if len(w.trusted) != 1 || w.trusted[0] != "nas:5001 "+certificate().Fingerprint {
		t.Errorf("trusted %v", w.trusted)
	}
}

func TestACertificateThatCannotBeKept(t *testing.T) {
	w := &wire{answers: []any{certificate()}, trustErr: &models.Error{Kind: models.ErrServer, Action: "trust", Object: "nas:5001", Advice: "The disk is full."}}
	_, d := start(t, w, Options{Ready: true, SignIn: models.SignIn{Profile: dsm(), Password: models.NewSecret(secret)}})
	d.Press("down", "enter")
	expect(t, d, "Not connected", "The disk is full.")
	if len(w.asked) != 1 {
		t.Errorf("it connected all the same: %d times", len(w.asked))
	}
}

func TestACertificateNotYetValid(t *testing.T) {
	c := certificate()
	c.NotBefore, c.NotAfter = today.AddDate(0, 0, 1), today.AddDate(1, 0, 0)
	_, d := start(t, &wire{answers: []any{c}}, Options{Ready: true, SignIn: models.SignIn{Profile: dsm()}})
	expect(t, d, "2026-11-22 12:00 UTC NOT YET VALID")
}

func TestAChangedCertificateCannotBeTrustedFromHere(t *testing.T) {
	c := certificate()
	c.Known = "sha256:" + strings.Repeat("fedcba9876543210", 4)
	w := &wire{answers: []any{c}}
	_, d := start(t, w, Options{Ready: true, SignIn: models.SignIn{Profile: dsm(), Password: models.NewSecret(secret)}})
	expect(t, d, "HAS CHANGED", "FEDC BA98", "0123 4567", "/home/jo/.local/state/dirdesk/known-certificates", "nas:5001")
	d.Press("y", "t", "down", "r", "e", "enter")
	if len(w.trusted) != 0 || len(w.asked) != 1 {
		t.Errorf("trusted %v, asked %d times", w.trusted, len(w.asked))
	}
	expect(t, d, "Sign in")
}

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
