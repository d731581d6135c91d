package property

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/internal/english"
	"dirdesk/internal/terminaltext"
	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/ui/forms"
	"dirdesk/ui/list"
)

// viewer shows all values of a property, as they are to be.
type viewer struct {
	still
	editor *Editor
	keys   keymap.Keys
	item   *item
	values []string
	text   list.Text
	lines  []string // of all values
	width  int      // that the lines were broken for
}

func newViewer(e *Editor, it *item) *viewer {
	return &viewer{editor: e, keys: e.env.Keys.In(keymap.Viewer), item: it, values: it.now()}
}

func (v *viewer) update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	if id := v.keys.ID(key.String()); id == "overlay.close" {
		v.editor.pop()
	} else {
		v.text.Key(id)
	}
	return nil
}

func (v *viewer) view() string {
	e := v.editor
	return e.env.Page(forms.Page{
		Title: e.env.Theme.Safe(v.item.property.Name + ": " + kindWords(v.item)), Right: english.Count(len(v.values), "value"),
		Body: v.body, Keys: v.keys.Hints("  ", "move.up|move.down", "scroll", "overlay.close", "back"),
	})
}

// body is the values, each over as many lines as it takes.
func (v *viewer) body(width, room int) []string {
	th := v.editor.env.Theme
	if v.width != width {
		v.width, v.lines = width, nil
		for _, value := range v.values {
			v.lines = append(v.lines, v.wrap(value, width)...)
		}
	}
	if len(v.values) == 0 {
		text := "not set"
		if !v.item.known {
			text = "not told"
		}
		return []string{"  " + th.Ink.Muted.Render(text)}
	}
	if len(v.lines) <= room || room < 2 {
		return v.text.Window(v.lines, room)
	}
	lines := append([]string(nil), v.text.Window(v.lines, room-1)...)
	if v.text.Rest() > 0 {
		lines = append(lines, "  "+th.Ink.Muted.Render(fmt.Sprintf("more below %s", th.Glyphs.Down)))
	}
	return lines
}

// wrap breaks a value into lines; its own line breaks stay.
func (v *viewer) wrap(value string, width int) []string {
	th := v.editor.env.Theme
	parts := []string{v.editor.words.whole(v.item.property, value)}
	if v.item.property.Type.Editor() == models.EditText {
		parts = strings.Split(strings.ReplaceAll(value[:min(len(value), 20*mostShown)], "\r\n", "\n"), "\n")
	}
	var lines []string
	for _, part := range parts {
		for _, line := range terminaltext.Wrap(th.Safe(part), max(width-2, 1)) {
			lines = append(lines, "  "+line)
		}
	}
	return lines
}
