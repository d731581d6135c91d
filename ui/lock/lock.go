// Package lock hides the screen after a while without a key, and asks for what
// the person signed in with. The server is not asked.
package lock

import (
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"dirdesk/models"
	"dirdesk/theme"
	"dirdesk/ui/frame"
)

// tries are how many wrong answers sign out.
const tries = 5

// Options say when the screen is hidden.
type Options struct {
	After time.Duration // without a key; 0: never
	Now   func() time.Time
	Later func(time.Duration, tea.Msg) tea.Cmd
}

// SignOut says that nobody knew the answer.
type SignOut struct{}

// Locked says that the screen has just been hidden.
type Locked struct{}

// Lock is that. Its owner shows every message to Take first.
type Lock struct {
	options Options
	account string
	secret  models.Secret // what the person signed in with
	last    time.Time     // the last key
	locked  bool
	typed   []byte
	wrong   int
}

type tickMsg struct{}

// New makes a lock that is open, and holds nothing to compare with yet.
func New(o Options) *Lock { return &Lock{options: o} }

// SignedIn begins to count for a connection. secret is its password or token.
func (l *Lock) SignedIn(account string, secret models.Secret) tea.Cmd {
	first := l.last.IsZero()
	l.account, l.secret, l.last = account, secret, l.options.Now()
	if !first || l.options.After <= 0 || secret.Empty() {
		return nil
	}
	return l.options.Later(l.options.After, tickMsg{})
}

// Locked reports whether the screen is hidden.
func (l *Lock) Locked() bool { return l.locked }

// Take takes what the lock is concerned with, and reports whether nobody else may
// have it.
func (l *Lock) Take(msg tea.Msg) (tea.Cmd, bool) {
	if l.options.After <= 0 || l.last.IsZero() || l.secret.Empty() {
		return nil, false
	}
	switch msg := msg.(type) {
	case tickMsg:
		if left := l.left(); !l.locked && left > 0 {
			return l.options.Later(left, msg), true
		}
		return tea.Batch(l.options.Later(l.options.After, msg), l.lock()), true
	case tea.KeyPressMsg, tea.PasteMsg, tea.MouseMsg:
		if !l.locked && l.left() > 0 {
			l.last = l.options.Now()
			return nil, false
		}
		if !l.locked { // the computer slept: the key is not for what is below
			return l.lock(), true
		}
		return l.take(msg), true
	}
	return nil, false
}

// left is how long the screen stays, by the wall clock too.
func (l *Lock) left() time.Duration { return l.options.After - models.Elapsed(l.last, l.options.Now()) }

func (l *Lock) lock() tea.Cmd {
	if l.locked {
		return nil
	}
	l.locked = true
	return func() tea.Msg { return Locked{} }
}

// take takes the answer.
func (l *Lock) take(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		l.typed = append(l.typed, strings.TrimRight(msg.Content, "\r\n")...)
	case tea.KeyPressMsg:
		switch msg.Code {
		case tea.KeyEnter:
			return l.answer()
		case tea.KeyBackspace:
			_, size := utf8.DecodeLastRune(l.typed)
			l.typed = l.typed[:len(l.typed)-size]
		case tea.KeyEscape:
			l.wipe()
		default:
			l.typed = append(l.typed, msg.Text...)
		}
	}
	return nil
}

func (l *Lock) answer() tea.Cmd {
	typed, known := sha256.Sum256(l.typed), sha256.Sum256([]byte(l.secret.Reveal()))
	empty := len(l.typed) == 0
	l.wipe()
	switch {
	case empty:
		return nil
	case subtle.ConstantTimeCompare(typed[:], known[:]) == 1:
		l.locked, l.wrong, l.last = false, 0, l.options.Now()
		return nil
	}
	if l.wrong++; l.wrong >= tries {
		return func() tea.Msg { return SignOut{} }
	}
	return nil
}

func (l *Lock) wipe() {
	clear(l.typed[:cap(l.typed)])
	l.typed = l.typed[:0]
}

// View draws what is shown in the place of everything.
func (l *Lock) View(th *theme.Theme, width, height int) []string {
	lines := []string{
		"", th.Ink.Title.Render(th.Cut("  dirdesk is locked", width)), "",
		th.Cut("  Type what "+l.account+" signed in with, then Enter:", width),
		"  " + strings.Repeat("*", min(utf8.RuneCount(l.typed), max(width-2, 0))),
	}
	if l.wrong > 0 {
		lines = append(lines, "", th.Ink.Warning.Render(th.Cut(fmt.Sprintf("  That is not it. %d tries are left, then dirdesk signs out.", tries-l.wrong), width)))
	}
	return frame.Fill(frame.Clip(lines, width), width, height)[:height]
}
