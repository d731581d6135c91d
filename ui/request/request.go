// Package request is the page on which an expert sends a compound request as
// typed, and reads the answer as it came.
package request

import (
	"bytes"
	"encoding/json"
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textarea"
	tea "charm.land/bubbletea/v2"

	"dirdesk/internal/terminaltext"
	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/theme"
	"dirdesk/ui/frame"
	"dirdesk/ui/list"
	"dirdesk/ui/message"
	"dirdesk/ui/trouble"
)

// Options say where it is drawn and how it is sent.
type Options struct {
	Theme  *theme.Theme
	Keys   keymap.Map
	Width  int // of the area, in cells
	Height int
	// Send sends a request and gives the answer; it runs beside the loop. It may
	// give both an answer and an error.
	Send func(request []byte) (answer []byte, err error)
	// Writable reports whether changes are allowed now.
	Writable func() bool
}

// Allow asks for changes to be allowed; the page is there again after it.
type Allow struct{}

type stage uint8

const (
	typing stage = iota
	asking
	sending
	reading
)

// Model is the page. It takes every key.
type Model struct {
	options Options
	area    textarea.Model
	stage   stage
	wrong   string
	sent    int // counts requests: answers to earlier ones are late
	answer  []byte
	err     error
	text    list.Text
}

// answeredMsg is the answer to a request.
type answeredMsg struct {
	model  *Model
	sent   int
	answer []byte
	err    error
}

// New makes the page, with nothing typed.
func New(o Options) *Model {
	m := &Model{options: o, area: newArea(o.Keys.In(keymap.Request))}
	m.SetSize(o.Width, o.Height)
	return m
}

// newArea is what the request is typed into.
func newArea(keys keymap.Keys) textarea.Model {
	area := textarea.New()
	area.ShowLineNumbers, area.Prompt, area.CharLimit = false, "", 0
	area.Placeholder = `[{"api": "SYNO.…", "method": "…", "version": 1}]`
	area.SetVirtualCursor(true)
	area.Focus()
	bind := func(id string) key.Binding { return key.NewBinding(key.WithKeys(keys.Keys(id)...)) }
	area.KeyMap = textarea.KeyMap{
		InsertNewline: bind("text.break"), LineNext: bind("text.down"), LinePrevious: bind("text.up"),
		CharacterBackward: bind("line.left"), CharacterForward: bind("line.right"), WordBackward: bind("line.wordleft"),
		LineStart: bind("line.home"), LineEnd: bind("line.end"),
		DeleteCharacterBackward: bind("line.rub"), DeleteCharacterForward: bind("line.delete"),
		DeleteWordBackward: bind("line.word"), DeleteBeforeCursor: bind("line.clear"), DeleteAfterCursor: bind("line.cut"),
	}
	return area
}

// SetSize says how large the area is, in cells.
func (m *Model) SetSize(width, height int) { m.options.Width, m.options.Height = width, height }

// Update takes a message. A tea.WindowSizeMsg must carry the size of the area.
func (m *Model) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.SetSize(msg.Width, msg.Height)
		return nil
	case answeredMsg:
		if msg.model == m && msg.sent == m.sent {
			m.stage, m.answer, m.err, m.text = reading, msg.answer, msg.err, list.Text{}
		}
		return nil
	case tea.KeyPressMsg:
		return m.press(msg)
	case tea.PasteMsg:
		return m.edit(msg)
	}
	return nil
}

func (m *Model) press(msg tea.KeyPressMsg) tea.Cmd {
	id := m.keys().ID(msg.String())
	switch m.stage {
	case asking:
		switch id {
		case "question.yes":
			return m.send()
		case "question.no", "question.default":
			m.stage = typing
		}
	case sending: // it is on its way: what it did has to be seen
	case reading:
		if id == "overlay.close" {
			m.stage = typing
		}
		m.text.Key(id)
	default:
		switch id {
		case "request.leave":
			return message.Send(message.Closed{})
		case "request.send":
			return m.ask()
		}
		return m.edit(msg)
	}
	return nil
}

// keys are those of the stage.
func (m *Model) keys() keymap.Keys {
	return m.options.Keys.In(map[stage]keymap.ScopeName{
		typing: keymap.Request, asking: keymap.Question, reading: keymap.Overlay,
	}[m.stage])
}

func (m *Model) edit(msg tea.Msg) tea.Cmd {
	if m.stage != typing {
		return nil
	}
	m.wrong = ""
	m.area, _ = m.area.Update(msg) // its commands only make the cursor blink
	return nil
}

// ask asks whether the request is to be sent.
func (m *Model) ask() tea.Cmd {
	text := strings.TrimSpace(m.area.Value())
	switch {
	case text == "":
		m.wrong = "There is nothing to send."
	case !json.Valid([]byte(text)):
		m.wrong = "This is no JSON."
	case !m.options.Writable():
		return func() tea.Msg { return Allow{} }
	default:
		m.stage = asking
	}
	return nil
}

func (m *Model) send() tea.Cmd {
	if !m.options.Writable() {
		m.stage = typing
		return func() tea.Msg { return Allow{} }
	}
	m.stage = sending
	m.sent++
	sent, request, send := m.sent, []byte(m.area.Value()), m.options.Send
	return func() tea.Msg {
		answer, err := send(request)
		return answeredMsg{m, sent, answer, err}
	}
}

// Busy reports whether a request is on its way.
func (m *Model) Busy() bool { return m.stage == sending }

// View draws as many lines as the area has rows, each of its width.
func (m *Model) View() string {
	o := m.options
	return frame.Pane{Title: "Raw request"}.Overlay(o.Theme, o.Width, o.Height, func(p *frame.Pane, width, room int) ([]string, string) {
		var content []string
		if m.stage == reading {
			content = m.text.Draw(p, m.answered(width), room, 0)
		} else {
			m.area.SetWidth(width)
			m.area.SetHeight(max(room-2, 1))
			note, tone := m.note()
			content = append(frame.Clip(strings.Split(m.area.View(), "\n"), width), "", tone.Ink(o.Theme).Render(o.Theme.Fit(" "+note, width)))
		}
		return content, o.Theme.Ink.Muted.Render(terminaltext.Fit(" "+m.foot(), width, ""))
	})
}

// note is what is to be known of the request.
func (m *Model) note() (string, message.Tone) {
	switch {
	case m.wrong != "":
		return m.wrong, message.Bad
	case m.stage == asking:
		return "Send this to the server as it stands?  " + m.keys().Spell("question.yes") + " yes   N no", message.Warning
	case m.stage == sending:
		return "It is on its way; wait for the answer.", message.Muted
	}
	return "Sent as typed. Nothing is checked, read back or undone; the journal notes the calls.", message.Muted
}

func (m *Model) foot() string {
	keys := m.keys()
	switch m.stage {
	case typing:
		return keys.Hints("   ", "request.send", "sends it", "request.leave", "closes")
	case asking:
		return keys.Hints("   ", "question.yes", ": send it", "question.default|question.no", ": back")
	case reading:
		return keys.Spell("move.up") + " and " + keys.Hints("   ", "move.down", "scroll", "overlay.close", ": back to the request")
	}
	return ""
}

// answered is the answer, indented where it is JSON, made safe.
func (m *Model) answered(width int) []string {
	th := m.options.Theme
	var lines []string
	if m.err != nil {
		for _, line := range terminaltext.Wrap(th.Safe(trouble.Line("It failed", m.err, models.AdviceFor(m.err))), max(width-2, 1)) {
			lines = append(lines, " "+th.Ink.Bad.Render(line))
		}
		lines = append(lines, "")
	}
	for line := range strings.SplitSeq(pretty(m.answer), "\n") {
		text := strings.TrimLeft(line, " ")
		indent := strings.Repeat(" ", min(1+len(line)-len(text), max(width/2, 1)))
		for _, part := range terminaltext.Wrap(th.Safe(text), max(width-1-len(indent), 1)) {
			lines = append(lines, indent+part)
		}
	}
	return lines
}

// pretty indents JSON; anything else stays as it is.
func pretty(answer []byte) string {
	var out bytes.Buffer
	if json.Indent(&out, answer, "", "  ") != nil {
		return string(answer)
	}
	return out.String()
}
