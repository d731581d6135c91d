package dsm

import (
	"strconv"
	"time"

	"dirdesk/simulator/fault"
	"dirdesk/simulator/wire"
)

// Outcomes in the request log beside error codes and the names of faults.
const (
	outcomeOK  = "ok"
	outcomeCut = "cut" // a compound call one of whose items cut the answer
)

// perform does one call, with the faults that hit it, and notes it for the
// request log: a compound call before its items.
func (h *Handler) perform(c *call, start time.Time) (any, *failure) {
	r := c.request
	place := len(r.calls)
	r.calls = append(r.calls, Call{
		Verb: r.verb, URL: r.url, API: c.api, Method: c.method, Version: c.version, Start: start,
	})
	data, failed, outcome := h.attempt(c)
	r.calls[place].End = h.options.Now()
	r.calls[place].Outcome = outcome
	return data, failed
}

// attempt applies the injected faults around the work. A fault that cuts the
// answer of an item cuts that of the whole request, and what would have come
// after it is not done.
func (h *Handler) attempt(c *call) (data any, failed *failure, outcome string) {
	w := &c.request.spoil
	var denied *failure
	dropAfter := false
	for _, spec := range h.options.Faults.Next(c.api, c.method) {
		switch spec.Kind {
		case fault.DropBefore:
			w.Cut = wire.CutDrop
			return nil, nil, string(spec.Kind)
		case fault.HTML502:
			w.Cut = wire.Cut502
			return nil, nil, "502"
		case fault.HTML500:
			w.Cut = wire.Cut500
			return nil, nil, "500"
		case fault.DropAfter:
			dropAfter = true
		case fault.Truncate:
			w.Truncate = true
		case fault.Slow:
			w.Slow += spec.Slow
		case fault.Expire:
			h.sessions.expire(c.request.credentials.sid)
		case fault.Stall:
			c.spoil.stall = true
		case fault.FailTask:
			c.spoil.failTask = true
		case fault.Status:
			c.spoil.status = spec.Word
		case fault.Deny:
			denied = fail(spec.Code)
		}
	}
	if failed = denied; failed == nil {
		data, failed = h.work(c)
	}
	switch {
	case w.Cut != wire.CutNot:
		outcome = outcomeCut
	case failed != nil:
		outcome = strconv.Itoa(failed.code)
	default:
		outcome = outcomeOK
	}
	if dropAfter && w.Cut == wire.CutNot {
		w.Cut = wire.CutDrop
	}
	return data, failed, outcome
}
