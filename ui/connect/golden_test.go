package connect

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"dirdesk/models"
	"dirdesk/test/modeltest"
	"dirdesk/theme"
)

// scenes are the screens that a person may meet on the way in.
func scenes() map[string]func(*testing.T, Options) *modeltest.Driver {
	ready := func(w *wire) func(*testing.T, Options) *modeltest.Driver {
		return func(t *testing.T, o Options) *modeltest.Driver {
			o.Ready, o.SignIn = true, models.SignIn{Profile: dsm(), Password: models.NewSecret(secret)}
			_, d := start(t, w, o)
			return d
		}
	}
	changed := certificate()
	changed.Known = "sha256:" + strings.Repeat("fedcba9876543210", 4)
	return map[string]func(*testing.T, Options) *modeltest.Driver{
		"pick": func(t *testing.T, o Options) *modeltest.Driver {
			profiles := []models.Profile{dsm(), {Name: "corp", URL: "ldaps://dc1.corp.example.com", Account: `CORP\jo`}}
			for i := range 5 {
				profiles = append(profiles, models.Profile{Name: fmt.Sprintf("branch %d", i+1), URL: "ldap://10.0.0.7"})
			}
			_, d := start(t, &wire{profiles: profiles}, o)
			d.Press("down")
			return d
		},
		"new": func(t *testing.T, o Options) *modeltest.Driver {
			_, d := start(t, &wire{}, o)
			d.Press("enter")
			d.Type("nas")
			d.Press("enter")
			d.Type("admin")
			d.Press("enter")
			d.Type(secret)
			return d
		},
		"wrong-password": func(t *testing.T, o Options) *modeltest.Driver {
			d := ready(&wire{answers: []any{credentials()}})(t, o)
			d.Press("enter")
			return d
		},
		"waiting": func(t *testing.T, o Options) *modeltest.Driver {
			o.SignIn = models.SignIn{Profile: dsm()}
			m, d := start(t, &wire{}, o)
			d.Hold = true
			d.Run(m.open(nil))
			d.Hold = false
			d.Send(spinMsg{m.attempt - 1}) // of an attempt that was given up
			for range 50 {
				d.Send(spinMsg{m.attempt})
			}
			return d
		},
		"adaxes": func(t *testing.T, o Options) *modeltest.Driver {
			_, d := start(t, &wire{}, o)
			newService(d)
			d.Type(accessToken)
			return d
		},
		"domains": func(t *testing.T, o Options) *modeltest.Driver {
			o.SignIn = models.SignIn{Profile: service(), Token: models.NewSecret(accessToken)}
			o.Ready = true
			_, d := start(t, &wire{answers: []any{several{[]string{"corp.example.com", "lab.example.com"}}}}, o)
			return d
		},
		"keep": func(t *testing.T, o Options) *modeltest.Driver {
			o.SignIn = models.SignIn{Profile: service()}
			_, d := startWith(t, &keeper{wire: wire{answers: []any{&host{}}}}, o)
			d.Type(accessToken)
			d.Press("enter", "enter", "enter")
			return d
		},
		"certificate": ready(&wire{answers: []any{certificate()}}),
		"changed":     ready(&wire{answers: []any{changed}}),
		"code": func(t *testing.T, o Options) *modeltest.Driver {
			d := ready(&wire{answers: []any{
				&models.Error{Kind: models.ErrCodeRequired}, &models.Error{Kind: models.ErrCodeRejected, Action: "sign in", Object: "admin", Code: "404"},
			}})(t, o)
			d.Type("123456")
			d.Press("enter", "enter")
			return d
		},
		"failed": ready(&wire{answers: []any{&models.Error{
			Kind: models.ErrBlocked, Action: "sign in", Object: "admin", Code: "407", Server: "Blocked IP address. \x1b]0;x\x07",
		}}}),
	}
}

func TestGoldens(t *testing.T) {
	for name, scene := range scenes() {
		for _, size := range [][2]int{{80, 24}, {120, 40}, {40, 12}} {
			o := Options{Width: size[0], Height: size[1]}
			goldens.Golden(t, fmt.Sprintf("%s-%dx%d", name, size[0], size[1]), scene(t, o).Screen(), size[0], size[1])
		}
	}
}

// TestEverySizeIsFilled draws every scene at every small size: nothing panics,
// nothing sticks out.
func TestEverySizeIsFilled(t *testing.T) {
	for name, scene := range scenes() {
		d := scene(t, Options{Width: 80, Height: 24})
		for _, size := range [][2]int{{1, 1}, {2, 3}, {5, 5}, {20, 4}, {39, 11}, {81, 9}, {300, 80}, {40, 12}} {
			d.Send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			lines := strings.Split(d.Screen(), "\n")
			if len(lines) != size[1] {
				t.Errorf("%s at %v: %d lines", name, size, len(lines))
			}
			for _, line := range lines {
				if w := len([]rune(line)); w != size[0] {
					t.Errorf("%s at %v: a line of %d cells: %q", name, size, w, line)
					break
				}
			}
		}
	}
}

func TestASCII(t *testing.T) {
	th := theme.New(theme.Options{ASCII: true, NoColor: true})
	for name, scene := range scenes() {
		screen := scene(t, Options{Width: 80, Height: 24, Theme: &th}).Screen()
		if i := strings.IndexFunc(screen, func(r rune) bool { return r > 0x7e }); i >= 0 {
			t.Errorf("%s shows more than ASCII: %q", name, screen[i:i+8])
		}
	}
}
