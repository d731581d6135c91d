package synology

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// codeNone stands for an error whose code is missing or no number.
const codeNone = -1

// failure is an answer with success false, as the wire has it.
type failure struct {
	code    int
	inner   bool   // code is the directory's own, not DSM's: of one object or record
	text    string // a code that is no number, or an error that is a bare text
	details []detail
}

// detail is one element of error.errors: any member may be missing.
type detail struct {
	code   int    // codeNone when missing
	words  string // msg
	name   string // of a parameter, with reason (code 120)
	reason string
	path   string
	types  []string // kinds of second factor (Auth 403)
}

// Error shows the code; explainFailure makes what a person reads.
func (f *failure) Error() string {
	if words := f.words(); words != "" {
		return fmt.Sprintf("DSM error %s: %s", f.codeText(), words)
	}
	return "DSM error " + f.codeText()
}

func (f *failure) codeText() string {
	var codes []string
	if f.code != codeNone {
		codes = append(codes, strconv.Itoa(f.code))
	} else {
		codes = append(codes, "no code")
	}
	for _, d := range f.details {
		if d.code != codeNone {
			codes = append(codes, strconv.Itoa(d.code))
		}
	}
	return strings.Join(codes, "/")
}

// words are the server's own, for the detail of an error.
func (f *failure) words() string {
	var parts []string
	if f.text != "" {
		parts = append(parts, f.text)
	}
	for _, d := range f.details {
		for _, s := range []string{d.words, joinPair(d.name, d.reason), d.path} {
			if s != "" {
				parts = append(parts, s)
			}
		}
	}
	return strings.Join(parts, "; ")
}

func joinPair(name, reason string) string {
	switch {
	case name == "":
		return reason
	case reason == "":
		return "parameter " + name
	default:
		return "parameter " + name + ": " + reason
	}
}

// parseFailure reads the member "error" in whatever shape it came: DSM sends
// objects, but missing, null, bare and textual codes are known too (docs/dsm.md
// section 1; regression tests of a public client).
func parseFailure(raw json.RawMessage) *failure {
	f := &failure{code: codeNone}
	var object struct {
		Code   json.RawMessage `json:"code"`
		Errors json.RawMessage `json:"errors"`
	}
	if first(raw) == '{' && json.Unmarshal(raw, &object) == nil {
		f.code, f.text = parseCode(object.Code)
		f.details = parseDetails(object.Errors)
		return f
	}
	f.code, f.text = parseCode(raw)
	return f
}

// parseCode reads a number, a number as text, or a text.
func parseCode(raw json.RawMessage) (code int, text string) {
	var number looseInt
	if json.Unmarshal(raw, &number) == nil && number.known && number.value >= 0 && number.value < 1<<31 {
		return int(number.value), ""
	}
	var words string
	if json.Unmarshal(raw, &words) == nil {
		return codeNone, words
	}
	return codeNone, ""
}

// parseDetails reads error.errors: an array of objects or numbers, one object,
// a bare number or text, null, or nothing (docs/dsm.md section 1; live logs).
func parseDetails(raw json.RawMessage) []detail {
	if first(raw) == '[' {
		var items []json.RawMessage
		if json.Unmarshal(raw, &items) != nil {
			return nil
		}
		var details []detail
		for _, item := range items {
			if d, ok := parseDetail(item); ok {
				details = append(details, d)
			}
		}
		return details
	}
	if d, ok := parseDetail(raw); ok {
		return []detail{d}
	}
	return nil
}

func parseDetail(raw json.RawMessage) (d detail, ok bool) {
	d.code = codeNone
	if first(raw) != '{' {
		d.code, d.words = parseCode(raw)
		return d, d.code != codeNone || d.words != ""
	}
	// The members are read one by one: one of an odd type must not cost the
	// others. "token" is left out on purpose, it is a credential.
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) != nil {
		return d, false
	}
	if code, present := members["code"]; present {
		d.code, _ = parseCode(code)
	}
	d.words = textOf(members["msg"])
	d.name = textOf(members["name"])
	d.reason = textOf(members["reason"])
	d.path = textOf(members["path"])
	var types []struct {
		Type looseText `json:"type"`
	}
	if json.Unmarshal(members["types"], &types) == nil {
		for _, t := range types {
			d.types = append(d.types, string(t.Type))
		}
	}
	return d, true
}

func first(raw json.RawMessage) byte {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 {
		return 0
	}
	return raw[0]
}
