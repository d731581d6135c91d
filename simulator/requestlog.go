package simulator

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"sync"
	"time"

	"dirdesk/simulator/adaxes"
	"dirdesk/simulator/dsm"
	"dirdesk/simulator/ldap"
)

// requestLog writes calls as JSON Lines and keeps the first error of doing so.
type requestLog struct {
	mu  sync.Mutex
	out io.Writer // nil: no log
	err error
}

// logLine is one call; the order of its members is part of the format.
type logLine struct {
	HTTP    string `json:"http"` // GET, POST, PATCH or DELETE
	URL     string `json:"url"`  // as it came, nothing masked
	API     string `json:"api"`
	Method  string `json:"method"`
	Version int    `json:"version"`
	Start   string `json:"start"` // RFC 3339 with nanoseconds
	End     string `json:"end"`
	Outcome string `json:"outcome"` // "ok", the error code, or the fault that kept it from an answer
}

// write adds the calls of one request, together. A log that cannot be written
// does not stop the server; Close tells.
func (l *requestLog) write(calls []dsm.Call) {
	var lines bytes.Buffer
	encoder := json.NewEncoder(&lines)
	encoder.SetEscapeHTML(false) // an & in a URL stays one
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, c := range calls {
		err := encoder.Encode(logLine{
			HTTP: c.Verb, URL: c.URL, API: c.API, Method: c.Method, Version: c.Version,
			Start: c.Start.Format(time.RFC3339Nano), End: c.End.Format(time.RFC3339Nano), Outcome: c.Outcome,
		})
		l.keep(err)
	}
	_, err := l.out.Write(lines.Bytes())
	l.keep(err)
}

func (l *requestLog) keep(err error) {
	if l.err == nil && err != nil {
		l.err = fmt.Errorf("write the request log: %w", err)
	}
}

// writeAdaxes adds a call of the Adaxes side, which has no version.
func (l *requestLog) writeAdaxes(c adaxes.Call) {
	l.write([]dsm.Call{{
		Verb: c.Verb, URL: c.URL, API: adaxes.API, Method: c.Method, Start: c.Start, End: c.End, Outcome: c.Outcome,
	}})
}

// writeLDAP adds an operation over LDAP.
func (l *requestLog) writeLDAP(c ldap.Call) {
	l.write([]dsm.Call{{
		Verb: "LDAP", URL: c.URL, API: ldap.API, Method: c.Method, Start: c.Start, End: c.End, Outcome: c.Outcome,
	}})
}

// failure is the first error of writing, nil if all went well.
func (l *requestLog) failure() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.err
}
