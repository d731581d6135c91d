package writes_test

import (
	"flag"
	"strings"
	"testing"

	"dirdesk/desk"
	"dirdesk/models"
	"dirdesk/theme"
	"dirdesk/ui/uitest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// changeScene brings a screen of some size to where it is looked at.
type changeScene func(t *testing.T, size func(*uitest.Options)) *uitest.Writing

func scene(mode desk.Mode, steps func(*uitest.Writing)) changeScene {
	return func(t *testing.T, size func(*uitest.Options)) *uitest.Writing {
		s := uitest.Write(t, mode, size)
		steps(s)
		return s
	}
}

// newUser fills in the form of a new user, up to the plan.
func newUser(s *uitest.Writing) {
	s.Press("n", "u")
	s.Type("Zoe")
	s.Press("tab")
	s.Type("Zimmer")
	s.Press("ctrl+s")
}

// changeScenes are screens on the way of a change.
func changeScenes() map[string]changeScene {
	denied := func(w *uitest.Writing) {
		w.Dir.Refuse = func(_ string, dn models.DN) error {
			if dn.RDN().Value == "Jörg Müller" {
				return &models.Error{Kind: models.ErrDenied, Action: "delete", Server: "insufficient rights"}
			}
			return nil
		}
	}
	return map[string]changeScene{
		"review-edit": scene(desk.Ask, func(s *uitest.Writing) {
			s.Describe("Head of Sales, and of everything else that has to do with money in Berlin")
		}),
		"review-new-user": scene(desk.Open, newUser),
		"choose-new": scene(desk.Open, func(s *uitest.Writing) {
			s.Press("n")
		}),
		"allow": scene(desk.Ask, func(s *uitest.Writing) {
			s.Press("W")
		}),
		"question-one": scene(desk.Open, func(s *uitest.Writing) {
			s.Press("D")
		}),
		"question-several": scene(desk.Open, func(s *uitest.Writing) {
			s.Press("space", "space", "space", "D")
		}),
		"question-container": scene(desk.Open, func(s *uitest.Writing) {
			s.Press("backspace", "D")
		}),
		"marked": scene(desk.Open, func(s *uitest.Writing) {
			s.Press("space", "j", "space")
		}),
		"bulk": scene(desk.Open, func(s *uitest.Writing) {
			s.Press("space", "space", "space", "D", "3")
			s.Hold()
			s.Press("enter")
			s.StepUntil("1 of 3")
		}),
		"summary": scene(desk.Open, func(s *uitest.Writing) {
			denied(s)
			s.Press("space", "space", "D", "2", "enter")
		}),
		"journal": scene(desk.Open, func(s *uitest.Writing) {
			s.Describe("One")
			s.Press("enter", "X", "y", "J", "j")
		}),
		"cannot-undo": scene(desk.Open, func(s *uitest.Writing) {
			s.Press("D", "y", "u")
		}),
		"refused": scene(desk.Open, func(s *uitest.Writing) {
			s.Dir.Refuse = func(string, models.DN) error {
				return &models.Error{Kind: models.ErrDenied, Action: "edit", Server: "insufficient rights"}
			}
			s.Describe("Head of Sales")
			s.Press("enter")
		}),
		"raw-request": scene(desk.Open, func(s *uitest.Writing) {
			s.Press(":")
			s.Type("raw request")
			s.Press("enter")
			s.Type(`[{"api":"A","method":"b"}]`)
			s.Press("ctrl+s", "y")
		}),
		"not-yet-in-dsm": scene(desk.Open, func(s *uitest.Writing) {
			newUser(s)
			s.Hold()
			s.Press("enter")
			s.StepUntil("Password of")
			s.Press("v", "esc")
			s.StepUntil("not yet in DSM")
		}),
	}
}

func sizes() map[string]func(*uitest.Options) {
	return map[string]func(*uitest.Options){
		"80x24":  func(o *uitest.Options) { o.Width, o.Height = 80, 24 },
		"40x12":  func(o *uitest.Options) { o.Width, o.Height = 40, 12 },
		"120x40": func(o *uitest.Options) { o.Width, o.Height = 120, 40 },
	}
}

func TestGoldenChanges(t *testing.T) {
	t.Parallel()
	for name, scene := range changeScenes() {
		for size, with := range sizes() {
			if size != "80x24" && name != "review-edit" && name != "question-several" && name != "summary" && name != "journal" && name != "allow" {
				continue
			}
			t.Run(name+"-"+size, func(t *testing.T) {
				t.Parallel()
				uitest.Golden(t, "change-"+name+"-"+size+".txt", scene(t, with).Plain(), *update)
			})
		}
	}
}

// The header says in words whether changes are allowed, at every width.
func TestGoldenHeaders(t *testing.T) {
	t.Parallel()
	var all string
	for _, mode := range []struct {
		name string
		mode desk.Mode
		demo bool
	}{{"never", desk.Never, false}, {"ask", desk.Ask, false}, {"open", desk.Open, false}, {"demo", desk.Open, true}} {
		for _, width := range []int{120, 80, 40, 24} {
			s := uitest.Write(t, mode.mode, func(o *uitest.Options) { o.Width, o.Height, o.Desk.Demo = width, 24, mode.demo })
			all += firstLine(s.Screen)
			if mode.mode == desk.Ask {
				s.Press("W", "y")
				all += firstLine(s.Screen)
			}
		}
	}
	uitest.Golden(t, "headers.txt", all, *update)
}

func firstLine(s *uitest.Screen) string {
	text := s.Plain()
	for i, r := range text {
		if r == '\n' {
			return text[:i+1]
		}
	}
	return text
}

func onlyASCII(t *testing.T, name string, s *uitest.Screen) {
	t.Helper()
	for _, r := range s.Text() {
		if r > '~' {
			t.Errorf("%s draws %q", name, r)
			break
		}
	}
}

func TestChangesInASCII(t *testing.T) {
	t.Parallel()
	ascii := func(o *uitest.Options) { o.Theme = theme.Options{ASCII: true} }
	for _, name := range []string{"bulk", "review-edit", "marked", "summary"} {
		s := changeScenes()[name](t, ascii)
		onlyASCII(t, name, s.Screen)
	}
}

// A long account leaves no room for the TLS state, but for the server's name.
func TestHeaderUsesTheRoomThatALongPartLeaves(t *testing.T) {
	t.Parallel()
	d := uitest.NewDirectory()
	d.Facts.Account = "operator-of-the-helpdesk@corp.example.test"
	s := uitest.Start(t, uitest.Options{Backend: d, Width: 90, Height: 24})
	if head := firstLine(s); !strings.Contains(head, d.Facts.Account) || !strings.Contains(head, "dc1:636") || strings.Contains(head, "TLS") {
		t.Errorf("the header is %q", head)
	}
}
