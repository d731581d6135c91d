package lock_test

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/models"
	"dirdesk/theme"
	"dirdesk/ui/lock"
)

// rig is a lock with a clock of its own.
type rig struct {
	*lock.Lock
	t     *testing.T
	at    time.Time
	timer tea.Msg
	said  []tea.Msg
}

func start(t *testing.T) *rig {
	r := &rig{t: t, at: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}
	r.Lock = lock.New(lock.Options{
		After: 10 * time.Minute, Now: func() time.Time { return r.at },
		Later: func(_ time.Duration, msg tea.Msg) tea.Cmd { r.timer = msg; return nil },
	})
	r.SignedIn("anna", models.NewSecret("pass-word"))
	return r
}

// send gives a message to the lock, and reports whether others may have it.
func (r *rig) send(msg tea.Msg) bool {
	cmd, taken := r.Take(msg)
	if cmd != nil {
		if msg := cmd(); msg != nil {
			r.said = append(r.said, msg)
		}
	}
	return !taken
}

func (r *rig) answers(text string) {
	for _, c := range text {
		if r.send(tea.KeyPressMsg{Code: c, Text: string(c)}) {
			r.t.Error("the page gets a key of the answer")
		}
	}
	r.send(tea.KeyPressMsg{Code: tea.KeyEnter})
}

func TestLockedAfterAWhile(t *testing.T) {
	r := start(t)
	r.at = r.at.Add(9 * time.Minute)
	if !r.send(tea.KeyPressMsg{Code: 'j', Text: "j"}) {
		t.Fatal("a key is not for the page")
	}
	r.at = r.at.Add(9 * time.Minute)
	if r.send(r.timer); r.Locked() {
		t.Fatal("locked although a key came meanwhile")
	}
	r.at = r.at.Add(time.Minute)
	if r.send(r.timer); !r.Locked() {
		t.Fatal("not locked")
	}
	th := theme.New(theme.Options{})
	r.answers("wrong")
	if text := strings.Join(r.View(&th, 80, 24), "\n"); !r.Locked() || !strings.Contains(text, "4 tries are left") || strings.Contains(text, "wrong") {
		t.Errorf("after a wrong answer:\n%s", text)
	}
	r.answers("pass-word")
	if r.Locked() {
		t.Error("the password does not open it")
	}
}

// The timers of a laptop that slept come late: the first key finds it locked, and
// does nothing else.
func TestTheFirstKeyAfterSleep(t *testing.T) {
	r := start(t)
	r.at = r.at.Add(time.Hour)
	if r.send(tea.KeyPressMsg{Code: 'X', Text: "X"}) || !r.Locked() {
		t.Error("the page gets the key")
	}
}

func TestFiveWrongAnswersSignOut(t *testing.T) {
	r := start(t)
	r.at = r.at.Add(time.Hour)
	r.send(r.timer)
	for range 4 {
		r.answers("wrong")
	}
	for _, msg := range r.said {
		if _, out := msg.(lock.SignOut); out {
			t.Fatal("signed out too early")
		}
	}
	r.answers("wrong")
	if _, out := r.said[len(r.said)-1].(lock.SignOut); !out {
		t.Errorf("said %v", r.said)
	}
}
