package adaxes

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"dirdesk/internal/rawjson"
	"dirdesk/models"
)

// membersOf are the members of a JSON object by their lower-cased names: the
// server is ASP.NET, where the case of names does not count (official samples
// disagree on it). ok is false for what is no object.
func membersOf(raw []byte) (members map[string]json.RawMessage, ok bool) {
	if first(raw) != '{' || !json.Valid(raw) {
		return nil, false
	}
	return lowerNames(raw), true
}

// lowerNames is membersOf for JSON that is known to be valid; of what is no
// object there are no members.
func lowerNames(raw []byte) map[string]json.RawMessage {
	members := make(map[string]json.RawMessage)
	for name, value := range rawjson.Members(raw) {
		members[strings.ToLower(name)] = value
	}
	return members
}

// elementsOf are the elements of a JSON array; ok is false for anything else.
func elementsOf(raw []byte) (elements []json.RawMessage, ok bool) {
	if first(raw) != '[' || !json.Valid(raw) {
		return nil, false
	}
	return slices.Collect(rawjson.Elements(raw)), true
}

func first(raw []byte) byte {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 {
		return 0
	}
	return raw[0]
}

func isNull(raw []byte) bool {
	raw = bytes.TrimSpace(raw)
	return len(raw) == 0 || string(raw) == "null"
}

// textOf reads a scalar as text: a string's content, a number's and a boolean's
// own letters. "" for null, objects and arrays.
func textOf(raw json.RawMessage) string {
	switch first(raw) {
	case '"':
		return rawjson.Text(raw)
	case '{', '[', 0:
		return ""
	}
	if isNull(raw) {
		return ""
	}
	return string(bytes.TrimSpace(raw))
}

// intOf reads a whole number, also one written as text.
func intOf(raw json.RawMessage) (n int64, ok bool) {
	n, err := strconv.ParseInt(strings.TrimSpace(textOf(raw)), 10, 64)
	return n, err == nil
}

// flagOf reads a boolean, also one written as text or as 0 and 1.
func flagOf(raw json.RawMessage) models.Flag {
	switch strings.ToLower(textOf(raw)) {
	case "true", "1":
		return models.Yes
	case "false", "0":
		return models.No
	default:
		return models.Unknown
	}
}

// timeOf reads a time as the server writes them: ISO 8601 in UTC with up to
// seven digits after the second (official sample).
func timeOf(text string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}
