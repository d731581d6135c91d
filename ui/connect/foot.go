package connect

import (
	"dirdesk/internal/terminaltext"
	"dirdesk/keymap"
)

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
