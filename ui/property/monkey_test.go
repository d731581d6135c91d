package property_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"dirdesk/models"
	"dirdesk/test/modeltest"
	"dirdesk/ui/forms"
)

// Whatever is pressed, in whatever order and on however small a screen, the
// editor draws its area exactly and does not fall over.
func TestAnyKeysOnAnyScreen(t *testing.T) {
	keys := []string{
		"enter", "esc", "tab", "up", "down", "left", "right", "home", "end", "pgup", "pgdown", "space", "backspace",
		"ctrl+s", "ctrl+j", "ctrl+u", "ctrl+k", "shift+down", "shift+right",
		"a", "c", "d", "e", "g", "G", "j", "k", "n", "r", "s", "u", "v", "x", "X", "y", "z", "/", "+", "-", "1", "=",
	}
	rapid.Check(t, func(rt *rapid.T) {
		w, h := rapid.IntRange(1, 130).Draw(rt, "width"), rapid.IntRange(1, 40).Draw(rt, "height")
		r := start(t, func(r *rig) {
			r.width, r.height = w, h
			r.dir.sheet.Partial = "the server tells only some"
			r.dir.objects = []models.Object{{DN: staff.Child("CN", "Web team"), Name: "Web team", Category: models.Group}}
			r.dir.property = func(name string) (models.Property, error) {
				return models.Property{Name: name, Type: models.Boolean}, nil
			}
			if rapid.Bool().Draw(rt, "hostile") {
				hostile(r)
			}
		})
		for range rapid.IntRange(1, 60).Draw(rt, "presses") {
			switch rapid.IntRange(0, 30).Draw(rt, "what") {
			case 0:
				r.Send(tea.PasteMsg{Content: "pasted\r\ntext \x1b[31m 12"})
			case 1:
				w, h = rapid.IntRange(1, 130).Draw(rt, "width"), rapid.IntRange(1, 40).Draw(rt, "height")
				r.editor.SetSize(w, h)
			case 2:
				r.editor.Refuse(&models.Error{Kind: models.ErrInvalid, Server: "title is wrong"})
			case 3:
				r.fire()
			default:
				r.Press(rapid.SampledFrom(keys).Draw(rt, "key"))
			}
			lines := strings.Split(r.editor.View(), "\n")
			if len(lines) != h {
				rt.Fatalf("%d lines on a screen of %d", len(lines), h)
			}
			for _, line := range lines {
				if got := ansi.StringWidth(line); got != w {
					rt.Fatalf("a line takes %d of %d cells: %q", got, w, line)
				}
			}
		}
		if d, ok := modeltest.Caught[forms.Done](r.Driver); ok {
			for _, p := range d.Changes[0].Modification.Properties {
				if p.Operation != models.Replace && len(p.Values) == 0 || p.Masked && p.Mask == 0 {
					rt.Errorf("a change that changes nothing: %+v", p)
				}
			}
		}
	})
}
