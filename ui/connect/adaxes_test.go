package connect

import (
	"context"
	"errors"
	"strings"
	"testing"

	"dirdesk/models"
	"dirdesk/test/modeltest"
)

const accessToken = "adm-t0ken-7f3a"

// keeper is a wire that can keep tokens.
type keeper struct {
	wire
	kept []string
	err  error
}

func (k *keeper) KeepToken(_ context.Context, p models.Profile, token models.Secret) error {
	if k.err == nil {
		k.kept = append(k.kept, p.Name+" "+p.URL+" "+token.Reveal())
	}
	return k.err
}

// several says that there are several domains.
type several struct{ names []string }

func (s several) Error() string     { return "several domains" }
func (s several) Domains() []string { return s.names }

func service() models.Profile {
	return models.Profile{Name: "adm", URL: "adaxes://adm.example.com/restApi"}
}

// newService types the address of an Adaxes service.
func newService(d *modeltest.Driver) {
	d.Press("down", "down", "down", "enter")
	d.Type("adm.example.com/rest")
	d.Press("enter")
}

func TestATokenInThePlaceOfAccountAndPassword(t *testing.T) {
	w := &wire{answers: []any{&host{}}}
	_, d := start(t, w, Options{})
	newService(d)
	expect(t, d, "Access token", "in the place of account and password")
	d.Type(accessToken)
	if strings.Contains(d.Screen(), accessToken) {
		t.Fatalf("the token is on the screen:\n%s", d.Screen())
	}
	d.Press("enter", "enter", "enter", "enter")
	opened(t, d)
	if in := w.asked[0]; in.Profile.URL != "adaxes://adm.example.com/rest" || in.Token.Reveal() != accessToken || !in.Password.Empty() {
		t.Errorf("asked for %+v", in.Profile)
	}
}

func TestAdaxesWithAccountAndPassword(t *testing.T) {
	w := &wire{answers: []any{&host{}}}
	_, d := start(t, w, Options{})
	newService(d)
	d.Press("enter", "enter", "enter")
	expect(t, d, "Password: enter a token, or account and password")
	d.Press("shift+tab")
	d.Type(`CORP\jo`)
	d.Press("enter", "enter")
	expect(t, d, "Password: enter the password, or a token")
	d.Type(secret)
	d.Press("enter", "enter")
	opened(t, d)
	if in := w.asked[0]; in.Profile.Account != `CORP\jo` || in.Password.Reveal() != secret || !in.Token.Empty() {
		t.Errorf("asked for %+v", in.Profile)
	}
}

// The fields are those of the kind that is chosen.
func TestOnlyAdaxesTakesATokenAndTheFormFollowsTheKind(t *testing.T) {
	_, d := start(t, &wire{}, Options{})
	if strings.Contains(d.Screen(), "Access token") {
		t.Errorf("a DSM is asked for a token:\n%s", d.Screen())
	}
	d.Press("down", "down", "down")
	expect(t, d, "Access token")
	d.Press("up")
	if strings.Contains(d.Screen(), "Access token") {
		t.Errorf("a domain controller is asked for a token:\n%s", d.Screen())
	}
}

// A token that is not accepted is forgotten, and asked for again.
func TestATokenThatIsNotAccepted(t *testing.T) {
	for _, kind := range []error{models.ErrCredentials, models.ErrSession} {
		w := &wire{answers: []any{&models.Error{Kind: kind, Action: "sign in", Advice: "Get a new access token."}, &host{}}}
		_, d := start(t, w, Options{SignIn: models.SignIn{Profile: service()}})
		d.Type("wrong")
		d.Press("enter", "enter", "enter")
		expect(t, d, "Get a new access token.", "Access token")
		d.Type(accessToken)
		d.Press("enter", "enter", "enter")
		opened(t, d)
		if got := w.asked[1].Token.Reveal(); got != accessToken {
			t.Errorf("the second token was %q", got)
		}
	}
}

// What the server says of a refused sign-in is on the screen.
func TestWhyASignInWasRefused(t *testing.T) {
	for _, err := range []*models.Error{
		{Kind: models.InWords("account or password is wrong; 2 attempts are left until the account is locked", models.ErrCredentials)},
		{Kind: models.InWords("the account is locked out", models.ErrAccountState)},
		{Kind: models.InWords("this account may not use Adaxes' REST API", models.ErrNotAuthorized)},
	} {
		in := models.SignIn{Profile: service(), Password: models.NewSecret(secret)}
		in.Profile.Account = "jo"
		err.Action, err.Object = "sign in", "jo"
		_, d := start(t, &wire{answers: []any{err}}, Options{SignIn: in, Ready: true})
		expect(t, d, "Sign in jo: "+err.Kind.Error())
	}
}

func TestOneOfSeveralDomains(t *testing.T) {
	w := &wire{answers: []any{&models.Error{Kind: models.ErrInvalid, Err: several{[]string{"corp.example.com", "lab.example.com"}}}, &host{}}}
	_, d := start(t, w, Options{})
	newService(d)
	d.Type(accessToken)
	d.Press("enter", "enter", "enter")
	d.Type("office")
	d.Press("enter")
	expect(t, d, "Several domains", "Which domain?", "corp.example.com", "lab.example.com")
	d.Press("down", "enter")
	o := opened(t, d)
	if in := w.asked[1]; in.Profile.Domain != "lab.example.com" || in.Token.Reveal() != accessToken || o.Profile.Domain != "lab.example.com" {
		t.Errorf("asked for %+v", in.Profile)
	}
	if len(w.saved) != 1 || w.saved[0].Domain != "lab.example.com" {
		t.Errorf("saved was %+v", w.saved)
	}
}

func TestATokenIsKeptOnlyWhenWished(t *testing.T) {
	for _, c := range []struct {
		name  string
		keys  []string
		err   error
		kept  int
		fails bool
	}{
		{"no", []string{"enter"}, nil, 0, false},
		{"esc", []string{"esc"}, nil, 0, false},
		{"yes", []string{"down", "enter"}, nil, 1, false},
		{"yes, but it cannot be", []string{"down", "enter"}, errors.New("no keyring runs here"), 0, true},
	} {
		k := &keeper{wire: wire{answers: []any{&host{}}}, err: c.err}
		_, d := startWith(t, k, Options{SignIn: models.SignIn{Profile: service()}})
		d.Type(accessToken)
		d.Press("enter", "enter", "enter")
		expect(t, d, "Keep the token in this computer's keyring")
		d.Press(c.keys...)
		o := opened(t, d)
		if len(k.kept) != c.kept || o.Kept != (c.kept == 1) || (o.NotKept != nil) != c.fails {
			t.Errorf("%s: kept %q, opened %+v", c.name, k.kept, o)
		}
		if c.kept == 1 && k.kept[0] != "adm adaxes://adm.example.com/restApi "+accessToken {
			t.Errorf("kept was %q", k.kept)
		}
	}
}

// A connection that has a token of its own is opened without a question; when
// that does not work, the token is asked for.
func TestATokenThatIsKeptAsksForNothing(t *testing.T) {
	p := service()
	p.TokenFile = "/home/jo/token"
	w := &wire{profiles: []models.Profile{p}, answers: []any{&host{}}}
	_, d := start(t, w, Options{})
	d.Press("enter")
	opened(t, d)
	for _, kind := range []error{models.ErrCredentials, models.ErrInvalid} {
		w = &wire{profiles: []models.Profile{p}, answers: []any{&models.Error{Kind: kind, Advice: "There is no token."}, &host{}}}
		_, d = start(t, w, Options{})
		d.Press("enter")
		expect(t, d, "There is no token.", "Access token")
		d.Type(accessToken)
		d.Press("enter", "enter", "enter")
		opened(t, d)
	}
}

// What was opened and not handed over yet is signed out of when the program ends.
func TestLeavingAtTheQuestionSignsOut(t *testing.T) {
	h := &host{}
	k := &keeper{wire: wire{answers: []any{h}}}
	m, d := startWith(t, k, Options{SignIn: models.SignIn{Profile: service()}})
	d.Type(accessToken)
	d.Press("enter", "enter", "enter")
	m.Close()
	if !h.closed {
		t.Error("the connection stays open")
	}
}
