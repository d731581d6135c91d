//go:build unix

package terminaltest

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// afterEscape is how long the terminal waits after the Esc key: with another
// byte right behind it, it would be the Alt of that key, for any program.
const afterEscape = 150 * time.Millisecond

// keys are the bytes that an xterm sends.
func keys() map[string]string {
	return map[string]string{
		"enter": "\r", "esc": "\x1b", "tab": "\t", "shift+tab": "\x1b[Z", "space": " ",
		"backspace": "\x7f", "delete": "\x1b[3~", "insert": "\x1b[2~",
		"up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D",
		"home": "\x1b[H", "end": "\x1b[F", "pgup": "\x1b[5~", "pgdown": "\x1b[6~",
		"f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS", "f5": "\x1b[15~",
		"ctrl+up": "\x1b[1;5A", "ctrl+down": "\x1b[1;5B", "ctrl+right": "\x1b[1;5C", "ctrl+left": "\x1b[1;5D",
		"ctrl+space": "\x00",
	}
}

// keyBytes gives the bytes of a key by its name: a character is itself,
// "ctrl+c" and "alt+x" are what they say, others are in keys.
func keyBytes(key string) (string, error) {
	if utf8.RuneCountInString(key) == 1 {
		return key, nil
	}
	if text, ok := keys()[key]; ok {
		return text, nil
	}
	if letter, ok := strings.CutPrefix(key, "ctrl+"); ok && len(letter) == 1 && letter[0] >= '@' && letter[0] < 0x7f {
		return string(rune(letter[0] & 0x1f)), nil
	}
	if rest, ok := strings.CutPrefix(key, "alt+"); ok {
		text, err := keyBytes(rest)
		return "\x1b" + text, err
	}
	return "", fmt.Errorf("no key is called %q", key)
}

// Send presses keys by their names, as Bubble Tea spells them: "j", "G",
// "enter", "ctrl+c", "pgdown". It does not wait for the program to read them.
func (t *Terminal) Send(keys ...string) error {
	for _, key := range keys {
		text, err := keyBytes(key)
		if err != nil {
			return err
		}
		pause := time.Duration(0)
		if key == "esc" {
			pause = afterEscape
		}
		t.input.put([]byte(text), pause)
	}
	return nil
}

// Type sends a text as it is.
func (t *Terminal) Type(text string) { t.input.put([]byte(text), 0) }

// Paste sends a text as a paste, bracketed where the program asked for it.
func (t *Terminal) Paste(text string) {
	t.mu.Lock()
	bracketed := t.bracketed
	t.mu.Unlock()
	if bracketed {
		text = ansi.BracketedPasteStart + text + ansi.BracketedPasteEnd
	}
	t.input.put([]byte(text), 0)
}

// queue keeps what goes to the program until it can be written, so that nobody
// else has to wait for a program that does not read.
type queue struct {
	mu     sync.Mutex
	more   *sync.Cond
	items  []item
	closed bool
	done   chan struct{} // closed with closed
}

type item struct {
	data  []byte
	pause time.Duration // after it
}

func newQueue() *queue {
	q := &queue{done: make(chan struct{})}
	q.more = sync.NewCond(&q.mu)
	return q
}

func (q *queue) put(data []byte, pause time.Duration) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.items = append(q.items, item{append([]byte(nil), data...), pause})
	q.more.Signal()
}

func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.closed {
		q.closed = true
		close(q.done)
	}
	q.more.Signal()
}

func (q *queue) next() (item, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 && !q.closed {
		q.more.Wait()
	}
	if q.closed {
		return item{}, false
	}
	first := q.items[0]
	q.items = q.items[1:]
	return first, true
}

// copyTo writes what is put, until the queue is closed or nobody reads any more.
func (q *queue) copyTo(w io.Writer) {
	for {
		next, ok := q.next()
		if !ok {
			return
		}
		if _, err := w.Write(next.data); err != nil {
			return
		}
		if next.pause > 0 {
			select {
			case <-time.After(next.pause):
			case <-q.done:
			}
		}
	}
}
