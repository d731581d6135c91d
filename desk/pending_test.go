package desk

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"dirdesk/desk/journal"
	"dirdesk/desk/verdict"
	"dirdesk/models"
)

// Whatever it is that waits for approval: nothing has changed, it is said, and
// it is neither sent again nor taken back.
func TestPending(t *testing.T) {
	for _, change := range everyChange() {
		t.Run(string(change.Action), func(t *testing.T) {
			w, j := newWorld(), newJournal(t)
			w.trouble = pending
			d := journaled(w, j)
			before := stateOf(w)
			out := apply(t, d, change)[0]
			if out.Verdict != verdict.Pending || out.Verified || out.NewDN != "" || !errors.Is(out.Err, models.ErrPending) {
				t.Errorf("%s, verified %v, %q: %v", out.Verdict, out.Verified, out.NewDN, out.Err)
			}
			if !strings.Contains(out.Words, ": sent for approval; nothing has changed yet") {
				t.Errorf("said %q", out.Words)
			}
			if len(w.sent) != 1 || stateOf(w) != before {
				t.Errorf("sent %v; the world is\n%s", w.sent, stateOf(w))
			}
			e := last(t, j)
			if e.Outcome != verdict.Pending || e.Words != out.Words {
				t.Errorf("the journal says %q, %q", e.Outcome, e.Words)
			}
			var cannot *CannotUndo
			if _, err := d.Undo(t.Context(), []journal.Entry{e}, nil); !errors.As(err, &cannot) || cannot.Words != "nothing was changed: it waits for approval" {
				t.Errorf("undo: %v", err)
			}
			whole(t, j)
		})
	}
}

func TestPendingWords(t *testing.T) {
	for _, c := range []struct {
		change models.Change
		want   string
	}{
		{phone(doe, "555-0100"), "jdoe: sent for approval; nothing has changed yet (phone is still 555-0199)"},
		{models.Change{Action: models.Disable, DN: doe}, "jdoe: sent for approval; nothing has changed yet (is still enabled)"},
		{modify(doe, replace("telephoneNumber", "1")), "jdoe: sent for approval; nothing has changed yet (telephoneNumber is still 555-0199)"},
		{everyChange()[1], "Support: sent for approval; nothing has changed yet"},
	} {
		w := newWorld()
		w.trouble = pending
		if got := apply(t, open(w), c.change)[0].Words; got != c.want {
			t.Errorf("said %q, want %q", got, c.want)
		}
	}
}

// One that waits does not keep the others from being written.
func TestPendingInBulk(t *testing.T) {
	w := newWorld()
	w.before = func(models.Action) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.trouble = map[bool]trouble{true: pending, false: fine}[len(w.sent) == 0]
	}
	var got []verdict.Verdict
	for _, out := range apply(t, open(w), phone(doe, "1"), phone(roe, "2")) {
		got = append(got, out.Verdict)
	}
	if !slices.Equal(got, []verdict.Verdict{verdict.Pending, verdict.Done}) {
		t.Errorf("verdicts %v", got)
	}
}

// Of a user made in two writes the second may wait: the user is there.
func TestPendingSecondWrite(t *testing.T) {
	change := everyChange()[0]
	change.User.MustChange = false
	w := newWorld()
	w.before = func(action models.Action) {
		if action == models.Edit {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.trouble = pending
		}
	}
	out := apply(t, open(newDSM(w)), change)[0]
	if out.Verdict != verdict.Pending || out.NewDN == "" || out.Words != "asmith: the account was made; its other fields were sent for approval" {
		t.Errorf("%s, %q: %q", out.Verdict, out.NewDN, out.Words)
	}
}

// What a server says beyond yes or no is kept, and its warnings are counted.
func TestMessages(t *testing.T) {
	warning := models.Message{Kind: models.MessageWarning, Text: "no mailbox"}
	for _, c := range []struct {
		says []models.Message
		want string
	}{
		{nil, "jdoe: phone is now 555-0100, verified"},
		{[]models.Message{{Kind: models.MessageInformation, Text: "logged"}}, "jdoe: phone is now 555-0100, verified"},
		{[]models.Message{warning}, "jdoe: phone is now 555-0100, verified; the server warned: no mailbox"},
		{
			[]models.Message{{Kind: models.MessageTriggered, Text: "a rule", Inner: []models.Message{
				{Kind: models.MessageError, Source: "Rules", Text: "script failed", Inner: []models.Message{{Kind: models.MessageInformation, Text: "at line 1"}}},
			}}},
			"jdoe: phone is now 555-0100, verified; the server reported an error: Rules: script failed",
		},
		{[]models.Message{warning, {Kind: models.MessageInformation, Inner: []models.Message{warning}}}, "jdoe: phone is now 555-0100, verified; the server gave 2 warnings, the first: no mailbox"},
	} {
		w := newWorld()
		w.says = c.says
		out := apply(t, open(w), phone(doe, "555-0100"))[0]
		if out.Words != c.want || len(out.Messages) != len(c.says) || !out.Verified {
			t.Errorf("said %q with %d messages, want %q", out.Words, len(out.Messages), c.want)
		}
	}
}

// A server that warned, and did not do it, is not believed.
func TestWarningsAreNoSuccess(t *testing.T) {
	w := newWorld()
	w.trouble, w.says = pretend, []models.Message{{Kind: models.MessageWarning, Text: "phone not set"}}
	out := apply(t, open(w), phone(doe, "555-0100"))[0]
	if out.Verdict != verdict.Failed || !strings.Contains(out.Words, "still 555-0199") || !strings.Contains(out.Words, "warned: phone not set") {
		t.Errorf("%s: %q", out.Verdict, out.Words)
	}
}

// What a server says may repeat the password that it was sent.
func TestMessagesHoldNoPassword(t *testing.T) {
	w := newWorld()
	w.says = []models.Message{{Kind: models.MessageWarning, Text: "too weak: " + newPassword, Inner: []models.Message{{Kind: models.MessageWarning, Text: newPassword}}}}
	out := apply(t, open(w), models.Change{
		Action: models.SetPassword, DN: doe, Password: models.NewSecret(newPassword), Options: models.PasswordOptions{Unlock: true},
	})[0]
	if len(out.Messages) != 1 || strings.Contains(out.Words+out.Messages[0].Text+out.Messages[0].Inner[0].Text, newPassword) {
		t.Errorf("%q, %+v", out.Words, out.Messages)
	}
}

// A screen hears of a long write while it is under way.
func TestProgress(t *testing.T) {
	w := newWorld()
	w.progress = "running, 5 s"
	d := open(w)
	plan := planned(t, d, PlanOptions{}, models.Change{Action: models.Unlock, DN: doe}, phone(doe, "1"))
	var words []string
	ctx := models.WithListener(t.Context(), models.Listener{Progress: func(said string) { words = append(words, said) }})
	for range d.Apply(ctx, plan) {
	}
	if !slices.Equal(words, []string{"running, 5 s"}) {
		t.Errorf("heard %q", words)
	}
}
