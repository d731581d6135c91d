// Package password shows a password that dirdesk has made, once, to who asks
// for it: hidden at first, then with each character spelled as on the
// telephone, and gone when the person leaves it or after a while.
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

// patience is how long the password stays without a key; tick is how often the
// time that is left is drawn anew.
const (
	patience = 5 * time.Minute
	tick     = time.Second
)

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
	sure    bool             // was shown, or copied for certain
	asked   bool             // the key that leaves was pressed before that
	notice  string           // about the last key; safe to print
	copied  clipboard.Copied // what became of the copy; no words: nothing was copied
	closed  bool
	left    time.Duration // until it goes by itself
	serial  int           // of the last key: earlier timers do not count
}

// tickMsg says that another moment has passed without a key.
type tickMsg struct {
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

// wait begins the time anew.
func (m *Model) wait() tea.Cmd {
	m.serial++
	m.left = patience
	return m.tick()
}

func (m *Model) tick() tea.Cmd { return m.options.Later(tick, tickMsg{m, m.serial}) }

// Update takes a message.
func (m *Model) Update(msg tea.Msg) tea.Cmd {
	if m.closed {
		return nil
	}
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return m.press(msg.String())
	case tea.PasteMsg:
		return m.press("")
	case message.Hide:
		m.shown = false
	case clipboard.Copied:
		if msg.Secret {
			m.copied = msg
			m.sure = m.sure || msg.Certain
		}
	case tickMsg:
		if msg.model != m || msg.serial != m.serial {
			return nil
		}
		if m.left -= tick; m.left <= 0 {
			return m.leave(true)
		}
		return m.tick()
	}
	return nil
}

// press takes a key. Only the one that leaves loses the password, and twice
// pressed where it may be that nobody knows it yet.
func (m *Model) press(key string) tea.Cmd {
	asked := m.asked
	m.asked, m.notice = false, ""
	leave := m.keys.Spell("password.done")
	switch m.keys.ID(key) {
	case "password.show":
		m.shown, m.sure = !m.shown, true
	case "password.copy":
		return tea.Batch(m.options.Copies.CopySecret(m.secret), m.wait())
	case "password.done":
		if m.sure || asked {
			return m.leave(false)
		}
		m.asked, m.notice = true, "It may be that nobody knows this password yet. "+leave+" again loses it for good."
	default:
		m.notice = "The password stays until " + leave + " closes it."
	}
	return m.wait()
}

func (m *Model) leave(late bool) tea.Cmd {
	m.Close()
	return func() tea.Msg { return Closed{m, late} }
}
