// Package clipboard copies texts to where the person pastes: to the clipboard of
// the desktop on which the program runs, else through the terminal by OSC 52,
// which may go nowhere. A password is taken off the desktop's clipboard again.
package clipboard

import (
	"crypto/rand"
	"crypto/sha256"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"dirdesk/models"
)

const (
	// patience is how long the terminal may take to say what it can do.
	patience = 500 * time.Millisecond
	// keep is how long a password stays on the desktop's clipboard.
	keep = 90 * time.Second
	// osc52 is the number by which a terminal lists that it takes copies.
	osc52 = 52
)

// Copied says what became of a copy.
type Copied struct {
	Secret  bool   // it was a password
	Certain bool   // it is on the clipboard, for all that can be known
	Words   string // a sentence for the person; not safe to print
}

// Clipboard is where copies go. Its owner hands every message it does not know
// to Update, and calls Close at the end.
type Clipboard struct {
	native Native // nil: through the terminal
	later  func(time.Duration, tea.Msg) tea.Cmd
	asked  question
	salt   []byte
	held   [sha256.Size]byte // the salted hash of the password on the native clipboard
	holds  bool
}

// question is a copy whose terminal was asked whether it takes copies.
type question struct {
	serial int
	open   bool
	copied Copied // as it is said once it is certain
	unsure string // said instead when it is not
}

// New makes a clipboard. native is the desktop's, nil for none; later delivers a
// message after a while.
func New(native Native, later func(time.Duration, tea.Msg) tea.Cmd) *Clipboard {
	c := &Clipboard{native: native, later: later, salt: make([]byte, 16)}
	_, _ = rand.Read(c.salt) // never fails
	return c
}

type (
	nativeMsg struct { // a text was put on the native clipboard, or could not be
		item item
		err  error
	}
	silentMsg struct{ serial int } // the terminal did not answer in time
	expireMsg struct{ held [sha256.Size]byte }
)

// item is what is copied.
type item struct {
	text   models.Secret
	secret bool
	what   string // "the DN"
	shown  string // follows what is said: the text where it is no secret
}

// Copy copies a text; what it is ("the DN") is said in [Copied].
func (c *Clipboard) Copy(what, text string) tea.Cmd {
	return c.copy(item{models.NewSecret(text), false, what, ": " + text})
}

// CopyLines copies a text of several lines, which is not shown.
func (c *Clipboard) CopyLines(what, text string) tea.Cmd {
	return c.copy(item{models.NewSecret(text), false, what, "."})
}

// CopySecret copies a password.
func (c *Clipboard) CopySecret(password models.Secret) tea.Cmd {
	return c.copy(item{password, true, "the password", "."})
}

func (c *Clipboard) copy(i item) tea.Cmd {
	if c.native == nil {
		return c.throughTerminal(i)
	}
	native := c.native
	return func() tea.Msg { return nativeMsg{i, native.Write(i.text.Reveal())} }
}

// throughTerminal sends a copy by OSC 52, and asks the terminal whether it takes
// such copies.
func (c *Clipboard) throughTerminal(i item) tea.Cmd {
	c.asked = question{
		serial: c.asked.serial + 1, open: true,
		copied: Copied{i.secret, true, "Sent " + i.what + " to your terminal's clipboard" + i.shown},
		unsure: "Sent " + i.what + " to your terminal, which does not say that it takes copies. It may not have arrived" + i.shown,
	}
	return tea.Batch(
		tea.SetClipboard(i.text.Reveal()), tea.Raw(ansi.RequestPrimaryDeviceAttributes), c.later(patience, silentMsg{c.asked.serial}),
	)
}

// Update takes the answers that a copy waits for.
func (c *Clipboard) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case nativeMsg:
		return c.written(msg)
	case uv.PrimaryDeviceAttributesEvent:
		return c.answered(slices.Contains(msg, osc52))
	case silentMsg:
		if msg.serial == c.asked.serial {
			return c.answered(false)
		}
	case expireMsg:
		if c.holds && msg.held == c.held {
			c.holds = false
			return func() tea.Msg { c.empty(msg.held); return nil }
		}
	}
	return nil
}

func (c *Clipboard) written(msg nativeMsg) tea.Cmd {
	i := msg.item
	if msg.err != nil { // no display after all: the terminal is left
		return c.throughTerminal(i)
	}
	said := Copied{i.secret, true, "Copied " + i.what + " to this computer's clipboard" + i.shown}
	if !i.secret {
		return send(said)
	}
	said.Words += " It is taken off after 90 seconds."
	c.holds, c.held = true, c.hash(i.text.Reveal())
	return tea.Batch(send(said), c.later(keep, expireMsg{c.held}))
}

func (c *Clipboard) answered(takes bool) tea.Cmd {
	if !c.asked.open {
		return nil
	}
	c.asked.open = false
	said := c.asked.copied
	if !takes {
		said.Certain, said.Words = false, c.asked.unsure
	}
	return send(said)
}

// Close takes a password off the native clipboard at once: nobody is left to do
// it later.
func (c *Clipboard) Close() {
	if c.holds {
		c.empty(c.held)
	}
}

// empty empties the native clipboard if it still holds that password. It may run
// beside Update.
func (c *Clipboard) empty(held [sha256.Size]byte) {
	if text, err := c.native.Read(); err == nil && c.hash(text) == held {
		_ = c.native.Write("") // nothing else can be done
	}
}

func (c *Clipboard) hash(text string) [sha256.Size]byte {
	return sha256.Sum256(append(slices.Clone(c.salt), text...))
}

func send(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }
