package adaxes

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"dirdesk/internal/rawjson"
	"dirdesk/internal/webclient"
)

// failure is an answer whose status is no success, as the wire has it
// (docs/adaxes.md section 1.5). The texts are the server's, secrets taken out.
type failure struct {
	status int
	// told says that the body was an error object of Adaxes, and no page of the
	// web server in front of it.
	told    bool
	code    string // "unauthenticated"
	message string
	fields  string // of modelState, joined: "directoryObject: is required"

	innerCode    string // "invalidCredentials"
	innerMessage string
	attemptsLeft int // -1 when not told

	target string // of a redirect
	page   string // the beginning of a body that is no error object
}

// Error shows status and code; explain makes what a person reads.
func (f *failure) Error() string {
	if words := f.Words(); words != "" {
		return fmt.Sprintf("Adaxes answers %s: %s", f.Code(), words)
	}
	return "Adaxes answers " + f.Code()
}

// Code is the status, with the codes beside it.
func (f *failure) Code() string {
	text := fmt.Sprintf("HTTP %d", f.status)
	for _, code := range []string{f.code, f.innerCode} {
		if code != "" {
			text += " " + code
		}
	}
	return text
}

// Words are the server's own.
func (f *failure) Words() string {
	var parts []string
	for _, part := range []string{f.message, f.fields, f.innerMessage, f.target, f.page} {
		if part != "" && !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, "; ")
}

// Settled tells the statuses with which nothing was done.
func (f *failure) Settled() bool { return f.status < http.StatusInternalServerError }

// parseFailure reads the body of an answer that is no success. Whatever is no
// error object, as the pages that IIS makes by itself, is kept as an excerpt.
func parseFailure(a webclient.Answer, clean webclient.Scrubber) *failure {
	f := &failure{status: a.Status, attemptsLeft: -1}
	if f.status >= 300 && f.status < 400 {
		f.target = clean.Text(a.Header.Get("Location"))
	}
	object, ok := rawjson.ParseObject(a.Body)
	if !ok || object["message"] == nil && object["code"] == nil {
		f.page = clean.Excerpt(a.Body)
		return f
	}
	f.told = true
	f.code, f.message = clean.Text(object.Text("code")), clean.Text(object.Text("message"))
	f.fields = clean.Text(modelWords(object["modelstate"]))
	if inner, ok := rawjson.ParseObject(object["innererror"]); ok {
		f.innerCode, f.innerMessage = clean.Text(inner.Text("code")), clean.Text(inner.Text("message"))
		if n, ok := inner.Int("attemptsleft"); ok {
			f.attemptsLeft = int(n)
		}
	}
	return f
}

// modelWords joins what is wrong with the members of a request.
func modelWords(raw json.RawMessage) string {
	state, ok := modelState(raw)
	if !ok {
		return ""
	}
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(state)) {
		parts = append(parts, name+": "+strings.Join(state[name], ", "))
	}
	return strings.Join(parts, "; ")
}
