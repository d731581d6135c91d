package change

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/desk/verdict"
	"dirdesk/keymap"
	"dirdesk/theme"
)

// What the server says while it is at work is on the screen, in front of the
// page and behind it, and is gone with the next object.
func TestProgressIsSaid(t *testing.T) {
	th := theme.New(theme.Options{ASCII: true})
	later := 0
	f := New(Env{Theme: &th, Keys: keymap.Default(), Later: func(time.Duration, tea.Msg) tea.Cmd { later++; return nil }})
	f.SetSize(60, 10)
	j := &job{plan: desk.Plan{Steps: []desk.Step{{Title: "modify jdoe"}, {Title: "modify jroe"}}}}
	f.job, f.stage = j, applying
	f.put(applying, &waiting{words: "Modify jdoe", progress: j.progress.words})
	if !strings.Contains(f.View(), "| Waiting for the server.") {
		t.Errorf("before a word is said:\n%s", f.View())
	}
	j.progress.say("running the rule After Updating a User")
	f.Update(watchMsg{j})
	if !strings.Contains(f.View(), "/ Running the rule After Updating a User.") || later != 1 {
		t.Errorf("while it is at work (%d turns):\n%s", later, f.View())
	}
	f.typed(tea.KeyPressMsg{Code: tea.KeyEscape})
	if got := f.Activity(); !strings.Contains(got, "0 of 2, modify jdoe, running the rule") {
		t.Errorf("behind the page it says %q", got)
	}
	f.Update(watchMsg{j})
	if later != 1 {
		t.Error("it is drawn anew though nobody looks at it")
	}
	f.happened(outcomeMsg{job: j, outcome: desk.Outcome{Verdict: verdict.Done}})
	if got := f.Activity(); !strings.Contains(got, "1 of 2, modify jroe") || strings.Contains(got, "running") {
		t.Errorf("of the next object it says %q", got)
	}
}
