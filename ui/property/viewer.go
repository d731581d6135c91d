package property

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/internal/english"
	"dirdesk/internal/terminaltext"
	"dirdesk/models"
	"dirdesk/ui/forms"
)

// viewer shows all values of a property, as they are to be.
type viewer struct {
	editor *Editor
	item   *item
	values []string
	top    int
	room   int
	more   bool // there is more below
}

func newViewer(e *Editor, it *item) *viewer {
	return &viewer{editor: e, item: it, values: it.now()}
}

func (v *viewer) resize() {}

func (v *viewer) close() {}

func (v *viewer) update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	step := 0
	switch key.String() {
	case "esc", "enter", "q", "v":
		v.editor.pop()
	case "up", "k":
		step = -1
	case "down", "j":
		step = 1
	case "pgup", "ctrl+b":
		step = -v.room
	case "pgdown", "ctrl+f", "space":
		step = v.room
	case "home", "g":
		v.top = 0
	}
	if step < 0 || v.more {
		v.top = max(min(v.top+step, len(v.values)-1), 0)
	}
	return nil
}

func (v *viewer) view() string {
	e := v.editor
	return e.env.Page(forms.Page{
		Title: e.env.Theme.Safe(v.item.property.Name + ": " + kindWords(v.item)), Right: english.Count(len(v.values), "value"),
		Body: v.body, Keys: "Up Down scroll  Esc back",
	})
}

// body is the values from the top on, each over as many lines as it takes.
func (v *viewer) body(width, room int) []string {
	th := v.editor.env.Theme
	v.room, v.more = room, false
	var lines []string
	for i := v.top; i < len(v.values); i++ {
		if len(lines) >= room {
			v.more = true
			break
		}
		lines = append(lines, v.wrap(v.values[i], width)...)
	}
	if len(v.values) == 0 {
		text := "not set"
		if !v.item.known {
			text = "not told"
		}
		lines = append(lines, "  "+th.Ink.Muted.Render(text))
	}
	if len(lines) > room {
		v.more = true
		lines = lines[:room]
	}
	if v.more && room > 1 {
		lines = append(lines[:room-1], "  "+th.Ink.Muted.Render(fmt.Sprintf("more below %s", th.Glyphs.Down)))
	}
	return lines
}

// wrap breaks a value into lines; its own line breaks stay.
func (v *viewer) wrap(value string, width int) []string {
	th := v.editor.env.Theme
	var lines []string
	if v.item.property.Type.Editor() == models.EditText {
		text := strings.ReplaceAll(value[:min(len(value), 20*mostShown)], "\r\n", "\n")
		for part := range strings.SplitSeq(text, "\n") {
			lines = append(lines, terminaltext.Wrap(th.Safe(part), max(width-2, 1))...)
		}
	} else {
		lines = terminaltext.Wrap(th.Safe(v.editor.words.whole(v.item.property, value)), max(width-2, 1))
	}
	for i := range lines {
		lines[i] = "  " + lines[i]
	}
	return lines
}
