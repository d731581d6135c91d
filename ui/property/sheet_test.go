package property_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dirdesk/models"
	"dirdesk/test/modeltest"
	"dirdesk/theme"
	"dirdesk/ui/forms"
)

func TestTextIsChangedAndSentWithWhatItWas(t *testing.T) {
	r := start(t)
	r.at("telephoneNumber")
	r.Press("enter", "backspace")
	r.Type("9")
	r.shows("As it was: 555-0142")
	r.Press("enter")
	r.on("telephoneNumber")
	r.shows("555-0142 -> 555-0149", "1 changed, Ctrl-S to review", "Sends Replace, 1 value: 555-0149")
	c := r.only()
	if c.Name != "telephoneNumber" || c.Type != models.CaseIgnoreString || c.Operation != models.Replace || c.Masked ||
		!slices.Equal(c.Values, []string{"555-0149"}) || !slices.Equal(c.Before, []string{"555-0142"}) || !c.BeforeKnown {
		t.Errorf("sent %+v", c)
	}
}

func TestClearingAndUndoing(t *testing.T) {
	r := start(t)
	r.at("telephoneNumber")
	r.Press("x")
	r.shows("555-0142 -> cleared", "1 changed")
	r.Press("u")
	r.hides("cleared", "1 changed")
	r.Press("x")
	if c := r.only(); len(c.Values) != 0 || c.Operation != models.Replace {
		t.Errorf("sent %+v", c)
	}
}

func TestEmptyingTheTextClears(t *testing.T) {
	r := start(t)
	r.at("telephoneNumber")
	r.Press("enter", "ctrl+u")
	r.shows("it will not be set")
	r.Press("enter")
	if c := r.only(); len(c.Values) != 0 {
		t.Errorf("sent %+v", c)
	}
}

func TestWhatComesToBeAsItWasIsNoChange(t *testing.T) {
	r := start(t)
	r.at("telephoneNumber")
	r.Press("enter", "backspace", "enter")
	r.shows("1 changed")
	r.Press("enter")
	r.Type("2")
	r.Press("enter")
	r.hides("1 changed")
	r.Press("ctrl+s")
	r.notDone()
	r.shows("Nothing has been changed.")
}

func TestCaseIsAChange(t *testing.T) {
	r := start(t)
	r.at("description")
	r.Press("enter", "enter", "ctrl+u")
	r.Type("SALES, second floor")
	r.Press("enter", "ctrl+s")
	r.shows("1 changed")
}

// All that was changed goes as one modification, each property once.
func TestSeveralPropertiesAreOneChange(t *testing.T) {
	r := start(t)
	r.at("telephoneNumber")
	r.Press("x")
	r.at("msNPAllowDialin")
	r.Press("enter", "n", "enter")
	r.at("title")
	r.Press("enter")
	r.Type("Manager")
	r.Press("enter", "esc")
	r.shows("3 changed")
	var got []string
	for _, c := range r.sent() {
		got = append(got, fmt.Sprint(c.Name, c.Values))
	}
	if want := []string{"msNPAllowDialin[FALSE]", "telephoneNumber[]", "title[Manager]"}; !slices.Equal(got, want) {
		t.Errorf("sent %v, want %v", got, want)
	}
}

func TestFixedPropertiesCannotBeOpenedAndSayWhy(t *testing.T) {
	r := start(t)
	for name, why := range map[string]string{"memberOf": "kept by the server", "cn": "rename the object instead"} {
		r.at(name)
		r.shows(name+" cannot be changed here: "+why, "v view")
		r.hides("Enter edit", "x clear")
		for _, key := range []string{"enter", "x"} {
			r.Press(key)
			r.on(name)
			r.hides("changed,", "->")
		}
	}
}

// A server that tells a password does not get it shown, and it cannot be sent.
func TestPasswordsAreNoProperties(t *testing.T) {
	r := start(t, func(r *rig) {
		r.dir.sheet.Properties = []models.Property{{Name: "unicodePwd", Type: models.OctetString, Values: []string{"R2VoZWltMQ=="}}}
	})
	r.shows("it holds a password")
	r.Press("enter", "x", "v")
	r.hides("R2Vo", "47 65", "changed,")
}

func TestNothingCanBeChangedOnAConnectionThatCannot(t *testing.T) {
	r := start(t, func(r *rig) { r.dir.cannot = "the profile is read-only" })
	r.at("telephoneNumber")
	r.shows("Nothing can be changed: the profile is read-only.")
	r.hides("Enter edit", "x clear")
	r.Press("enter", "x")
	r.on("telephoneNumber")
	r.hides("changed,")
}

// A person who has changed something is asked before it is lost.
func TestEscAsksTwiceWhenSomethingWasChanged(t *testing.T) {
	r := start(t)
	r.at("telephoneNumber")
	r.Press("x", "esc") // the filter
	r.Press("esc")
	r.shows("Esc again throws away 1 change")
	r.Press("down", "esc")
	if _, left := modeltest.Caught[forms.Cancelled](r.Driver); left {
		t.Fatal("left without being asked again")
	}
	r.Press("esc")
	if c, left := modeltest.Caught[forms.Cancelled](r.Driver); !left || c.Form != r.editor {
		t.Errorf("not left: %+v", c)
	}
	r = start(t)
	r.Press("esc")
	if _, left := modeltest.Caught[forms.Cancelled](r.Driver); !left {
		t.Error("asked though nothing was changed")
	}
}

func TestEscInAnEditorAsksTwice(t *testing.T) {
	for name, keys := range map[string][]string{
		"telephoneNumber": {"x"}, "otherTelephone": {"x"}, "userAccountControl": {"space"}, "logonHours": {"space"},
		"msNPAllowDialin": {"n"}, "userSMIMECertificate": {"A"}, "accountExpires": {"1"}, "info": {"x"},
	} {
		r := start(t)
		r.at(name)
		r.Press("enter")
		r.Press("esc")
		r.on(name)
		r.Press("enter")
		r.Press(keys...)
		r.Press("esc")
		r.shows("Esc again goes back")
		r.Press("esc")
		r.on(name)
		r.hides("changed,")
	}
}

// A person's own keys hold in the sheet and in every editor, and are what the
// foot and the hints name.
func TestOwnKeysHoldInTheSheetAndItsEditors(t *testing.T) {
	r := start(t, func(r *rig) {
		r.keys = map[string][]string{
			"move.down": {"ctrl+n"}, "property.edit": {"ctrl+o"}, "property.submit": {"ctrl+y"}, "value.accept": {"ctrl+q"},
			"answer.no": {"ctrl+x"}, "values.remove": {"ctrl+r"}, "values.submit": {"ctrl+g"}, "flags.toggle": {"ctrl+t"},
			"hours.none": {"ctrl+v"}, "text.break": {"ctrl+l"},
		}
	})
	r.Press("down")
	r.on("accountExpires")
	r.Press("ctrl+n")
	r.on("cn")
	r.at("msNPAllowDialin")
	r.shows("Ctrl-O edit")
	r.Press("enter")
	r.shows("Ctrl-O edit")
	r.Press("ctrl+o", "ctrl+x")
	r.shows("^Q take it")
	r.Press("ctrl+q")
	r.shows("yes -> no", "Ctrl-Y to review")
	r.at("otherTelephone")
	r.Press("ctrl+o", "x")
	r.hides("taken away")
	r.Press("ctrl+r", "ctrl+g")
	r.shows("take away 555-0143")
	r.at("userAccountControl")
	r.Press("ctrl+o", "ctrl+n", "ctrl+t", "ctrl+q")
	r.at("logonHours")
	r.Press("ctrl+o", "ctrl+v", "ctrl+q")
	r.shows("at no time")
	r.at("info")
	r.Press("ctrl+o", "ctrl+l")
	r.Type("More.")
	r.Press("ctrl+q")
	r.shows("5 changed")
}

func TestFilterFindsByNameAndValueAndPutsTheCursorOnTheBest(t *testing.T) {
	r := start(t)
	r.Press("/")
	r.Type("title")
	r.shows("1 of 24")
	r.on("title")
	r.Press("ctrl+u")
	r.Type("tele")
	r.shows("2 of 24")
	r.on("telephoneNumber")
	r.Press("ctrl+u")
	r.Type("555-0144")
	r.on("otherTelephone")
	r.Press("ctrl+u")
	r.Type("zzz")
	r.shows("No property fits.", "0 of 24")
	r.Press("enter", "x", "u", "v")
	r.Press("esc")
	r.shows("24 of 24")
}

func TestSetOnesComeFirstAndCanBeAlone(t *testing.T) {
	r := start(t, func(r *rig) { r.height = 40 })
	screen := r.Screen()
	if strings.Index(screen, "whenCreated") > strings.Index(screen, "adminCount") {
		t.Errorf("a property that is not set comes before one that is:\n%s", screen)
	}
	r.at("title")
	r.Press("enter")
	r.Type("x")
	r.Press("enter", "esc", "s")
	r.shows("set ones only", "title")
	r.hides("adminCount", "assistant")
	r.Press("s")
	r.shows("adminCount")
}

func TestViewerShowsAllValuesAndItsOwnLineBreaks(t *testing.T) {
	r := start(t)
	r.at("otherTelephone")
	r.Press("v")
	r.shows("3 values", "555-0145")
	r.Press("esc")
	r.at("info")
	r.Press("v")
	if !strings.Contains(r.Screen(), "  Ring first.  ") {
		t.Errorf("the lines are not apart:\n%s", r.Screen())
	}
}

// Only what is on the screen is drawn, however much there is.
func TestThousandsOfProperties(t *testing.T) {
	r := start(t, func(r *rig) {
		for i := range 5000 {
			r.dir.sheet.Properties = append(r.dir.sheet.Properties,
				models.Property{Name: fmt.Sprintf("extra%04d", i), Type: models.CaseIgnoreString, Values: []string{"x"}})
		}
	})
	r.Press("G")
	r.on("userSMIMECertificate")
	r.Press("g")
	r.on("accountExpires")
	r.Press("pgdown", "pgdown", "pgup")
	r.on("extra")
	if lines := strings.Count(r.Screen(), "\n") + 1; lines != 24 {
		t.Errorf("%d lines", lines)
	}
}

func hostile(r *rig) {
	const evil = "red\x1b[31m\u202Egnp\x07"
	r.dir.sheet.Partial = "some are hidden" + evil
	r.dir.sheet.Properties = append(r.dir.sheet.Properties,
		models.Property{Name: "a\x1bvil", Type: models.CaseIgnoreString, Multi: models.Yes, Values: []string{evil, "b\x1b[2J"}},
		models.Property{Name: "b\x1bvil", Type: models.CaseIgnoreString, Values: []string{evil}},
		models.Property{Name: "c\x1bvil", Type: models.DNString, Values: []string{"CN=" + evil}, Fixed: evil},
		models.Property{Name: "d\x1bvil", Type: models.OctetString, Values: []string{evil}},
		models.Property{Name: "e\x1bvil", Type: models.LogonHours, Values: []string{evil}},
		models.Property{Name: "f\x1bvil", Type: models.Timestamp, Values: []string{evil}},
		models.Property{Name: "g\x1bvil", Type: models.Integer, Values: []string{evil}},
		models.Property{Name: "h\x1bvil", Type: models.Boolean, Values: []string{evil}},
	)
}

// What a directory holds cannot do anything to the terminal, in whatever editor
// it is.
func TestHostileValues(t *testing.T) {
	r := start(t, hostile)
	r.editor.Refuse(&models.Error{Kind: models.ErrInvalid, Server: "no\x1b[31m\u202E"})
	look := func(where string) {
		t.Helper()
		view := r.editor.View()
		for _, bad := range []string{"\u202e", "\x07", "\x1b[31m\u202e", "d\x1b[31m", "\x1b[2J", "\x1bvil"} {
			if strings.Contains(view, bad) {
				t.Errorf("%s holds %q", where, bad)
			}
		}
	}
	look("the sheet")
	for _, key := range []string{"a", "b", "c", "d", "e", "f", "g", "h"} {
		for _, open := range []string{"enter", "v", "x"} {
			r.Press("esc", "/")
			r.Type(key + "\uFFFD")
			r.Press("ctrl+u")
			r.Type("vil")
			r.Press("enter", "g")
			for range strings.Index("abcdefgh", key) {
				r.Press("down")
			}
			look("the row " + key)
			r.Press(open)
			look(key + " " + open)
			r.Press("enter")
			look(key + " " + open + " enter")
			r.Press("esc", "esc")
			if _, left := modeltest.Caught[forms.Cancelled](r.Driver); left {
				r.Messages = nil
			}
		}
	}
}

// No colour where none is wanted, and ASCII where nothing else can be shown.
func TestASCIIAndNoColour(t *testing.T) {
	for name, act := range scenes() {
		r := start(t, func(r *rig) { r.theme = theme.Options{ASCII: true, NoColor: true} })
		act(r)
		for _, c := range r.Screen() {
			if c > '~' {
				t.Errorf("%s: %q is not ASCII", name, c)
			}
		}
		for _, colour := range []string{"\x1b[3", "\x1b[9", "\x1b[10", ";3", ";9"} {
			if strings.Contains(r.editor.View(), colour) {
				t.Errorf("%s: there is a colour", name)
			}
		}
	}
}
