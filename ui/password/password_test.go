package password_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/test/modeltest"
	"dirdesk/theme"
	"dirdesk/ui/clipboard"
	"dirdesk/ui/password"
)

var update = modeltest.UpdateFlag()

const made = "Tango-Bravo-47"

type rig struct {
	*modeltest.Driver
	t      testing.TB
	model  *password.Model
	timers []tea.Msg
	after  time.Duration
}

func start(t testing.TB, adjust ...func(*password.Options)) *rig {
	r := &rig{t: t}
	th := theme.New(theme.Options{Dark: true})
	o := password.Options{
		Keys: keymap.Default(),
		Made: []password.Made{{
			Whose: "jdoe", Words: "jdoe: password set, verified; must change it at the next logon",
			Secret: models.NewSecret(made), Ticket: "John Doe (jdoe)\nDone: jdoe: password set.\n",
		}},
		Theme: &th, Width: 80, Height: 24,
		Later: func(d time.Duration, msg tea.Msg) tea.Cmd {
			return func() tea.Msg { r.after = d; r.timers = append(r.timers, msg); return nil }
		},
	}
	o.Copies = clipboard.New(nil, o.Later)
	for _, f := range adjust {
		f(&o)
	}
	r.model = password.New(o)
	r.Driver = modeltest.Start(t, r.model, r.model.Init())
	return r
}

func (r *rig) fire() {
	timers := r.timers
	r.timers = nil
	for _, msg := range timers {
		r.Send(msg)
	}
}

func (r *rig) sees(text string) bool { return strings.Contains(r.Screen(), text) }

// gone fails unless the view is closed and holds nothing any more.
func (r *rig) gone() {
	r.t.Helper()
	if c, closed := modeltest.Caught[password.Closed](r.Driver); !closed || c.Model != r.model {
		r.t.Fatal("the view is not closed")
	}
	r.Press("v", "y")
	if r.sees(made) || r.sees("Tango") {
		r.t.Errorf("the password is still there:\n%s", r.Screen())
	}
	if text := copied(r); text != "" {
		r.t.Errorf("%q was copied after the view was closed", text)
	}
	if held := reflect.ValueOf(*r.model).FieldByName("made").Index(0).FieldByName("Secret").Field(0); !held.IsNil() {
		r.t.Error("it is still in memory")
	}
}

func copied(r *rig) string {
	for _, msg := range r.Messages {
		if reflect.TypeOf(msg).String() == "tea.setClipboardMsg" {
			return fmt.Sprint(msg)
		}
	}
	return ""
}

func TestHiddenUntilAskedFor(t *testing.T) {
	r := start(t)
	if r.sees(made) || r.sees("Tango") {
		t.Fatalf("the password is shown at once:\n%s", r.Screen())
	}
	r.Press("v")
	if !r.sees(made) || !r.sees("Tango (capital)") || !r.sees("seven") {
		t.Fatalf("the password is not shown and spelled:\n%s", r.Screen())
	}
	r.Press("v")
	if r.sees(made) || r.sees("Tango") {
		t.Fatal("it is not hidden again")
	}
}

// taken has the terminal say that it takes copies.
func (r *rig) taken() {
	r.Send(clipboard.Copied{Secret: true, Certain: true, Words: "Sent the password to your terminal's clipboard."})
}

func TestCopiedWithoutBeingShown(t *testing.T) {
	r := start(t)
	r.Press("y")
	r.taken()
	if copied(r) != made || r.sees(made) || !r.sees("clipboard") {
		t.Fatalf("copied %q:\n%s", copied(r), r.Screen())
	}
}

// Once it was shown, or copied for certain, Esc leaves it; no other key does.
func TestOnlyEscForgetsIt(t *testing.T) {
	for _, key := range []string{"enter", "q", "j", "down", "ctrl+v", "space"} {
		r := start(t)
		r.Press("v", key)
		if !r.sees(made) || !r.sees("stays until Esc closes it") {
			t.Fatalf("%s: the password is lost, or nothing is said:\n%s", key, r.Screen())
		}
		r.Press("esc")
		r.gone()
	}
	r := start(t)
	r.Press("v")
	r.Send(tea.PasteMsg{Content: "v"})
	if !r.sees(made) {
		t.Fatal("a paste loses the password")
	}
	r = start(t)
	r.Press("y")
	r.taken()
	r.Messages = nil // that copy was asked for
	r.Press("esc")
	r.gone()
}

// A terminal that takes no copies leaves the person without the password.
func TestACopyThatMayNotHaveArrived(t *testing.T) {
	r := start(t)
	r.Press("y")
	r.Send(clipboard.Copied{Secret: true, Words: "It may not have arrived."})
	if !r.sees("may not have arrived") {
		t.Fatalf("it is not said:\n%s", r.Screen())
	}
}

// What nobody may know yet takes two keys to lose, one after the other.
func TestEscTwiceForgetsWhatMayBeKnownToNobody(t *testing.T) {
	for name, before := range map[string]func(*rig){
		"untouched": func(*rig) {},
		"a copy that may not have arrived": func(r *rig) {
			r.Press("y")
			r.Send(clipboard.Copied{Secret: true, Words: "It may not have arrived."})
		},
	} {
		r := start(t)
		before(r)
		r.Messages = nil
		r.Press("esc")
		if !r.sees("Esc again loses it") {
			t.Fatalf("%s: nothing is asked:\n%s", name, r.Screen())
		}
		r.Press("j", "esc")
		if !r.sees("Esc again loses it") {
			t.Fatalf("%s: another key between the two is not heard:\n%s", name, r.Screen())
		}
		r.Press("esc")
		r.gone()
	}
}

func TestGoneAfterAWhile(t *testing.T) {
	r := start(t)
	if !r.sees("5:00 left") {
		t.Errorf("the time left is not said:\n%s", r.Screen())
	}
	early := r.timers[0]
	for range 200 {
		r.fire()
	}
	if !r.sees("1:40 left") {
		t.Errorf("the time left is not said after 200 seconds:\n%s", r.Screen())
	}
	r.Press("v") // begins the time anew
	r.Send(early)
	for range 299 {
		r.fire()
	}
	if !r.sees(made) || !r.sees("0:01 left") {
		t.Fatalf("it went too early:\n%s", r.Screen())
	}
	r.fire()
	if c, _ := modeltest.Caught[password.Closed](r.Driver); !c.Late {
		t.Error("it is not said that nobody pressed a key")
	}
	r.gone()
}

func TestAnotherViewsTimeDoesNotCount(t *testing.T) {
	a, b := start(t), start(t)
	for range 300 {
		b.Send(a.timers[0])
	}
	if _, closed := modeltest.Caught[password.Closed](b.Driver); closed {
		t.Error("the time of another view closed this one")
	}
}

func TestPrintedItShowsNothing(t *testing.T) {
	r := start(t)
	r.Press("v")
	if text := fmt.Sprintf("%v %+v %#v", *r.model, *r.model, r.model); strings.Contains(text, made) {
		t.Error("the model that is printed shows the password")
	}
}

func TestGoldens(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {40, 12}, {120, 40}} {
		for name, keys := range map[string][]string{"hidden": nil, "shown": {"v"}, "copied": {"v", "y"}} {
			r := start(t, func(o *password.Options) { o.Width, o.Height = size[0], size[1] })
			r.Press(keys...)
			if name == "copied" {
				r.taken()
			}
			update.Golden(t, fmt.Sprintf("%s-%dx%d", name, size[0], size[1]), r.Screen(), size[0], size[1])
		}
	}
}

// However long the password and however small the screen, all of it is shown.
func TestAllOfALongOneIsShown(t *testing.T) {
	long := strings.Repeat("Ab3-", 20)
	for _, size := range [][2]int{{40, 12}, {80, 24}} {
		r := start(t, func(o *password.Options) {
			o.Made[0].Secret, o.Width, o.Height = models.NewSecret(long), size[0], size[1]
		})
		r.Press("v")
		if all := strings.Join(strings.Fields(r.Screen()), ""); !strings.Contains(all, long) {
			t.Errorf("at %v it is cut:\n%s", size, r.Screen())
		}
	}
}

func TestASCII(t *testing.T) {
	th := theme.New(theme.Options{ASCII: true, NoColor: true})
	r := start(t, func(o *password.Options) { o.Theme, o.Made[0].Whose = &th, "Jörg\x1b[31m" })
	r.Press("v")
	for _, c := range r.Screen() {
		if c > '~' {
			t.Errorf("%q is not ASCII", c)
		}
	}
	if strings.Contains(r.model.View(), "\x1b[31m") {
		t.Error("an escape sequence reached the terminal")
	}
}

// Of several passwords each can be seen, copied and told of by itself, and none is
// lost unseen by one Esc.
func TestSeveralPasswords(t *testing.T) {
	r := start(t, func(o *password.Options) {
		o.Made = append(o.Made, password.Made{Whose: "jroe", Secret: models.NewSecret("Kilo-Lima-88"), Ticket: "Jane Roe (jroe)\n"})
	})
	if !r.sees("Password of jdoe (1 of 2)") {
		t.Fatalf("which one it is is not said:\n%s", r.Screen())
	}
	r.Press("v", "tab")
	if r.sees(made) || r.sees("Kilo") || !r.sees("Password of jroe (2 of 2)") {
		t.Fatalf("the other is not there, or shown at once:\n%s", r.Screen())
	}
	r.Press("esc")
	if !r.sees("nobody knows the password of jroe yet") && !r.sees("nobody knows the passwords of jroe yet") {
		t.Fatalf("the second was never seen, and that is not said:\n%s", r.Screen())
	}
	r.Press("y")
	if copied(r) != "Kilo-Lima-88" {
		t.Errorf("copied %q", copied(r))
	}
	r.Messages = nil
	r.Press("t")
	if copied(r) != "Jane Roe (jroe)\n" {
		t.Errorf("copied %q for the ticket", copied(r))
	}
	r.Press("v", "tab")
	if !r.sees("Password of jdoe (1 of 2)") {
		t.Errorf("the first is not reached again:\n%s", r.Screen())
	}
	r.Messages = nil
	r.Press("esc")
	r.gone()
}

// The text for the ticket is no proof that anybody knows the password, and says
// where it may not have arrived.
func TestTheTicketIsNotThePassword(t *testing.T) {
	r := start(t)
	r.Press("t")
	if text := copied(r); !strings.Contains(text, "John Doe (jdoe)") || strings.Contains(text, made) {
		t.Errorf("copied %q", text)
	}
	r.Send(clipboard.Copied{Words: "It may not have arrived."})
	if !r.sees("It may not have arrived.") {
		t.Errorf("nothing is said of the copy:\n%s", r.Screen())
	}
	r.Send(clipboard.Copied{Certain: true, Words: "Sent the text."})
	r.Press("esc")
	if !r.sees("nobody knows this password yet") {
		t.Errorf("the password is lost after the ticket was copied:\n%s", r.Screen())
	}
}
