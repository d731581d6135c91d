package terminal

import (
	"bytes"
	"os"
)

// longest bounds what is held back of an answer that does not end, in bytes.
const longest = 4096

// answers is the keyboard, with the answers of the terminal kept whole: one that
// comes in two parts would be taken for keys. It is a file still, as Bubble Tea
// asks for.
type answers struct {
	*os.File
	held   []byte // the beginning of an answer
	ready  []byte // to be read next
	escape bool   // the last read ended with a lone Esc: the rest may follow
	orphan bool   // what is held is that rest: it is dropped once it is whole
}

// Read gives whole answers only. It may give nothing at all, without an error.
func (a *answers) Read(p []byte) (int, error) {
	if len(a.ready) == 0 {
		n, err := a.File.Read(p)
		if err != nil {
			return n, err
		}
		a.take(p[:n])
	}
	n := copy(p, a.ready)
	clear(a.ready[:n]) // keys that come later lie behind these: together they may be a password
	a.ready = a.ready[n:]
	return n, nil
}

// take takes what was read, and holds back the beginning of an answer at its end.
func (a *answers) take(read []byte) {
	if a.escape && continues(read) {
		a.held, a.orphan = []byte{esc}, true
	}
	all := append(a.held, read...)
	a.held = nil
	if a.orphan {
		n := answer(all)
		if n == begun && len(all) < longest {
			a.held = all
			return
		}
		all, a.orphan = all[max(n, 1):], false // Esc itself was given already, as the key
	}
	whole := 0
	for whole < len(all) {
		i := bytes.IndexByte(all[whole:], esc)
		if i < 0 {
			whole = len(all)
			break
		}
		n := answer(all[whole+i:])
		if n == begun && len(all)-whole-i < longest {
			whole += i
			break
		}
		whole += i + max(n, 1)
	}
	a.ready = append(a.ready, all[:whole]...)
	a.held = append(a.held, all[whole:]...)
	clear(all)
	a.escape = len(a.ready) > 0 && a.ready[len(a.ready)-1] == esc
}

const (
	esc = 0x1b
	bel = 0x07
	// What answer says of a text that is none, or is the beginning of one.
	none  = 0
	begun = -1
)

// continues reports whether a text is the rest of an answer whose Esc came
// before: nobody types it in one go.
func continues(read []byte) bool {
	return len(read) > 2 && (bytes.HasPrefix(read, []byte("]1")) || bytes.HasPrefix(read, []byte("[?")))
}

// answer gives the length of the control sequence that a text begins with: a CSI,
// an OSC or a DCS. A lone Esc is a key, and so is Esc with a letter.
func answer(text []byte) int {
	if len(text) < 2 {
		return none
	}
	switch text[1] {
	case '[':
		return control(text)
	case ']', 'P':
		return stringSequence(text)
	}
	return none
}

// control is a CSI: parameters, then one letter.
func control(text []byte) int {
	for i, c := range text[2:] {
		switch {
		case c >= 0x40 && c < 0x7f:
			return i + 3
		case c < 0x20 || c > 0x3f:
			return none
		}
	}
	return begun
}

// stringSequence is an OSC or a DCS: a text up to BEL or ESC \. An OSC begins
// with a number; Alt and ] do not.
func stringSequence(text []byte) int {
	for i := 2; i < len(text); i++ {
		c := text[i]
		switch {
		case text[1] == ']' && i == 2 && (c < '0' || c > '9'):
			return none
		case c == bel:
			return i + 1
		case c == esc && i+1 == len(text):
			return begun
		case c == esc && text[i+1] == '\\':
			return i + 2
		case c < 0x20:
			return none
		}
	}
	return begun
}
