// Package rawjson walks JSON without decoding it. Reading a big container is mostly
// this: a map for each object would scan each byte several times.
//
// What is walked must be valid JSON, as it is in an UnmarshalJSON method or after
// json.Valid.
package rawjson

import (
	"bytes"
	"encoding/json"
	"iter"
	"unicode/utf8"
)

// Members walks the members of a JSON object in their order. Of what is no object
// there are none.
func Members(raw []byte) iter.Seq2[string, json.RawMessage] {
	return func(yield func(string, json.RawMessage) bool) {
		rest, ok := within(raw, '{')
		for ok && rest[0] == '"' {
			end := stringEnd(rest)
			name := Text(rest[:end])
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

// Elements walks the elements of a JSON array. Of what is no array there are none.
func Elements(raw []byte) iter.Seq[json.RawMessage] {
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

// Most are the first elements of a JSON array: one more than most where there are more.
func Most(raw []byte, most int) (all []json.RawMessage) {
	for element := range Elements(raw) {
		if all = append(all, element); len(all) > most {
			break
		}
	}
	return all
}

// within gives what stands behind the bracket that raw begins with.
func within(raw []byte, bracket byte) (rest []byte, ok bool) {
	rest = skipSpace(raw)
	if len(rest) == 0 || rest[0] != bracket {
		return nil, false
	}
	rest = skipSpace(rest[1:])
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

// Text decodes a string; "" when it is none.
func Text(raw []byte) string {
	raw = bytes.TrimSpace(raw)
	if len(raw) < 2 || raw[0] != '"' {
		return ""
	}
	if plain := raw[1 : len(raw)-1]; bytes.IndexByte(plain, '\\') < 0 && utf8.Valid(plain) {
		return string(plain)
	}
	var decoded string
	if json.Unmarshal(raw, &decoded) != nil {
		return ""
	}
	return decoded
}

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
