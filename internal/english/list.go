package english

import (
	"strings"
)

// And lists things in a sentence: "a", "a and b", "a, b and c".
func And(things ...string) string {
	last := len(things) - 1
	if last < 1 {
		return strings.Join(things, "")
	}
	return strings.Join(things[:last], ", ") + " and " + things[last]
}

// mostShown is how many characters of a value stand in a sentence.
const mostShown = 60

// Quoted is a value within a sentence: "empty" where it is that, and not long.
func Quoted(value string) string {
	if value == "" {
		return "empty"
	}
	return Short(value)
}

// Short is a text of at most 60 characters, the last of them an ellipsis where
// it was longer.
func Short(text string) string {
	if len(text) <= mostShown {
		return text // no more characters than bytes
	}
	runes := []rune(text)
	if len(runes) <= mostShown {
		return text
	}
	return string(runes[:mostShown-1]) + "…"
}
