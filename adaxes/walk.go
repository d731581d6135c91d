package adaxes

import (
	"bytes"
	"encoding/json"
	"iter"
)

// A big container is a long answer: decoding its objects one by one into maps
// would scan each byte several times. What follows goes through JSON that is
// known to be valid (json.Valid) without decoding it.

// eachName walks the members of a JSON object in their order. Of what is no
// object there are none.
func eachName(raw []byte) iter.Seq2[string, json.RawMessage] {
	return func(yield func(string, json.RawMessage) bool) {
		rest, ok := within(raw, '{')
		for ok && rest[0] == '"' {
			end := stringEnd(rest)
			name := textOf(rest[:end])
			rest = skipSpace(rest[end:])
			rest = skipSpace(rest[1:]) // the colon
			end = valueEnd(rest)
			if !yield(name, bytes.TrimSpace(rest[:end])) {
				return
			}
			rest, ok = next(rest[end:])
		}
	}
}

// eachElement walks the elements of a JSON array. Of what is no array there are
// none.
func eachElement(raw []byte) iter.Seq[json.RawMessage] {
	return func(yield func(json.RawMessage) bool) {
		rest, ok := within(raw, '[')
		for ok && rest[0] != ']' {
			end := valueEnd(rest)
			if !yield(bytes.TrimSpace(rest[:end])) {
				return
			}
			rest, ok = next(rest[end:])
		}
	}
}

// within gives what stands behind the bracket that raw begins with.
func within(raw []byte, bracket byte) (rest []byte, ok bool) {
	if first(raw) != bracket {
		return nil, false
	}
	rest = skipSpace(skipSpace(raw)[1:])
	return rest, len(rest) > 0
}

// next gives what stands behind a comma; ok is false at a closing bracket.
func next(raw []byte) (rest []byte, ok bool) {
	if len(raw) == 0 || raw[0] != ',' {
		return nil, false
	}
	rest = skipSpace(raw[1:])
	return rest, len(rest) > 0
}

func skipSpace(raw []byte) []byte { return bytes.TrimLeft(raw, " \t\r\n") }

// stringEnd is the index after the string that raw begins with.
func stringEnd(raw []byte) int {
	for i := 1; i < len(raw); i++ {
		switch raw[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(raw)
}

// valueEnd is the index of the comma or closing bracket after the value that raw
// begins with.
func valueEnd(raw []byte) int {
	depth := 0
	for i := 0; i < len(raw); i++ {
		switch raw[i] {
		case '"':
			i += stringEnd(raw[i:]) - 1
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return i
			}
			depth--
		case ',':
			if depth == 0 {
				return i
			}
		}
	}
	return len(raw)
}
