package property_test

import (
	"fmt"
	"testing"

	"dirdesk/models"
)

// scenes are what the goldens show.
func scenes() map[string]func(*rig) {
	return map[string]func(*rig){
		"sheet": func(*rig) {},
		"changed": func(r *rig) {
			r.at("telephoneNumber")
			r.Press("enter", "backspace")
			r.Type("9")
			r.Press("enter")
			r.at("msNPAllowDialin")
			r.Press("enter", "n", "enter")
			r.at("userAccountControl")
			r.Press("enter", "down", "space", "enter", "esc")
		},
		"filter": func(r *rig) { r.Press("/"); r.Type("tel") },
		"flags": func(r *rig) {
			r.at("userAccountControl")
			r.Press("enter", "down", "space")
			for range 5 {
				r.Press("down")
			}
			r.Press("space")
			for range 8 {
				r.Press("down")
			}
			r.Press("space", "space", "space")
		},
		"values": func(r *rig) {
			r.at("otherTelephone")
			r.Press("enter", "x", "a")
			r.Type("555-0199")
			r.Press("enter")
		},
		"hours": func(r *rig) { r.at("logonHours"); r.Press("enter", "v", "down", "right") },
		"time":  func(r *rig) { r.at("accountExpires"); r.Press("enter", "ctrl+u"); r.Type("in 30 days") },
		"pick": func(r *rig) {
			r.dir.objects = []models.Object{
				{DN: staff.Child("CN", "Erika Weber"), Name: "Erika Weber", SAMAccountName: "eweber", Category: models.Person},
				{DN: staff.Child("CN", "Web team"), Name: "Web team", SAMAccountName: "Web team", Category: models.Group},
			}
			r.at("manager")
			r.Press("enter")
			r.Type("web")
			r.fire()
		},
		"octets": func(r *rig) { r.at("userSMIMECertificate"); r.Press("enter"); r.Type("AQIDBA==") },
		"refused": func(r *rig) {
			r.at("telephoneNumber")
			r.Press("x", "esc")
			r.editor.Refuse(&models.Error{
				Kind: models.ErrDenied, Action: "modify", Server: "telephoneNumber: insufficient rights", Advice: "Ask for the right.",
			})
		},
	}
}

func TestGoldens(t *testing.T) {
	for name, act := range scenes() {
		for _, size := range [][2]int{{80, 24}, {40, 12}, {120, 40}} {
			t.Run(fmt.Sprintf("%s-%dx%d", name, size[0], size[1]), func(t *testing.T) {
				r := start(t, func(r *rig) { r.width, r.height = size[0], size[1] })
				act(r)
				update.Golden(t, fmt.Sprintf("%s-%dx%d", name, size[0], size[1]), r.Screen(), size[0], size[1])
			})
		}
	}
}
