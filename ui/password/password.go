// Package password shows a password that dirdesk has made, once, to who asks
// for it: hidden at first, then with each character spelled as on the
// telephone, and gone when the person leaves it or after a while.
package password

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/internal/english"
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
	Made   []Made // one or more
	Theme  *theme.Theme
	Keys   keymap.Map
	Width  int // of the area to draw on, in cells
	Height int
	// Later delivers a message after a while; nil: tea.Tick.
	Later  func(time.Duration, tea.Msg) tea.Cmd
	Copies *clipboard.Clipboard
}

// Made is one password.
type Made struct {
	Whose  string // "jdoe"; made safe here
	Words  string // what became of it: "jdoe: password set"; made safe here
	Secret models.Secret
	Ticket string // text for the help desk's ticket; "" for none
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
	made    []Made // emptied when the view is closed
	sure    []bool // of each: was shown, or copied for certain
	at      int    // the one in sight
	shown   bool
	asked   bool             // the key that leaves was pressed before that
	notice  string           // about the last key; safe to print
	copied  clipboard.Copied // what became of the copy; no words: nothing was copied
	copying int              // which password was copied last
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
	m := &Model{options: o, keys: o.Keys.In(keymap.Password), made: o.Made, sure: make([]bool, len(o.Made))}
	m.options.Made = nil
	return m
}

// Init starts the time that the password stays.
func (m *Model) Init() tea.Cmd { return m.wait() }

// SetSize says how large the area is, in cells.
func (m *Model) SetSize(width, height int) { m.options.Width, m.options.Height = width, height }

// Len is the number of passwords.
func (m *Model) Len() int { return len(m.made) }

// Close forgets the passwords.
func (m *Model) Close() {
	clear(m.made)
	m.shown, m.closed = false, true
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
		m.copied = msg
		if msg.Secret && msg.Certain {
			m.sure[m.copying] = true
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

// press takes a key. Only the one that leaves loses the passwords, and twice
// pressed where it may be that nobody knows one of them yet.
func (m *Model) press(key string) tea.Cmd {
	asked := m.asked
	m.asked, m.notice = false, ""
	leave := m.keys.Spell("password.done")
	switch m.keys.ID(key) {
	case "password.show":
		m.shown, m.sure[m.at] = !m.shown, true
	case "password.copy":
		m.copying, m.copied = m.at, clipboard.Copied{}
		return tea.Batch(m.options.Copies.CopySecret(m.made[m.at].Secret), m.wait())
	case "password.ticket":
		m.copied = clipboard.Copied{}
		if m.made[m.at].Ticket == "" {
			m.notice = "There is no text for the ticket."
			return m.wait()
		}
		return tea.Batch(m.options.Copies.CopyLines("the text for the ticket", m.made[m.at].Ticket), m.wait())
	case "password.next":
		m.turn(1)
	case "password.prev":
		m.turn(-1)
	case "password.done":
		if unknown := m.unknown(); unknown != "" && !asked {
			m.asked, m.notice = true, "It may be that nobody knows "+unknown+" yet. "+leave+" again loses "+m.them("it", "them")+" for good."
			return m.wait()
		}
		return m.leave(false)
	default:
		m.notice = m.them("The password stays", "The passwords stay") + " until " + leave + " closes " + m.them("it.", "them.")
	}
	return m.wait()
}

// them is one of two words, by how many passwords there are.
func (m *Model) them(one, many string) string {
	if len(m.made) > 1 {
		return many
	}
	return one
}

// turn goes to another of several passwords, which is hidden at first.
func (m *Model) turn(by int) {
	if n := len(m.made); n > 1 {
		m.at, m.shown, m.copied = (m.at+by+n)%n, false, clipboard.Copied{}
	}
}

// unknown says which passwords were neither shown nor copied for certain; ""
// when there is none.
func (m *Model) unknown() string {
	var whose []string
	for i, sure := range m.sure {
		if !sure {
			whose = append(whose, m.made[i].Whose)
		}
	}
	switch {
	case len(whose) == 0:
		return ""
	case len(m.made) == 1:
		return "this password"
	case len(whose) > 3:
		whose = append(whose[:2], fmt.Sprintf("%d others", len(whose)-2))
	}
	return m.them("the password of ", "the passwords of ") + english.And(whose...)
}

func (m *Model) leave(late bool) tea.Cmd {
	m.Close()
	return func() tea.Msg { return Closed{m, late} }
}
