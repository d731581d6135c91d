// Package journal is the page on which the changes that were made are read, the
// newest first: when, to what, what became of it, each value before and after,
// and whether the file is whole.
package journal

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk/journal"
	"dirdesk/theme"
)

// Options say what is shown.
type Options struct {
	Path   string // of the journal
	Theme  *theme.Theme
	Zone   *time.Location
	Width  int // of the area, in cells
	Height int
	// Undo says why an entry cannot be taken back from here; "" when it can be
	// tried.
	Undo func(journal.Entry) string
}

// Closed says that the person has read enough.
type Closed struct{}

// Undo says that the person wants an entry taken back.
type Undo struct{ Entry journal.Entry }

// Model is the page. It takes every key.
type Model struct {
	options Options
	entries []journal.Entry // the newest first
	read    bool
	err     error
	check   journal.Check
	broken  error // of the check

	cursor int
	top    int
	open   bool // one entry is shown whole
	offset int
	wrong  string
}

// readMsg is the journal as it was read.
type readMsg struct {
	model   *Model
	entries []journal.Entry
	err     error
	check   journal.Check
	broken  error
}

// New makes the page. Init reads the journal.
func New(o Options) *Model { return &Model{options: o} }

// Init reads the journal and checks it.
func (m *Model) Init() tea.Cmd {
	path := m.options.Path
	return func() tea.Msg {
		msg := readMsg{model: m}
		for entry, err := range journal.Read(path) {
			if err != nil {
				msg.err = err
				continue // what can be read is shown all the same
			}
			msg.entries = append(msg.entries, entry)
		}
		slices.Reverse(msg.entries)
		msg.check, msg.broken = journal.Verify(path)
		return msg
	}
}

// Update takes a message. A tea.WindowSizeMsg must carry the size of the area.
func (m *Model) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.options.Width, m.options.Height = msg.Width, msg.Height
	case readMsg:
		if msg.model == m {
			m.read = true
			m.entries, m.err, m.check, m.broken = msg.entries, msg.err, msg.check, msg.broken
		}
	case tea.KeyPressMsg:
		return m.press(msg.String())
	}
	return nil
}

func (m *Model) press(key string) tea.Cmd {
	m.wrong = ""
	switch key {
	case "esc", "q", "J", "backspace", "left", "h":
		if m.open {
			m.open = false
			return nil
		}
		if key == "left" || key == "h" || key == "backspace" {
			return nil
		}
		return func() tea.Msg { return Closed{} }
	case "enter", "right", "l":
		if m.entry() != nil {
			m.open, m.offset = !m.open || key != "enter", 0
		}
	case "u":
		return m.undo()
	case "up", "k":
		m.move(-1)
	case "down", "j":
		m.move(1)
	case "pgup", "ctrl+b":
		m.move(-m.rows())
	case "pgdown", "ctrl+f":
		m.move(m.rows())
	case "home", "g":
		m.move(-len(m.entries))
	case "end", "G":
		m.move(len(m.entries))
	}
	return nil
}

// move goes to another entry, or scrolls the open one.
func (m *Model) move(by int) {
	if m.open {
		m.offset = max(m.offset+by, 0)
		return
	}
	m.cursor = max(min(m.cursor+by, len(m.entries)-1), 0)
}

// entry is the one under the cursor, nil for none.
func (m *Model) entry() *journal.Entry {
	if m.cursor >= len(m.entries) {
		return nil
	}
	return &m.entries[m.cursor]
}

func (m *Model) undo() tea.Cmd {
	e := m.entry()
	if e == nil {
		return nil
	}
	why := m.options.Undo(*e)
	if e.UndoneBy != "" {
		why = "it was taken back already"
	}
	if why != "" {
		m.wrong = "Not to be taken back: " + why + "."
		return nil
	}
	entry := *e
	return func() tea.Msg { return Undo{entry} }
}
