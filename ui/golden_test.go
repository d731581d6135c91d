package ui_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dirdesk/models"
	"dirdesk/theme"
	"dirdesk/ui/uitest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares a text with a file in testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (go test ./ui -update writes it)", err)
	}
	if got != string(want) {
		t.Errorf("%s differs:\n%s\nwant:\n%s", name, got, want)
	}
}

// plain is the screen as text, without the blanks at the ends of lines.
func plain(s *uitest.Screen) string {
	lines := strings.Split(s.Text(), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

func TestGoldenSizes(t *testing.T) {
	for name, size := range map[string][2]int{
		"80x24": {80, 24}, "120x40": {120, 40}, "40x12": {40, 12},
	} {
		t.Run(name, func(t *testing.T) {
			golden(t, "berlin-"+name+".txt", plain(uitest.Berlin(t, uitest.Options{Width: size[0], Height: size[1]})))
		})
	}
}

func TestGoldenScenes(t *testing.T) {
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
			golden(t, name+".txt", plain(scene(t)))
		})
	}
}

// The colours themselves: what they are is in the theme, that they are used as
// meant is seen here.
func TestGoldenColours(t *testing.T) {
	golden(t, "dark.ansi", uitest.Berlin(t, uitest.Options{}).Raw()+"\n")
	golden(t, "light.ansi", uitest.Berlin(t, uitest.Options{Light: true}).Raw()+"\n")
	golden(t, "no-colour.ansi", uitest.Berlin(t, uitest.Options{Theme: theme.Options{NoColor: true}}).Raw()+"\n")
}
