package dsm

import (
	"bytes"
	"encoding/json"
	"io"
)

// parameters are the values of one call, whether they came as form values
// (texts to be read as JSON) or inside a compound (JSON already).
type parameters struct {
	form   form
	native map[string]json.RawMessage
	json   bool // the API's requestFormat is JSON; false: plain texts
	strict bool
}

// value is one parameter as DSM's parser sees it.
type value struct {
	decoded any  // nil, bool, json.Number, string, []any or map[string]any
	bare    bool // it was no JSON, and is taken for a text
}

// parseValue reads text as JSON; what is no JSON is a bare text. Digits, null,
// true and 1e5 are JSON: that they change type is the trap of the real thing.
func parseValue(text string) value {
	d := json.NewDecoder(bytes.NewReader([]byte(text)))
	d.UseNumber()
	var decoded any
	if err := d.Decode(&decoded); err != nil {
		return value{decoded: text, bare: true}
	}
	if _, err := d.Token(); err != io.EOF {
		return value{decoded: text, bare: true}
	}
	return value{decoded: decoded}
}

// lookup finds a parameter; ok is false when it was not sent.
func (p parameters) lookup(name string) (v value, ok bool) {
	if p.native != nil {
		raw, ok := p.native[name]
		if !ok {
			return value{}, false
		}
		return parseValue(string(raw)), true
	}
	text, ok := p.form.get(name)
	if !ok {
		return value{}, false
	}
	if !p.json {
		return value{decoded: text}, true
	}
	return parseValue(text), true
}
