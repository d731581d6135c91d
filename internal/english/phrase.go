// Package english holds the rules for English text that dirdesk makes: where a
// sentence gets its capital, how a count, a list, a size and a long value are
// written. Begin with Phrase.
package english

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Phrase is a text that stands within a sentence or begins one. It knows whose
// its first word is: dirdesk's, which may get a capital, or the directory's,
// which never does. There is no other way to raise a first letter, so each
// place has to say whose text it raises.
type Phrase struct {
	text  string
	value bool // the text begins with a value
}

// Own is a phrase that begins with a word of dirdesk's: "it takes two writes".
func Own(text string) Phrase { return Phrase{text: text} }

// Naming is a phrase that begins with a value of the directory or of a person:
// Naming("von Berg", " is in it already"). Its first letter stays as it is.
func Naming(value, rest string) Phrase { return Phrase{text: value + rest, value: true} }

// String is the phrase as it stands within a sentence.
func (p Phrase) String() string { return p.text }

// MarshalText gives programs the phrase as it stands within a sentence.
func (p Phrase) MarshalText() ([]byte, error) { return []byte(p.text), nil }

// Capital is the phrase as it begins a sentence.
func (p Phrase) Capital() string {
	first, size := utf8.DecodeRuneInString(p.text)
	if p.value || !unicode.IsLetter(first) {
		return p.text
	}
	return string(unicode.ToTitle(first)) + p.text[size:]
}

// Sentence is the phrase with a capital and, where it has no end, a full stop.
func (p Phrase) Sentence() string {
	p.text = strings.TrimSpace(p.text)
	return Stop(p.Capital())
}

// Stop ends a text with a full stop unless it has an end already.
func Stop(text string) string {
	text = strings.TrimSpace(text)
	if text == "" || strings.ContainsAny(text[len(text)-1:], ".!?") {
		return text
	}
	return text + "."
}
