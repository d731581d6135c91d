package english

import (
	"strconv"
	"strings"
)

// Number groups the digits of a count in threes: "99,999".
func Number(n int) string {
	digits := strconv.Itoa(n)
	first := 0
	if n < 0 {
		first = 1
	}
	for i := len(digits) - 3; i > first; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// Count is a number of things: "1 object", "1,234 objects", "2 properties".
func Count(n int, thing string) string {
	if n != 1 {
		thing = plural(thing)
	}
	return Number(n) + " " + thing
}

func plural(thing string) string {
	stem, isY := strings.CutSuffix(thing, "y")
	if isY && stem != "" && !strings.ContainsAny(stem[len(stem)-1:], "aeiou") {
		return stem + "ies"
	}
	return thing + "s"
}

// Size is a number of bytes, exact while it is small: "512 bytes", "24 kB".
func Size(bytes int) string {
	if bytes < 10_000 {
		return Count(bytes, "byte")
	}
	return Number((bytes+500)/1000) + " kB"
}

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

// A puts the article before a thing: "a user", "an OU".
func A(thing string) string {
	if thing != "" && strings.ContainsAny(thing[:1], "aeioAEIO") {
		return "an " + thing
	}
	return "a " + thing
}

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
