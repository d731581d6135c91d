package connect

import (
	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"

	"dirdesk/internal/terminaltext"
	"dirdesk/keymap"
)

// scope is what takes the keys now.
func (m *Model) scope() keymap.ScopeName {
	switch {
	case m.stage == failed:
		return keymap.Failed
	case m.stage == warned:
		return keymap.Overlay
	case m.form == nil:
		return keymap.SignIn
	}
	if _, typed := m.form.GetFocusedField().(*huh.Input); typed {
		return keymap.SignIn
	}
	return keymap.Choose
}

// key acts on a key, or hands it to the form.
func (m *Model) key(msg tea.KeyPressMsg) tea.Cmd {
	id := m.keys.In(m.scope()).ID(msg.String())
	switch id {
	case "signin.leave", "failed.leave", "overlay.close":
		return m.escape()
	case "signin.nopaste":
		// The library would read the clipboard of the machine dirdesk runs on,
		// which over SSH is not the one the person copied on.
		return nil
	case "signin.accept", "signin.next":
		return m.leaveField(msg, huh.NextField())
	case "signin.prev":
		return m.leaveField(msg, huh.PrevField())
	case "failed.again":
		return m.retry()
	case "failed.change":
		return m.back("")
	case "signin.scroll", "move.page":
		m.text.Key("move.down")
		return nil
	case "signin.scrollup", "move.pageup":
		m.text.Key("move.up")
		return nil
	}
	if m.form == nil {
		m.text.Key(id)
		return nil
	}
	return m.advance(msg)
}

// leaveField hands the form a key that leaves a field, and takes the step at
// once. The form would ask for the step with a command, and what is typed ahead
// would go to the field that was left: the first letter of a password to the
// account, where everybody can read it.
func (m *Model) leaveField(msg tea.KeyPressMsg, step tea.Msg) tea.Cmd {
	if m.form == nil {
		return nil
	}
	form, field := m.form, m.form.GetFocusedField()
	cmd := m.advance(msg)
	if m.form != form || form.State != huh.StateNormal || form.GetFocusedField() != field || field.Error() != nil {
		return cmd
	}
	return m.advance(step) // in the place of cmd, which would take it twice
}

// retry sends the same answers once more, because a person asked for it.
func (m *Model) retry() tea.Cmd {
	if m.answers.password == "" && m.answers.token == "" && !m.hasToken(m.answers.profile) {
		return m.back("")
	}
	return m.open(nil)
}

// escape goes one step back, out of the way in from its first step.
func (m *Model) escape() tea.Cmd {
	switch m.stage {
	case waiting:
		m.Close()
		return m.back("Cancelled: not connected.")
	case judging, warned:
		return m.back("Not connected: the certificate was refused. Nothing was sent.")
	case coding, failed, choosing:
		return m.back("")
	case keeping:
		m.answers.keep = false
		return m.kept()
	case entering, identifying:
		m.answers.password, m.answers.token, m.note = "", "", nil
		if m.hasChoice() {
			return m.show(picking)
		}
	}
	return cancelled
}

// back returns to the form that gave the answers, all of them kept, with a line
// that says why.
func (m *Model) back(why string) tea.Cmd {
	m.note = nil
	m.answers.code = ""
	if why != "" {
		m.note = []paragraph{{text: why, style: m.theme.Warning}}
	}
	if wrong := m.wrong; wrong != "" {
		m.wrong = ""
		return m.showAt(m.questions(), wrong)
	}
	return m.show(m.questions())
}

func cancelled() tea.Msg { return Cancelled{} }

// footLine names the keys that work now.
func (m *Model) footLine(width int) string {
	choose := func(what, leave string) [][2]string {
		return [][2]string{{"move.up", ""}, {"move.down", "choose"}, {"signin.accept", what}, {"signin.leave", leave}}
	}
	fields := func(leave string) [][2]string {
		return [][2]string{{"signin.accept", m.enterDoes("sign in")}, {"signin.leave", leave}, {"signin.prev", "field before"}}
	}
	hints := map[stage][][2]string{
		picking: choose("connect", "leave"), judging: choose("answer", "refuse"),
		choosing: choose("sign in", "back"), keeping: choose("answer", "do not keep it"),
		entering: fields(m.escapeDoes()), identifying: fields(m.escapeDoes()), coding: fields("back"),
		waiting: {{"signin.leave", "cancel"}}, warned: {{"overlay.close", "back"}},
		failed: {{"failed.again", "try again"}, {"failed.change", "change"}, {"failed.leave", "back"}},
	}
	scope := m.scope()
	line, used := "", 0
	for _, k := range hints[m.stage] {
		keys := m.keys.In(scope).Keys(k[0])
		if len(keys) == 0 {
			continue
		}
		spelled := keymap.Spell(keys[0], m.theme.Options.ASCII)
		part := terminaltext.Width(spelled) + 1 + len(k[1])
		if k[1] == "" {
			part-- // two keys with one meaning stand together
		}
		if used+part > width {
			break
		}
		line += m.theme.Key.Render(spelled)
		if k[1] != "" {
			line += " " + m.theme.Muted.Render(k[1]) + "  "
			part += 2
		}
		used += part
	}
	return line
}

// enterDoes is what Enter does in the field under the cursor.
func (m *Model) enterDoes(atTheEnd string) string {
	if m.form == nil {
		return ""
	}
	switch m.form.GetFocusedField().GetKey() {
	case fieldSaveAs, fieldRemember:
		return atTheEnd
	case fieldPassword:
		if m.stage == identifying {
			return atTheEnd
		}
	}
	return "next"
}

// escapeDoes is where Esc leads from a form that starts the way in.
func (m *Model) escapeDoes() string {
	if m.hasChoice() {
		return "back"
	}
	return "leave"
}

// hasChoice reports whether there is a list of connections to go back to.
func (m *Model) hasChoice() bool {
	return m.given.Profile.URL == "" && len(m.connector.Profiles()) > 0
}
