package property

import (
	tea "charm.land/bubbletea/v2"
)

// yesNo is a value that is yes, no or not set.
type yesNo struct {
	editor  *Editor
	present string
	at      int // in answers; none for a value that is none of them
}

// answer is one of the three.
type answer struct{ value, words, key string }

func answers() []answer {
	return []answer{{"TRUE", "yes", "y"}, {"FALSE", "no", "n"}, {"", "not set", "-"}}
}

func newYesNo(e *Editor, present string) *yesNo {
	f := &yesNo{editor: e, present: present, at: -1}
	for i, a := range answers() {
		if a.value == present {
			f.at = i
		}
	}
	return f
}

func (f *yesNo) update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	all := answers()
	switch name := key.String(); name {
	case "down", "j", "space", "tab":
		f.at = (f.at + 1) % len(all)
	case "up", "k", "shift+tab":
		f.at = (max(f.at, 0) + len(all) - 1) % len(all)
	default:
		for i, a := range all {
			if a.key == name {
				f.at = i
			}
		}
	}
	return nil
}

func (f *yesNo) owns(string) bool { return false }

func (f *yesNo) keys() string { return "y n - choose" }

func (f *yesNo) value() (string, string) {
	if f.at < 0 {
		return f.present, ""
	}
	return answers()[f.at].value, ""
}

func (f *yesNo) lines(_, room int) []string {
	th := f.editor.env.Theme
	var lines []string
	for i, a := range answers() {
		line := "  ( ) " + a.words
		if i == f.at {
			line = th.Ink.Accent.Render("> (*) ") + th.Ink.Cursor.Render(a.words)
		}
		lines = append(lines, line)
	}
	return lines[:min(len(lines), room)]
}
