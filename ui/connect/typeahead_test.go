package connect

import (
	"testing"

	tea "charm.land/bubbletea/v2"
)

// Keys can arrive faster than the program runs the commands that they cause,
// over a slow line above all: none may end in a field before its own.
func TestKeysTypedAheadGoToTheirFields(t *testing.T) {
	m, _ := start(t, &wire{answers: []any{&host{}}}, Options{})
	key := func(code rune, text string) {
		m.Update(tea.KeyPressMsg{Code: code, Text: text}) // its command has not run yet
	}
	key(tea.KeyEnter, "") // DSM
	for _, field := range []string{"nas", "admin", secret} {
		for _, r := range field {
			key(r, string(r))
		}
		key(tea.KeyEnter, "")
	}
	if a := m.answers; a.host != "nas" || a.account != "admin" || a.password != secret {
		t.Errorf("host %q, account %q, password %q", a.host, a.account, a.password)
	}
	key(tea.KeyTab, "")
	m.Update(tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift})
	key('!', "!")
	if m.answers.password != secret+"!" {
		t.Errorf("password %q", m.answers.password)
	}
}
