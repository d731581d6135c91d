package adaxes

import (
	"errors"
	"time"

	"dirdesk/models"
)

// Numbers of resultType (official).
const (
	resultSucceeded = 0
	resultFailed    = 1
	resultSuspended = 2
)

// result is what became of a write; the order of members is that of the
// documents.
type result struct {
	ResultType     int        `json:"resultType"`
	InnerMessages  []message  `json:"innerMessages"`
	Exception      *exception `json:"exception"`
	ActualObjectDN string     `json:"actualObjectDN"`
	ExtraInfo      struct{}   `json:"extraInfo"`
	NoChanges      *bool      `json:"noChanges,omitempty"`
}

type exception struct {
	Message string `json:"message"`
}

type message struct {
	Source        *string            `json:"source"`
	Text          string             `json:"text"`
	MessageType   models.MessageKind `json:"messageType"`
	InnerMessages []message          `json:"innerMessages"`
}

func say(kind models.MessageKind, source, text string, inner ...message) message {
	m := message{Text: text, MessageType: kind, InnerMessages: inner}
	if m.InnerMessages == nil {
		m.InnerMessages = []message{}
	}
	if source != "" {
		m.Source = &source
	}
	return m
}

// done is what the work of a write came to.
type done struct {
	dn       models.DN // of the object, afterwards
	same     bool      // everything was as it is wanted already
	warnings []message
}

// operate does one write, as far as the rules let it, and says what became of
// it. What the directory refuses is an operation that failed; a *failure of work
// is an HTTP error.
func (h *service) operate(c *call, d deed, work func() (done, error)) (answer, *failure) {
	d.method = c.method
	out := result{InnerMessages: []message{}, ActualObjectDN: string(d.dn)}
	takes := h.options.AsyncAfter
	for _, r := range h.ruling(d) {
		switch r.Kind {
		case Deny:
			return answer{}, accessDenied(c.method)
		case Refuse:
			return answer{}, fail(500, "%s", r.Words)
		case Fail:
			out.ResultType, out.Exception = resultFailed, &exception{r.Words}
			return reply(out), nil
		case Approve:
			out.ResultType, out.InnerMessages = resultSuspended, approvalMessages(r)
			return reply(out), nil
		case Warn:
			out.InnerMessages = append(out.InnerMessages, say(models.MessageWarning, "", r.Words))
		case Say:
			out.InnerMessages = append(out.InnerMessages, ruleMessages(r.Words))
		case Async:
			takes += r.Takes
		}
	}
	what, err := work()
	var f *failure
	switch {
	case errors.As(err, &f):
		return answer{}, f
	case err != nil:
		out.ResultType, out.Exception, out.InnerMessages = resultFailed, &exception{failureWords(err)}, []message{}
		return reply(out), nil
	}
	out.ActualObjectDN = string(what.dn)
	out.InnerMessages = append(what.warnings, out.InnerMessages...)
	if out.InnerMessages == nil {
		out.InnerMessages = []message{}
	}
	if h.options.NoChanges {
		out.NoChanges = &what.same
	}
	return h.finish(c, out, takes)
}

// finish answers when the write's business rules are done: now, after a wait, or
// with 202 when the caller does not want to wait that long.
func (h *service) finish(c *call, out result, takes time.Duration) (answer, *failure) {
	if takes <= 0 {
		return reply(out), nil
	}
	patience, limited := c.patience()
	if limited && patience < takes {
		id := h.running.add(out, h.options.Now().Add(takes))
		if !pauseFor(c, patience) {
			return answer{}, fail(503, "The caller left.")
		}
		return answer{status: 202, body: operationID(id)}, nil
	}
	if !pauseFor(c, takes) {
		return answer{}, fail(503, "The caller left.")
	}
	return reply(out), nil
}

// Error makes a failure an error, for what the work of a write gives back.
func (f *failure) Error() string { return f.Message }
