package property

import (
	tea "charm.land/bubbletea/v2"

	"dirdesk/keymap"
)

// yesNo is a value that is yes, no or not set.
type yesNo struct {
	editor  *Editor
	keys    keymap.Keys
	present string
	at      int // in answers; none for a value that is none of them
}

// answer is one of the three.
type answer struct{ value, words, id string }

func answers() []answer {
	return []answer{{"TRUE", "yes", "answer.yes"}, {"FALSE", "no", "answer.no"}, {"", "not set", "answer.unset"}}
}

func newYesNo(e *Editor, present string) *yesNo {
	f := &yesNo{editor: e, keys: e.env.Keys.In(keymap.Answer), present: present, at: -1}
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
	switch id := f.keys.ID(key.String()); id {
	case "move.down", "answer.next":
		f.at = (f.at + 1) % len(all)
	case "move.up", "answer.prev":
		f.at = (max(f.at, 0) + len(all) - 1) % len(all)
	default:
		for i, a := range all {
			if a.id == id {
				f.at = i
			}
		}
	}
	return nil
}

func (f *yesNo) owns(string) bool { return false }

func (f *yesNo) keymap() keymap.Keys { return f.keys }

func (f *yesNo) hints() []hint { return []hint{{"answer.yes|answer.no|answer.unset", "choose", 0}} }

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
