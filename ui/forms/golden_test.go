package forms_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"dirdesk/models"
	"dirdesk/theme"
	"dirdesk/ui/forms"
)

func width(line string) int { return ansi.StringWidth(line) }

// everyForm opens each of the forms.
func everyForm() map[string]func(forms.Env) forms.Form {
	john := Whole()
	return map[string]func(forms.Env) forms.Form{
		"user":           forms.NewUser,
		"group":          forms.NewGroup,
		"ou":             forms.NewOU,
		"edit":           editing(john),
		"password":       setPassword(john),
		"expiry":         func(e forms.Env) forms.Form { return forms.Expiry(e, john) },
		"rename":         func(e forms.Env) forms.Form { return forms.Rename(e, john) },
		"move":           func(e forms.Env) forms.Form { return forms.Move(e, []models.Object{john}) },
		"groups":         func(e forms.Env) forms.Form { return forms.AddToGroups(e, []models.Object{john}) },
		"members":        func(e forms.Env) forms.Form { return forms.AddMembers(e, group("Sales")) },
		"remove-members": func(e forms.Env) forms.Form { return forms.RemoveMembers(e, group("Sales")) },
		"remove-groups":  func(e forms.Env) forms.Form { return forms.RemoveFromGroups(e, john) },
	}
}

// scenes are what the goldens show: a form, and what was done in it.
func scenes() map[string]struct {
	form string
	act  func(*rig)
} {
	type scene = struct {
		form string
		act  func(*rig)
	}
	return map[string]scene{
		"user":         {"user", func(*rig) {}},
		"user-derived": {"user", func(r *rig) { r.Type("Jörg"); r.Press("tab"); r.Type("Müller"); r.fire(); r.Press("tab") }},
		"user-taken": {"user", func(r *rig) {
			r.backend.taken = func(string) (bool, error) { return true, nil }
			r.Press("tab", "tab")
			r.Type("ann")
			r.fire()
			r.Press("ctrl+s")
		}},
		"user-typed": {"user", func(r *rig) {
			r.Type("Ann")
			for !strings.HasPrefix(r.line(), "> Password") {
				r.Press("down")
			}
			r.Press("right", "down")
			r.Type("abc")
		}},
		"user-blocked": {"user", func(r *rig) {
			for !strings.HasPrefix(r.line(), "> Cannot") {
				r.Press("down")
			}
		}},
		"user-refused": {"user", func(r *rig) {
			r.Type("Ann")
			r.form.Refuse(&models.Error{
				Kind: models.ErrExists, Code: "LDAP 68", Server: "The object already exists.", Advice: "Choose another name.",
			})
		}},
		"user-where": {"user", func(r *rig) {
			r.Press("down", "down", "down", "down", "ctrl+o")
			r.Type("ber")
			r.fire()
		}},
		"group":        {"group", func(r *rig) { r.Press("down", "down") }},
		"ou":           {"ou", func(*rig) {}},
		"edit":         {"edit", func(r *rig) { r.Type("ny"); r.Press("down") }},
		"password":     {"password", func(*rig) {}},
		"expiry":       {"expiry", func(r *rig) { r.Press("ctrl+u"); r.Type("2026-12-31") }},
		"rename":       {"rename", func(*rig) {}},
		"move":         {"move", func(r *rig) { r.Type("ber"); r.fire() }},
		"groups":       {"groups", func(r *rig) { r.Type("sal"); r.fire(); r.Press("down", "tab", "tab") }},
		"groups-empty": {"groups", func(*rig) {}},
		"members":      {"members", func(r *rig) { r.Type("do"); r.fire(); r.Press("tab") }},
		"members-gone": {"remove-members", func(r *rig) { r.Press("tab") }},
	}
}

func TestGoldens(t *testing.T) {
	for name, s := range scenes() {
		for _, size := range [][2]int{{80, 24}, {40, 12}, {120, 40}} {
			t.Run(fmt.Sprintf("%s-%dx%d", name, size[0], size[1]), func(t *testing.T) {
				r := start(t, everyForm()[s.form], company, func(_ *rig, e *forms.Env) { e.Width, e.Height = size[0], size[1] })
				s.act(r)
				update.Golden(t, fmt.Sprintf("%s-%dx%d", name, size[0], size[1]), r.Screen(), size[0], size[1])
			})
		}
	}
}

// What a form shows fits a terminal without UTF-8, whatever is typed, and has no
// colour where none is wanted.
func TestASCIIAndNoColour(t *testing.T) {
	for name, s := range scenes() {
		th := theme.New(theme.Options{ASCII: true, NoColor: true})
		r := start(t, everyForm()[s.form], company, func(_ *rig, e *forms.Env) { e.Theme = &th })
		s.act(r)
		for _, c := range r.Screen() {
			if c > '~' {
				t.Errorf("%s: %q is not ASCII", name, c)
			}
		}
		for _, colour := range []string{"\x1b[3", "\x1b[9", "\x1b[10", ";3", ";9"} {
			if strings.Contains(r.form.View(), colour) {
				t.Errorf("%s: there is a colour", name)
			}
		}
	}
}
