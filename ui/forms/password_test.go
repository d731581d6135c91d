package forms_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"dirdesk/models"
	"dirdesk/ui/forms"
)

func setPassword(o models.Object) func(forms.Env) forms.Form {
	return func(e forms.Env) forms.Form { return forms.SetPassword(e, o) }
}

func TestOneEnterGivesAMadePassword(t *testing.T) {
	r := start(t, setPassword(person("jdoe", "John Doe")))
	r.Press("enter")
	c := r.only()
	if c.Action != models.SetPassword || c.DN != staff.Child("CN", "John Doe") || c.MustChange != models.Yes || !r.done().Made {
		t.Errorf("the change is %+v", c)
	}
	if c.Password.Empty() {
		t.Error("no password was made")
	}
	r.hides(c.Password.Reveal())
}

// Enter may be pressed before the domain has told its rules.
func TestEnterTypedAheadWaitsForTheRules(t *testing.T) {
	r := start(t, setPassword(person("jdoe", "John Doe")), func(r *rig, _ *forms.Env) {
		r.desk.policy.MinLength = 30
		r.slow = true
	})
	r.Press("enter")
	r.notDone()
	r.shows("Waiting for the domain's password policy")
	r.Run(r.form.Init()) // only now the answer comes
	if got := len(r.only().Password.Reveal()); got < 30 {
		t.Errorf("the password has %d characters, not 30", got)
	}
}

func TestUnavailableMustChangeSaysWhy(t *testing.T) {
	r := start(t, setPassword(person("jdoe", "John Doe")), func(r *rig, _ *forms.Env) {
		r.desk.mustChange = false
		r.desk.cannot[models.SetMustChange] = "DSM's documented calls cannot do it"
	})
	r.Press("down")
	r.on("Must change")
	r.shows("Not possible: DSM's documented calls cannot do it")
	r.Press("space")
	if !strings.Contains(r.line(), "[ ]") {
		t.Error("it was chosen all the same")
	}
	r.Press("enter")
	if c := r.only(); c.MustChange != models.Unknown {
		t.Errorf("must change is %v, though the connection cannot", c.MustChange.Label())
	}
}

func TestMustChangeMakesNoSenseForSomeAccounts(t *testing.T) {
	o := person("svc", "Service")
	o.Account = &models.Account{PasswordNeverExpires: models.Yes}
	r := start(t, setPassword(o))
	r.Press("enter")
	if c := r.only(); c.MustChange != models.No {
		t.Errorf("must change is %s for a password that never expires", c.MustChange.Label())
	}
}

func TestLockedAccountIsUnlockedToo(t *testing.T) {
	o := person("jdoe", "John Doe")
	o.Locked = models.Yes
	r := start(t, setPassword(o))
	r.Press("enter")
	d := r.done()
	if len(d.Changes) != 2 || d.Changes[1].Action != models.Unlock || d.Changes[1].DN != o.DN {
		t.Errorf("the changes are %v", d.Changes)
	}
	r = start(t, setPassword(o), func(r *rig, _ *forms.Env) { r.desk.cannot[models.Unlock] = "not over DSM" })
	r.Press("enter")
	if d := r.done(); len(d.Changes) != 1 {
		t.Errorf("%d changes where unlocking is not possible", len(d.Changes))
	}
}

func TestMadePasswordIsShownOnDemand(t *testing.T) {
	r := start(t, setPassword(person("jdoe", "John Doe")))
	r.hides("It will be:")
	r.Press("ctrl+t")
	_, first, found := strings.Cut(flat(r.Screen()), "It will be: ")
	if !found {
		t.Fatalf("it is not shown:\n%s", r.Screen())
	}
	first, _, _ = strings.Cut(first, " ")
	r.Press("ctrl+g")
	r.hides(first)
	r.Press("enter")
	r.shows("It will be: " + r.only().Password.Reveal())
	r.Press("ctrl+t")
	r.hides(r.only().Password.Reveal())
}

func TestUnknownRulesAreLeftToTheServer(t *testing.T) {
	r := start(t, setPassword(person("jdoe", "John Doe")), func(r *rig, _ *forms.Env) {
		r.desk.policy, r.desk.policyErr = models.PasswordPolicy{}, errors.New("no answer")
	})
	r.Press("right", "down")
	r.shows("The policy could not be read: no answer")
	r.Type("x")
	r.Press("enter")
	r.Type("x")
	r.Press("enter")
	if c := r.only(); c.Password.Reveal() != "x" {
		t.Error("another password was given than the one typed")
	}
	r.form.Refuse(&models.Error{Kind: models.ErrPolicy, Server: "too short"})
	r.on("New password")
	r.shows("too short")
}

// Nothing that is printed of a form or of what it gives holds the password.
func TestNoSecretInWhatIsPrinted(t *testing.T) {
	const typed = "Sekret-4711"
	r := start(t, setPassword(person("jdoe", "John Doe")))
	r.Press("right", "down")
	r.Type(typed)
	r.Press("enter")
	r.Type(typed)
	r.Press("enter")
	if text := fmt.Sprintf("%v %+v %#v", r.done().Changes, r.done().Changes, r.done().Changes); strings.Contains(text, typed) {
		t.Error("a change that is printed shows the password")
	}
	r.hides(typed)
	r.Press("ctrl+t")
	r.shows(typed)
	r.form.Close()
	r.hides(typed)
}

// What a password is copied with is no part of it; a space at an end is asked about.
func TestSpacesOfATypedPasswordAreAskedAbout(t *testing.T) {
	const typed = "Long.Enough.4711 "
	r := start(t, setPassword(person("jdoe", "John Doe")))
	r.Press("right", "down")
	r.Send(tea.PasteMsg{Content: "\ufeff" + typed + "\r\n"})
	r.Press("down")
	r.Send(tea.PasteMsg{Content: typed + "\n"})
	r.Press("ctrl+s")
	r.notDone()
	r.shows("begins or ends with a space")
	r.Press("ctrl+s")
	if got := r.only().Password.Reveal(); got != typed {
		t.Errorf("the password is %q", got)
	}
}
