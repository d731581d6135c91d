// Package request is the page on which an expert sends a compound request as
// typed, and reads the answer as it came.
package request

import (
	"encoding/json"
	"strings"

	"charm.land/bubbles/v2/textarea"
	tea "charm.land/bubbletea/v2"

	"dirdesk/internal/terminaltext"
	"dirdesk/theme"
	"dirdesk/ui/frame"
	"dirdesk/ui/trouble"
)

// Options say where it is drawn and how it is sent.
type Options struct {
	Theme  *theme.Theme
	Width  int // of the area, in cells
	Height int
	// Send sends a request and gives the answer; it runs beside the loop. It may
	// give both an answer and an error.
	Send func(request []byte) (answer []byte, err error)
	// Writable reports whether changes are allowed now.
	Writable func() bool
}

// Closed says that the person is done.
type Closed struct{}

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
	offset  int
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
	area := textarea.New()
	area.ShowLineNumbers = false
	area.Prompt = ""
	area.CharLimit = 0
	area.Placeholder = `[{"api": "SYNO.…", "method": "…", "version": 1}]`
	area.SetVirtualCursor(true)
	area.Focus()
	m := &Model{options: o, area: area}
	m.SetSize(o.Width, o.Height)
	return m
}

// SetSize says how large the area is, in cells.
func (m *Model) SetSize(width, height int) {
	m.options.Width, m.options.Height = width, height
	w, h := m.pane().Inner(width, height)
	m.area.SetWidth(max(w, 1))
	m.area.SetHeight(max(h-3, 1))
}

func (m *Model) pane() frame.Pane {
	o := m.options
	return frame.Pane{Title: "Raw request", Active: true, Slim: o.Width < 50 || o.Height < 16}
}

// Update takes a message. A tea.WindowSizeMsg must carry the size of the area.
func (m *Model) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.SetSize(msg.Width, msg.Height)
		return nil
	case answeredMsg:
		if msg.model == m && msg.sent == m.sent {
			m.stage, m.answer, m.err, m.offset = reading, msg.answer, msg.err, 0
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
	key := msg.String()
	switch m.stage {
	case asking:
		switch key {
		case "y":
			return m.send()
		case "n", "q", "enter", "esc":
			m.stage = typing
		}
		return nil
	case sending:
		return nil // it is on its way: what it did has to be seen
	case reading:
		switch key {
		case "esc", "q", "enter":
			m.stage = typing
		case "up", "k":
			m.offset--
		case "down", "j":
			m.offset++
		case "pgup":
			m.offset -= m.options.Height / 2
		case "pgdown":
			m.offset += m.options.Height / 2
		}
		return nil
	}
	switch key {
	case "esc":
		return func() tea.Msg { return Closed{} }
	case "ctrl+s":
		return m.ask()
	}
	return m.edit(msg)
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
	pane := m.pane()
	w, h := pane.Inner(o.Width, o.Height)
	if w < 1 || h < 1 {
		return strings.Join(frame.Fill(nil, o.Width, o.Height), "\n")
	}
	th := o.Theme
	var content []string
	foot := " Ctrl-S sends it   Esc closes"
	switch m.stage {
	case reading:
		content = m.answered(w, h-1)
		foot = " Up and Down scroll   Esc: back to the request"
	default:
		content = append(frame.Clip(strings.Split(m.area.View(), "\n"), w), "")
		note, ink := "Sent as typed. Nothing is checked, read back or undone; the journal notes the calls.", th.Ink.Muted
		switch {
		case m.wrong != "":
			note, ink = m.wrong, th.Ink.Bad
		case m.stage == asking:
			note, ink = "Send this to the server as it stands?  y yes   N no", th.Ink.Warning
			foot = " y: send it   Enter, n or Esc: back"
		case m.stage == sending:
			note, foot = "It is on its way; wait for the answer.", ""
		}
		content = append(content, ink.Render(th.Fit(" "+note, w)))
	}
	content = frame.Clip(content, w)
	content = frame.Fill(content[:min(len(content), h-1)], w, h-1)
	content = append(content, th.Ink.Muted.Render(terminaltext.Fit(foot, w, "")))
	return strings.Join(pane.Draw(th, o.Width, o.Height, content), "\n")
}

// answered is the answer, indented where it is JSON, made safe.
func (m *Model) answered(width, room int) []string {
	th := m.options.Theme
	var lines []string
	if m.err != nil {
		for _, line := range terminaltext.Wrap(th.Safe(trouble.Line("It failed", m.err, trouble.Advice(m.err))), max(width-2, 1)) {
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
	m.offset = max(min(m.offset, len(lines)-room), 0)
	return lines[m.offset:]
}
