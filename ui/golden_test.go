package ui_test

import (
	"flag"
	"testing"

	"dirdesk/models"
	"dirdesk/theme"
	"dirdesk/ui/uitest"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestGoldenSizes(t *testing.T) {
	t.Parallel()
	for name, size := range map[string][2]int{
		"80x24": {80, 24}, "120x40": {120, 40}, "40x12": {40, 12},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			uitest.Golden(t, "berlin-"+name+".txt", uitest.Berlin(t, uitest.Options{Width: size[0], Height: size[1]}).Plain(), *update)
		})
	}
}

func TestGoldenScenes(t *testing.T) {
	t.Parallel()
	for name, scene := range map[string]func(t *testing.T) *uitest.Screen{
		"start": func(t *testing.T) *uitest.Screen {
			return uitest.Start(t, uitest.Options{Backend: uitest.NewDirectory(), Demo: true})
		},
		"big": func(t *testing.T) *uitest.Screen {
			s := uitest.Start(t, uitest.Options{Backend: uitest.NewDirectory()})
			s.Press("down", "enter", "G")
			return s
		},
		"loading": func(t *testing.T) *uitest.Screen {
			s := uitest.Start(t, uitest.Options{Backend: uitest.NewDirectory()})
			s.Press("down", "enter")
			s.Hold()
			s.Press("G")
			s.Fire()
			return s
		},
		"narrowed": func(t *testing.T) *uitest.Screen {
			s := uitest.Start(t, uitest.Options{Backend: uitest.NewDirectory()})
			s.Press("down", "enter", "/")
			s.Type("user0001")
			return s
		},
		"narrowed-to-nothing": func(t *testing.T) *uitest.Screen {
			s := uitest.Start(t, uitest.Options{Backend: uitest.NewDirectory()})
			s.Press("down", "enter", "/")
			s.Type("zzz")
			s.Press("enter")
			return s
		},
		"details": func(t *testing.T) *uitest.Screen {
			s := uitest.Berlin(t, uitest.Options{})
			s.Press("i")
			return s
		},
		"failed": func(t *testing.T) *uitest.Screen {
			d := uitest.NewDirectory()
			s := uitest.Berlin(t, uitest.Options{Backend: d})
			d.Fail = func(models.ListRequest) error {
				return &models.Error{Kind: models.ErrUnreachable, Action: "list", Server: "connection refused"}
			}
			s.Press("r")
			return s
		},
		"why": func(t *testing.T) *uitest.Screen {
			d := uitest.NewDirectory()
			s := uitest.Berlin(t, uitest.Options{Backend: d})
			d.Fail = func(models.ListRequest) error {
				return &models.Error{Kind: models.ErrServer, Action: "list", Object: "OU=Berlin", Code: "500", Server: "disk is full"}
			}
			s.Press("r", "!")
			return s
		},
		"go-to": func(t *testing.T) *uitest.Screen {
			s := uitest.Berlin(t, uitest.Options{})
			s.Press("o", "ctrl+u")
			s.Type("nonsense")
			s.Press("enter")
			return s
		},
		"find": func(t *testing.T) *uitest.Screen {
			s := uitest.Berlin(t, uitest.Options{})
			s.Press("f")
			s.Type("schmidt")
			s.Fire()
			return s
		},
		"found": func(t *testing.T) *uitest.Screen {
			s := uitest.Berlin(t, uitest.Options{Width: 160, Height: 48})
			s.Press("f")
			s.Type("user000")
			s.Fire()
			s.Press("enter", "j")
			return s
		},
		"copy": func(t *testing.T) *uitest.Screen {
			s := uitest.Berlin(t, uitest.Options{})
			s.Press("y")
			return s
		},
		"domain": func(t *testing.T) *uitest.Screen {
			s := uitest.Berlin(t, uitest.Options{})
			s.Press("I")
			return s
		},
		"help": func(t *testing.T) *uitest.Screen {
			s := uitest.Berlin(t, uitest.Options{})
			s.Press("?")
			return s
		},
		"palette": func(t *testing.T) *uitest.Screen {
			s := uitest.Berlin(t, uitest.Options{})
			s.Press(":")
			s.Type("sort")
			return s
		},
		"signed-out": func(t *testing.T) *uitest.Screen {
			d := uitest.NewDirectory()
			s := uitest.Berlin(t, uitest.Options{Backend: d})
			d.Fail = func(models.ListRequest) error { return &models.Error{Kind: models.ErrSession, Action: "list"} }
			s.Press("r")
			return s
		},
		"ascii": func(t *testing.T) *uitest.Screen {
			return uitest.Berlin(t, uitest.Options{Theme: theme.Options{ASCII: true}})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			uitest.Golden(t, name+".txt", scene(t).Plain(), *update)
		})
	}
}

// The colours themselves: what they are is in the theme, that they are used as
// meant is seen here.
func TestGoldenColours(t *testing.T) {
	t.Parallel()
	uitest.Golden(t, "dark.ansi", uitest.Berlin(t, uitest.Options{}).Raw()+"\n", *update)
	uitest.Golden(t, "light.ansi", uitest.Berlin(t, uitest.Options{Light: true}).Raw()+"\n", *update)
	uitest.Golden(t, "no-colour.ansi", uitest.Berlin(t, uitest.Options{Theme: theme.Options{NoColor: true}}).Raw()+"\n", *update)
}
