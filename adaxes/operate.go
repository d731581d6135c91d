package adaxes

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"dirdesk/models"
)

// operate sends a request that changes something, once, and gives the operation
// result. Whoever listens (models.ListenerOf) hears the answer and its messages,
// whatever came of it. An operation that the server goes on with by itself (202)
// is followed to its end. Errors beside those of call:
//
//   - resultType 1, failed: the kind that the server's words mean, else
//     models.ErrServer, with the words in Server;
//   - resultType 2: models.ErrPending;
//   - everything after which it is open what was done: models.ErrUnknownOutcome.
//
// With an error of these there is a result as well, as far as it came.
func (b *Backend) operate(ctx context.Context, r request) (result, error) {
	a, err := b.ask(ctx, r)
	if err == nil && a.status == http.StatusAccepted {
		a, err = b.follow(ctx, r, a)
	}
	listener, clean := models.ListenerOf(ctx), b.cleanFor(r)
	if len(a.body) > 0 {
		listener.Answer(clean.bytes(a.body))
	}
	if err != nil {
		return result{}, err
	}
	out, ok := parseResult(a.body, clean)
	if !ok {
		return result{}, b.notUnderstood(r, a)
	}
	for _, m := range out.messages {
		listener.Message(m)
	}
	return out, b.explain(r, out.err())
}

// err is what an operation result means as an error; nil for success.
func (r result) err() error {
	switch r.kind {
	case resultSucceeded:
		return nil
	case resultFailed:
		words := r.failure
		if words == "" {
			words = gist(r.messages)
		}
		means := failureMeaning(words)
		return &models.Error{Kind: reason{means.words, means.kind}, Advice: means.advice, Server: words}
	case resultSuspended:
		return &models.Error{
			Kind:   reason{"it was sent for approval; nothing has changed yet", models.ErrPending},
			Advice: "Wait until somebody has approved it; do not send it again.", Server: gist(r.messages),
		}
	default:
		return unknownOutcome(fmt.Sprintf("it was sent, and the server answers with a result that dirdesk does not know (%d)", r.kind), nil)
	}
}

// pathLetters are those that stand in an address as they are.
const pathLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~{}"

// mostMisses is how often in a row the way to a running operation may fail.
const mostMisses = 5

// follow asks for an operation that goes on after its answer until it is
// complete (docs/adaxes.md section 2.9), and gives its result as an answer. What
// ends the asking leaves open what the operation does.
func (b *Backend) follow(ctx context.Context, r request, a answer) (answer, error) {
	id := operationID(a.body)
	if id == "" || strings.Trim(id, pathLetters) != "" {
		return answer{}, b.explain(r, unknownOutcome("the server goes on with it by itself, and does not say how to ask for it", nil))
	}
	listener := models.ListenerOf(ctx)
	poll := reading(pathOperations+id, nil, r.action, r.object)
	poll.secrets = r.secrets
	began, misses := b.now(), 0
	for wait := b.options.PollEvery / 4; ; wait = min(2*wait, 4*b.options.PollEvery) {
		listener.Progress("the server is at work on it, " + models.Span(b.now().Sub(began)))
		select {
		case <-ctx.Done():
			return answer{}, b.explain(r, unknownOutcome("stopped waiting for the server, which goes on with it", nil))
		case <-time.After(wait):
		}
		got, err := b.ask(ctx, poll)
		if err == nil {
			misses = 0
			done, inner, ok := operationState(got.body)
			switch {
			case !ok:
				return answer{}, b.explain(r, unknownOutcome("the server's word on how it is going is not understood", nil))
			case done && isNull(inner):
				return answer{}, b.explain(r, unknownOutcome("the server is through with it, and does not say what came of it", nil))
			case done:
				return answer{status: http.StatusOK, body: inner}, nil
			}
			continue
		}
		if misses++; ctx.Err() == nil && (misses >= mostMisses || !isPassing(err)) {
			e := unknownOutcome("the server went on with it by itself, and does not tell how that ended", err)
			var known *models.Error
			if errors.As(err, &known) {
				e.Code, e.Server = known.Code, known.Server
			}
			return answer{}, b.explain(r, e)
		}
	}
}

// isPassing tells troubles on the way from the server's word that there is no
// such operation.
func isPassing(err error) bool {
	return errors.Is(err, models.ErrUnreachable) || errors.Is(err, models.ErrBusy) ||
		errors.Is(err, models.ErrServer) || errors.Is(err, models.ErrProtocol)
}

// operationState reads the answer of a running operation (official).
func operationState(body []byte) (completed bool, inner []byte, ok bool) {
	members, ok := membersOf(body)
	if !ok {
		return false, nil, false
	}
	flag := flagOf(members["completed"])
	return flag == models.Yes, members["operationresult"], flag.Known()
}
