package ui_test

import (
	"testing"

	"dirdesk/desk"
	"dirdesk/ui/uitest"
)

// own is a screen on which z moves down in the place of j, and more.
func own(t *testing.T) *uitest.Writing {
	t.Helper()
	return uitest.Write(t, desk.Open, func(o *uitest.Options) {
		o.Keys = map[string][]string{
			"move.down": {"z"}, "move.up": {"Z"}, "view.copy": {"c"}, "question.yes": {"ctrl+y"}, "form.submit": {"f10"},
			"journal.undo": {"ctrl+z"}, "change.journal": {"f7"}, "line.leave": {"ctrl+q"}, "app.quit": {"Q"},
		}
	})
}

// A key of one's own holds in every list, and the one in whose place it stands
// does nothing there any more.
func TestOwnKeysHoldInEveryList(t *testing.T) {
	t.Parallel()
	for name, begin := range map[string][]string{
		"rows": nil, "tree": {"shift+tab"}, "journal": {"X", "ctrl+y", "X", "ctrl+y", "f7"}, "what is to be made": {"n"}, "form": {"n", "u", "tab", "tab", "tab", "tab", "tab", "tab"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := own(t)
			w.Press(begin...)
			before := w.Raw()
			w.Press("j") // the rows say that it does nothing, until the next key
			still := w.Raw()
			if w.Press("j"); w.Raw() != still {
				t.Errorf("j moves:\n%s", w.Text())
			}
			if w.Press("z"); w.Raw() == before {
				t.Errorf("z does not move:\n%s", w.Text())
			}
			if w.Press("Z"); w.Raw() != before {
				t.Errorf("Z does not move back:\n%s", w.Text())
			}
		})
	}
}

// Foot, help and palette name the keys that hold.
func TestOwnKeysAreNamedEverywhere(t *testing.T) {
	t.Parallel()
	w := own(t)
	w.Press("D")
	w.Shows("Ctrl-Y: do it", "Ctrl-Y yes   N no")
	w.Press("y")
	w.Wrote()
	w.Press("ctrl+y")
	w.Wrote("delete Anna Schmidt")
	w.Press("f7")
	w.Shows("Ctrl-Z takes it back")
	w.Press("f7")
	w.Press("z", "e")
	w.Shows("F10 done")
	w.Press("esc", "?")
	w.Shows("Ctrl-Q closes")
	w.Type("copy")
	w.Shows(">c  copy DN")
	w.Press("ctrl+q", "q")
	if w.Quit {
		t.Error("q quits, and it is Q now")
	}
	if w.Press("Q"); !w.Quit {
		t.Error("Q does not quit")
	}
}

// What a key of one's own took from another is said at the start.
func TestATakenKeyIsSaidAtTheStart(t *testing.T) {
	t.Parallel()
	s := uitest.Start(t, uitest.Options{Backend: uitest.NewWritable(), Keys: map[string][]string{"view.sort": {"r"}}, Width: 120, Height: 30})
	s.Shows("The key r is view.sort now, and no longer view.refresh.")
}
