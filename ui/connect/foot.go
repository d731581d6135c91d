package connect

import (
	"dirdesk/internal/terminaltext"
	"dirdesk/keymap"
)

// footLine names the keys that work now.
func (m *Model) footLine(width int) string {
	var keys [][2]string
	switch m.stage {
	case picking:
		keys = [][2]string{{"up", ""}, {"down", "choose"}, {"enter", "connect"}, {"esc", "leave"}}
	case entering, identifying:
		keys = [][2]string{{"enter", m.enterDoes("sign in")}, {"esc", m.escapeDoes()}, {"shift+tab", "field before"}}
	case waiting:
		keys = [][2]string{{"esc", "cancel"}}
	case judging:
		keys = [][2]string{{"up", ""}, {"down", "choose"}, {"enter", "answer"}, {"esc", "refuse"}}
	case warned:
		keys = [][2]string{{"esc", "back"}}
	case coding:
		keys = [][2]string{{"enter", m.enterDoes("sign in")}, {"esc", "back"}, {"shift+tab", "field before"}}
	case choosing:
		keys = [][2]string{{"up", ""}, {"down", "choose"}, {"enter", "sign in"}, {"esc", "back"}}
	case keeping:
		keys = [][2]string{{"up", ""}, {"down", "choose"}, {"enter", "answer"}, {"esc", "do not keep it"}}
	case failed:
		keys = [][2]string{{"enter", "try again"}, {"e", "change"}, {"esc", "back"}}
	}
	line, used := "", 0
	for _, k := range keys {
		spelled := keymap.Spell(k[0], m.theme.Options.ASCII)
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
