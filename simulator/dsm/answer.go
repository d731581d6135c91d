package dsm

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"

	"dirdesk/simulator/wire"
)

// failure is a DSM error: a code, and details whose shape depends on the code.
type failure struct {
	code    int
	details any // member "errors"; nil leaves it out
}

func fail(code int) *failure { return &failure{code: code} }

// badParameter is code 120, which names the parameter (live captures: name and
// reason; of the reasons "condition" is captured, "type" is a guess).
func badParameter(name, reason string) *failure {
	return &failure{codeBadParameter, map[string]any{"name": name, "reason": reason}}
}

// envelope makes the members around an answer. Maps are written with their
// keys sorted, as DSM does.
func envelope(data any, f *failure) map[string]any {
	if f != nil {
		e := map[string]any{"code": f.code}
		if f.details != nil {
			e["errors"] = f.details
		}
		return map[string]any{"error": e, "success": false}
	}
	if data == nil {
		return map[string]any{"success": true}
	}
	return map[string]any{"data": data, "success": true}
}

// encode writes JSON as DSM's library does: no escapes for HTML's sake.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// spoil is what injected faults do to the task that a call is about.
type spoil struct {
	stall    bool   // no progress
	failTask bool   // what is left of it fails
	status   string // a domain update says this
}

// send writes the answer, spoiled as w says.
func send(ctx context.Context, out http.ResponseWriter, answer any, w wire.Spoil) {
	body, err := encode(answer)
	if err != nil {
		http.Error(out, err.Error(), http.StatusInternalServerError)
		return
	}
	h := out.Header()
	h.Set("Content-Type", `application/json; charset="UTF-8"`)
	h.Set("Cache-Control", "max-age=0, no-cache, no-store, must-revalidate")
	h.Set("Pragma", "no-cache")
	h.Set("Expires", "0")
	w.Send(ctx, out, http.StatusOK, body)
}
