// Package wire sends an answer over HTTP as injected faults want it: cut,
// halved, slow, or replaced by the page of a proxy.
package wire

import (
	"context"
	"net/http"
	"strconv"
	"time"
)

// Cut says that a request gets no proper answer.
type Cut int

// The ways to be cut.
const (
	CutNot  Cut = iota
	CutDrop     // the connection is dropped
	Cut502      // a proxy's page comes instead, with status 502
	Cut500      // the web server's own page comes instead, with status 500
)

// Spoil is what injected faults do to the answer of a whole HTTP request. The
// zero value does nothing.
type Spoil struct {
	Cut      Cut
	Truncate bool
	Slow     time.Duration
}

const badGateway = `<html>
<head><title>502 Bad Gateway</title></head>
<body>
<center><h1>502 Bad Gateway</h1></center>
<hr><center>nginx</center>
</body>
</html>
`

const serverError = `<!DOCTYPE html>
<html>
<head><title>Runtime Error</title></head>
<body>
<h1>Server Error in '/restApi' Application.</h1>
<h2><i>Runtime Error</i></h2>
</body>
</html>
`

// Send writes an answer, spoiled as s says. A dropped connection is a panic with
// http.ErrAbortHandler, which net/http turns into just that. The headers but for
// Content-Length are the caller's to set.
func (s Spoil) Send(ctx context.Context, out http.ResponseWriter, status int, body []byte) {
	switch s.Cut {
	case CutDrop:
		panic(http.ErrAbortHandler)
	case Cut502:
		page(out, http.StatusBadGateway, badGateway)
		return
	case Cut500:
		page(out, http.StatusInternalServerError, serverError)
		return
	}
	if s.Truncate {
		body = body[:len(body)/2]
	}
	if status != http.StatusNoContent {
		out.Header().Set("Content-Length", strconv.Itoa(len(body)))
	}
	out.WriteHeader(status)
	if s.Slow > 0 {
		trickle(ctx, out, body, s.Slow)
		return
	}
	_, _ = out.Write(body) // a client that went away is no concern of the server's
}

func page(out http.ResponseWriter, status int, text string) {
	out.Header().Set("Content-Type", "text/html")
	out.WriteHeader(status)
	_, _ = out.Write([]byte(text))
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
		if !Pause(ctx, d/pieces) {
			return
		}
	}
}

// Pause waits and reports whether it did so to the end.
func Pause(ctx context.Context, d time.Duration) bool {
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
