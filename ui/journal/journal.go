// Package journal is the page on which the changes that were made are read, the
// newest first: when, to what, what became of it, each value before and after,
// and whether the file is whole.
package journal

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk/journal"
	"dirdesk/desk/verdict"
	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/theme"
	"dirdesk/ui/list"
	"dirdesk/ui/message"
	"dirdesk/ui/prompt"
	"dirdesk/ui/trouble"
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
	// Settle looks what became of an entry that was begun.
	Settle func(journal.Entry) (journal.Entry, error)
}

// mostWaited is how long the check waits for another program that holds the
// journal.
const mostWaited = 10 * time.Second

// Undo says that the person wants an entry taken back.
type Undo struct{ Entry journal.Entry }

// Model is the page. It takes every key.
type Model struct {
	options Options
	all     []journal.Entry // the newest first
	entries []journal.Entry // of all those that are looked for
	read    bool
	err     error
	check   journal.Check
	broken  error // of the check

	keys  keymap.Keys
	list  list.List
	open  bool // one entry is shown whole
	text  list.Text
	wrong string

	line   *prompt.Prompt // what is looked for
	typing bool
	object string // only the changes of this object; "" for all
}

// readMsg is the journal as it was read.
type readMsg struct {
	model   *Model
	entries []journal.Entry
	err     error
	check   journal.Check
	broken  error
	said    string
}

// New makes the page. Init reads the journal.
func New(o Options) *Model {
	return &Model{options: o, keys: o.Keys.In(keymap.Journal), line: prompt.New("Find", "")}
}

// Init reads the journal and checks it.
func (m *Model) Init() tea.Cmd {
	return func() tea.Msg { return m.reread("") }
}

// reread reads the journal; said is what is to be told then.
func (m *Model) reread(said string) tea.Msg {
	path, msg := m.options.Path, readMsg{model: m, said: said}
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

// Update takes a message. A tea.WindowSizeMsg must carry the size of the area.
func (m *Model) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.options.Width, m.options.Height = msg.Width, msg.Height
	case readMsg:
		if msg.model == m {
			m.read = true
			m.all, m.err, m.check, m.broken, m.wrong = msg.entries, msg.err, msg.check, msg.broken, msg.said
			m.narrow()
		}
	case tea.KeyPressMsg, tea.PasteMsg:
		if m.typing {
			m.search(msg)
		} else if key, ok := msg.(tea.KeyPressMsg); ok {
			return m.press(key.String())
		}
	}
	return nil
}

// search takes what is typed into the line.
func (m *Model) search(msg tea.Msg) {
	switch m.line.Update(msg, m.options.Keys.In(keymap.Narrowing)) {
	case prompt.Left:
		m.line.Set("")
		m.typing = false
	case prompt.Entered:
		m.typing = false
	case prompt.Changed:
	default:
		return
	}
	m.narrow()
}

// narrow keeps the entries that are looked for, the cursor at the first.
func (m *Model) narrow() {
	words := strings.Fields(strings.ToLower(m.line.Value()))
	m.entries, m.list = nil, list.List{}
	for _, e := range m.all {
		if m.object != "" && !e.Concerns(m.object) {
			continue
		}
		text := strings.ToLower(strings.Join([]string{m.row(&e), string(e.DN), e.Words, by(e.Operator), e.ID, e.Plan, joined(e.Members)}, " "))
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) }) {
			m.entries = append(m.entries, e)
		}
	}
}

// only keeps the changes of the object under the cursor, or shows all again.
func (m *Model) only() {
	e := m.entry()
	switch {
	case m.object != "":
		m.object = ""
	case e != nil:
		m.object = cmp.Or(e.GUID, string(e.DN))
	}
	m.narrow()
}

// settle looks what became of all that was begun.
func (m *Model) settle() tea.Cmd {
	var begun []journal.Entry
	for _, e := range slices.Backward(m.all) {
		if e.Outcome == verdict.Begun {
			begun = append(begun, e)
		}
	}
	if len(begun) == 0 {
		m.wrong = "Nothing is to be settled: every change that was begun has its line."
		return nil
	}
	m.wrong = "Looking what became of what was begun"
	settle := m.options.Settle
	return func() tea.Msg {
		said := "Settled: every change that was begun has its line now."
		for _, e := range begun {
			if _, err := settle(e); err != nil {
				said = "Not settled: " + e.ID + ": " + trouble.Line("", err, models.AdviceFor(err))
			}
		}
		return m.reread(said)
	}
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
	case "journal.find":
		m.typing, m.open = true, false
	case "journal.object":
		m.only()
	case "journal.settle":
		return m.settle()
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
