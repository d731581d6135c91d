package synology

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"dirdesk/internal/rawjson"
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
	if words := f.Words(); words != "" {
		return fmt.Sprintf("DSM error %s: %s", f.Code(), words)
	}
	return "DSM error " + f.Code()
}

// Code is that of the failure and those of its details.
func (f *failure) Code() string {
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

// Words are the server's own, for the detail of an error.
func (f *failure) Words() string {
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

// Settled is true: DSM has answered.
func (f *failure) Settled() bool { return true }

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
	if first(raw) == '{' {
		f.code, f.text = parseCode(members(raw)["code"])
		f.details = parseDetails(members(raw)["errors"])
		return f
	}
	f.code, f.text = parseCode(raw)
	return f
}

// parseCode reads a number, a number as text, or a text.
func parseCode(raw json.RawMessage) (code int, text string) {
	if number, ok := rawjson.Int(raw); ok && number >= 0 && number < 1<<31 {
		return int(number), ""
	}
	return codeNone, rawjson.Text(raw)
}

// parseDetails reads error.errors: an array of objects or numbers, one object,
// a bare number or text, null, or nothing (docs/dsm.md section 1; live logs).
func parseDetails(raw json.RawMessage) []detail {
	items := []json.RawMessage{raw}
	if first(raw) == '[' {
		items = slices.Collect(rawjson.Elements(raw))
	}
	var details []detail
	for _, item := range items {
		if d, ok := parseDetail(item); ok {
			details = append(details, d)
		}
	}
	return details
}

func parseDetail(raw json.RawMessage) (d detail, ok bool) {
	d.code = codeNone
	if first(raw) != '{' {
		d.code, d.words = parseCode(raw)
		return d, d.code != codeNone || d.words != ""
	}
	// "token" is left out on purpose, it is a credential.
	told := members(raw)
	if code, present := told["code"]; present {
		d.code, _ = parseCode(code)
	}
	d.words, d.name, d.reason, d.path = told.Text("msg"), told.Text("name"), told.Text("reason"), told.Text("path")
	types, _ := told.List("types")
	for _, t := range types {
		d.types = append(d.types, members(t).Text("type"))
	}
	return d, true
}
