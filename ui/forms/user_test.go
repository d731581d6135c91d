package forms_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/models"
	"dirdesk/test/modeltest"
	"dirdesk/ui/forms"
)

func TestNewUserIsDerivedFromTheNames(t *testing.T) {
	r := start(t, forms.NewUser)
	r.Type("John")
	r.Press("enter")
	r.on("Last name")
	r.Type("Doe")
	r.shows("jdoe", string(staff))
	r.hides("jdoe@") // an address that nobody asked for
	r.Press("ctrl+s")
	c := r.only()
	u := c.User
	if c.Action != models.CreateUser || u.LogonName != "jdoe" || u.Mail != "" ||
		u.GivenName != "John" || u.Surname != "Doe" || u.DisplayName != "John Doe" || !u.Container.DN.Equal(staff) {
		t.Errorf("the change is %+v, the user %+v", c, u)
	}
	if !u.MustChange || u.CannotChange || u.NeverExpires || u.Disabled {
		t.Errorf("the flags are not the careful ones: %+v", u)
	}
	if c.Password.Empty() || !r.done().Made {
		t.Error("no password was made")
	}
	r.hides(c.Password.Reveal())
}

func TestNewUserKeepsWhatWasTypedByHand(t *testing.T) {
	r := start(t, forms.NewUser)
	r.Type("John")
	r.Press("tab", "tab")
	r.Press("ctrl+u")
	r.Type("boss")
	r.shows("boss")
	r.Press("up")
	r.Type("Doe")
	r.shows("boss")
	r.hides("jdoe")
	r.Type("r") // Doer
	r.Press("ctrl+s")
	if u := r.only().User; u.Mail != "" || u.LogonName != "boss" || u.Surname != "Doer" {
		t.Errorf("what was typed by hand did not stay: %+v", u)
	}
}

func TestEnterLeadsThroughTheTextsAndEndsTheForm(t *testing.T) {
	r := start(t, forms.NewUser)
	r.Type("Ann")
	for _, label := range []string{"Last name", "Logon name", "Mail", "Location", "Description"} {
		r.Press("enter")
		r.on(label)
	}
	r.notDone()
	r.Press("enter")
	if u := r.only().User; u.LogonName != "ann" {
		t.Errorf("the user is %+v", u)
	}
}

func TestContradictionsCannotBeChosen(t *testing.T) {
	r := start(t, forms.NewUser)
	to := func(label string) {
		t.Helper()
		for range 20 {
			if strings.HasPrefix(r.line(), "> "+label) {
				return
			}
			r.Press("down")
		}
		t.Fatalf("no %q", label)
	}
	to("Cannot change")
	r.shows(`contradicts "must change"`)
	r.Press("space")
	if strings.Contains(r.line(), "[x]") {
		t.Fatal("cannot change was chosen although must change is on")
	}
	r.Press("up", "space", "down", "space")
	if !strings.Contains(r.line(), "[x]") {
		t.Fatalf("cannot change cannot be chosen although must change is off:\n%s", r.Screen())
	}
	r.Press("up", "space")
	r.shows(`contradicts "cannot change"`)
	if strings.Contains(r.line(), "[x]") {
		t.Fatal("must change was chosen although cannot change is on")
	}
}

func TestNameClashIsFoundWhileTyping(t *testing.T) {
	r := start(t, forms.NewUser)
	r.backend.taken = func(name string) (bool, error) { return name == "jdoe", nil }
	r.Type("John")
	r.Press("tab")
	r.Type("Doe")
	r.Press("tab")
	r.Type("jdoe") // by hand: nobody puts a number at its end
	r.Press("up")
	r.fire()
	r.shows("taken")
	if len(r.backend.asked) != 1 || r.backend.asked[0] != "jdoe" {
		t.Errorf("the server was asked about %q, not once about the name that stayed", r.backend.asked)
	}
	r.Press("tab")
	r.shows("This name is taken")
	r.Press("ctrl+s")
	r.notDone()
	r.on("Logon name")
	r.Type("2")
	r.hides("taken")
	r.fire()
	r.shows("free")
	r.Press("ctrl+s")
	if u := r.only().User; u.LogonName != "jdoe2" {
		t.Errorf("the user is %+v", u)
	}
}

func TestLateAnswersAboutANameAreDropped(t *testing.T) {
	r := start(t, forms.NewUser)
	r.backend.taken = func(name string) (bool, error) { return name == "j", nil }
	r.Type("j")
	r.Hold = true
	r.fire() // the answer about "j" is on its way
	r.Type("o")
	r.Release()
	r.hides("taken")
	r.fire()
	r.shows("free")
}

func TestAFailedNameCheckIsSaidAndStopsNobody(t *testing.T) {
	r := start(t, forms.NewUser)
	r.backend.taken = func(string) (bool, error) { return false, &models.Error{Kind: models.ErrUnreachable} }
	r.Type("Ann")
	r.fire()
	r.shows("not checked")
	r.Press("ctrl+s")
	r.done()
}

func TestTypedPasswordIsCheckedByTheDomainsRules(t *testing.T) {
	r := start(t, forms.NewUser)
	r.Type("Ann")
	r.Press("up", "down", "down", "down", "down", "down", "down")
	r.on("Password")
	r.Press("right", "down")
	r.on("New password")
	r.shows("at least 7 characters")
	r.Type("abc")
	r.hides("abc", "All rules are met")
	r.Press("ctrl+s")
	r.on("New password")
	r.notDone()
	r.Type("DEF-123")
	r.shows("All rules are met")
	r.Press("enter")
	r.Type("abcDEF-124")
	r.Press("ctrl+s")
	r.notDone()
	r.on("Once more")
	r.shows("not the same")
	r.Press("backspace")
	r.Type("3")
	r.shows("the same")
	r.Press("ctrl+s")
	if c := r.only(); c.Password.Reveal() != "abcDEF-123" || r.done().Made {
		t.Error("another password was given than the one typed")
	}
}

func TestRefusalGoesToTheFieldThatIsWrong(t *testing.T) {
	for label, err := range map[string]error{
		"Logon name": &models.Error{Kind: models.ErrExists, Action: "create user"},
		"Password":   &models.Error{Kind: models.ErrPolicy},
		"Location":   &models.Error{Kind: models.ErrNotFound},
		"Mail":       &models.Error{Kind: models.ErrInvalid, Server: "attribute mail: bad value"},
	} {
		t.Run(label, func(t *testing.T) {
			r := start(t, forms.NewUser)
			r.Type("Ann")
			r.Press("ctrl+s")
			first := r.only()
			r.form.Refuse(err)
			r.on(label)
			r.shows("Not accepted", "Ann")
			r.Press("ctrl+s")
			if again := r.only(); again.Password.Reveal() != first.Password.Reveal() || again.User.LogonName != "ann" {
				t.Errorf("something was lost: %+v", again)
			}
		})
	}
}

func TestRefusalWithAnyErrorIsShown(t *testing.T) {
	r := start(t, forms.NewUser)
	r.form.Refuse(errors.New("something \x1b[31mstrange"))
	r.shows("Not accepted: something", "strange")
	if strings.Contains(r.form.View(), "\x1b[31mstrange") {
		t.Error("an escape sequence reached the terminal")
	}
}

func TestLocationIsChecked(t *testing.T) {
	for name, c := range map[string]struct{ location, complaint string }{
		"empty":          {"", "Type the name of a container"},
		"no DN":          {"OU=Staff,nowhere", "no DN"},
		"another domain": {"OU=Staff,DC=other,DC=test", "not below"},
	} {
		t.Run(name, func(t *testing.T) {
			r := start(t, forms.NewUser, func(_ *rig, e *forms.Env) { e.Container = models.DN(c.location) })
			r.Type("Ann")
			r.Press("ctrl+s")
			r.notDone()
			r.on("Location")
			r.shows(c.complaint)
		})
	}
}

func TestEscThrowsNothingAwayAtOnce(t *testing.T) {
	r := start(t, forms.NewUser)
	r.Type("Ann")
	r.Press("esc")
	if _, left := modeltest.Caught[forms.Cancelled](r.Driver); left {
		t.Fatal("one Esc threw away what was typed")
	}
	r.Type("a")
	r.Press("esc", "esc")
	if c, left := modeltest.Caught[forms.Cancelled](r.Driver); !left || c.Form != r.form {
		t.Fatal("two did not")
	}
}

func TestEscLeavesAnUntouchedFormAtOnce(t *testing.T) {
	r := start(t, forms.NewUser)
	r.Press("esc")
	if _, left := modeltest.Caught[forms.Cancelled](r.Driver); !left {
		t.Fatal("Esc does not leave")
	}
}

func TestLocationCanBeLookedFor(t *testing.T) {
	r := start(t, forms.NewUser, company)
	r.Type("Ann")
	r.Press("ctrl+o") // not here
	r.on("First name")
	r.Press("down", "down", "down", "down")
	r.on("Location")
	r.Press("ctrl+o", "b", "e", "r")
	r.fire()
	r.shows("Berlin", "1 found")
	r.Press("enter")
	r.notDone()
	r.on("Location")
	r.shows("OU=Berlin,"+string(staff), "Ann")
	r.Press("ctrl+o", "esc")
	r.on("Location")
	r.Press("ctrl+s")
	if u := r.only().User; !u.Container.DN.Equal(staff.Child("OU", "Berlin")) {
		t.Errorf("the user is %+v", u)
	}
}

// named is a server that knows names.
type named struct {
	desk.Backend
	objects []models.Object
}

func (n named) Named(context.Context, string) ([]models.Object, string, error) {
	return n.objects, "", nil
}

// A container can be named in any way; which one it is, is asked when the form is done.
func TestALocationIsNamedInAnyWay(t *testing.T) {
	ou := func(path ...string) models.Object {
		at := staff
		for _, name := range path {
			at = at.Child("OU", name)
		}
		return models.Object{DN: at, Name: at.RDN().Value, Category: models.OrganizationalUnit}
	}
	d := desk.New(named{objects: []models.Object{ou(), ou("Europe"), ou("Europe", "Vienna"), ou("Asia"), ou("Asia", "Vienna")}}, desk.Options{})
	for name, form := range map[string]func(forms.Env) forms.Form{"user": forms.NewUser, "group": forms.NewGroup, "OU": forms.NewOU} {
		t.Run(name, func(t *testing.T) {
			r := start(t, form, func(r *rig, _ *forms.Env) {
				r.desk.locate = func(text string) (models.Object, error) {
					return d.Locate(t.Context(), text, models.ContainerCategories()...)
				}
			})
			to := func(text string) {
				for !strings.HasPrefix(r.line(), "> Location") {
					r.Press("down")
				}
				r.Press("ctrl+u")
				r.Type(text)
				r.Press("ctrl+s")
			}
			r.Type("Ann")
			to("Nowhere")
			r.notDone()
			r.on("Location")
			r.shows("Nowhere", "not found")
			to("Vienna")
			r.notDone()
			r.shows("2 objects are called so", "2 of 2")
			r.Press("esc")
			to("staff/asia/vienna")
			c := r.only()
			in := c.DN.Parent()
			if c.User != nil {
				in = c.User.Container.DN
			}
			if !in.Equal(ou("Asia", "Vienna").DN) {
				t.Errorf("it goes to %s", in)
			}
		})
	}
}

// A name that was proposed and is taken gets a number; the first key replaces it.
func TestAProposedLogonNameThatIsTaken(t *testing.T) {
	r := start(t, forms.NewUser)
	r.backend.taken = func(name string) (bool, error) { return name == "jdoe" || name == "jdoe2", nil }
	r.Type("John")
	r.Press("tab")
	r.Type("Doe")
	for range 3 {
		r.fire()
	}
	r.shows("jdoe3", "proposed, free")
	r.Press("tab")
	r.on("Logon name")
	r.Type("b")
	r.hides("jdoe", "proposed")
	r.fire()
	r.Press("ctrl+s")
	if u := r.only().User; u.LogonName != "b" {
		t.Errorf("the logon name is %q", u.LogonName)
	}
}

// people have addresses of one pattern.
func people(n int, others ...models.Object) []models.Object {
	for _, name := range []string{"Anna Böhm", "Marie Köhler", "Lukas Haas-Lindner", "Jan van der Berg", "Eva Eder"}[:n] {
		words := strings.Fields(name)
		others = append(others, models.Object{
			Name: name, Category: models.Person, SAMAccountName: words[0],
			Mail: desk.MailAddress("{first}.{last}@example.test", words[0], strings.Join(words[1:], ""), ""),
		})
	}
	return others
}

// An address is proposed where the profile, or what the others have, says how; it is
// marked as that, and what is typed or pasted replaces it.
func TestAProposedMailAddress(t *testing.T) {
	alone := models.Object{Name: "Scan Ner", Category: models.Person}
	for name, c := range map[string]struct {
		pattern models.MailPattern
		beside  []models.Object
		want    string
	}{
		"nobody knows how":             {"", nil, ""},
		"the profile says it":          {"{f}{last}@corp.test", people(5), "jdoe@corp.test"},
		"five others have it":          {"", people(5), "john.doe@example.test"},
		"five of six have it":          {"", people(5, alone), "john.doe@example.test"},
		"two are not enough":           {"", people(2), ""},
		"four of five are not enough":  {"", people(4, alone), ""},
		"somebody has the address":     {"", people(5, models.Object{Category: models.Group, Mail: "John.Doe@example.test"}), "john.doe2@example.test"},
		"it needs the logon name only": {"{logon}@corp.test", nil, "jdoe@corp.test"},
	} {
		t.Run(name, func(t *testing.T) {
			open := func(typed string) string {
				r := start(t, forms.NewUser, func(r *rig, e *forms.Env) { r.desk.pattern, e.Beside = c.pattern, c.beside })
				r.Type("John")
				r.Press("tab")
				r.Type("Doe")
				r.Press("tab", "tab")
				if c.want != "" {
					r.shows(c.want, "proposed", "what you type replaces it")
				}
				if typed != "" {
					r.Send(tea.PasteMsg{Content: typed})
				}
				r.Press("ctrl+s")
				return r.only().User.Mail
			}
			if got := open(""); got != c.want {
				t.Errorf("left as it is: %q, want %q", got, c.want)
			}
			if got := open("boss@example.test"); got != "boss@example.test" {
				t.Errorf("pasted over: %q", got)
			}
		})
	}
}
