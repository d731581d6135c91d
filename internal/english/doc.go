// Package english holds the rules for English text that dirdesk makes: where a
// sentence gets its capital, how a count, a list, a size and a long value are
// written. Begin with Phrase.
package english
