package synology

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"dirdesk/internal/rawjson"
	"dirdesk/internal/webclient"
	"dirdesk/models"
)

// decodeEnvelope takes the data out of the envelope that is around every answer
// (docs/dsm.md section 1). The error is a *failure, or a *models.Error of kind
// ErrProtocol for a body that is no envelope.
func decodeEnvelope(body []byte) (json.RawMessage, error) {
	e, ok := rawjson.ParseObject(body)
	_, fails := e["error"]
	switch success := e.Flag("success"); {
	case ok && success == models.Yes:
		return e["data"], nil
	case ok && (fails || success == models.No):
		return nil, parseFailure(e["error"])
	default:
		return nil, notEnvelope(body)
	}
}

// notEnvelope tells the ways apart in which an answer is not DSM's. The server's
// words in it are as they came.
func notEnvelope(body []byte) error {
	const most = 1 << 20
	err := json.Unmarshal(body, new(json.RawMessage))
	text := bytes.TrimSpace(body)
	words, advice := "the answer is not DSM's", "Check that host and port lead to DSM itself, not to another web page."
	switch {
	case len(text) == 0:
		words, advice = "the answer is empty", adviceServer
	case text[0] == '{' && err != nil && strings.Contains(err.Error(), "unexpected end of JSON input"):
		words, advice = "the answer was cut off", adviceServer
	}
	e := webclient.Fault(models.ErrProtocol, words, advice)
	e.Server, e.Err = string(body[:min(len(body), most)]), err
	return e
}

// members are those of a JSON object that is known to be valid; none of what is no
// object.
func members(raw json.RawMessage) rawjson.Object { return rawjson.ObjectOf(raw) }

func first(raw []byte) byte { return rawjson.First(raw) }

// isNothing reports null, the empty text and a member that is missing.
func isNothing(raw json.RawMessage) bool {
	return rawjson.Scalar(raw) == "" && first(raw) != '[' && first(raw) != '{'
}

// totalOf reads a count of objects.
func totalOf(answer rawjson.Object) (total int, counted bool) {
	n, ok := answer.Int("total")
	if !ok {
		return models.UnknownTotal, false
	}
	if n < 0 || n >= 1<<31 {
		return models.UnknownTotal, true
	}
	return int(n), true
}

// codeNone stands for an error whose code is missing or no number.
const codeNone = -1

// failure is an answer with success false, as the wire has it.
type failure struct {
	code    int
	inner   bool   // code is the directory's own, not DSM's: of one object or record
	text    string // a code that is no number, or an error that is a bare text
	details []detail
	ldap    int // LDAP's code that its words told, before they were cleaned; 0 for none
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
