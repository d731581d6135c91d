package writes_test

import (
	"testing"

	"dirdesk/desk"
	"dirdesk/models"
	"dirdesk/ui/uitest"
)

// serviceScenes are screens over a service that can do all.
func serviceScenes() map[string]func(t *testing.T, size func(*uitest.Options)) *serving {
	berlin := uitest.Base.Child("OU", "Staff").Child("OU", "Berlin")
	return map[string]func(t *testing.T, size func(*uitest.Options)) *serving{
		"licences": func(t *testing.T, size func(*uitest.Options)) *serving {
			s := serve(t, desk.Open, size)
			s.Press("M", "down", "space")
			return s
		},
		"review-flags": func(t *testing.T, size func(*uitest.Options)) *serving {
			s := serve(t, desk.Open, size)
			s.property("userAcc")
			s.Press("j", "space", "enter", "ctrl+s")
			return s
		},
		"password-with": func(t *testing.T, size func(*uitest.Options)) *serving {
			s := serve(t, desk.Open, size)
			s.Press("j", "j", "p", "down", "down", "down")
			return s
		},
		"pending": func(t *testing.T, size func(*uitest.Options)) *serving {
			s := held(t, size)
			s.becomes("telephoneN", "555-0100")
			s.Press("enter")
			return s
		},
		"pending-why": func(t *testing.T, size func(*uitest.Options)) *serving {
			s := held(t, size)
			s.becomes("telephoneN", "555-0100")
			s.Press("enter", "!")
			return s
		},
		"pending-summary": func(t *testing.T, size func(*uitest.Options)) *serving {
			s := held(t, size)
			s.becomes("telephoneN", "555-0100")
			s.Press("enter", "w")
			return s
		},
		"members": func(t *testing.T, size func(*uitest.Options)) *serving {
			s := serve(t, desk.Open, size)
			people := uitest.People(berlin)
			var dns []models.DN
			for _, o := range people[:7] {
				dns = append(dns, o.DN)
			}
			_ = s.Dir.AddMembers(t.Context(), models.Ref{DN: people[7].DN}, models.Refs(dns...))
			s.Press("G", "v", "j")
			return s
		},
	}
}

func TestGoldenService(t *testing.T) {
	t.Parallel()
	for name, scene := range serviceScenes() {
		for size, with := range sizes() {
			t.Run(name+"-"+size, func(t *testing.T) {
				t.Parallel()
				uitest.Golden(t, "service-"+name+"-"+size+".txt", scene(t, with).Plain(), *update)
			})
		}
	}
}

// Where only ASCII can be drawn, nothing else is.
func TestServiceInASCII(t *testing.T) {
	t.Parallel()
	for name, scene := range serviceScenes() {
		s := scene(t, func(o *uitest.Options) { o.Theme.ASCII = true })
		onlyASCII(t, name, s.Screen)
	}
}
