// Package password shows a password that dirdesk has made, once, to who asks
// for it: hidden at first, then with each character spelled as on the
// telephone, and gone at the next key or after a while.
package password

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/theme"
	"dirdesk/ui/clipboard"
	"dirdesk/ui/message"
)

// patience is how long the password stays without a key.
const patience = 60 * time.Second

// Options say what is shown.
type Options struct {
	Title  string        // whose password it is: "Password of jdoe"; made safe here
	Words  string        // what became of it: "jdoe: password set"; made safe here
	Secret models.Secret // the password
	Theme  *theme.Theme
	Keys   keymap.Map
	Width  int // of the area to draw on, in cells
	Height int
	// Later delivers a message after a while; nil: tea.Tick.
	Later  func(time.Duration, tea.Msg) tea.Cmd
	Copies *clipboard.Clipboard
}

// Closed says that the password is gone: from the screen and from memory.
type Closed struct {
	Model *Model
	Late  bool // because nobody pressed a key for a while
}

// Model is the view. Its owner forwards keys and every message it does not know
// to Update, draws View, and drops it on Closed. It takes every key.
type Model struct {
	options Options
	keys    keymap.Keys
	secret  models.Secret // emptied when the view is closed
	shown   bool
	seen    bool             // was shown or copied once
	copied  clipboard.Copied // what became of the copy; no words: nothing was copied
	closed  bool
	serial  int // of the last key: earlier timers do not count
}

// lateMsg says that no key came for a while.
type lateMsg struct {
	model  *Model
	serial int
}

// New makes the view of a password.
func New(o Options) *Model {
	if o.Later == nil {
		o.Later = func(d time.Duration, msg tea.Msg) tea.Cmd {
			return tea.Tick(d, func(time.Time) tea.Msg { return msg })
		}
	}
	m := &Model{options: o, keys: o.Keys.In(keymap.Password), secret: o.Secret}
	m.options.Secret = models.Secret{}
	return m
}

// Init starts the time that the password stays.
func (m *Model) Init() tea.Cmd { return m.wait() }

// SetSize says how large the area is, in cells.
func (m *Model) SetSize(width, height int) { m.options.Width, m.options.Height = width, height }

// Close forgets the password.
func (m *Model) Close() {
	m.secret, m.shown, m.closed = models.Secret{}, false, true
}

func (m *Model) wait() tea.Cmd {
	m.serial++
	return m.options.Later(patience, lateMsg{m, m.serial})
}

// Update takes a message.
func (m *Model) Update(msg tea.Msg) tea.Cmd {
	if m.closed {
		return nil
	}
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return m.press(msg.String())
	case tea.PasteMsg:
		return m.leave(false)
	case message.Hide:
		m.shown = false
	case clipboard.Copied:
		if msg.Secret {
			m.copied = msg
		}
	case lateMsg:
		if msg.model == m && msg.serial == m.serial {
			return m.leave(true)
		}
	}
	return nil
}

func (m *Model) press(key string) tea.Cmd {
	switch m.keys.ID(key) {
	case "password.show":
		m.shown, m.seen = !m.shown, true
		return m.wait()
	case "password.copy":
		m.seen = true
		return tea.Batch(m.options.Copies.CopySecret(m.secret), m.wait())
	case "password.done":
		// The key is what led here: pressed once too often, it would lose a password
		// that nobody knows yet.
		if !m.seen {
			return nil
		}
	}
	return m.leave(false)
}

func (m *Model) leave(late bool) tea.Cmd {
	m.Close()
	return func() tea.Msg { return Closed{m, late} }
}
