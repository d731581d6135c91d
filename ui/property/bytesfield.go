package property

import (
	"encoding/base64"

	tea "charm.land/bubbletea/v2"

	"dirdesk/internal/english"
	"dirdesk/models"
	"dirdesk/ui/prompt"
	"dirdesk/ui/readfile"
)

// Limits of bytes.
const (
	mostFile  = 4 << 20 // of a file that is read, in bytes: more than any directory takes
	mostTyped = 1024    // of a present value that is shown to be typed over, in characters
)

// bytesField is bytes: typed or pasted as Base64, or out of a file.
type bytesField struct {
	base
	property models.Property
	data     string // Base64 of what a file held
	from     string // the file
	typed    *prompt.Prompt
	path     *prompt.Prompt
	onPath   bool
	turn     int // of reading files; answers of an earlier turn are late
	reading  bool
	wrong    string // about the file
}

// fileMsg is what a file held.
type fileMsg struct {
	field *bytesField
	turn  int
	name  string
	data  []byte
	wrong string // why it could not be read
}

func newBytes(b base, p models.Property) *bytesField {
	f := &bytesField{base: b, property: p, typed: prompt.New("", ""), path: prompt.New("", "")}
	if len(b.present) <= mostTyped {
		f.typed.Set(b.present)
	} else {
		f.data, f.from = b.present, "as it is now"
	}
	return f
}

func (f *bytesField) owns(id string) bool {
	return id == "value.accept" && f.onPath && f.path.Value() != ""
}

func (f *bytesField) hints() []hint {
	switch {
	case f.owns("value.accept"):
		return []hint{{"value.accept", "read the file", 0}, {"bytes.other", "Base64", 0}}
	case f.onPath:
		return []hint{{"bytes.other", "Base64", 0}}
	default:
		return []hint{{"bytes.other", "a file", 0}, {"^line.clear", "empty", 8}}
	}
}

func (f *bytesField) value() (string, string) {
	switch {
	case f.reading:
		return "", "The file is still being read."
	case f.onPath && f.wrong != "":
		return "", f.wrong
	case f.from != "":
		return f.data, ""
	}
	if f.typed.Value() == "" {
		return "", ""
	}
	return f.property.Type.Parse(f.property.Name, f.typed.Value(), f.editor.words.clock())
}

func (f *bytesField) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case fileMsg:
		f.received(msg)
		return nil
	case tea.KeyPressMsg:
		switch f.keys.ID(msg.String()) {
		case "bytes.other":
			f.onPath, f.wrong = !f.onPath, ""
			return nil
		case "value.accept":
			return f.read()
		case "line.clear":
			if !f.onPath {
				f.data, f.from = "", ""
			}
		}
	}
	line := f.typed
	if f.onPath {
		line = f.path
	}
	if line.Update(msg, f.keys) != prompt.Changed {
		return nil
	}
	f.turn++ // a file that is being read is not wanted any more
	f.reading, f.wrong = false, ""
	if !f.onPath {
		f.data, f.from = "", ""
	}
	return nil
}

// read starts reading the file.
func (f *bytesField) read() tea.Cmd {
	f.turn++
	f.reading, f.wrong = true, ""
	turn, name := f.turn, f.path.Value()
	return func() tea.Msg {
		data, wrong := readfile.Read(name, mostFile)
		return fileMsg{f, turn, name, data, wrong}
	}
}

func (f *bytesField) received(msg fileMsg) {
	if msg.field != f || msg.turn != f.turn {
		return
	}
	f.reading = false
	if msg.wrong != "" {
		f.wrong = msg.wrong
		return
	}
	f.data, f.from = base64.StdEncoding.EncodeToString(msg.data), msg.name
	f.onPath = false
	f.typed.Set("")
}

func (f *bytesField) lines(width, room int) []string {
	th := f.editor.env.Theme
	draw := func(label string, line *prompt.Prompt, focused bool) string {
		head := "  "
		if focused {
			head = th.Ink.Accent.Render("> ")
		}
		label = th.Fit(label, 8)
		if focused {
			return head + th.Ink.Title.Render(label) + line.Field(th, max(width-10, 1), false)
		}
		return head + label + th.Ink.Muted.Render(th.Fit(line.Value(), max(width-10, 1)))
	}
	lines := []string{draw("Base64", f.typed, !f.onPath), draw("File", f.path, f.onPath)}
	value, wrong := f.value()
	switch {
	case f.reading:
		lines = append(lines, "  "+th.Ink.Muted.Render("Reading the file "+th.Glyphs.Loading))
	case wrong != "":
		lines = append(lines, wrapped([]string{th.Safe(english.Own(wrong).Sentence())}, width, th.Ink.Bad.Render)...)
	case value == "":
		lines = append(lines, "  "+th.Ink.Muted.Render("Empty: it will not be set."))
	default:
		text := models.OctetString.Format("", value, nil)
		if f.from != "" {
			text += ", " + f.from
		}
		lines = append(lines, wrapped([]string{th.Safe(text)}, width, th.Ink.Good.Render)...)
	}
	return lines[:min(len(lines), room)]
}
