package dsm

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"time"
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

// cut says that a request gets no proper answer.
type cut int

const (
	cutNot  cut = iota
	cutDrop     // the connection is dropped
	cutHTML     // a proxy's page comes instead
)

// wire is what injected faults do to the answer of a whole HTTP request. The
// items of a compound call share one with the call around them.
type wire struct {
	cut      cut
	truncate bool
	slow     time.Duration
}

// spoil is what injected faults do to the task that a call is about.
type spoil struct {
	stall    bool   // no progress
	failTask bool   // what is left of it fails
	status   string // a domain update says this
}

const badGateway = `<html>
<head><title>502 Bad Gateway</title></head>
<body>
<center><h1>502 Bad Gateway</h1></center>
<hr><center>nginx</center>
</body>
</html>
`

// send writes the answer, spoiled as w says. A dropped connection is a panic
// with http.ErrAbortHandler, which net/http turns into just that.
func send(ctx context.Context, out http.ResponseWriter, answer any, w *wire) {
	switch w.cut {
	case cutDrop:
		panic(http.ErrAbortHandler)
	case cutHTML:
		out.Header().Set("Content-Type", "text/html")
		out.WriteHeader(http.StatusBadGateway)
		_, _ = out.Write([]byte(badGateway))
		return
	}
	body, err := encode(answer)
	if err != nil {
		http.Error(out, err.Error(), http.StatusInternalServerError)
		return
	}
	if w.truncate {
		body = body[:len(body)/2]
	}
	h := out.Header()
	h.Set("Content-Type", `application/json; charset="UTF-8"`)
	h.Set("Cache-Control", "max-age=0, no-cache, no-store, must-revalidate")
	h.Set("Pragma", "no-cache")
	h.Set("Expires", "0")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if w.slow > 0 {
		trickle(ctx, out, body, w.slow)
		return
	}
	_, _ = out.Write(body) // a client that went away is no concern of the server's
}

// trickle sends body in a few pieces spread over d.
func trickle(ctx context.Context, out http.ResponseWriter, body []byte, d time.Duration) {
	const pieces = 10
	flusher := http.NewResponseController(out)
	size := len(body)/pieces + 1
	for len(body) > 0 {
		n := min(size, len(body))
		if _, err := out.Write(body[:n]); err != nil || flusher.Flush() != nil {
			return
		}
		body = body[n:]
		if !pause(ctx, d/pieces) {
			return
		}
	}
}

// pause waits and reports whether it did so to the end.
func pause(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
