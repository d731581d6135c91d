// Package journal is the page on which the changes that were made are read, the
// newest first: when, to what, what became of it, each value before and after,
// and whether the file is whole.
package journal

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk/journal"
	"dirdesk/keymap"
	"dirdesk/theme"
	"dirdesk/ui/list"
	"dirdesk/ui/message"
)

// Options say what is shown.
type Options struct {
	Path   string // of the journal
	Theme  *theme.Theme
	Keys   keymap.Map
	Zone   *time.Location
	Width  int // of the area, in cells
	Height int
	// Undo says why an entry cannot be taken back from here; "" when it can be
	// tried.
	Undo func(journal.Entry) string
}

// mostWaited is how long the check waits for another program that holds the
// journal.
const mostWaited = 10 * time.Second

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

	keys  keymap.Keys
	list  list.List
	open  bool // one entry is shown whole
	text  list.Text
	wrong string
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
func New(o Options) *Model {
	return &Model{options: o, keys: o.Keys.In(keymap.Journal)}
}

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
		ctx, cancel := context.WithTimeout(context.Background(), mostWaited)
		defer cancel()
		msg.check, msg.broken = journal.Verify(ctx, path)
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
	switch id := m.keys.ID(key); id {
	case "overlay.close":
		if m.open {
			m.open = false
			return nil
		}
		return message.Send(message.Closed{})
	case "journal.back":
		m.open = false
	case "journal.open", "journal.show":
		if m.entry() != nil {
			m.open, m.text = !m.open || id == "journal.show", list.Text{}
		}
	case "journal.undo":
		return m.undo()
	default:
		if m.open {
			m.text.Key(id)
		} else {
			m.list.Key(id, len(m.entries))
		}
	}
	return nil
}

// entry is the one under the cursor, nil for none.
func (m *Model) entry() *journal.Entry {
	if m.list.At() >= len(m.entries) {
		return nil
	}
	return &m.entries[m.list.At()]
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
	return message.Send(Undo{*e})
}
