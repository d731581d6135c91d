package synology

import (
	"bytes"
	"encoding/json"
	"iter"
)

// members walks the members of a JSON object, in order, without decoding the
// values. raw must be valid JSON, as it is in an UnmarshalJSON method; of what
// is no object there are no members. Reading a big container is mostly this,
// and a map for each object would take twice the time.
func members(raw []byte) iter.Seq2[string, json.RawMessage] {
	return func(yield func(string, json.RawMessage) bool) {
		rest := bytes.TrimSpace(raw)
		if len(rest) < 2 || rest[0] != '{' {
			return
		}
		for rest = skipTo(rest[1:], '"'); len(rest) > 0; rest = skipTo(rest, '"') {
			end := stringEnd(rest)
			name := textOf(rest[:end])
			rest = bytes.TrimLeft(skipTo(rest[end:], ':')[1:], " \t\r\n")
			end = valueEnd(rest)
			if !yield(name, bytes.TrimSpace(rest[:end])) {
				return
			}
			rest = rest[end:]
		}
	}
}

// skipTo drops what stands before c, everything if c does not come.
func skipTo(raw []byte, c byte) []byte {
	i := bytes.IndexByte(raw, c)
	if i < 0 {
		return nil
	}
	return raw[i:]
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

// valueEnd is the index of the comma or bracket after the value that raw begins
// with.
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
