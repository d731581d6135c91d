package rawjson

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"

	"dirdesk/models"
)

// Object is the members of a JSON object by their lower-cased names: servers, and
// the documents about them, disagree on the case of names. Its methods take a value
// in any of the forms in which servers write it, so that one odd member does not
// cost the whole answer.
type Object map[string]json.RawMessage

// ParseObject reads an object; ok is false for what is none, or no valid JSON.
func ParseObject(raw []byte) (members Object, ok bool) {
	if First(raw) != '{' || !json.Valid(raw) {
		return nil, false
	}
	return ObjectOf(raw), true
}

// ObjectOf is ParseObject for JSON that is known to be valid. What is no object
// has no members.
func ObjectOf(raw []byte) Object {
	members := make(Object)
	for name, value := range Members(raw) {
		if len(members) == mostMembers {
			break
		}
		members[strings.ToLower(name)] = value
	}
	return members
}

// mostMembers bounds what a hostile object takes of the memory: each member takes many
// times its bytes.
const mostMembers = 100_000

// Text is the text of a member; see the function Scalar.
func (o Object) Text(name string) string { return Scalar(o[name]) }

// Int is the whole number of a member; see the function Int.
func (o Object) Int(name string) (n int64, ok bool) { return Int(o[name]) }

// Flag is the boolean of a member; see the function Flag.
func (o Object) Flag(name string) models.Flag { return Flag(o[name]) }

// Object is a member that is an object; without members when it is none.
func (o Object) Object(name string) Object { return ObjectOf(o[name]) }

// List is a member that is an array; ok is false when it is none.
func (o Object) List(name string) (elements []json.RawMessage, ok bool) {
	return slices.Collect(Elements(o[name])), First(o[name]) == '['
}

// ParseList reads an array; ok is false for what is none, or no valid JSON.
func ParseList(raw []byte) (elements []json.RawMessage, ok bool) {
	if First(raw) != '[' || !json.Valid(raw) {
		return nil, false
	}
	return slices.Collect(Elements(raw)), true
}

// First is the first byte of a value, by which its kind is known; 0 for none.
func First(raw []byte) byte {
	if raw = skipSpace(raw); len(raw) > 0 {
		return raw[0]
	}
	return 0
}

// IsNull reports null, and a member that is not there.
func IsNull(raw []byte) bool {
	kind := First(raw)
	return kind == 0 || kind == 'n'
}

// Scalar reads a scalar as text: a string's content, a number's and a boolean's
// own letters. It is "" for null, objects and arrays.
func Scalar(raw []byte) string {
	switch First(raw) {
	case 0, 'n', '[', '{':
		return ""
	case '"':
		return Text(raw)
	default:
		return string(bytes.TrimSpace(raw))
	}
}

// Int reads a whole number, also one that is written as text or in floating-point
// form.
func Int(raw []byte) (n int64, ok bool) {
	text := strings.TrimSpace(Scalar(raw))
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n, true
	}
	// Beyond 2^53 a float no longer holds every whole number.
	if f, err := strconv.ParseFloat(text, 64); err == nil && f == math.Trunc(f) && math.Abs(f) <= 1<<53 {
		return int64(f), true
	}
	return 0, false
}

// Flag reads a boolean, also one that is written as 0 and 1 or as text.
func Flag(raw []byte) models.Flag {
	switch strings.ToLower(strings.TrimSpace(Scalar(raw))) {
	case "true", "1", "yes":
		return models.Yes
	case "false", "0", "no":
		return models.No
	default:
		return models.Unknown
	}
}

// ErrNotUTF8 is for text that JSON cannot hold: it would arrive as another text.
var ErrNotUTF8 = errors.New("not UTF-8")

// Encode makes compact JSON with <, > and & as they are. Text that is not UTF-8 is
// ErrNotUTF8.
func Encode(v any) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return nil, err
	}
	body := bytes.TrimRight(out.Bytes(), "\n")
	// encoding/json writes \ufffd for bad bytes, and U+FFFD itself as it is.
	for rest := body; ; {
		i := bytes.Index(rest, []byte(`\ufffd`))
		if i < 0 {
			return body, nil
		}
		before := rest[:i]
		if slashes := len(before) - len(bytes.TrimRight(before, `\`)); slashes%2 == 0 {
			return nil, ErrNotUTF8
		}
		rest = rest[i+1:]
	}
}
